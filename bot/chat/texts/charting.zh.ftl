chart = 📊 看图
chart-figures = { $subjects }：数据对比
chart-changes = { $subjects }：增减对比
chart-shares = { $subjects }：占比对比

chart = 📊 Chart
chart-figures = { $subjects }: figures compared
chart-changes = { $subjects }: changes compared
chart-shares = { $subjects }: shares compared

# 繁体由程序用 OpenCC 从本文件转换；报告里的原句和数字不在这里，因此不会被转换。

comma = 、
# 中文回答直接引用原句，不必说明。
source = { "" }
citation = { $section } ·《{ $title }》，{ $publisher }，{ $year }年
report = 《{ $title }》，{ $publisher }，{ $year }年

which = 您问的是哪一项？请点选：
unknown = 报告没有说到这一点。
other-place = 报告讲的是{ $covered }，没有说到“{ $asked }”。
other-period = 报告讲的是{ $covered }年，没有“{ $asked }”的数据。
missing = 报告没有说：{ $parts }
nearest = 报告里相近的内容：
examples = 可以这样问：

welcome =
    您好，我是数说。我用报告里的数字回答问题，每次都附上原句；报告没有说的，我就说没有。

    我读过的报告：
    { $reports }

    直接把问题发给我就行，用中文、英文或拼音都可以，比如：
help =
    直接发来问题，一句话或几个关键词都行，中文、英文、拼音都可以。
    • 回答里有数字、时间、报告的原句和出处。
    • 问得可能有几种意思时，我列出选项，点一下就好。
    • 报告没有说的，我不猜。

    /start 我读过哪些报告，可以怎样问
    /topics 按章节翻看
    /random 随便看一条
    /fact 按编号看一条
    /about 报告和程序的情况
    /subscribe 订阅公告，/unsubscribe 退订
    /help 显示本说明

    在群里：/ask 加上问题，或者在问题里提到我，或者直接回复我的消息。
    在任何对话里：输入我的名字和几个关键词，就能把报告里的数字发过去。
help-admins = 管理员在本对话里还可以用：
how-to-ask = 请把问题写在 /ask 后面，或者用 /ask 回复别人的问题。
vote-counted = 谢谢，已经记下。

menu-for-admins = 管理员：{ $what }
command-ask = 提问：/ask 问题
command-topics = 按章节翻看报告
command-random = 随便看一条
command-fact = 按编号看一条：/fact 编号
command-about = 报告和程序的情况
command-help = 怎样提问
command-start = 我读过哪些报告
description =
    我用报告里的数字回答问题，每次都附上原句和出处；报告没有说的，我就说没有。

    点“开始”，然后直接提问，用中文、英文或拼音都可以。
short-description = 用报告里的数字回答问题，每次都附上原句。
unknown-command = 没有这个命令，请看 /help。
text-only = 我只读得懂文字，请把问题打成字发给我。
gone = 这一条已经不在报告的资料里了，请重新提问。
list-gone = 这个列表我已经不记得了，请再问一次。

share = 转发
open-bot = 在数说里查看

browse-empty = 还没有报告可以翻看。
browse-sections = 点选一节：
browse-facts = 这一节有 { $count } 条，点选一条：
browse-previous = ‹ 上一页
browse-next = 下一页 ›
browse-back-to-topics = « 全部章节
browse-back-to-section = « 本节
browse-another = 换一条
browse-id = 编号
browse-neighbours = 同一句里还有：
browse-which-id = 请在命令后写上编号，比如 /fact { $id }。编号在每一条的页面上，从 /topics 或 /random 可以翻到。
browse-no-such-id = 没有编号为“{ $id }”的条目。
browse-like = 编号相近的有：
browse-see-topics = 请从 /topics 翻看。

about =
    数说 { $version }：用报告里的数字回答问题，每次都附上原句。

    { $reports }

    共 { $facts } 条，资料版本 { $knowledge }
about-report = { $report }，{ $facts } 条
about-source = 源代码

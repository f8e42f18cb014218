days = 请在 { $command } 后写上 1 到 { $most } 之间的天数，不写就是最近 7 天。
no-database = 数据库暂时用不了，请稍后再试。

status-knowledge = 资料版本 { $version }，{ $at } UTC 读入
status-facts = { $facts } 条，{ $reports } 份报告
status-problem = 上次重新读取没有成功：{ $problem }
status-questions = 今天（UTC）的提问：答出 { $answer }，给出选项 { $choices }，没有答案 { $none }，闲谈 { $talk }
status-no-questions = 今天的提问：没有数据库，不得而知
status-queue = 等待中：更新 { $updates }，消息 { $messages }，写入 { $writes }
status-database = 数据库：正常，自 { $at } UTC
status-database-away = 数据库：自 { $at } UTC 起用不了（{ $reason }）
outage = ⚠️ 数据库自 { $at } UTC 起用不了：{ $reason }。提问照常回答，公告暂停，待记内容最多保留 10,000 条，等它恢复。
outage-over = 数据库已恢复，自 { $at } UTC。
status-errors = 最近一小时的错误：{ $errors }
status-uptime = 已运行 { $days } 天 { $hours } 小时 { $minutes } 分
status-replicas = 共用这个数据库的进程：{ $count }
status-replica = • { $name }：{ $version }，自 { $at } UTC
status-replica-own = 就是这个
status-replica-silent = { $at } UTC 以后没有消息

followers = 其他 { $others } 个进程中有 { $count } 个是这个版本。
followers-behind = 其余的是哪个版本、为什么，见 /status。
followers-unknown = 数据库暂时用不了，不知道其他进程是否已重新读取。

unanswered = 最近 { $days } 天有 { $count } 次没有问出答案，最多的是：
unanswered-none = 最近 { $days } 天没有问不出答案的提问。
unanswered-entry = { $place }. { $question } ×{ $count }（没有答案 { $refused }，给出选项 { $choices }，👎 { $disliked }；问法 { $wordings } 种）
unanswered-unknown = 没读懂：{ $words }
unanswered-nearest = 最相近：{ $label } = { $figure }
unanswered-now = 现在已能回答：{ $label } = { $figure }
unanswered-unkept = 另有 { $count } 次没有留下内容：一天内不同的提问超过了 5,000 个。
unanswered-export = 全部导出为 CSV

popular = 最近 { $days } 天问得最多的：
popular-none = 最近 { $days } 天没有答出的提问。
popular-asked = { $count } × { $label } · 👍 { $up } 👎 { $down }
popular-up = 👍 最多的（不限时间）：
popular-down = 👎 最多的（不限时间）：
popular-voted = 👍 { $up } 👎 { $down } · { $label } · 问过 { $count } 次

audit = 最近做过的（UTC）：
audit-none = 还没有记录。
audit-entry = { $at } · { $who } · { $what }：{ $result }
audit-program = 程序

command-status = 运行情况
command-unanswered = 没有问出答案的提问：/unanswered 天数
command-popular = 问得最多的：/popular 天数
command-audit = 最近做过的事

changes = 新增 { $added } 条，删去 { $removed } 条，改动 { $changed } 条
changes-none = 没有任何不同。
changes-elsewhere = 除此以外还有不同（报告的开头、词表或顺序）。
warnings = 提醒：{ $total }
more = …… 还有 { $count } 条

document-ending = 管理员可以把报告文件发给我：YAML 格式，文件名以 .yaml 或 .yml 结尾；也可以发文章，由我起草报告文件：.txt、.md、.html、.docx、.pdf。要公布别的文件，请回复它并写 /announce。
document-large = 文件太大：报告文件最多 5 MB，文章最多 20 MB。
document-lost = 没能从 Telegram 取到这个文件，请再发一次。
document-refused = 还有错误，什么都没有改：
document-replaces = 检查通过，将替换 { $name }：
document-new = 检查通过，将新建 { $name }：
document-unwritable = 这里写不进去（{ $reason }）；请自己把文件放进文件夹，再发 /reload。
document-apply = 应用
document-drop = 放弃
document-dropped = 已放弃，什么都没有改。
document-applying = 正在应用……
document-missing = 文件已经不在了，请再发一次。什么都没有改。
document-stale = 检查之后文件夹有变动，所以没有应用；请把文件再发一次，或者再教一次。
document-put-back = 放进去以后整个文件夹通不过检查，所以已恢复原样：
document-applied = 已应用：{ $name }。/undo 可以恢复原来的文件。
undone = 已撤销：{ $name } 恢复原样。
undo-nothing = 没有可以撤销的。
undo-changed = { $name } 后来又被别人改过，所以没有撤销；它原来的内容在 { $kept }。
undo-refused = 撤销以后整个文件夹通不过检查，所以没有撤销：

try-how = 请把问题写在 /try 后面。
try-why = 结果：{ $outcome } · 资料版本 { $version } · 不计入任何统计

command-undo = 恢复上一个文件替换掉的内容
command-try = 看看会怎样回答，为什么：/try 问题

reload-reading = 正在读取资料……
reload-indexing = 已读取并检查，正在建立索引……
reload-taking-over = 索引已建好，正在启用……
in-force = 已启用：版本 { $version }，共 { $facts } 条。
reload-refused = 仍使用版本 { $version }；资料中有 { $total } 处错误：

command-reload = 重新读取资料

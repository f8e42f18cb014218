schedule-how = 请回复预览：/schedule 2026-12-01 09:00 到时发送，/schedule cron 0 9 * * 1 每周一 09:00 发送。后面可以加上时区，例如 Europe/Berlin。现在是 { $now }。
schedule-once = { $at } · { $what }
schedule-regular = 今后按 { $cron } 发送：{ $what }
    接下来：{ $moments }
schedule-figure = 每日一数
schedule-no-draft = 没有可以定时的预览，请先用 /announce。
schedule-decided = 这一条已经有了决定；/schedules 列出将要发送的。
schedule-only-once = 只有发送可以定期进行，请写上日期和时间。

schedule-wrong-moment = 这不是日期和时间，请写成 2026-12-01 09:00
schedule-wrong-time = 请写上时间，例如 /daily 09:00
schedule-wrong-cron = 这不是 cron 表达式，请写上五项（分、时、日、月、星期），例如 0 9 * * 1 表示每周一 09:00
schedule-wrong-zone = 没有这个时区，请写 Asia/Shanghai、Europe/Berlin 这样的名称
schedule-wrong-past = 这个时间已经过去，现在是 { $now }。请写将来的时间，例如 2026-12-01 09:00
schedule-wrong-never = 这个时间永远不会到来，请写 cron 表达式，例如 0 9 * * 1 表示每周一 09:00

schedule-list = 将要发送的：
schedule-none = 没有定时的公告。
schedule-entry = { $cron } · { $what } · { $when } · { $told }
schedule-next = 下次 { $at }
schedule-paused = { $at } 起暂停
schedule-told = 上次 { $at }
schedule-not-told = 还没有发送过
schedule-do-pause = 暂停
schedule-do-resume = 恢复
schedule-do-cancel = 删除
schedule-do-delete = 删除
schedule-done-pause = 已暂停。
schedule-done-resume = 已恢复。
schedule-done-cancel = 已删除。
schedule-done-delete = 已删除。
schedule-changed = 这一条已经变了。

schedule-missed-once = 没有发送：{ $what }，定在 { $at }，当时机器人没有运行。如果还需要，请重新发公告。
schedule-missed = 没有发送：{ $what }，从 { $at } 起错过 { $times }，当时机器人没有运行。
schedule-missed-next = 下次：{ $at }
schedule-times = { $count } 次
schedule-many-times = 1,000 次以上

command-schedule = 定时发送预览：/schedule 2026-12-01 09:00
command-schedules = 将要发送的公告
command-daily = 每日一数：/daily 09:00

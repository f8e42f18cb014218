schedule-how = Reply to a preview: /schedule 2026-12-01 09:00 sends it then, /schedule cron 0 9 * * 1 every Monday at 09:00. A time zone may stand behind it, such as Europe/Berlin. By now it is { $now }.
schedule-once = { $at } · { $what }
schedule-regular = From now on at { $cron }: { $what }
    Next: { $moments }
schedule-figure = the figure of the day
schedule-no-draft = There is no preview to schedule; begin with /announce.
schedule-decided = This was decided already; /schedules lists what is to come.
schedule-only-once = Only what is sent can be regular; write a day and a time.

schedule-wrong-moment = This is no day and time; write them as 2026-12-01 09:00
schedule-wrong-time = Please write a time of day, such as /daily 09:00
schedule-wrong-cron = This is no cron expression; write its five fields (minute, hour, day, month, weekday), such as 0 9 * * 1 for Mondays at 09:00
schedule-wrong-zone = This time zone is not known; write one such as Asia/Shanghai or Europe/Berlin
schedule-wrong-past = This moment has passed: it is { $now }. Write one to come, as 2026-12-01 09:00
schedule-wrong-never = This moment never comes; write a cron expression such as 0 9 * * 1 for Mondays at 09:00

schedule-list = What is to come:
schedule-none = Nothing is scheduled.
schedule-entry = { $cron } · { $what } · { $when } · { $told }
schedule-next = next { $at }
schedule-paused = paused since { $at }
schedule-told = last { $at }
schedule-not-told = not told yet
schedule-do-pause = Pause
schedule-do-resume = Resume
schedule-do-cancel = Delete
schedule-do-delete = Delete
schedule-done-pause = Paused.
schedule-done-resume = Goes on.
schedule-done-cancel = Deleted.
schedule-done-delete = Deleted.
schedule-changed = This has changed meanwhile.

schedule-missed-once = Not sent: { $what } was due { $at }, when the bot was not running. Announce it again if it is still wanted.
schedule-missed = Not sent: { $what } missed { $times } since { $at }, when the bot was not running.
schedule-missed-next = Next: { $at }
schedule-times = { $count ->
    [one] one moment
   *[other] { $count } moments
}
schedule-many-times = more than 1,000 moments

command-schedule = send a preview later: /schedule 2026-12-01 09:00
command-schedules = what is to come
command-daily = the figure of the day: /daily 09:00

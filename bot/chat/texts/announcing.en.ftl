announce-how = To announce something to all who have subscribed: reply to any message here with /announce, or write /announce TEXT, /announce fact ID or /announce ? QUESTION.
announce-elsewhere = Only messages of this chat can be sent on; forward it to me, then reply to it with /announce.
announce-protected = This message is protected from being copied, so that it cannot be sent on.
announce-refused = Telegram does not let this be sent on: { $reason }
announce-album-lost = Not all parts of this album are known any more; please send it again, then reply to it with /announce.
announce-no-fact = There is no fact { $id }; /topics shows them with their ids.
announce-no-answer = The reports do not answer this; try other words, or /announce fact ID.
announce-choices = More than one fact fits; write one of: { $facts }
announce-nobody = Nobody has subscribed yet; groups do so with /subscribe.
announce-hint = To send this to all who have subscribed, reply to it with /announce.

announce-to = This goes to { $chats ->
    [one] one chat
   *[other] { $chats } chats
}: groups { $groups }, private { $private }, channels { $channels }.
announce-to-correct = This takes the place of No. { $target } in { $chats ->
    [one] one chat
   *[other] { $chats } chats
}.
announce-to-withdraw = No. { $target } is withdrawn from { $chats ->
    [one] one chat
   *[other] { $chats } chats
}: deleted where it was sent less than 48 hours ago, else replaced by a word that it was withdrawn.
announce-to-resend = No. { $target } is sent again to { $chats ->
    [one] the one chat
   *[other] the { $chats } chats
} that it failed for and that are still subscribed.
announce-each-language = Each chat gets it in its own language.
announce-keep = Please leave your own message as it is until all have got it: it is copied from there.
announce-takes = Takes { $time } at { $rate } messages a second.
announce-send = Send
announce-silently = Send silently
announce-pin = Pin: no
announce-pinned = Pin: yes ✓
announce-schedule = Schedule
announce-cancel = Cancel
announce-do-correct = Correct everywhere
announce-do-withdraw = Withdraw everywhere
announce-do-resend = Send again
announce-schedule-how = Reply to the message with the buttons: /schedule 2026-12-01 09:00, or for regular ones /schedule cron 0 9 * * 1
announce-cancelled = Cancelled; nothing was sent.
announce-handing-over = Handing over …
announce-over = This was decided already: { $state }.
announce-gone = This draft is gone, since it was not sent within 30 days; announce it anew.

announce-state-draft = not sent yet
announce-state-queued = waiting
announce-state-sending = under way
announce-state-done = done
announce-state-stopped = stopped
announce-state-missed = missed

announce-seconds = { $count } s
announce-minutes = { $count } min
announce-hours = { $hours } h { $minutes } min

announce-name-send = Announcement { $id }
announce-name-correct = Correction { $id } of { $target }
announce-name-withdraw = Withdrawal { $id } of { $target }
announce-name-resend = Resending { $id } of { $target }
announce-head-draft = { $name } waits for its turn.
announce-head-queued = { $name } waits for its turn.
announce-head-sending = { $name } is under way.
announce-head-done = { $name } is done.
announce-head-stopped = { $name } was stopped.
announce-head-missed = { $name } was missed.
announce-counts = Sent { $sent } · failed { $failed } · left { $left }
announce-time-left = About { $time } left
announce-skipped = Unsubscribed before their turn: { $count }
announce-reason = ✗ { $reason }: { $count }
announce-ended-subscriptions = Subscriptions ended: { $count }
announce-stop = Stop
announce-stopping = Stopping
announce-more = Correct, withdraw …

announce-error-blocked = blocked the bot
announce-error-kicked = removed the bot
announce-error-left = the bot has left
announce-error-deactivated = account deactivated
announce-error-deleted = chat deleted
announce-error-not-found = chat not found
announce-error-topic-closed = topic closed
announce-error-topic-deleted = topic deleted
announce-error-no-right-to-write = no right to write
announce-error-too-old-to-edit = too old to change
announce-error-message-gone = the message is gone
announce-error-unknown = for an unknown reason

announce-list = The last announcements; choose one by its number ({ $zone }):
announce-list-none = Nothing has been announced yet.
announce-list-entry = { $id } · { $at } · { $state } · ✓ { $sent } ✗ { $failed } · { $what }
announce-older = Older
announce-newest = Newest
announce-back = Back
announce-see = Show it
announce-begun = Begun { $at } · due { $due } ({ $zone })
announce-due = Due { $due } ({ $zone })
announce-silent = Silent: { $silent } · pinned: { $pin }
announce-yes = yes
announce-no = no
announce-correct = Correct
announce-withdraw = Withdraw
announce-resend = Send again to those it failed for
announce-uncorrectable = What this announcement is made of cannot be corrected; withdraw it, and announce it anew.
announce-past = This ended more than 400 days ago, and which messages the chats have got is no longer kept: it cannot be corrected, withdrawn or sent again.
announce-correct-how = Reply to this message with the new { $what } of No. { $id }; its formatting is kept. You see it before anything is changed.
announce-part-text = text
announce-part-caption = caption
announce-correct-long = The caption is too long: { $units } of at most 1,024 characters.
announce-correct-words = Please reply with a text.
announce-nothing-to-do = There is no chat left to do this for.
announce-kind-message = a message
announce-kind-album = an album of { $count }
announce-kind-unknown = something that this version cannot read

command-announce = tell all who have subscribed
command-announcements = the last announcements: correct, withdraw, resend

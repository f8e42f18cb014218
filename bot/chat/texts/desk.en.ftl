desk-days = Please write a number of days from 1 to 3650 behind { $command }, or none for the last 7 days.
desk-no-database = The database cannot be used at the moment; please try again later.

desk-status-knowledge = Knowledge { $version }, read { $at } UTC
desk-status-facts = Facts: { $facts } · reports: { $reports }
desk-status-problem = The last reload failed: { $problem }
desk-status-questions = Questions today (UTC): { $answer } answered, { $choices } with choices, { $none } refused
desk-status-no-questions = Questions today: unknown without the database
desk-status-queue = Waiting: { $updates } updates, { $messages } messages, { $writes } writes
desk-status-database = Database: well, since { $at } UTC
desk-status-database-away = Database: away since { $at } UTC ({ $reason })
desk-outage = ⚠️ The database cannot be used since { $at } UTC: { $reason }. Questions are answered; announcements wait, and up to 10,000 notes are kept until it is back.
desk-outage-over = The database is back since { $at } UTC.
desk-status-errors = Errors in the last hour: { $errors }
desk-status-uptime = Running for { $days } d { $hours } h { $minutes } min
desk-status-replicas = Processes on this database: { $count }
desk-status-replica = • { $name }: { $version }, since { $at } UTC
desk-status-replica-own = this one
desk-status-replica-silent = silent since { $at } UTC

desk-followers = Other processes with this version: { $count } of { $others }
desk-followers-behind = /status tells which version the rest have, and why.
desk-followers-unknown = Whether other processes have reloaded is unknown: the database cannot be used at the moment.

desk-unanswered = Asked in vain { $count } times in the last { $days } days, most often:
desk-unanswered-none = Nothing was asked in vain in the last { $days } days.
desk-unanswered-entry = { $place }. { $question } ×{ $count } (refused { $refused }, choices { $choices }; wordings: { $wordings })
desk-unanswered-unknown = not understood: { $words }
desk-unanswered-nearest = nearest: { $label } = { $figure }
desk-unanswered-now = answered by now: { $label } = { $figure }
desk-unanswered-unkept = { $count } times something that was not kept, because more than 5,000 different questions were asked on a day.
desk-unanswered-export = All as CSV

desk-popular = Asked for in the last { $days } days:
desk-popular-none = Nothing was answered in the last { $days } days.
desk-popular-asked = { $count } × { $label } · 👍 { $up } 👎 { $down }
desk-popular-up = Most 👍, of all time:
desk-popular-down = Most 👎, of all time:
desk-popular-voted = 👍 { $up } 👎 { $down } · { $label } · asked { $count } ×

desk-audit = What was done last (UTC):
desk-audit-none = Nothing has been noted yet.
desk-audit-entry = { $at } · { $who } · { $what }: { $result }
desk-audit-program = the program

command-status = how the bot is
command-unanswered = what was asked in vain: /unanswered DAYS
command-popular = what is asked for: /popular DAYS
command-audit = what was done last

desk-changes = Facts: { $added } added, { $removed } removed, { $changed } changed
desk-changes-none = Nothing is different.
desk-changes-elsewhere = Beside the facts, something else is different too (a report's head, the lexicon or the order).
desk-warnings = Warnings: { $total }
desk-more = … and { $count } more

desk-document-ending = I take report files from admins: YAML, with a name that ends in .yaml or .yml. To announce another file, reply to it with /announce.
desk-document-large = The file is too large: 5 MB at most.
desk-document-lost = The file could not be fetched from Telegram; please send it again.
desk-document-busy = The knowledge is just being read; please try again in a moment.
desk-document-refused = Not good yet; nothing was changed:
desk-document-replaces = Checked. This would replace { $name }:
desk-document-new = Checked. This would be a new file, { $name }:
desk-document-unwritable = It cannot be written here ({ $reason }); put the file into the folder yourself, then send /reload.
desk-document-apply = Apply
desk-document-drop = Drop
desk-document-dropped = Dropped; nothing was changed.
desk-document-applying = Applying …
desk-document-missing = The document is gone; please send it again. Nothing was changed.
desk-document-stale = The folder has changed since this was checked, so nothing was applied; please send the document again.
desk-document-put-back = The folder was refused with it, so the file was put back as it was:
desk-document-applied = Applied: { $name }. /undo puts the earlier one back.
desk-document-in-force = In force: version { $version }, { $facts } facts
desk-undone = Undone: { $name } is as it was before.
desk-undo-nothing = There is nothing to undo.
desk-undo-changed = { $name } has been changed by somebody else since, so nothing was undone; what it held before is in { $kept }.
desk-undo-refused = The folder would be refused without it, so nothing was undone:

desk-try-how = Please write a question behind /try.
desk-try-why = Outcome: { $outcome } · knowledge { $version } · counted nowhere

command-undo = put back what the last document replaced
command-try = what would be answered, and why: /try QUESTION

desk-reload-reading = Reading the knowledge …
desk-reload-indexing = Read and checked; learning its words …
desk-reload-taking-over = Learnt; taking it over …
desk-reload-busy = The knowledge is being read already; please wait for that.
desk-reload-done = In force: version { $version }, { $facts } facts.
desk-reload-refused = Version { $version } stays in force; the folder has { $total ->
    [one] an error
   *[other] { $total } errors
}:

command-reload = read the knowledge again

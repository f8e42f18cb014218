days = Please write a number of days from 1 to { $most } behind { $command }, or none for the last 7 days.
no-database = The database cannot be used at the moment; please try again later.

status-knowledge = Knowledge { $version }, read { $at } UTC
status-facts = Facts: { $facts } · reports: { $reports }
status-problem = The last reload failed: { $problem }
status-questions = Questions today (UTC): { $answer } answered, { $choices } with choices, { $none } refused, { $talk } small talk
status-no-questions = Questions today: unknown without the database
status-queue = Waiting: { $updates } updates, { $messages } messages, { $writes } writes
status-database = Database: well, since { $at } UTC
status-database-away = Database: away since { $at } UTC ({ $reason })
outage = ⚠️ The database cannot be used since { $at } UTC: { $reason }. Questions are answered; announcements wait, and up to 10,000 notes are kept until it is back.
outage-over = The database is back since { $at } UTC.
status-errors = Errors in the last hour: { $errors }
status-uptime = Running for { $days } d { $hours } h { $minutes } min
status-replicas = Processes on this database: { $count }
status-replica = • { $name }: { $version }, since { $at } UTC
status-replica-own = this one
status-replica-silent = silent since { $at } UTC

followers = Other processes with this version: { $count } of { $others }
followers-behind = /status tells which version the rest have, and why.
followers-unknown = Whether other processes have reloaded is unknown: the database cannot be used at the moment.

unanswered = Asked in vain { $count } times in the last { $days } days, most often:
unanswered-none = Nothing was asked in vain in the last { $days } days.
unanswered-entry = { $place }. { $question } ×{ $count } (refused { $refused }, choices { $choices }, 👎 { $disliked }; wordings: { $wordings })
unanswered-unknown = not understood: { $words }
unanswered-nearest = nearest: { $label } = { $figure }
unanswered-now = answered by now: { $label } = { $figure }
unanswered-unkept = { $count } times something that was not kept, because more than 5,000 different questions were asked on a day.
unanswered-export = All as CSV

popular = Asked for in the last { $days } days:
popular-none = Nothing was answered in the last { $days } days.
popular-asked = { $count } × { $label } · 👍 { $up } 👎 { $down }
popular-up = Most 👍, of all time:
popular-down = Most 👎, of all time:
popular-voted = 👍 { $up } 👎 { $down } · { $label } · asked { $count } ×

audit = What was done last (UTC):
audit-none = Nothing has been noted yet.
audit-entry = { $at } · { $who } · { $what }: { $result }
audit-program = the program

command-status = how the bot is
command-unanswered = what was asked in vain: /unanswered DAYS
command-popular = what is asked for: /popular DAYS
command-audit = what was done last

changes = Facts: { $added } added, { $removed } removed, { $changed } changed
changes-none = Nothing is different.
changes-elsewhere = Beside the facts, something else is different too (a report's head, the lexicon or the order).
warnings = Warnings: { $total }
more = … and { $count } more

document-ending = I take report files from admins: YAML, with a name that ends in .yaml or .yml; and articles to draft one from: .txt, .md, .html, .docx and .pdf. To announce another file, reply to it with /announce.
document-large = The file is too large: 5 MB at most, an article 20 MB.
document-lost = The file could not be fetched from Telegram; please send it again.
document-refused = Not good yet; nothing was changed:
document-replaces = Checked. This would replace { $name }:
document-new = Checked. This would be a new file, { $name }:
document-unwritable = It cannot be written here ({ $reason }); put the file into the folder yourself, then send /reload.
document-apply = Apply
document-drop = Drop
document-dropped = Dropped; nothing was changed.
document-applying = Applying …
document-missing = The document is gone; please send it again. Nothing was changed.
document-stale = The folder has changed since this was checked, so nothing was applied; please send the document, or teach it, once more.
document-put-back = The folder was refused with it, so the file was put back as it was:
document-applied = Applied: { $name }. /undo puts the earlier one back.
undone = Undone: { $name } is as it was before.
undo-nothing = There is nothing to undo.
undo-changed = { $name } has been changed by somebody else since, so nothing was undone; what it held before is in { $kept }.
undo-refused = The folder would be refused without it, so nothing was undone:

try-how = Please write a question behind /try.
try-why = Outcome: { $outcome } · knowledge { $version } · counted nowhere

command-undo = put back what the last document replaced
command-try = what would be answered, and why: /try QUESTION

reload-reading = Reading the knowledge …
reload-indexing = Read and checked; learning its words …
reload-taking-over = Learnt; taking it over …
in-force = In force: version { $version }, { $facts } facts.
reload-refused = Version { $version } stays in force; the folder has { $total ->
    [one] an error
   *[other] { $total } errors
}:

command-reload = read the knowledge again

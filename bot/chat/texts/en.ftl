comma = { ", " }
source = Source (Chinese):
citation = { $section } · 《{ $title }》, { $publisher }, { $year }
report = 《{ $title }》, { $publisher }, { $year }

which = Which one do you mean? Please tap:
unknown = The report does not say that.
other-place = The report covers { $covered }; it does not speak of “{ $asked }”.
other-period = The report covers { $covered }; it has no figures for “{ $asked }”.
missing = The report does not say: { $parts }
nearest = What it says nearby:
examples = You could ask:

welcome =
    Hello, I am Shushuo. I answer in the report's own figures and quote the sentence each time; what the report does not say, I do not make up.

    What I have read:
    { $reports }

    Just send me your question, in English, Chinese or pinyin, for example:
help =
    Send me a question: a sentence or a few keywords, in English, Chinese or pinyin.
    • An answer has the figure, its period, the report's own sentence and where it stands.
    • Where a question can mean several things, I list them: tap one.
    • What the report does not say, I do not guess.

    /start which reports I have read, and how to ask
    /topics leaf through the sections
    /random some fact or other
    /fact a fact by its ID
    /about the reports and the program
    /subscribe to get announcements here, /unsubscribe to end that
    /help this text

    In a group: write /ask and your question, mention me in it, or reply to a message of mine.
    In any chat: type my name and a few keywords to send a figure of the report there.
help-admins = For admins, in this chat:
how-to-ask = Please write your question behind /ask, or reply to somebody's question with /ask.
vote-counted = Thank you, noted.

menu-for-admins = Admins: { $what }
command-ask = Ask a question: /ask QUESTION
command-topics = Leaf through the sections
command-random = Some fact or other
command-fact = A fact by its ID: /fact ID
command-about = The reports and the program
command-help = How to ask
command-start = Which reports I have read
description =
    I answer questions in the report's own figures, and quote the sentence and its source each time; what the report does not say, I do not make up.

    Tap Start and ask, in English, Chinese or pinyin.
short-description = Answers in the report's own figures, and quotes the sentence each time.
unknown-command = There is no such command; please see /help.
text-only = I can only read text: please type your question.
gone = This is no longer part of what I have read; please ask again.
list-gone = I no longer remember this list; please ask for it again.

trial = Tried on { $asked } questions; answered otherwise: { $total }
trial-same = Tried on { $asked } questions: all are answered as before.
trial-trouble = A question file cannot be read: { $reason }
trial-choices = a choice ({ $facts })
trial-none = no answer
trial-talk = small talk
unanswered-teach = { $place } → { $label }
unanswered-more = { $place } …
teach-which = Which fact answers it?
teach-another = Another fact …
teach-set-aside = Not in the report
teach-trying = Trying …
teach-words = Which fact answers “{ $question }”? Reply to this message with some words of its name.
teach-back = ‹ Back
teach-found = These have your words:
teach-none = No fact has these words.
teach-aside = “{ $question }” is not in the report: it is no longer listed.
teach-relist = List it again
teach-gone = This is no longer there; please send /unanswered again.
teach-adds = { $label }: would also be called { $keywords }
teach-answers = It then answers { $answered } of { $wordings ->
    [one] one wording
   *[other] { $wordings } wordings
}.

article-draft = Draft: { $facts } facts for { $figures } figures; doubtful: { $doubts }
article-next = Correct the file and send it back to me, or apply it as it is.

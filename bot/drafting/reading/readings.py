"""Reads the figures of an article one after another, with what they leave to the clauses and sentences before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.language.vocabulary import Vocabulary

from .clauses import Lead
from .english_prose import english_labels
from .plain import plain
from .reading import Carried, Reading
from .sentence import SentenceText
from .sentence_reader import SentenceReader
from .subject_words import heading_of
from .subjects import Subjects
from .topics import Context, Topics

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Reader:
    """Reads the sentences of an article in their order; `own_places`: the names of what the report is about."""

    def __init__(self, vocabulary: Vocabulary, own_places: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._subjects = Subjects(vocabulary)
        self._own = sorted((plain(name) for name in own_places if name), key=len, reverse=True)
        self._context = Context(Topics(self._subjects))

    def begin_section(self, title: str) -> None:
        """Forgets what the section before has named; what has but a general name is of what the title names."""
        self._context = Context(Topics(self._subjects), heading=heading_of(title, self._vocabulary))

    def begin_paragraph(self) -> None:
        """Forgets the period of the paragraph before, and what its shares are of."""
        self._context.share_of = ""
        self._context.stated_in, self._context.period, self._context.place = "", (), ""

    def read(self, sentence: str) -> list[Reading]:
        """The figures of a sentence with what they tell."""
        text = SentenceText(sentence, self._own, self._vocabulary)
        if not text.figures and (heading := heading_of(text.text, self._vocabulary)):
            self._context.heading = heading  # ——小学。
        if not _CHINESE.search(sentence):
            return self._read_english(text)
        readings = SentenceReader(text, self._context, self._subjects).read()
        return [replace(one, subject=tuple(map(text.printed, one.subject))) for one in readings]

    def _read_english(self, text: SentenceText) -> list[Reading]:
        labels, last = english_labels(text.sentence, text.figures, "".join(self._context.subject))
        self._context.subject = (last,) if last else self._context.subject
        return [
            Reading(
                figure,
                Lead(),
                (),
                period=text.english_period(at),
                stated_in=text.sentence,
                label=self._without_own(label),
                carried=Carried.HERE if label else Carried.NOWHERE,
            )
            for at, (figure, label) in enumerate(zip(text.figures, labels, strict=True))
        ]

    def _without_own(self, label: str) -> str:
        """A label in English without the name of what the report is about."""
        for name in self._own:
            label = re.sub(rf"(?i) (?:of|in|on) (?:the )?{re.escape(name)}(?!\w)", "", label)
        return label

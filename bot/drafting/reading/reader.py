"""Reads the figures of an article one after another, with what they leave to the clauses and sentences before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary
from bot.drafting.english_prose.labels import keywords
from bot.drafting.english_prose.reader import EnglishReader
from bot.drafting.english_prose.words import AUXILIARIES, PREPOSITIONS

from .clauses import Lead
from .figures import Figure
from .plain import is_chinese, plain
from .reading import Carried, Reading
from .sentence import SentenceText
from .sentence_reader import SentenceReader
from .subjects import JOINS, PART_OF, Subjects
from .topics import Context, Topics

_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[、.．）)]\s*")
_LONGEST_TOPIC = 10  # characters


class Reader:
    """Reads the sentences of an article in their order; `own_places`: the names of what the report is about.

    `topic`: what a section says in its heading that it tells of, "" where that is no name.
    """

    def __init__(self, vocabulary: Vocabulary, own_places: Sequence[str], article: str = "") -> None:
        self._vocabulary = vocabulary
        self._subjects = Subjects(vocabulary)
        self._own = sorted((plain(name) for name in own_places if name), key=len, reverse=True)
        self._context = Context(Topics(self._subjects))
        self._english = EnglishReader(article)
        self.topic = self._holder = ""

    def begin_section(self, heading: str = "") -> None:
        """Forgets what the section before has named."""
        self.topic = _NUMBERED.sub("", heading)
        tokens = tokenise(plain(self.topic), self._vocabulary)
        is_name = all(one.is_content or one.text in JOINS or (one.is_unknown and not one.start) for one in tokens)
        if not is_name or len(self.topic) > _LONGEST_TOPIC:
            self.topic = ""  # 茶园添新绿
        self._context = Context(Topics(self._subjects))
        self._english.begin_section()

    def begin_paragraph(self) -> None:
        """Forgets the period of the paragraph before, and what its shares are of."""
        self._context.share_of, self._context.place = "", ""
        self._context.stated_in, self._context.period = "", ()

    def read(self, sentence: str) -> list[Reading]:
        """The figures of a sentence with what they tell."""
        if not sentence.startswith(PART_OF):
            self._holder = ""
        if not is_chinese(sentence):
            return self._read_english(sentence)
        text = SentenceText(sentence, self._own, self._vocabulary)
        readings = SentenceReader(text, self._context, self._subjects).read()
        return list(self._printed(text, readings))

    def _printed(self, text: SentenceText, readings: Sequence[Reading]) -> Iterator[Reading]:
        """What a sentence tells, in its own words, each figure with of what was told before it."""
        for one in readings:
            subject = tuple(map(text.printed, one.subject))
            yield replace(one, subject=subject, tail=text.printed(one.tail), holder=self._holder)
            self._holder = self._holder or Subjects.holder(subject)

    def _read_english(self, sentence: str) -> list[Reading]:
        found: list[Reading] = []
        for one in self._english.read(sentence):
            family = "percent" if one.number.is_percent else "points" if one.number.is_change else "things"
            label = self._without_own(one.label)
            names = tuple(self._without_own(name) for name in keywords(one.told, is_relative=one.number.is_relative))
            carried = Carried.NOWHERE if not label else Carried.SENTENCE if one.told.is_carried else Carried.HERE
            figure = Figure(one.start, one.end, family, one.number.quantities)
            found.append(Reading(figure, Lead(), (), label=label, carried=carried, when=one.when, names=names))
        return found

    def _without_own(self, label: str) -> str:
        """A label in English without the name of what the report is about: rise in | Ashby's | rents."""
        for name in self._own:
            called = rf"{re.escape(name)}(?:['’]s)?(?![\w-])(?! (?-i:[A-Z]))"
            own = rf"(?i)( (?:of|in|on|by|at) (?:the )?|^| ){called}( [a-z]+)?"
            label = re.sub(own, lambda match: _own_left_out(match[1], match[2] or ""), label)
        label = label.strip()
        return label[:1].upper() + label[1:]


def _own_left_out(before: str, behind: str) -> str:
    """What stands around a name that is left out: its preposition goes with it, unless it is that of what follows."""
    return before.rstrip() + behind if behind and behind.strip() not in PREPOSITIONS | AUXILIARIES else behind

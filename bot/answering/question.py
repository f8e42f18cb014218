"""What a question says: its words, what kind of answer it asks for, where and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, takewhile

from .answer import Language
from .cells import Cell, split
from .learning import known_marks
from .normalize import normalize
from .periods import is_compared
from .understanding import understand
from .vocabulary import Vocabulary
from .words import Kind, Word

# The kinds of figure that a bare question word may stand for.
_BARE_KINDS = {
    "money": "money",
    "percent": "percent",
    "times": "times",
    "area": "area",
    "rank": "rank",
    "duration": "years",
    "place": "place",
}
# Question words that want a name, and what may stand between them and the kind of thing that is to be named.
_NAMING_ASKS = frozenset(["which", "what"])
_OF = frozenset(["的", "of"])
# Question words that want one of several names.
_CHOOSING_ASKS = frozenset(["name", "person", "place"])
_SILENT = (Kind.FILLER, Kind.STOP)
_EXPLAINED = (Kind.CONTENT, Kind.UNKNOWN)
# Question words that want more than to hear what a stated figure is.
_FIGURE_ASKS = frozenset(["number", "money", "percent", "times", "rank", "reason"])


@dataclass(frozen=True)
class Question:
    """A question, or a part of one, as words."""

    text: str
    words: tuple[Word, ...]
    language: Language
    marks_of: Callable[[Sequence[Word]], frozenset[int]]
    marks: frozenset[int]
    context: tuple[Word, ...] = ()

    def part(self, words: Sequence[Word], context: tuple[Word, ...]) -> Question:
        """A part of this question as one of its own; `context` are words of the other parts."""
        return replace(self, words=tuple(words), marks=self.marks_of(words), context=context)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that a fact has to explain."""
        return tuple([word for word in self.words if word.kind in _EXPLAINED and not _is_here(word)])

    @cached_property
    def numbers(self) -> tuple[Word, ...]:
        return self._of_kind(Kind.NUMBER)

    @cached_property
    def periods(self) -> tuple[Word, ...]:
        """The periods of the clauses that ask, and of those that lead up to them without a matter of their own.

        People also tell why they ask: 我家孩子明年上学，新增学位有多少？
        """
        clauses, named = self._clauses, self._of_kind(Kind.PERIOD)
        if not named or not any(_asks(clause) and self._has_content(clause) for clause in clauses):
            return named
        heard = (clause for clause in clauses if _asks(clause) or not self._has_content(clause))
        return tuple(word for clause in heard for word in clause if word.kind is Kind.PERIOD)

    def _of_kind(self, kind: Kind) -> tuple[Word, ...]:
        return tuple([word for word in self.words if word.kind is kind])

    @cached_property
    def led(self) -> frozenset[Word]:
        """The content of the clauses that only lead up to the one that asks; none where no clause asks with content."""
        if not any(clause and not _asks(clause) for clause in self._clauses):
            return frozenset()
        asking = {word for clause in self._clauses if _asks(clause) for word in clause}
        return frozenset(self.content) - asking if asking.intersection(self.content) else frozenset()

    @cached_property
    def lead(self) -> frozenset[Word]:
        """The content of what comes before the first clause that asks."""
        first = next((at for at, clause in enumerate(self._clauses) if _asks(clause)), 0)
        before = {word for clause in self._clauses[:first] for word in clause}
        return frozenset(before.intersection(self.content))

    @cached_property
    def alone(self) -> Question | None:
        """The clauses that ask, without those that lead up to them, whose words are their context.

        None where nothing leads up to them; where what does states a number, which may be what is asked of; or where
        something of its own follows, as that mostly narrows down what is asked.
        """
        clauses = [clause for clause in self._clauses if _asks(clause) or self._has_content(clause)]
        first = next((at for at, clause in enumerate(clauses) if _asks(clause)), 0)
        before = [word for clause in clauses[:first] for word in clause]
        asking = [word for clause in clauses[first:] for word in clause]
        told = any(word.kind is Kind.NUMBER for word in before) or not all(map(_asks, clauses[first:]))
        if told or not before or not self.led:
            return None
        return self.part(asking, context=tuple(word for word in before if word in self.led))

    @cached_property
    def _clauses(self) -> list[list[Word]]:
        clauses: list[list[Word]] = [[]]
        for word in self.words:
            clauses.append([]) if word.kind is Kind.STOP and word.text != "、" else clauses[-1].append(word)
        return clauses

    def _has_content(self, words: Sequence[Word]) -> bool:
        return any(word in self.content for word in words)

    @cached_property
    def is_terse(self) -> bool:
        """Whether it hardly says more than what it asks for: 市场主体有多少户？"""
        # What English says in few words has as many particles as what it says in many.
        if self.language is not Language.CHINESE or self.periods or self.numbers or self.context:
            return False
        more = [
            word
            for word in self._of_kind(Kind.FILLER)
            if not _is_here(word) and not _is_count(word) and word.text != "的"
        ]
        return len(more) <= 1

    @cached_property
    def names_subject(self) -> bool:
        return any(_is_here(word) for word in self.words)

    @cached_property
    def focus(self) -> Word | None:
        """The thing counted: the first meaningful word behind 多少 or how many."""
        if "number" not in self.asks:
            return None
        asked = False
        for word in self.words:
            asked = asked or "number" in word.asks
            if asked and word in self.content:
                return word
            if asked and word.kind not in (Kind.FILLER, Kind.CONTENT):
                return None
        return None

    @cached_property
    def sought(self) -> tuple[Word, ...]:
        """What is to be named, right behind the question word: 协作 and 典范 in 成为了什么协作典范."""
        if self.asks.isdisjoint(_NAMING_ASKS):
            return ()
        found: list[Word] = []
        asked = False
        for word in self.words:
            if not word.content and not _NAMING_ASKS.isdisjoint(word.asks):
                asked, found = True, []
            elif asked and word in self.content:
                found.append(word)
            else:
                between = _is_count(word) or word.text in _OF or word.kind is Kind.NUMBER
                asked = asked and not found and between
        return tuple(found)

    @cached_property
    def asks(self) -> frozenset[str]:
        """The kinds of answer that its question words ask for.

        When behind how many says of which time: how many steps were cut when opening a business.
        """
        asking = [asks for word in self.words if (asks := word.asks)]
        relative = self.language is Language.ENGLISH and bool(asking) and "number" in asking[0]
        asked = frozenset(chain.from_iterable(asking))
        return asked - {"time"} if relative else asked

    @cached_property
    def asks_for_figure(self) -> bool:
        """Whether a question word asks for a number, a share, a rank or a reason, and not only what something is."""
        return any(not _FIGURE_ASKS.isdisjoint(word.asks) and not word.content for word in self.words)

    @cached_property
    def asks_for_one(self) -> bool:
        """Whether it asks for one name of those told of a thing: who, or which base; not only what the thing is."""
        return bool(self.asks & _CHOOSING_ASKS or self.sought)

    @cached_property
    def is_overview(self) -> bool:
        """Whether it asks how things stand in general."""
        return self.asks - {"manner"} == {"overview"}

    @cached_property
    def is_a_word(self) -> bool:
        """Whether a word of content is all that it says: it neither asks nor says when or how much."""
        rest = (word for word in self.words if word not in self.content)
        return len(self.content) == 1 and all(word.kind in _SILENT and not _is_count(word) for word in rest)

    @cached_property
    def is_bare(self) -> bool:
        """Whether it says nothing that a fact could explain, but perhaps which kind of figure or which period."""
        return not (self.content or self.numbers or self.context)

    @cached_property
    def bare_kinds(self) -> frozenset[str]:
        """The kinds of figure that a bare question asks for: 是多少倍？ 多少美元？"""
        return frozenset([self.unit] if self.unit else [_BARE_KINDS[ask] for ask in self.asks if ask in _BARE_KINDS])

    @cached_property
    def unit(self) -> str:
        """The kind of what is counted behind 多少 or how many, or else before it; "" for neither.

        In English it is the last of the words behind: how many cultural companies.
        """
        if "number" not in self.asks:
            return ""
        counted = ""
        for at, word in enumerate(self.words):
            if "number" in word.asks:
                reach = None if self.language is Language.ENGLISH else at + 2
                behind = takewhile(self._may_be_counted, self.words[at + 1 : reach])
                units = [word.entry.unit for word in behind if word.entry and word.entry.unit]
                return units[-1] if units else counted
            if word in self.content:
                counted = word.entry.unit if word.entry else ""
        return ""

    def _may_be_counted(self, word: Word) -> bool:
        return word in self.content or bool(word.entry and word.entry.unit)


def read(text: str, vocabulary: Vocabulary) -> Question:
    """The question that people's text asks."""
    normal = normalize(text)
    return read_cells(normal, split(normal), vocabulary)


def read_cells(text: str, cells: Sequence[Cell], vocabulary: Vocabulary) -> Question:
    """The same of text that is normalised and split into cells already."""
    words = understand(text, cells, vocabulary)
    multiple = any("times" in word.asks for word in words)
    words = [_compared(word, text, vocabulary, multiple=multiple) for word in words]
    return Question(
        text, tuple(words), _language(text, words), partial(known_marks, vocabulary), known_marks(vocabulary, words)
    )


def _asks(words: Sequence[Word]) -> bool:
    return any(word.asks for word in words)


def _is_count(word: Word) -> bool:
    """A question word, or a measure word."""
    entry = word.entry
    return bool(entry and (entry.asks or entry.unit))


def _is_here(word: Word) -> bool:
    entry = word.entry
    return bool(entry and entry.here)


def _compared(word: Word, text: str, vocabulary: Vocabulary, *, multiple: bool) -> Word:
    """去年 in "是去年的几倍" is no period asked for but what a figure is compared with."""
    entry = word.entry
    last_year = entry and entry.period == "last_year"
    if not (last_year and (multiple or is_compared(text, word.start, word.end))):
        return word
    entry = vocabulary.entries.get("同比")
    entries = ((entry, 1.0),) if entry else ()
    return Word(word.text, word.start, word.end, Kind.CONTENT if entry else Kind.FILLER, entries)


def _language(text: str, words: Sequence[Word]) -> Language:
    if any("\u3400" <= char <= "\u9fff" for char in text):
        return Language.CHINESE
    by_sound = any(not e.key.isascii() and likeness < 1 for word in words for e, likeness in word.entries)
    has_words = any(char.isalpha() for char in text)
    return Language.ENGLISH if has_words and not by_sound else Language.CHINESE

"""The knowledge in force: what people leaf through and search in it, and the replies and conversations about it.

One edition is replaced by the next in one step.
"""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple, TypeVar

from cachetools import LRUCache
from rapidfuzz import fuzz, process

from bot.answering.answer import Answer, Outcome, Reason
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation, last_answer
from bot.answering.knowledge.model import Fact, Knowledge, Report
from bot.answering.language.normalize import normalize, normalize_all
from bot.answering.phrasing import is_plain

from . import buttons, rendering
from .buttons import key_of, keys_in
from .messages import Reply
from .rendering import LIMIT, cut, opening_lines, to_html, units
from .suggestions import Suggestions
from .texts import Locale, locale_of_reply, texts

PAGE = 8

T = TypeVar("T")
Group = tuple[Fact, ...]

_AT_ONCE = 500
_SEPARATOR = re.compile(r"[^\w]+")


class ReportSection(NamedTuple):
    """A section of a report with its facts in the order of the report; it has at least one."""

    report: Report
    title: str
    facts: tuple[Fact, ...]

    @property
    def key(self) -> str:
        """16 characters that name the section in the data of a button."""
        return blake2b(f"{self.report.id}\n{self.title}".encode(), digest_size=8).hexdigest()

    @property
    def notable(self) -> Fact:
        """The fact that shows best what the section is about: the first with a plain figure."""
        return min(self.facts, key=lambda fact: not is_plain(fact))


class Contents:
    """What people leaf through; `pages` are the sections, up to PAGE a page, each page of one report."""

    def __init__(self, knowledge: Knowledge) -> None:
        facts: dict[tuple[str, str], list[Fact]] = {}
        for fact in knowledge.facts:
            facts.setdefault((fact.report.id, fact.section), []).append(fact)
        self._by_place = {
            (id_, title): ReportSection(found[0].report, title, tuple(found)) for (id_, title), found in facts.items()
        }
        self.sections = list(self._by_place.values())
        reports = groupby(self.sections, key=lambda section: section.report.id)
        self.pages = [page for _, sections in reports for page in paged(list(sections))]
        self._facts = {key_of(fact): fact for fact in knowledge.facts}

    @property
    def facts(self) -> list[Fact]:
        return list(self._facts.values())

    def fact(self, key: str) -> Fact | None:
        """The fact with this key, which is its id unless that is too long for a button."""
        return self._facts.get(key)

    def section_of(self, fact: Fact) -> ReportSection:
        return self._by_place[fact.report.id, fact.section]

    def neighbours(self, fact: Fact) -> list[Fact]:
        """The other facts of the same sentence."""
        return [other for other in self.section_of(fact).facts if other.sentence == fact.sentence and other != fact]

    def like(self, id_: str) -> list[Fact]:
        """Up to 3 facts whose ids are written much like `id_`, the likest first."""
        asked = id_[:64].casefold()
        found = process.extract(asked, self._facts.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=60.0)
        return [self._facts[key] for key, _, _ in found]


def paged(items: Sequence[T]) -> list[list[T]]:
    """`items`, up to PAGE a page."""
    return [list(items[start : start + PAGE]) for start in range(0, len(items), PAGE)]


class Found(NamedTuple):
    """What to list, best first: single facts, and before them all facts of an answer that states several."""

    locale: Locale
    groups: tuple[Group, ...]
    whole: Answer | None = None  # that says more than its facts do: yes or no, a list, small talk; it comes first
    refusal: Answer | None = None  # that the report does not say it; then the facts are only near it
    missing: tuple[str, ...] = ()  # the parts of what was asked for that the report does not say


class Search:
    """Searches the knowledge; `answer` answers a question."""

    def __init__(self, contents: Contents, answer: Callable[[str], Answer]) -> None:
        self._contents = contents
        self._answer = answer
        facts = contents.facts
        # The label of each fact, and all its names, both as they are searched. Nobody is answered while texts are
        # normalised, so that it is to be done in pieces.
        pieces = (facts[start : start + _AT_ONCE] for start in range(0, len(facts), _AT_ONCE))
        self._names = [name for piece in pieces for name in _named(piece)]

    def find(self, query: str, reader: Locale) -> Found:
        """What to list for a query: the answer, and the facts whose names have its words.

        For nothing, or no more than a letter, it is a notable fact of each section; for a share button, its facts.
        """
        typed = query.strip()
        if not typed or (len(typed) == 1 and typed.isascii()):
            return Found(reader, _groups(section.notable for section in self._contents.sections))
        shared = tuple(filter(None, map(self._contents.fact, keys_in(query))))
        if shared:
            return Found(reader, _groups(shared, together=True))
        answer = self._answer(query)
        found = answer.listed or tuple(match.fact for match in answer.matches)
        named, locale = self._named(query), locale_of_reply(answer, reader)
        # Half a word may be a greeting, too: hi of high-tech.
        is_whole = bool(opening_lines(answer, locale)) or (answer.outcome is Outcome.TALK and not named)
        groups = (
            *_groups(found, together=answer.outcome is Outcome.ANSWER and not is_whole),
            *_groups(fact for fact in (*named, *answer.nearest) if fact not in found),
        )
        # Half a word is no question yet: as long as it begins some name, nobody is told that the report is silent.
        is_refusal = answer.outcome is Outcome.NONE and (answer.reason is not Reason.UNKNOWN or not named)
        return Found(locale, groups, answer if is_whole else None, answer if is_refusal else None, answer.missing)

    def _named(self, query: str) -> list[Fact]:
        """The facts whose names have every word of the query, as far as it is typed; those in the label first."""
        # A Latin word is found where one begins with it: port is not in export.
        typed = _SEPARATOR.sub(" ", normalize(query)).split()
        words = [f" {word}" if word[0].isascii() else word for word in typed]
        if not any(len(word.strip()) > 1 or not word.isascii() for word in words):
            return []
        found = [(label, fact) for label, names, fact in self._names if all(word in names for word in words)]
        return [fact for _, fact in sorted(found, key=lambda pair: not all(word in pair[0] for word in words))]


def _named(facts: list[Fact]) -> Iterator[tuple[str, str, Fact]]:
    labels = normalize_all(f"{fact.label}|{fact.en.label}" for fact in facts)
    keywords = normalize_all("|".join((*fact.keywords, *fact.en.keywords)) for fact in facts)
    for label, more, fact in zip(labels, keywords, facts, strict=True):
        yield _spaced(label), _spaced(f"{label}|{more}"), fact


def _groups(facts: Iterable[Fact], *, together: bool = False) -> tuple[Group, ...]:
    """Groups of one fact, each fact once; with `together`, a group of all of them first."""
    listed = tuple({key_of(fact): fact for fact in facts}.values())
    all_of_them = (listed,) if together and len(listed) > 1 else ()
    return (*all_of_them, *((fact,) for fact in listed))


def _spaced(text: str) -> str:
    return f" {_SEPARATOR.sub(' ', text)} "


class Edition:
    """A knowledge, what is made of it once, in a thread, and replies. `fingerprint`: of the folder as it was read."""

    def __init__(self, answerer: Answerer, version: str, read_at: datetime, fingerprint: str = "") -> None:
        self.knowledge = answerer.knowledge
        self.answerer = answerer
        self.version = version
        self.read_at = read_at
        self.fingerprint = fingerprint
        self.contents = Contents(self.knowledge)
        self.suggestions = Suggestions(answerer)
        # No method of this object, as a cycle would keep it for longer than it is used.
        self.search = Search(self.contents, lambda question: last_answer(answerer, [question]))
        # By chat and person, in memory alone: what is lost makes the bot ask. One takes some 20 KB.
        self._conversations: MutableMapping[tuple[int, int], Conversation] = LRUCache(2_000)
        # Most people ask for the same facts, and to put one into words takes 0.13 ms.
        self._statements: MutableMapping[tuple[object, ...], Reply] = LRUCache(1_000)

    def conversation(self, chat_id: int, person_id: int) -> Conversation:
        """The conversation of a person in a chat; those of long ago are forgotten."""
        return self._conversations.setdefault((chat_id, person_id), Conversation(self.answerer))

    def reply_to(self, answer: Answer, locale: Locale, popular: Sequence[str] = (), *, brief: bool = False) -> Reply:
        """The reply to a question. `brief`: what the report does not say is one line, as becomes a group."""
        facts = tuple(match.fact for match in answer.matches)
        match answer.outcome:
            case Outcome.TALK:
                return Reply.plain(rendering.talk(answer, self.knowledge, self.suggestions.examples, locale))
            case Outcome.ANSWER if len(answer.listed) > 1:
                return _list(answer, facts, locale)
            case Outcome.ANSWER:
                lines = "\n".join(opening_lines(answer, locale))
                if lines or answer.missing:
                    return _statement(facts, locale, answer.missing, lines)
                return self._statement_of(facts, locale)
            case Outcome.CHOICES:
                return Reply.plain(texts(locale)("which"), buttons.choices(facts, locale))
            case Outcome.NONE:
                return self._refusal(answer, locale, popular, brief=brief)

    def reply_with(self, key: str, locale: Locale) -> Reply | None:
        """The fact with this key; None where the knowledge no longer has it."""
        fact = self.contents.fact(key)
        return self._statement_of((fact,), locale) if fact else None

    def welcome(self, locale: Locale, popular: Sequence[str]) -> Reply:
        """Who the bot is, what it has read, and how to ask."""
        reports = "\n".join(rendering.report_line(report, locale) for report in self.knowledge.reports[:5])
        # Fluent fills in no value longer than 2500 characters.
        text = texts(locale)("welcome", reports=cut(reports, 2000))
        return Reply.plain(text, buttons.questions(self.suggestions.examples(locale, popular), locale))

    def _statement_of(self, facts: tuple[Fact, ...], locale: Locale) -> Reply:
        # By identity, as to hash a fact means to hash all that it says; a reply keeps its facts alive.
        key = (*map(id, facts), locale)
        if key not in self._statements:
            self._statements[key] = _statement(facts, locale)
        return self._statements[key]

    def _refusal(self, answer: Answer, locale: Locale, popular: Sequence[str], *, brief: bool) -> Reply:
        text = rendering.refusal(answer, self.knowledge.reports, locale)
        if brief:
            return Reply.plain(text)
        near = {self.suggestions.question(fact, locale): fact for fact in answer.nearest}
        near.pop("", None)
        asked = near or self.suggestions.examples(locale, popular)
        if asked:
            text = f"{text}\n\n{texts(locale)('nearest' if near else 'examples')}"
        return Reply.plain(text, buttons.questions(asked, locale))


class Library:
    """Holds the edition in force, `now`, which a reload replaces; whatever handles an update looks at it once only."""

    def __init__(self, edition: Edition) -> None:
        self.now = edition


def _statement(facts: tuple[Fact, ...], locale: Locale, missing: tuple[str, ...] = (), before: str = "") -> Reply:
    """The facts, with lines around them that are never cut: `before` them, and what is `missing` of the question."""
    unsaid = rendering.missing(missing, locale)
    first, last = f"{before}\n" if before else "", f"\n\n{unsaid}" if unsaid else ""
    stated = rendering.facts(facts, locale, LIMIT - units(first + last))
    return Reply(to_html(first) + stated + to_html(last), stated=facts)


def _list(answer: Answer, facts: tuple[Fact, ...], locale: Locale) -> Reply:
    """The facts of a list, a line each; a button shows one with its sentence."""
    lines = [
        *opening_lines(answer, locale),
        *(f"• {buttons.name(fact, locale)}: {rendering.figure(fact, locale)}" for fact in facts),
    ]
    return replace(Reply.plain("\n".join(lines), buttons.listed(answer, locale)), pages=answer)

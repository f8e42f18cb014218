"""Asks a knowledge for its own labels and keywords, and tells what to do about those that miss their fact."""

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain, islice

from bot.answering.knowledge.document import Path, PendingProblem, limited, located
from bot.answering.knowledge.folder import Loaded
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.problem import MOST_PROBLEMS, Problem, Severity, quoted
from bot.answering.knowledge.report_file import ReportFile
from bot.answering.language.place_words import is_place
from bot.answering.language.tokens import Token
from bot.answering.matching.entries import Entry
from bot.answering.matching.observation import Observation, asked_at

from .answer import Outcome
from .answerer import Answerer
from .explaining import aspect_text

# 原因 and 情况 ask for something in a question, and are nouns in a name.
_INTERROGATIVE = re.compile("[几谁哪何怎咋啥吗?？]|多少|什么|多[大高久长远宽]|是否|是不是|有没有")
_ENGLISH_QUESTION = re.compile(r"(?i:how|why|(?:what|which|who|when|where) (?:is|are|was|were|did|do|does))\b")


def examine(loaded: Loaded) -> tuple[Problem, ...]:
    """What is wrong with how the facts of a folder are read, whose labels and keywords are asked: takes seconds."""
    if loaded.knowledge is None:
        return ()
    answerer = Answerer(loaded.knowledge)
    pending = chain.from_iterable(_pending(file, answerer) for file in loaded.files)
    return tuple(located(limited(islice(pending, MOST_PROBLEMS + 1))))


def fact_rows(loaded: Loaded) -> Iterator[tuple[str, ...]]:
    """How each fact was read, a row each: id, label, figure, aspect, period, and its names as words."""
    if loaded.knowledge is None:
        return
    for entry in Answerer(loaded.knowledge).index.entries:
        fact = entry.fact
        names = "; ".join(" + ".join(token.text for token in name.tokens) for name in entry.names)
        yield fact.id, fact.label, fact.figure, aspect_text(entry.aspect), fact.period or str(fact.report.year), names


def _pending(file: ReportFile, answerer: Answerer) -> Iterator[PendingProblem]:
    alike: dict[Hashable, tuple[Fact, Path]] = {}
    for fact, path in file.facts():
        for name, place in _names(fact, path):
            if message := fault_of(name, fact, answerer):
                yield PendingProblem(file.document, place, message, Severity.WARNING)
        known, known_path = alike.setdefault(_read_as(answerer.index.entry_of(fact)), (fact, path))
        if known is not fact:
            same = f"{quoted(fact.label)} reads the same as {quoted(known.label)} ({known.id})"
            message = f"{same}: say what tells them apart; the other is at"
            other = (file.document, (*known_path, "label"))
            yield PendingProblem(file.document, (*path, "label"), message, Severity.WARNING, other=other)


def _read_as(entry: Entry) -> Hashable:
    """What tells a fact from others: its names, how its figure is told, where and when."""
    aspect = entry.aspect
    # Numbers are no concepts: 第一集团 and 第二集团.
    said = ((name.concepts, *(token.text for token in name.tokens if not token.senses)) for name in entry.names)
    return frozenset(said), aspect.change, aspect.forms, aspect.base, aspect.unit, entry.period, entry.mentioned


def _names(fact: Fact, path: Path) -> Iterator[tuple[str, Path]]:
    yield fact.label, (*path, "label")
    yield from ((word, (*path, "keywords", at)) for at, word in enumerate(fact.keywords))
    if fact.en.label:
        yield fact.en.label, (*path, "en", "label")
    yield from ((word, (*path, "en", "keywords", at)) for at, word in enumerate(fact.en.keywords))


def fault_of(name: str, fact: Fact, answerer: Answerer) -> str:
    """What is wrong with a name, as a message; "" where it finds its fact."""
    asked = answerer.question(name)
    if _is_question(name, asked):
        return f"{quoted(name)} is a question: write the name of what is measured"
    found = answerer.answer(name)
    says_only_where_or_when = all(token.is_stop or token.span or is_place(token) for token in asked.tokens)
    if any(match.fact is fact for match in found.matches) and not says_only_where_or_when:
        return ""
    # With the places that several tokens name together.
    tokens = [*asked.tokens, *(place for place in asked.places if place not in asked.tokens)]
    read = [f"{quoted(token.text)} is read as {role}" for token in tokens if (role := _other_role(token, asked))]
    if not (asked.content or asked.aspect.change or asked.aspect.forms - {"level"}):
        return f"{quoted(name)} says nothing that a question could ask for{_in_brackets(read)}: add what it is about"
    if found.outcome is Outcome.NONE:
        reasons = _in_brackets([*read, *filter(None, [answerer.why_not(asked, fact)])])
        return f"{quoted(name)} does not find its own fact{reasons}: say it in words of its sentence"
    other = found.matches[0].fact
    if other.label == fact.label and other.period != fact.period:
        return ""  # which is asked for by its time
    finds = f"{quoted(name)} finds {quoted(other.label)} ({other.id}) instead of its own fact{_in_brackets(read)}"
    return f"{finds}: say what tells them apart"


def _is_question(name: str, asked: Observation) -> bool:
    tokens = asked.tokens
    words = (token.text for at, token in enumerate(tokens) if asked_at(tokens, at) or token.is_stop)
    return bool(_ENGLISH_QUESTION.match(name)) or any(map(_INTERROGATIVE.search, words))


def _in_brackets(texts: Sequence[str]) -> str:
    return f" ({', '.join(texts)})" if texts else ""


def _other_role(token: Token, asked: Observation) -> str:
    if token.span is not None:
        return "a period"
    if "subject" in token.roles:
        return "a name of the report's subject"
    if token in asked.places:
        return "a place"
    if asked_at(asked.tokens, asked.tokens.index(token)):
        return "a question word"
    return "a word that joins two things" if "join" in token.roles else ""

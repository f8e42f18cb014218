"""Teaches a fact how people ask for it: cuts keywords out of their questions, and writes them into its report file."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, groupby
from operator import getitem
from pathlib import Path
from typing import Any, cast

import yaml

from bot.answering.knowledge.document import Document, events
from bot.answering.knowledge.document import Path as Place
from bot.answering.knowledge.folder import load
from bot.answering.knowledge.model import Fact, Knowledge
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.text_file import problem_of
from bot.answering.knowledge.yaml_reader import read_tree, scalar
from bot.answering.language.normalize import normalize_all
from bot.answering.language.tokens import SCALES, Token
from bot.answering.matching.observation import Observation

from .answer import Language, language_of
from .answerer import Answerer
from .evaluation import stated
from .examining import fault_of
from .exceptions import AnsweringError
from .explaining import explains

_MOST_ADDED = 4  # keywords that one lesson adds
_MOST_TRIALS = 12  # knowledges that are made to try them, a second each where there are some thousand facts
_LONGEST = 40  # characters of a name
_WHERE = frozenset("里内中")  # ends of words for a place


class UneditableError(AnsweringError):
    """A list of keywords is written in a way that nothing can be added to; the text is one line for the editor."""


def with_keywords(document: Document, keywords: Place, words: Sequence[str]) -> str:
    """The text of a document with words added at the end of the list at `keywords`, which has an entry.

    The result is read again: it differs from what was there in these words alone. Raises `UneditableError`.
    """
    text = document.text
    if not words:
        return text
    start, *_, last = (
        event for (path, is_key), event in events(text) if path[: len(keywords)] == keywords and not is_key
    )
    # The parser marks every event.
    begin, end = cast("yaml.Mark", start.start_mark), cast("yaml.Mark", last.end_mark).index
    if isinstance(start, yaml.SequenceStartEvent) and start.flow_style:
        added = "".join(f", {scalar(word)}" for word in words)
    else:
        line_end = text.find("\n", end)
        end = line_end if line_end >= 0 else len(text)
        line_break = "\r\n" if text[end - 1] == "\r" else "\n"
        end -= len(line_break) - 1
        added = "".join(f"{line_break}{' ' * begin.column}- {scalar(word)}" for word in words)
    edited = text[:end] + added + text[end:]
    wanted, _ = read_tree(document.file, text)
    reduce(getitem, keywords, cast("Any", wanted)).extend(words)
    if read_tree(document.file, edited) != (wanted, []):
        where = f"{document.file}:{begin.line + 1}"
        raise UneditableError(f"{where}: nothing can be added to this list by program: write {', '.join(words)} there")
    return edited


@dataclass(frozen=True)
class Lesson:
    """The fact that questions in these wordings mean, the most frequent first."""

    fact_id: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Taught:
    """A report file with more keywords of a fact. `answered`: how many of the wordings the fact answers with them."""

    document: bytes
    label: str
    keywords: tuple[str, ...]
    answered: int
    wordings: int


def teach(folder: Path, lesson: Lesson) -> Taught | Problem:
    """The report file of a folder with the keywords that a lesson adds, or why none can be added; writes nothing."""
    loaded = load(folder)
    if loaded.knowledge is None:
        return loaded.errors[0]
    place = next(
        ((file, fact, path) for file in loaded.files for fact, path in file.facts() if fact.id == lesson.fact_id), None
    )
    if place is None:
        return problem_of(folder, "the fact is no longer in this folder: look for another one")
    file, fact, path = place
    keywords, answered = _keywords(loaded.knowledge, fact, lesson.wordings)
    if not keywords and answered == len(lesson.wordings):
        return problem_of(folder, f"'{fact.id}' answers this already")
    if not keywords:
        return problem_of(
            folder, f"no keyword for '{fact.id}' can be cut out of this: write a name of it into its file"
        )
    document = file.document
    english = [word for word in keywords if fact.en.keywords and language_of(word) is Language.ENGLISH]
    others = [word for word in keywords if word not in english]
    try:
        for at, words in (((*path, "keywords"), others), ((*path, "en", "keywords"), english)):
            document = Document(document.file, with_keywords(document, at, words))
    except UneditableError as error:
        return problem_of(folder, str(error))
    marked = (folder / Path(document.file).name).read_bytes().startswith(BOM_UTF8)
    content = (BOM_UTF8 if marked else b"") + document.text.encode()
    return Taught(content, fact.label, keywords, answered, len(lesson.wordings))


def _keywords(knowledge: Knowledge, fact: Fact, wordings: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Names of a fact that are cut out of wordings, and how many of these it answers with them."""
    answerer, added, trials = Answerer(knowledge), list[str](), 0
    for wording in wordings:
        if len(added) == _MOST_ADDED or _answers(answerer, fact.id, wording):
            continue
        for name in names_in(wording, fact, answerer):
            trials += 1
            if trials > _MOST_TRIALS:
                break
            taught = replace(fact, keywords=(*fact.keywords, *added, name))
            facts = tuple(taught if one is fact else one for one in knowledge.facts)
            tried = Answerer(replace(knowledge, facts=facts))
            if _answers(tried, fact.id, wording) and not fault_of(name, taught, tried):
                answerer = tried
                added.append(name)
                break
    return tuple(added), sum(_answers(answerer, fact.id, wording) for wording in wordings)


def _answers(answerer: Answerer, fact_id: str, question: str) -> bool:
    return any(fact.id == fact_id for fact in stated(answerer, question))


def names_in(wording: str, fact: Fact, answerer: Answerer) -> Iterator[str]:
    """What a question calls a fact, the best name first: words that stand there side by side, and call no other fact.

    First all that is said at a stretch, then what of it the fact does not explain yet. What others are called by too
    is none, unless it is all that is said and only a part of their names.
    """
    asked, index = answerer.question(wording), answerer.index
    entry = index.entry_of(fact)
    stretches = [stretch for stretch in _stretches(asked) if any(token in asked.content for token in stretch)]
    new = {id(token) for token in asked.content if not explains(entry, token, index)}
    # A single word of several is too wide.
    names = [_joined(stretch) for stretch in stretches if len(stretch) > 1 or len(stretches) == 1]
    for stretch in stretches:
        names += [_joined(list(run)) for is_new, run in groupby(stretch, lambda token: id(token) in new) if is_new]
    known = set(normalize_all([fact.label, *fact.keywords, *fact.en.keywords]))
    others = [texts.names for number, texts in enumerate(index.reader.texts) if number != entry.number]
    known.update(chain.from_iterable(text.split("\n") for text in others))
    for name in dict.fromkeys(names):
        word = re.compile(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name))
        is_all = len(stretches) == 1 and name == names[0]
        if 1 < len(name) <= _LONGEST and name not in known and (is_all or not any(map(word.search, others))):
            yield name


def _stretches(asked: Observation) -> Iterator[list[Token]]:
    """The tokens between what asks, places, periods and numbers, from the first to the last that may be of a name."""
    stretch: list[Token] = []
    for token in (*asked.tokens, None):
        if token is not None and not _is_no_name(token, asked):
            stretch.append(token)
            continue
        own = [at for at, one in enumerate(stretch) if _is_of_a_name(one, asked) and not _is_done_or_where(one)]
        # 馆 of 来馆人数 begins no name, but 员 may end one.
        own = own[next((at for at, place in enumerate(own) if not _is_letter(stretch[place])), len(own)) :]
        if own:
            yield stretch[own[0] : own[-1] + 1]
        stretch = []


def _is_no_name(token: Token, asked: Observation) -> bool:
    is_figure = token.span is not None or token.quantity is not None or token.text in SCALES
    return token.is_stop or is_figure or token in asked.places or "ask" in token.roles


def _is_of_a_name(token: Token, asked: Observation) -> bool:
    """Whether a token says what is measured, or how it is told."""
    return token in asked.content or not token.roles.keys().isdisjoint(("change", "aspect"))


def _is_letter(token: Token) -> bool:
    """Whether a token is one character that nothing knows."""
    return token.is_unknown and len(token.text) == 1


def _is_done_or_where(token: Token) -> bool:
    """Whether a token tells what was done, or where: 花了, 馆里."""
    return token.text[-1] == "了" or (token.is_unknown and token.text[-1] in _WHERE)


def _joined(tokens: Sequence[Token]) -> str:
    """The words as one name; Latin ones with spaces between."""
    name = ""
    for token in tokens:
        name += f" {token.text}" if name and name[-1].isascii() and token.text[0].isascii() else token.text
    return name

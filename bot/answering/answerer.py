"""Text in, Answer out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bot.answering.language.normalize import normalize, normalize_all, spelled_out
from bot.answering.language.pieces import Cutter
from bot.answering.language.places import gazetteer
from bot.answering.language.repair import Repairer, sounds_of
from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary, conversational, key_of, shipped
from bot.answering.matching.coordination import coordination
from bot.answering.matching.explaining import Wording, explanation, wording
from bot.answering.matching.index import Index
from bot.answering.matching.observation import read
from bot.answering.matching.parts import question_parts
from bot.answering.matching.policy import asks_for_one, decide, several
from bot.answering.matching.ranking import Scored, rank
from bot.answering.matching.reading import Texts, texts_of

from .answer import Answer, Language
from .program import kept

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact, Knowledge
    from bot.answering.language.tokens import Token
    from bot.answering.matching.entries import Entry
    from bot.answering.matching.observation import Observation


# What a name calls by a number that looks like a year: 1966系列.
_LIKE_A_YEAR = re.compile("(?<![0-9.])(?:19|20)[0-9]{2}(?=[\u4e00-\u9fff])(?![年度上下第一前])")
# Single characters that are no part of a word, whatever stands beside them.
_APART = frozenset(["join", "compare", "ask", "unit", "aspect", "change"])


class Answerer:
    """Answers questions from one knowledge; made once a knowledge, safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        texts = texts_of(knowledge.facts)
        self.vocabulary = _vocabulary(knowledge, texts)
        self.index = Index(knowledge, texts, self.vocabulary)
        self._repairer = Repairer(self.index.reader, self.vocabulary)

    @cached_property
    def conversational(self) -> Vocabulary:
        """The vocabulary with the words of conversation, by which messages are read as well."""
        return conversational(self.vocabulary)

    def prepare(self) -> None:
        """Makes what the first message and the first mistyped question would otherwise wait for."""
        self._repairer.prepare(general_sounds())
        _ = self.index.by_pair, self.index.numbers, self.conversational

    def answer(self, question: str) -> Answer:
        """What the reports say to a question in Chinese or English; never raises."""
        return self.answer_to(self.question(question), question)

    def answer_to(self, asked: Observation, question: str, fits: Callable[[Entry], bool] | None = None) -> Answer:
        """What the reports say to a question that is read already; `question` is its text.

        `fits`: which facts may answer it at all; then it asks for one thing.
        """
        language = language_of(question)
        if fits:
            ranked = [one for one in self._rank(asked) if fits(one.entry)]
            return decide(question, language, asked, ranked, self.index)
        parts = coordination(asked)
        # What certainly asks for several things need not be looked for as a whole.
        if parts and parts.certain and (answer := several(question, language, parts, self.index)):
            return answer
        ranked = self._rank(asked)
        may_be_several = parts and not parts.certain and not asks_for_one(asked, ranked)
        if parts and may_be_several and (answer := several(question, language, parts, self.index)):
            return answer
        return decide(question, language, asked, ranked, self.index)

    def question(self, text: str, vocabulary: Vocabulary | None = None) -> Observation:
        """How a question is read, with what was mistyped mended; `vocabulary`: one that has more words than this."""
        normal, words = spelled_out(normalize(text)), vocabulary or self.vocabulary
        return read(self._repairer.repaired(normal, tokenise(normal, words), words))

    def explain(self, question: str) -> str:
        """How the answer came about: the words that were understood, and what the best facts make of them."""
        asked = self.question(question)
        return explanation(asked, question_parts(asked, self.index), self._rank(asked), self.index)

    def wording(self, question: str) -> Wording:
        """The words by which a question says what it is about, and those that no fact explains."""
        asked = self.question(question)
        return wording(asked, self._rank(asked), self.index)

    def nearest(self, question: str, most: int) -> tuple[Fact, ...]:
        """The facts that come nearest to a question, whether they answer it or not, the nearest first."""
        return tuple(one.entry.fact for one in self._rank(self.question(question))[:most])

    def _rank(self, asked: Observation) -> list[Scored]:
        return rank(asked, question_parts(asked, self.index), self.index)


def language_of(text: str) -> Language:
    """Chinese where any character of a text is."""
    return Language.CHINESE if any("\u3400" <= char <= "\u9fff" for char in text) else Language.ENGLISH


@kept
def general_vocabulary() -> Vocabulary:
    """The words that all knowledge shares: the shipped ones, and the places that are not called like one of them."""
    words = shipped()
    general = words.copy()
    for name, place in gazetteer().items():
        key = key_of(name)
        if key and key not in words.words:
            general.add_role("place", place.code, [name])
    return general


@kept
def general_sounds() -> dict[str, tuple[str, ...]]:
    """The sounds of the words that all knowledge shares."""
    return {word: heard for word in general_vocabulary().words if (heard := sounds_of(word))}


def _vocabulary(knowledge: Knowledge, texts: Sequence[Texts]) -> Vocabulary:
    """The shipped vocabulary with the reports' own words: their subjects, the lexicon, and what labels alone say."""
    vocabulary = general_vocabulary().copy()
    for name, reports in _subjects(knowledge).items():
        vocabulary.add_role("subject", " ".join(reports), [name])
    for first, *others in map(normalize_all, knowledge.lexicon.synonyms):
        vocabulary.add_concept(first, others)
    # Of each piece, the words of it as a part of a name, and as a whole name.
    cutter = Cutter(vocabulary, lambda tokens: [list(_own_words(tokens, is_whole=whole)) for whole in (False, True)])
    words: dict[str, None] = {}
    for name in chain.from_iterable(text.names.split("\n") for text in texts):
        pieces = cutter.cut(name)
        for piece in pieces:
            words |= dict.fromkeys(piece.read[len(pieces) == 1])
    words |= dict.fromkeys(chain.from_iterable(_LIKE_A_YEAR.findall(text.names) for text in texts))
    for word in words:
        known = vocabulary.words.get(word)
        if known is None or ("filler" in known.roles and not known.senses):
            vocabulary.add_concept(word, [])
    # What a report speaks of matters, whatever the lexicon says.
    fillers = normalize_all(knowledge.lexicon.fillers)
    own = [filler for filler in fillers if not any(filler in text.names for text in texts)]
    vocabulary.add_role("filler", "own", own)
    return vocabulary


def _own_words(tokens: Sequence[Token], *, is_whole: bool) -> Iterator[str]:
    """The words of a name that the vocabulary lacks: text that it does not know, with single characters beside it.

    Two characters of which one is known are a word only where they are the whole name: 使命, but not 在校.
    """
    run: list[Token] = []
    yield from (a.text + b.text for a, b in pairwise(tokens) if _is_grown_together(a, b))
    yield from (t.text for t in tokens if t.roles.get("filler") == "places" and not (t.is_content or t.text.isascii()))
    for token in (*tokens, None):
        if token and (token.is_unknown or _may_be_part(token)):
            run.append(token)
            continue
        # 对日贸易 is no trade of a 对日.
        run = run[1:] if run and run[0].text == "对" else run
        word = "".join(part.text for part in run)
        unknown = sum(len(part.text) for part in run if part.is_unknown)
        if (
            len(word) > 1
            and unknown
            and (len(word) > 2 or unknown == len(word) or (is_whole and len(run) == len(tokens)))
        ):
            yield word
        run = []


def _is_grown_together(token: Token, behind: Token) -> bool:
    """Whether a function word of English begins a Chinese name, and so is none: up of UP主."""
    is_function = token.text.isascii() and bool(token.roles) and not token.is_content
    return is_function and token.text.isalpha() and behind.start == token.end and not behind.text.isascii()


def _may_be_part(token: Token) -> bool:
    """Whether a known single character may be part of a word: 使 of 使命."""
    is_single = len(token.text) == 1 and not token.text.isascii() and not token.is_stop
    return is_single and token.roles.keys().isdisjoint(_APART) and token.roles.get("filler") != "particles"


def _subjects(knowledge: Knowledge) -> dict[str, list[str]]:
    """The names of what the reports are about, each with the ids of all reports that are about it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for report in knowledge.reports:
        subject = report.subject
        for name in dict.fromkeys(normalize_all([subject.label, subject.en, *subject.aliases])):
            found[name].append(report.id)
    return found

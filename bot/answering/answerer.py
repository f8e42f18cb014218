"""Text in, Answer out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from bot.answering.knowledge.model import Fact, Knowledge
from bot.answering.language.dictionary import chinese_names, chinese_words
from bot.answering.language.normalize import normalize, normalize_all, spelled_out
from bot.answering.language.pinyin import by_sound, syllables
from bot.answering.language.places import gazetteer
from bot.answering.language.repair import Repairer
from bot.answering.language.tokens import Token, enumerated, tokenise, with_proper_names
from bot.answering.language.vocabulary import Vocabulary, Word, conversational, key_of, shipped
from bot.answering.matching.coordination import coordination
from bot.answering.matching.entries import Entry
from bot.answering.matching.index import LEFT_OUT, Index
from bot.answering.matching.names import Texts, texts_of
from bot.answering.matching.observation import Observation, read
from bot.answering.matching.parts import covered, question_parts
from bot.answering.matching.policy import decide, several
from bot.answering.matching.ranking import Scored, rank

from .answer import Answer
from .asides import without_asides
from .explaining import Wording, explanation, why_not, wording
from .program import kept

# How the names of organisations end, by which people call the one that a report is about.
_ORGANISATIONS = frozenset(["医院", "学院", "大学", "学校", "公司", "集团", "银行"])
_CALLED_SO = ("医院", "学校", "集团", "银行")  # those that need not be listed, as they are no part of other names there
_ORGANISATION = re.compile(f"(?:^|(?<=[,;:。、]))({'|'.join(sorted(_ORGANISATIONS))})", re.MULTILINE)
_OFTEN = 4  # clauses
_ENGLISH_KIND = re.compile(r"(?<=\w) (?:city|county|district|prefecture|province|town)$", re.IGNORECASE)
_ENGLISH_ORGANISATION = re.compile(r"(?<= )(?:bank|university|college|school|hospital|company|group)$", re.IGNORECASE)
_NUMBERED = re.compile("第[一二三四五六七八九十]{1,3}[中小]学")
_HALF = 0.5  # of the characters of what is left out
# So many messages of so many characters are kept, which take some 200 bytes a character.
_MOST_KEPT, _LONGEST_KEPT = 1_000, 60
_MOST_READ = 1_000  # facts before anyone asks, which takes about as many milliseconds
T = TypeVar("T")
_read_as = attrgetter("text", "start", "word")


class Answerer:
    """Answers questions from one knowledge; made once a knowledge, safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        texts = texts_of(knowledge.facts)
        self.vocabulary = _vocabulary(knowledge, texts)
        self.index = Index(knowledge, texts, self.vocabulary)
        names = self.index.reader.names
        self._repairer = Repairer(names.names, names.tokens, self.vocabulary, general_sounds)
        # What many people say in the same words: how it is read, and what else was made of it.
        self._read: dict[str, Observation] = {}
        self._made: dict[str, Any] = {}

    @cached_property
    def conversational(self) -> Vocabulary:
        """The vocabulary with the words of conversation, by which messages are read as well."""
        return conversational(self.vocabulary)

    def prepare(self) -> None:
        """Makes what the first message and the first mistyped or English question would otherwise wait for."""
        self._repairer.prepare()
        _ = self.index.by_pair, self.index.numbers, self.index.sections, self.conversational, syllables("shu")
        _ = chinese_names(), chinese_words(), self.index.by_chinese
        for number in range(min(len(self.index), _MOST_READ)):
            _ = self.index.entry(number).names

    def answer(self, question: str) -> Answer:
        """What the reports say to a question in Chinese or English; never raises."""
        return self.answer_to(self.question(question), question)

    def answer_to(self, asked: Observation, question: str, fits: Callable[[Entry], bool] | None = None) -> Answer:
        """What the reports say to a question that is read already; `question` is its text, "" where nobody put it so.

        `fits`: which facts may answer it at all; then it asks for one thing.
        """
        if fits:
            ranked = [one for one in self._rank(asked) if fits(one.entry)]
            return decide(question, asked, ranked, self.index, in_full=False)
        parts = coordination(asked, self.index)
        ranked = self._rank(asked)
        # A name that joins two words is one thing.
        is_name = any(one.is_all_that_is_said for one in ranked[:1])
        if parts and not is_name and (answer := several(question, parts, self.index)):
            return answer
        return decide(question, asked, ranked, self.index)

    def question(self, text: str) -> Observation:
        """How a question is read, with what was mistyped mended."""
        return _known(self._read, text, lambda: self._question(text, self.vocabulary))

    def message(self, text: str, known: Observation) -> Observation:
        """The same with the words of conversation; `known`: without these, which is the same where none is said."""
        return self._question(text, self.conversational, known)

    def once(self, text: str, make: Callable[[], T]) -> T:
        """What is made of a text once for all who say the same, always in the same way."""
        made: T = _known(self._made, text, make)
        return made

    def _question(self, text: str, words: Vocabulary, known: Observation | None = None) -> Observation:
        normal = LEFT_OUT.sub(self._unless_meant, spelled_out(normalize(text)))
        tokens = _asked(tokenise(normal, words))
        if known and list(map(_read_as, tokens)) == list(map(_read_as, known.tokens)):
            return known
        mended = self._repairer.repaired(normal, tokens, words)
        mended = tokens if mended is tokens else _asked(mended)
        return read(with_proper_names(mended, text))

    def _unless_meant(self, aside: re.Match[str]) -> str:
        """What a question leaves out in brackets; "" where the report says so, too, and calls no fact by it."""
        is_told = any(covered(aside[1], told) > _HALF for told in self.index.left_out)
        return "" if is_told and not self.index.has_in_names(aside[1]) else aside[0]

    def explain(self, question: str) -> str:
        """How the answer came about: the words that were understood, and what the best facts make of them."""
        asked = self.question(question)
        return explanation(asked, question_parts(asked, self.index), self._rank(asked), self.index)

    def why_not(self, asked: Observation, fact: Fact) -> str:
        """Why a question does not find a fact, in a few words; "" where nothing tells."""
        return why_not(asked, self._rank(asked), self.index.entry_of(fact), self.index)

    def wording(self, question: str) -> Wording:
        """The words by which a question says what it is about, and those that no fact explains."""
        asked = self.question(question)
        return wording(asked, self._rank(asked), self.index)

    def nearest(self, question: str, most: int) -> tuple[Fact, ...]:
        """The facts that come nearest to a question, whether they answer it or not, the nearest first."""
        return tuple(one.entry.fact for one in self._rank(self.question(question))[:most])

    def _rank(self, asked: Observation) -> list[Scored]:
        return rank(asked, question_parts(asked, self.index), self.index)


def _asked(tokens: list[Token]) -> list[Token]:
    """The tokens of a message that ask for something, without its asides and the numbers of its lines."""
    return without_asides(enumerated(tokens))


def _known(known: dict[str, T], text: str, make: Callable[[], T]) -> T:
    """What has been made of a text before, where it is short; all is forgotten once there is much."""
    found = known.get(text)
    if found is None:
        found = make()
        if len(known) >= _MOST_KEPT:
            known.clear()
        if len(text) <= _LONGEST_KEPT:
            known[text] = found
    return found


@kept
def general_vocabulary() -> Vocabulary:
    """The words that all knowledge shares: the shipped ones, and the places that are not called like one of them."""
    words = shipped()
    general = words.copy()
    for name, code in gazetteer().items():
        key = key_of(name)
        if key and key not in words.words:
            general.add_role("place", code, [name])
    # Of four words three are the same as another one, so that what is kept is read in half the time.
    same: dict[object, Word] = {}
    for name, word in general.words.items():
        general.words[name] = same.setdefault((word.senses, word.everyday, *word.roles.items()), word)
    return general


@kept
def general_sounds() -> dict[str, tuple[str, ...]]:
    """The sounds of the words that all knowledge shares."""
    return by_sound(general_vocabulary().words, {})


def _speaks_of_itself(texts: Sequence[Texts]) -> list[str]:
    """The words for organisations with which a report speaks of its own: 公司 at the beginning of many clauses.

    None that labels begin with, as these are on others.
    """
    labels = "\n".join(text.names.partition("\n")[0] for text in texts)
    named = {match[1] for match in _ORGANISATION.finditer(labels)}
    sentences = ",".join(dict.fromkeys(text.sentence for text in texts))
    said = Counter(match[1] for match in _ORGANISATION.finditer(sentences))
    return [name for name, count in said.items() if count >= _OFTEN and name not in named]


def _vocabulary(knowledge: Knowledge, texts: Sequence[Texts]) -> Vocabulary:
    """The shipped vocabulary with the reports' own words: their subjects, the lexicon, and what labels alone say."""
    vocabulary = general_vocabulary().copy()
    texts_by_report = defaultdict[str, list[Texts]](list)
    for fact, text in zip(knowledge.facts, texts, strict=True):
        texts_by_report[fact.report.id].append(text)
    about = defaultdict[str, list[str]](list)  # the ids of the reports on each subject, by all its names
    for report in knowledge.reports:
        english = report.subject.en
        kind = _ENGLISH_ORGANISATION.search(english)
        called = [f"the {kind[0]}", f"the {kind[0]}'s"] if kind else []
        names = [report.subject.label, english, _ENGLISH_KIND.sub("", english), *report.subject.aliases, *called]
        label, *others = filter(None, normalize_all(names))
        own = _speaks_of_itself(texts_by_report[report.id])
        for name in dict.fromkeys([label, *others, *filter(label.endswith, _CALLED_SO), *own]):
            about[name].append(report.id)
        # 医院 alone is the report's own hospital, but not behind another name.
        endings = [name for name in (*others, *_CALLED_SO) if name in _ORGANISATIONS and label.endswith(name)]
        vocabulary.add_role("ending", label, [*endings, *own])
    for name, reports in about.items():
        vocabulary.add_role("subject", " ".join(reports), [name])
    for first, *others in map(normalize_all, knowledge.lexicon.synonyms):
        vocabulary.add_concept(first, others)
    for name in {match for one in texts for match in _NUMBERED.findall(one.names)}:
        vocabulary.add_concept(name, [name[1:-1]])  # 第一中学 is called 一中
    # What a report speaks of matters, whatever the lexicon says.
    fillers = normalize_all(knowledge.lexicon.fillers)
    own = [filler for filler in fillers if not any(filler in text.names for text in texts)]
    vocabulary.add_role("filler", "own", own)
    return vocabulary

"""The content of a question, weighed: what it says, in which senses, how much it counts, and which facts say it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from bot.answering.language.dictionary import chinese_names
from bot.answering.language.quantities import is_among
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import key_of, words_of

from .entries import Sense, senses_of
from .index import COMMON, Index, Shares
from .names import Texts
from .observation import LISTS, Observation
from .tuning import TUNING

_POPULATION, _RESIDENT = "人口", ("常住",)  # by those who live in a place it is counted, where that is told
_IN_SENTENCE = 0.7  # how far a number elsewhere in the sentence explains the same number of a question


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a question: what it may say, and how much it counts.

    `known`: the vocabulary has it. `in_force`: it is what is counted, or some fact has it. `texts`: the Chinese words
    of the facts that an English one may mean by the dictionary. `is_plain`: it is
    in the language of reports that are in English. `is_own`: a report has it itself, whatever else people mean by it.
    """

    token: Token
    senses: tuple[Sense, ...]
    weight: float
    known: bool
    in_force: bool
    texts: tuple[str, ...] = ()
    is_plain: bool = False
    is_own: bool = False

    @property
    def is_everyday(self) -> bool:
        """Whether it is a word of everyday talk, which may be meant in some other way."""
        return self.token.word is not None and not (self.token.word.senses or self.is_plain)


def concepts_in(parts: Iterable[Part]) -> Iterator[str]:
    """The concepts that the words of a question may say."""
    return (concept for part in parts for sense in part.senses for concept in sense)


def question_parts(question: Observation, index: Index) -> list[Part]:
    """The content of a whole question. How many people a place has, and no more, asks for its population."""
    is_of_people = not question.content and question.places and question.aspect.unit == "person"
    content = question.content
    if is_of_people and _POPULATION in index.named:
        words = [_POPULATION, *filter(index.named.__contains__, _RESIDENT)]
        content = [Token(word, 0, 0, index.vocabulary.words.get(word)) for word in words]
    # 占 leads to what a share is one of, which few names say.
    whole_from = next((token.end for token in question.tokens if token.text == "占"), inf)
    having = parts_of((token for token in content if token.start < whole_from), index, head=question.head)
    return having + parts_of((t for t in content if t.start >= whole_from), index, TUNING.total, question.head)


def parts_of(content: Iterable[Token], index: Index, share: float = 1.0, head: Token | None = None) -> list[Part]:
    """The content of a question with its weights, of which a `share` counts; `head`: what is counted, told or not."""
    found: list[Part] = []
    for token in content:
        if token.is_unknown and len(token.text) == 1:  # says nothing
            continue
        for senses in _meanings(token, index):
            is_known = token.quantity or _is_named(senses, index)
            translated = [] if is_known else _translated(token, index, share)
            found += translated or [_part(token, senses, index, share, is_head=token is head)]
    return found


def _part(token: Token, senses: tuple[Sense, ...], index: Index, share: float, *, is_head: bool) -> Part:
    known = token.word is not None or token.quantity is not None
    is_named = _is_named(senses, index)
    if token.is_unknown and not is_named:
        weight = TUNING.unknown
    else:
        weight = min(max(map(index.weight, sense)) for sense in senses) if is_named else TUNING.foreign
    weight = max(weight, TUNING.foreign if is_head else 0.0)
    weight *= TUNING.nearby if token.text in LISTS["deeds"] else 1.0
    return Part(
        token,
        senses,
        weight * share,
        known,
        is_head or is_named,
        is_plain=token.text.isascii() and index.is_english,
        is_own=token.text in index.named,
    )


def _translated(token: Token, index: Index, share: float) -> list[Part]:
    """What the dictionary has, of a token in another language than all facts: for all of it, or else word by word."""
    if not token.text.isascii():
        return _in_english(token, index, share)
    if index.is_english:
        return []
    words = words_of(token.text)
    whole = _in_chinese(token, token.text, index, share)
    apart = [_in_chinese(token, word, index, share) for word in words] if not whole and len(words) > 1 else []
    return [part for part in (whole, *apart) if part]


def _in_english(token: Token, index: Index, share: float) -> list[Part]:
    """What a Chinese token means of what facts have in English: by all of it, or else by the longest of its words."""
    known, text, at = index.by_chinese, token.text, 0
    found: list[Part] = []
    while known and at < len(text):
        end = next((end for end in range(len(text), at + 1, -1) if text[at:end] in known), 0)
        if end:
            found.append(Part(token, tuple(known[text[at:end]]), TUNING.foreign * share, False, False))
        at = end or at + 1
    return found


def _in_chinese(token: Token, name: str, index: Index, share: float) -> Part | None:
    """What an English name may mean of what some fact has."""
    key = key_of(name)
    texts = tuple(text for text in chinese_names().get(key, "").split() if index.has_in_names(text))
    words = filter(None, map(index.vocabulary.words.get, (key, *texts)))
    named = tuple(sense for word in words for sense in word.senses if _is_named([sense], index))
    # It may be another one of the meanings that is meant, so that a fact without it is not the less likely.
    return Part(token, named, TUNING.foreign * share, False, False, texts) if texts or named else None


def _meanings(token: Token, index: Index) -> list[tuple[Sense, ...]]:
    """The ideas that a token says, each with its senses: 小学老师 says two, 孩子 one of several."""
    word = token.word
    if word is None:
        return [senses_of(token)[:1]]
    if len(word.senses) == 1 and len(word.senses[0]) > 1:
        return [((concept,),) for concept in word.senses[0]]
    own = senses_of(token)
    # What else people may call so is not meant where the reports have what it is called: 肉类 by 猪肉.
    everyday = () if word.senses and _is_named(own, index) else word.everyday
    return [(*own, *everyday, *index.vocabulary.parts_in(token.text))]


def _is_named(senses: Iterable[Sense], index: Index) -> bool:
    return not all(map(index.named.isdisjoint, senses))


# ---- how far facts explain a word


def shares_among(numbers: Iterable[int], part: Part, index: Index) -> dict[int, float]:
    """How far each of some facts explains a part of a question, 0..1."""
    senses, texts = [list(map(index.shares, sense)) for sense in part.senses], index.reader.texts
    if part.known:
        return {number: share_of(senses, number) for number in numbers}
    return {number: max(share_of(senses, number), _literal_share(part, texts[number])) for number in numbers}


def frequency_of(part: Part, index: Index) -> int:
    """About how many facts have a part of a question in any way."""
    if part.token.quantity is not None:
        return 0
    if not part.known:
        # Few are looked through first, whatever they turn out to say.
        most = index.frequency_of_pairs(part.token.text, all_of_them=part.token.text.isascii())
        return most if most > COMMON else 0
    return sum(min(map(index.frequency, sense)) for sense in part.senses)


def explaining(part: Part, frequency: int, index: Index) -> dict[int, float]:
    """The facts that explain a part of a question, which about so many have, and how far, 0..1."""
    token = part.token
    if token.quantity is not None:
        same = index.by_value.get((token.quantity.value, token.quantity.ordinal), ())
        named = {number: 1.0 for (concept,) in part.senses for number in index.shares(concept)}
        if token.quantity.unit == "年":
            named |= dict.fromkeys(index.by_years.get(int(token.quantity.value), ()), 1.0)
        figures = {n: index.reader.figure(n) for n in (*index.by_number.get(token.text, ()), *same)}
        stated = {n for n, figure in figures.items() if is_among(token.quantity, figure.quantities)}
        return {n: 1.0 if n in stated else _IN_SENTENCE for n in figures} | named
    found: dict[int, float] = {}
    for sense in part.senses:
        having = _having_all(sense, index)
        found |= having.items() if not found else ((n, s) for n, s in having.items() if s > found.get(n, 0.0))
    # A word that many facts have needs no longer names to be found in: 自贸 of 自贸试验区.
    if part.known and frequency > COMMON:
        return found
    for text in part.texts:
        found |= {n: 1.0 for n in index.having_pairs(text, all_of_them=True) if text in index.reader.texts[n].names}
    for number in index.having_pairs(token.text, all_of_them=part.known or token.text.isascii()):
        share = found.get(number, 0.0)
        if share < 1.0:
            found[number] = max(share, _literal_share(part, index.reader.texts[number]))
    return found


def _having_all(sense: Sense, index: Index) -> Shares:
    """The facts that have all concepts of a sense, and how far they explain the one farthest from the figure."""
    if len(sense) == 1:
        return index.shares(sense[0])
    rarest, *others = sorted(map(index.shares, sense), key=len)
    found = dict(rarest.items())
    for other in others:
        found = {number: min(share, other.get(number, 0.0)) for number, share in found.items()}
    return found


def _literal_share(part: Part, texts: Texts) -> float:
    """How far unknown text stands in the names of a fact in stretches, or less so in its sentence.

    A known word stands there as a part of a longer one, or not at all.
    """
    text = part.token.text
    if part.texts and any(one in texts.names for one in part.texts):
        return 1.0
    if part.known:
        return TUNING.elsewhere if len(text) > 1 and text in texts.names else 0.0
    return max(covered(text, texts.names), TUNING.nearby * covered(text, texts.sentence))


def explains(part: Part, number: int, index: Index, least: float = 0.0) -> bool:
    """Whether a fact explains more of a part of a question; what a number tells is no word that it could lack."""
    if part.token.quantity is not None:
        return True
    for sense in part.senses:
        if all(index.shares(concept).get(number, 0.0) > least for concept in sense):
            return True
    return _literal_share(part, index.reader.texts[number]) > least


def share_of(senses: Sequence[Sequence[Shares]], number: int) -> float:
    """How far a fact has all concepts of some sense, each given as the shares of the facts that have it."""
    if len(senses) == 1 == len(senses[0]):
        return senses[0][0].get(number, 0.0)
    best = 0.0
    for sense in senses:
        best = max(best, min([shares.get(number, 0.0) for shares in sense]))
    return best


def covered(text: str, other: str) -> float:
    """The share of a text's characters that stand in the other one in stretches of two or more."""
    if text in other:
        return 1.0 if len(text) > 1 else 0.0
    if text.isascii() or len(text) < 3:
        return 0.0
    found = at = 0
    while at < len(text) - 1:
        end = at + 2
        while end <= len(text) and text[at:end] in other:
            end += 1
        size = end - 1 - at
        found += size if size > 1 else 0
        at += size
    return found / len(text)

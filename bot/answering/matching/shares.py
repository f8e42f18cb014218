"""How far facts explain the words of a question: by their concepts, and by the characters of unknown words."""

from collections.abc import Iterable, Sequence

from bot.answering.language.quantities import is_among

from .entries import Sense
from .index import COMMON, Index
from .parts import Part
from .postings import Shares
from .reading import Texts
from .tuning import TUNING

_IN_SENTENCE = 0.7  # how far a number elsewhere in the sentence explains the same number of a question


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
        named = {n: 1.0 for (concept,) in part.senses for n, _ in index.shares(concept).items()}
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


def explains(part: Part, number: int, index: Index) -> bool:
    """Whether a fact explains a part of a question at all; what a number tells is no word that it could lack."""
    if part.token.quantity is not None:
        return True
    for sense in part.senses:
        if all(index.shares(concept).get(number, 0.0) for concept in sense):
            return True
    return _literal_share(part, index.reader.texts[number]) > 0.0


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

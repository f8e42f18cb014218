"""The words of a message without the courtesies around it, and how far a fact says one of them."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final

from bot.answering.language.tokens import COURTESIES, Token
from bot.answering.matching import coordination
from bot.answering.matching.entries import TOTAL, Entry, Sense, concepts_of
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.parts import Part, covered, share_of

# What the label says in these characters, or by this very word, or as a kind of it; what other names say; and, at
# least, the sentence.
EXACT: Final = 1.1
CALLED: Final = 1.0
NAMED: Final = 0.9
AROUND: Final = 0.1
_COURTESIES: Final = COURTESIES | {"particles"}


def spoken(tokens: Sequence[Token]) -> list[Token]:
    """The words of a message without signs and courtesies; what does something in a conversation is none of these."""
    said = [token for token in tokens if not token.is_stop]
    return [t for t in said if t.roles.get("filler") not in _COURTESIES or t.roles.keys() & {"follow", "claim", "talk"}]


def joined(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """Tokens as text, with where each starts in it; a space follows what is written in Latin letters."""
    text, starts = "", list[int]()
    for token in tokens:
        starts.append(len(text))
        text += token.text + " " * (token.text.isascii() and token.text[-1].isalnum())
    return text, starts


def share(part: Part, entry: Entry, index: Index) -> float:
    """How far a fact says a word, or of a whole any part of it: 第二产业 of 三次产业."""
    return shares_of(part, index)(entry)


def _senses_of(part: Part, index: Index) -> list[Sense]:
    """The senses of a word, with those of the parts of what it says."""
    wholes = index.vocabulary.parts
    return [*part.senses, *((m,) for sense in part.senses if len(sense) == 1 for m in wholes.get(sense[0], ()))]


def saying(part: Part, index: Index) -> set[int]:
    """The numbers of all facts that may say a word at all: most say none of its concepts and characters."""
    concepts = {concept for sense in _senses_of(part, index) for concept in sense}
    numbers = index.having_pairs(part.token.text, all_of_them=False)
    return numbers.union(*(map(itemgetter(0), index.shares(concept).items()) for concept in concepts))


def shares_of(part: Part, index: Index) -> Callable[[Entry], float]:
    """How far each of many facts says a word."""
    text, senses = part.token.text, _senses_of(part, index)
    is_literal = len(text) > 1 and not (text.isascii() or part.token.quantity)  # 10万 is no part of 110万
    shares = [list(map(index.shares, sense)) for sense in senses]

    def share_of_entry(entry: Entry) -> float:
        if is_literal and text in entry.label:
            return EXACT
        best = share_of(shares, entry.number)
        if best == 1 and entry.names:
            label = entry.names[0]
            if any(sense in token.senses for token in label.tokens for sense in part.senses):
                return EXACT
            if any(label.concepts.issuperset(sense) for sense in senses):
                return CALLED
        literal = covered(text, entry.text) if best < NAMED and (is_literal or not part.known) else 0.0
        return min(max(best, literal), NAMED)

    return share_of_entry


def is_spelt(text: str, entry: Entry) -> bool:
    """Whether a label has the characters of a text in their order: 旅游总收入 those of 旅游收入."""
    rest = iter(entry.label)
    return all(char in rest for char in text)


def covered_label(entry: Entry, said: frozenset[str], text: str = "", *, in_part: bool = False) -> float:
    """How much of the label of a fact some concepts say, or a text, 0..1; all of it where it has none.

    `in_part`: a text that has a part of a word says as much of it. What a share is of counts for nothing.
    """
    if not entry.names:
        return 1.0
    label = entry.names[0]
    whole = _whole_of(entry)
    tokens = [token for token in label.tokens if token.text not in whole]
    got = 0.0
    for token in tokens:
        is_said = token.text in text or any(said.issuperset(sense) for sense in token.senses)
        got += token.weight * (1.0 if is_said else covered(token.text, text) * in_part)
    return got / (sum(token.weight for token in tokens) or 1.0)


def _whole_of(entry: Entry) -> str:
    """What the label of a share says that it is of, "" for none: 生产总值的比重 of 第三产业占生产总值的比重."""
    return entry.label.partition("占")[2] if "share" in entry.aspect.forms else ""


def is_said(entry: Entry, asked: Observation, least: float) -> bool:
    """Whether a question says as much of the label of a fact, whatever else it says."""
    return covered_label(entry, frozenset(concepts_of(asked.content))) >= least


def is_headed(entry: Entry, said: frozenset[str]) -> bool:
    """Whether some concepts say the word of a fact's label that says what it is: 余额 of 存款余额, wages of farmers."""
    words = [token for token in entry.names[0].tokens if token.text != TOTAL] if entry.names else []
    head = words[:1] if entry.label.isascii() else words[-1:]
    return any(said.issuperset(sense) for word in head for sense in word.senses)


def between_joins(tokens: Sequence[Token]) -> list[list[Token]]:
    """The stretches of tokens between those that join things."""
    stretches: list[list[Token]] = [[]]
    for token in tokens:
        if is_join(token):
            stretches.append([])
        else:
            stretches[-1].append(token)
    return stretches


def is_join(token: Token) -> bool:
    """Whether things stand before and behind a word side by side."""
    return coordination.is_join(token) or token.text == "或"

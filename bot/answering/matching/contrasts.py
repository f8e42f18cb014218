"""Words that tell facts of one report apart: labels that differ in one word name two things by it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary

from .entries import closure, concepts_of, senses_of


def contrasts(labels: Iterable[Sequence[Token]], vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """The concepts beside which another one stands in some label at the same place: 硕士 for 本科 in 本科毕业生人数.

    Kinds and parts of a concept are no other one.
    """
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for tokens in labels:
        said = [token for token in tokens if not (token.is_stop or token.text == "的")]
        texts = [token.text for token in said]
        for at, token in enumerate(said):
            concepts = _only(token)
            if concepts and len(said) > 1:
                found["".join(texts[:at]), "".join(texts[at + 1 :])].add(concepts)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for group in found.values():
        for concept in group if len(group) > 1 else ():
            near = closure([concept], vocabulary)
            others[concept] |= {one for one in group if one not in near and concept not in closure([one], vocabulary)}
    return {concept: frozenset(some) for concept, some in others.items() if some}


def _only(token: Token) -> str:
    """The one concept that a word names; "" where it names none, or several."""
    if token.quantity or token.span or token.roles.keys() & {"change", "aspect", "subject", "unit"}:
        return ""
    senses = senses_of(token)
    return senses[0][0] if len(senses) == 1 == len(senses[0]) and len(token.text) > 1 else ""


def joined_things(tokens: Sequence[Token]) -> Sequence[frozenset[str]]:
    """What each of the things that tokens join says, as concepts: 风能, 水能 and 太阳能 of 风能、水能和太阳能发电量."""
    joins = [at for at, token in enumerate(tokens) if token.text == "、" or token.roles.get("join") == "and"]
    around = sorted({at for join in joins for at in (join - 1, join + 1) if 0 <= at < len(tokens)})
    things = (tokens[at] for at in around if len(tokens[at].text) > 1 and "place" not in tokens[at].roles)
    items = [item for item in (frozenset(concepts_of([thing])) for thing in things) if item]
    return items if len(items) > 2 else ()

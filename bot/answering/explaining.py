"""Says in words how a question and a fact were read, and why facts fit: for editors, not for the people asking."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.language.quantities import is_among
from bot.answering.language.tokens import Token
from bot.answering.matching.entries import Entry
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Aspect, Observation
from bot.answering.matching.parts import Part
from bot.answering.matching.ranking import Scored
from bot.answering.matching.tuning import TUNING

# What keeps a fact from answering, in words.
_MISFITS = {
    "place": "it is read as about another place",
    "period": "it is read as about another period",
    "breakdown": "it is read as about another part",
    "thing": "it is read as about another thing",
    "unit": "it is read as told in another unit",
    "name": "one of it and the figure is read as a name, the other as a number",
    "time": "it is read as a time, and the figure is none",
    "level": "it is read as a total, or as no change",
    "base": "it is read as a change against something else",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """`said`: the words by which a question says what it is about. `unexplained`: those that the best fact lacks."""

    said: tuple[str, ...]
    unexplained: tuple[str, ...]


def wording(question: Observation, ranked: Sequence[Scored], index: Index) -> Wording:
    """The words of a question; where no fact comes near it, none of them is explained."""
    said = tuple(token.text for token in (*question.content, *(one for one in question.tokens if one.span)))
    return Wording(said, _unexplained(question, ranked[0].entry, index) if ranked else said)


def why_not(question: Observation, ranked: Sequence[Scored], entry: Entry, index: Index) -> str:
    """Why a question does not find a fact, in a few words; "" where nothing tells."""
    misfit = next((one.misfit for one in ranked if one.entry is entry), "")
    if misfit:
        return _MISFITS.get(misfit, f"it is read as a {misfit}, and the figure is none")
    missing = ", ".join(f"'{word}'" for word in _unexplained(question, entry, index))
    return f"its fact does not say {missing}" if missing else ""


def _unexplained(question: Observation, entry: Entry, index: Index) -> tuple[str, ...]:
    return tuple(token.text for token in question.content if not explains(entry, token, index))


def explains(entry: Entry, token: Token, index: Index) -> bool:
    """Whether the names of a fact, or the words around its figure, say what a token of a question says."""
    if token.quantity is not None:
        return is_among(token.quantity, entry.quantities) or token.text in entry.text
    if token.word is None or not token.word.senses:  # an everyday word stands for itself in a report
        return token.text in entry.text or token.text in entry.sentence
    # What only the rest of the sentence says is no answer.
    return any(all(index.share(concept, entry) >= TUNING.nearby for concept in sense) for sense in token.word.senses)


def explanation(question: Observation, parts: Sequence[Part], ranked: Sequence[Scored], index: Index) -> str:
    """Lines of text: the tokens of the question, its aspect and weights, then the best facts with what they explain."""
    asks = ", ".join(sorted(question.asks)) or "nothing in particular"
    lines = [f"tokens: {' | '.join(token.text for token in question.tokens if not token.is_stop)}"]
    lines += [f"asks for: {asks}; aspect: {aspect_text(question.aspect)}"]
    if question.places:
        lines += [f"places: {', '.join(token.text for token in question.places)}"]
    if question.spans:
        lines += [f"periods: {', '.join(token.text for token in question.tokens if token.span)}"]
    lines += [f"  {part.token.text}: {_senses(part)} (weight {part.weight:.2f})" for part in parts]
    for scored in ranked[:5]:
        fact, missing = scored.entry.fact, _unexplained(question, scored.entry, index)
        shares = f"{scored.question:.0%} of the question, {scored.name:.0%} of its name"
        lines.append(f"{scored.score:.2f}  {fact.id}: {fact.label} = {fact.figure}")
        lines.append(f"      {aspect_text(scored.entry.aspect)}; {shares}")
        lines += [f"      does not explain: {', '.join(missing)}"] if missing else []
        lines += [f"      refused: another {scored.misfit}"] if scored.misfit else []
    return "\n".join(lines if ranked else [*lines, "no fact shares a word with the question"])


def aspect_text(aspect: Aspect) -> str:
    """An aspect in a few words: change up in percent against year."""
    forms = " ".join(sorted(aspect.forms))
    change = f"change {aspect.change}" if aspect.change else ""
    base = f"against {aspect.base}" if aspect.base else ""
    return ", ".join(filter(None, (change or forms or "level", forms if change else "", aspect.unit, base)))


def _senses(part: Part) -> str:
    if part.token.quantity is not None:
        return "a number"
    said = " / ".join([*(" + ".join(sense) for sense in part.senses), *part.texts])
    return said if part.known or part.texts else "not in the vocabulary"

"""Facts that differ from each other in one thing alone: in their period, or in one part of their names."""

from collections.abc import Iterable, Iterator

from bot.answering.language.tokens import Token, tokenise

from .entries import Entry
from .index import COMMON, Index
from .observation import COUNTED

_FORMS = ("change", "aspect")


def series(entry: Entry, index: Index) -> list[Entry]:
    """The facts of one measure in all years that the reports tell of, in the order of time."""
    told = {year_of(entry): entry}
    name = _text(frame(entry, index))
    for other in named_by(entry.concepts, index):
        is_called_so = _alike(entry, other) and _text(frame(other, index)) == name
        if is_called_so and other.period.months == entry.period.months:
            told.setdefault(year_of(other), other)
    return [told[year] for year in sorted(told)]


def frame(entry: Entry, index: Index) -> list[Token]:
    """What the label of a fact says, without when: its things and parts, and how its figure is told."""
    if entry.number not in index.frames:
        tokens = tokenise(entry.label, index.vocabulary)
        index.frames[entry.number] = [token for token in tokens if said_by(token)]
    return index.frames[entry.number]


def said_by(token: Token) -> str:
    """What a word says of what is measured or of how it is told, of a change in whatever words; "" for nothing."""
    roles = token.roles
    if token.span or token.is_stop or "subject" in roles or roles.get("aspect") == "level":
        return ""
    form = next((name for name in _FORMS if name in roles), "")
    if form:
        return roles["aspect"] if form == "aspect" else form
    is_name = token.is_content or token.quantity or "place" in roles or (token.is_unknown and len(token.text) > 1)
    return token.text if is_name else ""


def _tells_form(token: Token) -> bool:
    """Whether a word says how a figure is told, and names nothing: 增速, 占比."""
    return not token.roles.keys().isdisjoint(_FORMS)


def is_number(entry: Entry) -> bool:
    """Whether the figure of a fact is a number, and no name that has one."""
    return bool(entry.quantities) and entry.aspect.unit != "name"


def year_of(entry: Entry) -> int:
    """The first year that a fact is of."""
    return min(entry.period.years, default=entry.fact.report.year)


def named_by(concepts: Iterable[str], index: Index) -> list[Entry]:
    """The facts whose names say any of some concepts, but for those that very many say."""
    rare = {concept for concept in concepts if index.frequency(concept) <= COMMON}
    numbers = {number for concept in rare for number, share in index.shares(concept).items() if share == 1}
    return [index.entry(number) for number in sorted(numbers)]


def holes_of(entry: Entry, index: Index) -> Iterator[tuple[str, str]]:
    """What stands before and behind each stretch of the label of a fact, where that says what is measured."""
    tokens = frame(entry, index)
    texts = [_text([token]) for token in tokens]
    says_what = [not _tells_form(token) for token in tokens]
    for start in range(len(tokens)):
        before = "".join(texts[:start])
        for end in range(start + 1, min(start + 4, len(tokens)) + 1):
            if any(says_what[:start]) or any(says_what[end:]):
                yield before, "".join(texts[end:])


def _text(tokens: Iterable[Token]) -> str:
    """Tokens as text, in which all words of change and all of a share are alike."""
    return "".join(f"[{said_by(token)}]" if _tells_form(token) else token.text for token in tokens)


def _alike(entry: Entry, other: Entry) -> bool:
    """Whether two facts on one subject are measured in units of one kind."""
    units = {entry.aspect.unit, other.aspect.unit}
    is_one = entry.fact.report.subject == other.fact.report.subject and is_number(entry) and is_number(other)
    return is_one and (len(units) == 1 or units <= COUNTED or "" in units)

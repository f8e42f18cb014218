"""What a list is about: the things that a message names, side by side, and the facts that say the most of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import is_number
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation, read
from bot.answering.matching.parts import Part
from bot.answering.matching.ranking import measured

from .choice import LEAD_IN, Choice, by_sentence
from .wanted import Wanted
from .words import AROUND, CALLED, EXACT, NAMED, joined

_JOINED = re.compile("[和与及、,:]| and ")
# What stands behind some words of the title of a section.
_PART = re.compile(
    '[”"’》]?(?:[那这](?:一?个?(?:部分|板块)|一?[章节块])|部分|[章节])(?:里[头面]?|中)?| (?:section|chapter|part)s?'
)
_SAME = 0.99
_MOST = 0.6


def of_section(heard: Observation, index: Index) -> tuple[Observation, list[Entry]]:
    """A message without the section that it names, and the facts of that; none where it names none: 工业那部分."""
    text, starts = joined(heard.tokens)
    parts = [part.span() for part in _PART.finditer(text)]
    places = [(*span, numbers) for title, numbers in index.sections for span in set(_named(title, text, parts))]
    longest = max((end - start for start, end, _ in places), default=0)
    best = [place for place in places if place[1] - place[0] == longest]
    if len(best) != 1:
        return heard, []
    start, end, numbers = best[0]
    rest = [token for token, at in zip(heard.tokens, starts, strict=True) if not start <= at < end]
    return read(rest), list(map(index.entry, numbers))


def _named(title: str, text: str, parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where a text names a section by some words of its title.

    `parts`: where it says that it means a part of the report.
    """
    for behind, end in parts:
        start = behind
        while start and text[start - 1 : behind] in title:
            start -= 1
        if behind - start > 1:
            yield start, end


def on_topic(wanted: Wanted, choice: Choice, index: Index, *, is_some: bool) -> Sequence[Entry]:
    """The facts that say the most of what a list is about; `is_some`: it is of some facts that it need not name."""
    words, telling = wanted.words, wanted.telling
    if not (telling.is_typed or words or is_some or (telling.on_data and wanted.order is None)):
        return []
    if not (words or is_some) and telling.question.spans:  # all of a year, and not of the years up to it
        return telling.within(choice.told_so())
    all_data = words and telling.on_data
    return (_all_data(wanted, choice, index) if all_data else []) or _saying(wanted, choice, index)


def _all_data(wanted: Wanted, choice: Choice, index: Index) -> list[Entry]:
    """All data on what a message names, however they are told: 和旅游有关的数据."""
    told, about = choice.told_so(whatever=True), set[Entry]()
    for parts in _apart(wanted.segments, index):
        # 旅游 alone is a field, and makes another thing of 旅游企业.
        field = _of_its_field(parts[0], index) if len(parts) == 1 else None
        on_it = _sentences_on([field] if field else parts, choice, told, index, is_field=field is not None)
        about.update(on_it)
        about.update(_in_its_section(parts, index))
    return wanted.telling.within(entry for entry in told if entry in about)


def _apart(segments: Sequence[Sequence[Part]], index: Index) -> Iterator[Sequence[Part]]:
    """The words of each thing; each by itself where they are fields, or made alike: 外贸外资, 结婚离婚."""
    for parts in filter(None, segments):
        words = [part.token.text for part in parts]
        are_alike = len(set(map(len, words))) == 1 and bool(set.intersection(*map(set, words)))
        yield from ([part] for part in parts) if are_alike or all(_members(p, index) for p in parts) else [parts]


def _in_its_section(parts: Sequence[Part], index: Index) -> Iterator[Entry]:
    """The facts of a section whose title says little but what a message names: 科研 of 科研工作, not of 教育和科研."""
    text = "".join(part.token.text for part in parts)
    for title, numbers in index.sections:
        if text in title and len(text) * 2 >= len(title) and not _JOINED.search(title):
            yield from map(index.entry, numbers)


def _of_its_field(part: Part, index: Index) -> Part | None:
    """A word with what the figures of the field are about that it names: 游客 for 旅游; None for no field."""
    members = _members(part, index)
    return replace(part, senses=(*part.senses, *((member,) for member in members))) if members else None


def _members(part: Part, index: Index) -> list[str]:
    """What the figures of the field are about that a word names, as concepts; none where it names no field."""
    names = {part.token.text, *(sense[0] for sense in part.senses if len(sense) == 1)}
    return [member for name in sorted(names) for member in index.vocabulary.fields.get(name, ())]


def _saying(wanted: Wanted, choice: Choice, index: Index) -> Sequence[Entry]:
    """The facts that say as much of a segment as any fact does, by their label, another name or their sentence."""
    telling, segments = wanted.telling, wanted.segments
    found = [] if segments else telling.within(choice.told_so())
    entries = [entry for entry in choice.entries if is_number(entry)] if telling.of_numbers else choice.entries
    for least in (CALLED, NAMED) if wanted.order else (CALLED, NAMED, AROUND):
        if len(found) > wanted.telling.on_data:
            break
        chosen: dict[int, Entry] = {}
        for segment in segments:
            chosen |= {entry.number: entry for entry in _saying_most(segment, entries, choice, least, index)}
        found = telling.within(choice.told_so([chosen[number] for number in sorted(chosen)]))
    return found


def _sentences_on(
    parts: Sequence[Part], choice: Choice, entries: Sequence[Entry], index: Index, *, is_field: bool
) -> Iterator[Entry]:
    """The facts on what a message names, with all else that their sentences tell where these are on it.

    `is_field`: it names a field, of which some figures are called by it and others are not.
    """
    weights = {e: sum(part.weight for part in parts if choice.share(part, e) >= NAMED) for e in entries}
    best = max(weights.values(), default=0.0)
    is_said = best > _MOST * sum(part.weight for part in parts)
    saying = {entry for entry in entries if is_said and weights[entry] > best * _MOST}
    # What is called by these words is meant rather than what is a kind of it: 餐饮 of 零售.
    exact = {entry for entry in saying if all(choice.share(part, entry) >= EXACT for part in parts)}
    if len(exact) > 1 and not is_field:
        saying = exact
    if len(saying) < 2:
        around = [entry for entry in entries if all(choice.share(part, entry) >= AROUND for part in parts)]
        sentences = {entry.sentence for entry in saying}
        saying.update(entry for entry in around if not sentences or entry.sentence in sentences)
    yield from saying
    groups = list(_told_on(entries, index))
    yield from _between(groups, saying, index)
    for told in groups:
        # What is said before the clause of the first figure is said of all that follows.
        lead_in = LEAD_IN.match(index.reader.texts[told[0].number].before_figure)[0]  # type: ignore[index]
        is_led = all(part.token.text in lead_in for part in parts)
        on_it = saying.intersection(told)
        is_of_most = len(on_it) * 3 > len(told) * 2
        is_of_most = is_of_most or (told[0] in on_it and (len(on_it) * 2 >= len(told) or "其中" in told[0].sentence))
        if on_it and (is_led or is_of_most):
            yield from told
        elif told[0] in on_it and len(on_it) * 3 >= len(told):
            yield from (entry for entry in told if any(measured(entry) & measured(other) for other in on_it))


def _between(groups: Sequence[Sequence[Entry]], saying: set[Entry], index: Index) -> Iterator[Entry]:
    """The figures of a sentence that stands between two of the same section which are on what a message names."""
    on_it = [not saying.isdisjoint(told) for told in groups]
    title = [index.reader.texts[told[0].number].section for told in groups]
    for at in range(1, len(groups) - 1):
        if on_it[at - 1] and on_it[at + 1] and title[at - 1] == title[at] == title[at + 1]:
            yield from (entry for entry in groups[at] if any(measured(entry) & measured(other) for other in saying))


def _told_on(entries: Sequence[Entry], index: Index) -> Iterator[list[Entry]]:
    """The figures of each sentence, with those of the next one where that goes on with the parts of it."""
    told: list[Entry] = []
    for members in by_sentence(entries, index):
        if told and not members[0].sentence.startswith("其中"):
            yield told
            told = []
        told = [*told, *members]
    if told:
        yield told


def _saying_most(
    parts: Sequence[Part], entries: Sequence[Entry], choice: Choice, least: float, index: Index
) -> list[Entry]:
    """The facts that say the most of some words, of which the titles of their sections may say others."""
    weights: list[tuple[float, Entry]] = []
    for entry in entries:
        said = [part for part in parts if choice.share(part, entry) >= least]
        title = index.reader.texts[entry.number].section
        around = [part for part in parts if part not in said and part.token.text in title]
        if said:
            weights.append((sum(part.weight for part in said + around), entry))
    most = max((weight for weight, _ in weights), default=0.0)
    return [entry for weight, entry in weights if weight >= most * _SAME]

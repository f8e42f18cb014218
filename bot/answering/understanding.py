"""Reads questions: as the vocabulary spells their words, then by sound (typos, pinyin) and by likeness of spelling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .cells import Cell
from .entries import Entry
from .lattice import Lattice, Option, exact, is_unknown, words_along
from .pinyin import fold, is_pinyin, is_typed, read_alike, sounds
from .vocabulary import Vocabulary
from .words import Kind, Word

# How surely a word is meant that is spelled otherwise but sounds alike; less of two characters.
_SOUND = 0.9
_SHORT_SOUND = 0.7
_PINYIN = 0.95
# Of readings that are worth the same, the one without particles and without words that would refuse the question.
_PINYIN_UNLIKELY = 0.949
# What a word costs whose z and zh, n and ng are to be confused first: others that are typed right come before it.
_CONFUSION = 0.6
_LONGEST_SOUND = 36
_LONGEST_LIKENESS = 8
# From this share of words that can be pinyin on, a question without Chinese characters is read as pinyin.
_MOSTLY_PINYIN = 0.6
_MOST_MEANT = 4


def understand(text: str, cells: Sequence[Cell], vocabulary: Vocabulary) -> list[Word]:
    """The words of a question: as `segment`, and then also by sound (typos, pinyin) and by likeness of spelling."""
    cells = _with_letters(text, cells, vocabulary)
    lattice = exact(text, cells, vocabulary)
    path = lattice.best()
    if not any(is_unknown(cells, option) for option in path):
        return words_along(text, cells, path)
    corrected = _corrected(cells, path, vocabulary)
    if corrected != cells:
        lattice = exact(text, corrected, vocabulary)
        path = lattice.best()
    _add_likenesses(lattice, path, vocabulary)
    path = lattice.best()
    return [_completed(word, vocabulary) for word in words_along(text, lattice.cells, path)]


def _with_letters(text: str, cells: Sequence[Cell], vocabulary: Vocabulary) -> Sequence[Cell]:
    """The cells with every word that is pinyin rather than English taken apart into letters."""
    words = [text[cell.start : cell.end] for cell in cells if cell.kind == "word"]
    if not words:
        return cells
    pinyin = sum(is_pinyin(word) for word in words)
    strange = any(is_pinyin(word) and len(word) > 1 and not vocabulary.likeness.is_english(word) for word in words)
    has_han = any(cell.kind == "han" for cell in cells)
    all_pinyin = strange and pinyin >= _MOSTLY_PINYIN * len(words)
    apart: list[Cell] = []
    for cell in cells:
        word = text[cell.start : cell.end]
        alone = has_han or len(word) > 5
        if (
            cell.kind == "word"
            and is_pinyin(word)
            and (all_pinyin or (alone and not vocabulary.likeness.is_english(word)))
        ):
            apart += [Cell(text[i], text[i], "letter", i, i + 1) for i in range(cell.start, cell.end)]
        else:
            apart.append(cell)
    return apart


def _corrected(cells: Sequence[Cell], path: Sequence[Option], vocabulary: Vocabulary) -> list[Cell]:
    """The cells with unknown English words replaced by the known ones that they are most likely meant to be."""
    corrected = list(cells)
    for option in path:
        cell = cells[option.start]
        if cell.kind == "word" and is_unknown(cells, option):
            meant = vocabulary.likeness.english_like(cell.text)
            corrected[option.start] = cell._replace(text=meant[0], stem=meant[1]) if meant else cell
    return corrected


# ---- likeness


def _add_likenesses(lattice: Lattice, path: Sequence[Option], vocabulary: Vocabulary) -> None:
    cells = lattice.cells
    unknown = [False] * len(cells)
    weak = [False] * len(cells)
    for option in path:
        unknown[option.start] = is_unknown(cells, option)
        weak[option.start] = unknown[option.start] or (
            option.end - option.start == 1 and cells[option.start].kind == "han"
        )
    for start, cell in enumerate(cells):
        if cell.kind == "letter":
            _add_pinyin(lattice, start, vocabulary)
        elif cell.kind == "han":
            _add_typos(lattice, start, unknown, weak, vocabulary)


def _add_pinyin(lattice: Lattice, start: int, vocabulary: Vocabulary) -> None:
    cells = lattice.cells
    letters = ""
    whole = _is_apart(cells, start)
    gaps = False
    for end in range(start, min(len(cells), start + _LONGEST_SOUND)):
        cell = cells[end]
        if cell.kind != "letter":
            return
        letters += cell.text
        gaps = gaps or (end > start and _is_apart(cells, end))
        if gaps and not (whole and _is_apart(cells, end + 1)):
            continue  # whoever leaves gaps leaves them between words
        sound = fold(letters)
        if not vocabulary.likeness.begins_a_sound(sound):
            return
        entries = vocabulary.likeness.sounding(sound) if len(letters) > 1 or letters in "ae" else []
        if entries:
            meant = _most_useful(entries)
            likely = any(not (entry.filler or entry.topic or entry.place) for entry in meant)
            likeness = _PINYIN if likely else _PINYIN_UNLIKELY
            cost = 0.0 if any(is_typed(letters, entry.key) for entry in meant) else _CONFUSION
            lattice.add_entries(start, end + 1, likeness, meant, cost)


def _is_apart(cells: Sequence[Cell], at: int) -> bool:
    """Whether a gap or an end is before the cell at `at`."""
    return at in (0, len(cells)) or cells[at - 1].end != cells[at].start


def _most_useful(entries: Sequence[Entry]) -> list[Entry]:
    """A syllable of its own is mostly a particle; of longer words that sound alike, any may be meant."""
    particles = [entry for entry in entries if len(entry.key) == 1 and (entry.filler or entry.asks)]
    return particles[:1] or sorted(entries, key=lambda entry: not entry.content)[:_MOST_MEANT]


def _add_typos(lattice: Lattice, start: int, unknown: list[bool], weak: list[bool], vocabulary: Vocabulary) -> None:
    cells = lattice.cells
    text = cells[start].text
    has_unknown, has_weak = unknown[start], weak[start]
    may_sound_alike = True
    for end in range(start + 2, min(len(cells), start + _LONGEST_LIKENESS) + 1):
        if cells[end - 1].kind != "han":
            return
        text += cells[end - 1].text
        has_unknown = has_unknown or unknown[end - 1]
        has_weak = has_weak or weak[end - 1]
        if not (has_unknown or (len(text) > 2 and has_weak)):
            continue
        if may_sound_alike:
            heard = sounds(text)
            _add_homophones(lattice, (start, end), text, heard, vocabulary)
            may_sound_alike = any(map(vocabulary.likeness.begins_a_sound, heard))
        if has_unknown and len(text) > 2:
            near = vocabulary.likeness.spelled_like(text)
            if near:
                lattice.add_entries(start, end, 1 - 1 / len(text), near[:_MOST_MEANT])


def _add_homophones(
    lattice: Lattice, place: tuple[int, int], text: str, heard: Iterable[str], vocabulary: Vocabulary
) -> None:
    """`place`: where the text begins and ends. `heard`: its sounds."""
    found = [entry for sound in heard for entry in vocabulary.likeness.sounding(sound)]
    entries = {entry.key: entry for entry in found if _may_be_meant(text, entry)}
    if entries:
        likeness = _SOUND if len(text) > 2 else _SHORT_SOUND
        lattice.add_entries(*place, likeness, list(entries.values())[:_MOST_MEANT])


def _may_be_meant(text: str, entry: Entry) -> bool:
    """Many short words sound alike: two characters have to be read alike to the letter, and name no place or time."""
    if entry.filler or (len(text) < 4 and (entry.place or entry.period or entry.topic)):
        return False
    return len(text) > 2 or read_alike(text, entry.key)


def _completed(word: Word, vocabulary: Vocabulary) -> Word:
    """An unknown run of Chinese that is a part of longer known words is taken for any of these."""
    if word.kind is not Kind.UNKNOWN or len(word.text) < 2 or word.text.isascii():
        return word
    found = vocabulary.likeness.containing(word.text)
    return word._replace(kind=Kind.CONTENT, entries=tuple(found)) if found else word

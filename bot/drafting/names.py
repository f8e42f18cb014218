"""Finds names that answer a question: what is quoted, listed, dated, first or given as a reason."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary

from .name_patterns import WAYS
from .reading import words as w
from .reading.plain import plain

_IDLE = w.OPENING | w.TRAILING
_YEAR = re.compile(r"\d{4}年")
# What says of which kind a name is, but nothing of it.
_NONE = re.compile(r"^(?:方面|问题|情况|等).*|[也都就却很]|时期|期间|^的")
_SHORT_NAME, _LONGEST_HEAD = 8, 8
_MOST_KEYWORDS, _LONGEST_KEYWORD = 4, 30


class Name(NamedTuple):
    """A name that stands in a sentence, and what it is called."""

    figure: str
    label: str
    keywords: tuple[str, ...] = ()


def names_of(
    sentence: str, told: Sequence[tuple[int, str]], own: Sequence[str], year: int, vocabulary: Vocabulary
) -> Iterator[Name]:
    """The names of a sentence that a question may ask for, none within another.

    `told`: where its figures stand, and their labels. `own`: what the report is about; `year`: the year that it is on,
    and that need not be asked for.
    """
    taken: list[tuple[int, int]] = []
    named = ""
    for way in WAYS:
        for match in way.pattern.finditer(sentence):
            before = next((label for at, label in reversed(told) if at < match.start()), "")
            start, end = match.span("name")
            if way.is_list and re.search("[、和]", match["name"]) and "“" not in match["name"]:
                start = end - len(_without_verbs(match["name"], vocabulary))
            figure = sentence[start:end]
            label = way.label(match, before) if _says_what(match, vocabulary) else _head_of_quoted(figure, vocabulary)
            for word in filter(None, own):
                label = label.replace(word, "")
            is_new = not any(start < last and first < end for first, last in taken)
            is_own_year = _YEAR.fullmatch(figure) and int(figure[:4]) >= year - way.is_past
            if is_new and len(label) > 1 and not (_NONE.search(label) or is_own_year):
                taken.append((start, end))
                label, named = label.removeprefix(named) or label, figure  # 最高的是甲镇，最低的是乙镇
                yield Name(figure, label, _keywords(figure, label, vocabulary))


def _says_what(match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a match has a word for what its name is; what is quoted may stand alone."""
    if "verb" not in match.groupdict():
        return True
    return any(token.is_content or token.is_unknown for token in tokenise(plain(match["kind"]), vocabulary))


def _head_of_quoted(figure: str, vocabulary: Vocabulary) -> str:
    name = figure.strip("“”")
    return _head(name, vocabulary) if len(name) >= _SHORT_NAME and "、" not in name else ""


def _keywords(figure: str, label: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Other names: the things of a list, or the name itself, and what it is."""
    if label.endswith(("的时间", "的原因")):
        return (f"{label[:-3]}{label[-2:]}",)
    figure = figure.strip("“”")
    items = [item for item in re.split("[、，和“”]+", figure) if 1 < len(item) <= _LONGEST_KEYWORD]
    names = [*items[: _MOST_KEYWORDS - 1], *([_head(figure, vocabulary)] if len(items) < 2 else [])]
    return tuple(dict.fromkeys(name for name in names if name != label)) or (label,)


def _without_verbs(names: str, vocabulary: Vocabulary) -> str:
    """A list without what leads up to it: 引进 | 大族激光、宏石激光."""
    leading = takewhile(lambda one: one.is_stop or one.text in _IDLE, tokenise(plain(names), vocabulary))
    return names[max((one.end for one in leading), default=0) :] or names


def _head(name: str, vocabulary: Vocabulary) -> str:
    """What a name is: its end, from the beginning of a word."""
    last = name.rsplit("的", maxsplit=1)[-1] or name
    starts = [token.start for token in tokenise(plain(last), vocabulary) if len(last) - token.start <= _LONGEST_HEAD]
    return last[min(starts, default=-_LONGEST_HEAD) :].lstrip("、和与") or name

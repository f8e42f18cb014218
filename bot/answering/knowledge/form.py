"""Checking the form of a document, with messages for an editor who does not program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from pydantic_core import ValidationError

from .document import Document, Finding
from .problem import quoted
from .schema import Errors, all_folded

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from .model import Lexicon
    from .schema import Content_co, Form
    from .yaml_reader import Node, Path

_SIMILAR = 70
_WANTED = {
    "string_type": "a text",
    "list_type": "a list (one entry a line after '- ', or [a, b])",
    "dict_type": "keys with values ('key: value')",
}


def validated(document: Document, content: Node, form: Form[Content_co]) -> tuple[Content_co | None, list[Finding]]:
    """What the form makes of the content of the document; or None and what is wrong with it."""
    try:
        return form.validator.validate_python(content, context=Errors()), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [_finding(document, form, detail) for detail in details]


def _finding(document: Document, form: Form[Any], detail: ErrorDetails) -> Finding:
    location = detail["loc"]
    on_key = detail["type"] == "extra_forbidden" or location[-1:] == ("[key]",)
    if detail["type"] == "missing" or location[-1:] == ("[key]",):
        path: Path = location[:-1]
    else:
        path = location
    return Finding(document, path, _message(form, detail), on_key=on_key)


def _message(form: Form[Any], detail: ErrorDetails) -> str:
    kind, location, value = detail["type"], detail["loc"], detail["input"]
    if kind == "extra_forbidden":
        allowed = form.keys.get(_within(location[:-1]), form.keys[""])
        return _unknown_key(str(location[-1]), value, allowed)
    if kind == "missing":
        return f"the key {quoted(str(location[-1]))} is missing here"
    name = _name(location)
    return f"{name} {_wrong_value(detail, value)}"


def _wrong_value(detail: ErrorDetails, value: Node) -> str:
    kind = detail["type"]
    if value == "" or kind == "string_too_short":
        return "is empty: give it a value or remove it"
    if kind in _WANTED:
        return f"must be {_WANTED[kind]}, not {_is(value)}"
    if kind == "too_short":
        least = detail["ctx"]["min_length"]
        return f"needs at least {least} {'entry' if least == 1 else 'entries'}"
    return detail["msg"]


def _within(location: Path) -> str:
    return next((key for key in reversed(location) if isinstance(key, str)), "")


def _name(location: Path) -> str:
    if not location:
        return "the file"
    if location[-1] == "[key]":
        return "the key"
    last = location[-1]
    return quoted(last) if isinstance(last, str) else f"entry {last + 1} of {quoted(_within(location))}"


def _is(value: Node) -> str:
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, list) else "keys with values"


def _unknown_key(key: str, value: Node, allowed: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - knowledge without mistakes does not wait for it

    similar = process.extractOne(key.casefold(), allowed, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    if similar:
        hint = f"did you mean {quoted(similar[0])}?"
    elif value == "":
        # Inside {…} a comma ends a value, and what follows looks like the next key.
        hint = "if it belongs to a text with a comma, put that text in quotes"
    else:
        hint = f"allowed here: {', '.join(allowed)}"
    return f"unknown key {quoted(key)} ({hint})"


def repeated_words(document: Document, lexicon: Lexicon) -> Iterator[Finding]:
    """Words that stand in two groups of synonyms, or twice in one list of the lexicon."""
    yield from _repeated(document, {("synonyms", i): group for i, group in enumerate(lexicon.synonyms)})
    yield from _repeated(document, {("fillers",): lexicon.fillers})


def _repeated(document: Document, lists: Mapping[Path, Sequence[str]]) -> Iterator[Finding]:
    compared = all_folded(chain.from_iterable(lists.values()))
    if len(set(compared)) == len(compared):
        return
    first: dict[str, Path] = {}
    words = [((*path, index), word) for path, entries in lists.items() for index, word in enumerate(entries)]
    for (path, word), same in zip(words, compared, strict=True):
        known = first.setdefault(same, path)
        if known is not path:
            yield Finding(document, path, f"{quoted(word)} is already at", other=(document, known))

"""The form of the files of a knowledge folder.

Written for pydantic_core itself, the validator below pydantic: importing pydantic's models would take longer than
reading and answering a question does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypedDict, TypeVar, cast

from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError, core_schema

from .model import English, Lexicon, Report, Subject
from .problem import MOST_PROBLEMS

if TYPE_CHECKING:
    from typing import NotRequired

    from pydantic_core import CoreSchema

    from .yaml_reader import Node

    _Keys = dict[str, core_schema.TypedDictField]

# Telegram's callback_data holds 64 bytes; the buttons carry an id and some more.
LONGEST_ID = 40
FIRST_YEAR, LAST_YEAR = 1900, 2100

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FactForm(TypedDict):
    """The keys of a fact are fields of `Fact`."""

    id: str
    label: str
    figure: str
    keywords: tuple[str, ...]
    period: NotRequired[str]
    en: NotRequired[English]


class SentenceForm(TypedDict):
    text: str
    facts: NotRequired[tuple[FactForm, ...]]


class SectionForm(TypedDict):
    title: str
    sentences: tuple[SentenceForm, ...]


class ReportForm(TypedDict):
    """The whole file. `left_out`: phrases of the article whose numbers need no fact."""

    report: Report
    sections: tuple[SectionForm, ...]
    left_out: NotRequired[tuple[str, ...]]


Content_co = TypeVar("Content_co", covariant=True)


class Errors:
    """How many a file has so far; the context of its validation."""

    def __init__(self) -> None:
        self.found = 0


class Form(NamedTuple, Generic[Content_co]):
    """What makes the content of a file, and the keys that the file may have under each key ("" for its top)."""

    validator: SchemaValidator
    keys: Mapping[str, tuple[str, ...]]


def folded(word: str) -> str:
    """A word as it is compared: width and case of its letters make no difference."""
    return unicodedata.normalize("NFKC", word).casefold()


def all_folded(words: Iterable[str]) -> list[str]:
    """The same for many words of one line each at once, which is several times as fast."""
    lines = "\n".join(words)
    return folded(lines).split("\n") if lines else []


def _on_one_line(text: str) -> str:
    if not text.isprintable() and any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise PydanticCustomError("line", "must be on one line, without control characters")
    return text


def _is_id(text: str) -> str:
    if not _ID.fullmatch(text) or len(text) > LONGEST_ID:
        raise PydanticCustomError(
            "id",
            "must be small letters, digits and single hyphens (a-z, 0-9, -), {longest} at most",
            {"longest": LONGEST_ID},
        )
    return text


def _year(value: Node) -> int:
    if isinstance(value, str) and re.fullmatch("[0-9]{4}", value) and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return int(value)
    message = "must be four digits, from {first} to {last}"
    raise PydanticCustomError("year", message, {"first": FIRST_YEAR, "last": LAST_YEAR})


# These take what the YAML reader makes, strings, lists and dictionaries alone, and so need not be strict.
_checked = core_schema.no_info_after_validator_function
_must = core_schema.typed_dict_field
_may = partial(core_schema.typed_dict_field, required=False)

_TEXT = _checked(_on_one_line, core_schema.str_schema(strip_whitespace=True, min_length=1))
_ID_TEXT = _checked(_is_id, _TEXT)
_YEAR = core_schema.no_info_plain_validator_function(_year)


def _counted(value: Node, check: Callable[[Node], object], info: core_schema.ValidationInfo[Errors]) -> object:
    """An entry whose errors count; once there are enough of them, the others are left unchecked."""
    errors = info.context
    before = errors.found
    if before >= MOST_PROBLEMS:
        return value
    try:
        return check(value)
    except ValidationError as error:
        errors.found = before + error.error_count()
        raise


def _one_of_many(entry: CoreSchema) -> CoreSchema:
    return core_schema.with_info_wrap_validator_function(_counted, entry)


def _several(entry: CoreSchema, least: int = 0) -> CoreSchema:
    # Not the schema of tuples: where an entry is wrong, that one also finds too few.
    return _checked(tuple, core_schema.list_schema(_one_of_many(entry), min_length=least))


def _not_too_many(value: Node) -> Node:
    if isinstance(value, dict) and len(value) > MOST_PROBLEMS:
        raise PydanticCustomError("keys", "has too many keys: see whether they are a list, or belong below one of them")
    return value


def _plain(keys: _Keys) -> CoreSchema:
    plain = core_schema.typed_dict_schema(keys, extra_behavior="forbid")
    return core_schema.no_info_before_validator_function(_not_too_many, plain)


def _made(value: type[English | Lexicon | Report | Subject], keys: _Keys) -> CoreSchema:
    """The keys become fields of the value, whose own defaults stand for those that are left out."""
    return _checked(lambda content: value(**content), _plain(keys))


def _words(least: int) -> CoreSchema:
    """Words are nearly all that a folder holds: good ones are looked at together, and only others one by one."""

    def checked(value: Node, one_by_one: Callable[[Node], tuple[str, ...]]) -> tuple[str, ...]:
        if isinstance(value, list) and len(value) >= least and all(isinstance(word, str) for word in value):
            words = tuple(map(str.strip, cast("list[str]", value)))
            if all(words) and "".join(words).isprintable():
                return words
        return one_by_one(value)

    return core_schema.no_info_wrap_validator_function(checked, _several(_TEXT, least))


_WORDS = _words(0)

_SUBJECT = {"label": _must(_TEXT), "en": _must(_TEXT), "aliases": _may(_WORDS)}
_REPORT = {
    "id": _must(_ID_TEXT),
    "title": _must(_TEXT),
    "publisher": _must(_TEXT),
    "author": _may(_TEXT),
    "year": _must(_YEAR),
    "subject": _must(_made(Subject, _SUBJECT)),
}
_ENGLISH = {"label": _may(_TEXT), "figure": _may(_TEXT), "period": _may(_TEXT), "keywords": _may(_WORDS)}
_FACT = {
    "id": _must(_ID_TEXT),
    "label": _must(_TEXT),
    "figure": _must(_TEXT),
    "period": _may(_TEXT),
    "keywords": _must(_words(1)),
    "en": _may(_made(English, _ENGLISH)),
}
_SENTENCE = {"text": _must(_TEXT), "facts": _may(_several(_plain(_FACT)))}
_SECTION = {"title": _must(_TEXT), "sentences": _must(_several(_plain(_SENTENCE), 1))}
_FILE = {
    "report": _must(_made(Report, _REPORT)),
    "sections": _must(_several(_plain(_SECTION), 1)),
    "left_out": _may(_WORDS),
}
_LEXICON = {"synonyms": _may(_several(_words(2))), "fillers": _may(_WORDS)}

REPORT_FILE: Form[ReportForm] = Form(
    SchemaValidator(_plain(_FILE)),
    {
        "": tuple(_FILE),
        "report": tuple(_REPORT),
        "subject": tuple(_SUBJECT),
        "sections": tuple(_SECTION),
        "sentences": tuple(_SENTENCE),
        "facts": tuple(_FACT),
        "en": tuple(_ENGLISH),
    },
)
LEXICON_FILE: Form[Lexicon] = Form(SchemaValidator(_made(Lexicon, _LEXICON)), {"": tuple(_LEXICON)})

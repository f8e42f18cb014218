"""The form of the files of a knowledge folder."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from .yaml_reader import Node

# Telegram's callback_data holds 64 bytes; the buttons carry an id and some more.
LONGEST_ID = 40
FIRST_YEAR, LAST_YEAR = 1900, 2100

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def folded(word: str) -> str:
    """A word as it is compared: width and case of its letters make no difference."""
    return unicodedata.normalize("NFKC", word).casefold()


def _on_one_line(text: str) -> str:
    if not text.isprintable() and any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise PydanticCustomError("line", "must be on one line, without control characters")
    return text


def _is_key(text: str) -> str:
    # A key is not stripped: two keys must not become one unnoticed.
    if not text or text != text.strip():
        raise PydanticCustomError("key", "must not be empty, and not start or end with a space")
    return _on_one_line(text)


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


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_on_one_line)]
Key = Annotated[str, AfterValidator(_is_key)]
Id = Annotated[Text, AfterValidator(_is_id)]
Year = Annotated[int, BeforeValidator(_year)]
Words = list[Text]
SomeWords = Annotated[list[Text], Field(min_length=1)]
Group = Annotated[list[Text], Field(min_length=2)]


class Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SubjectForm(Form):
    label: Text
    en: Text
    aliases: Words = []


class ReportForm(Form):
    id: Id
    title: Text
    publisher: Text
    author: Text | None = None
    year: Year
    subject: SubjectForm


class EnglishForm(Form):
    label: Text | None = None
    figure: Text | None = None
    period: Text | None = None
    keywords: Words = []


class FactForm(Form):
    id: Id
    label: Text
    figure: Text
    period: Text | None = None
    keywords: SomeWords
    en: EnglishForm = EnglishForm()


class SentenceForm(Form):
    text: Text
    facts: list[FactForm] = []


class SectionForm(Form):
    title: Text
    sentences: Annotated[list[SentenceForm], Field(min_length=1)]


class ReportFile(Form):
    """`left_out`: phrases of the article whose numbers need no fact."""

    report: ReportForm
    sections: Annotated[list[SectionForm], Field(min_length=1)]
    left_out: Words = []


class LexiconFile(Form):
    """The fields of `Lexicon`, all of them optional."""

    synonyms: list[Group] = []
    fillers: Words = []
    asks: dict[Key, Words] = {}
    units: dict[Key, Words] = {}
    topics: Words = []
    joins: Words = []
    aspects: Words = []
    here: Words = []
    places: dict[Key, Words] = {}
    wider: dict[Key, Words] = {}
    periods: dict[Key, Words] = {}


# Which form stands under which key; "" is the file itself.
_FORMS: dict[str, type[Form]] = {
    "": ReportFile,
    "report": ReportForm,
    "subject": SubjectForm,
    "sections": SectionForm,
    "sentences": SentenceForm,
    "facts": FactForm,
    "en": EnglishForm,
}


def allowed_keys(form: type[Form], within: str) -> tuple[str, ...]:
    """The keys that a file of this form may have under the key `within` ("" for the top of the file)."""
    place = _FORMS.get(within, form) if form is ReportFile else form
    return tuple(place.model_fields)

"""What an announcement says, and its form as JSON in the database."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from bot.answering.knowledge.model import Fact
from bot.chat.rendering import facts
from bot.chat.texts import Locale


class PayloadError(ValueError):
    """Something in the database is no payload that this version knows; the text is one line for people."""


class _Json:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    __slots__ = ()

    def to_json(self) -> str:
        return _ADAPTER.dump_json(self).decode()


@dataclass(frozen=True, slots=True)
class Text(_Json):
    """A text in Telegram's HTML, of at most 4,096 UTF-16 units once that is parsed."""

    html: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Copy(_Json):
    """Messages of a chat, copied as they are; several are an album. `editable`: what can be edited later."""

    chat_id: int
    messages: Annotated[tuple[int, ...], Field(min_length=1)]
    editable: Literal["text", "caption", ""]
    kind: Literal["copy"] = "copy"


@dataclass(frozen=True, slots=True)
class FactCard(_Json):
    """A fact of the knowledge, as a card in each language. `html`: by the name of the locale."""

    id: str
    html: dict[str, str]
    kind: Literal["fact"] = "fact"


@dataclass(frozen=True, slots=True)
class FigureOfTheDay(_Json):
    """Another fact each time; of schedules only, it becomes a `FactCard` when it is released."""

    kind: Literal["figure-of-the-day"] = "figure-of-the-day"


def card(fact: Fact) -> FactCard:
    """A fact as it is announced: figure, label, period and source sentence, for each chat in its own language."""
    return FactCard(fact.id, {str(locale): facts([fact], locale) for locale in Locale})


Payload = Text | Copy | FactCard | FigureOfTheDay

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Annotated[Payload, Field(discriminator="kind")])


def payload_of(text: str) -> Payload:
    """The payload that `to_json` made `text` of. Raises `PayloadError` for any other text."""
    try:
        payload: Payload = _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise PayloadError(f"no payload of an announcement: {place + ': ' if place else ''}{first['msg']}") from None
    return payload

"""Inline buttons: how they carry data, those that answer with facts and pass these on, and links to a fact.

What a button carries is one line of at most 64 bytes. Buttons stay in chats for years: what an earlier version wrote
goes on being read, or is answered by a polite word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from hashlib import blake2b
from typing import ClassVar, Self, TypeVar, dataclass_transform, get_origin, get_type_hints
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.helpers import create_deep_linked_url

from bot.answering.answer import PAGE, Answer, Language
from bot.answering.knowledge.model import Fact

from .rendering import cut, figure, label, one_line, period
from .texts import Locale, texts

MOST_BYTES = 64
_NUMBER = re.compile(r"[0-9]{1,18}")
# Telegram's limit of a query, in characters.
_LONGEST_QUERY = 256
_SHARED = re.compile(r"#([a-z0-9-]{1,64})")
_FACT = "fact-"
_LINKED = re.compile(rf"start(?:=|%3D){_FACT}([a-z0-9-]{{1,64}})")
# The message that a link to a fact sends.
PAYLOAD = re.compile(rf"^/\S+\s+{_FACT}")


@dataclass_transform(frozen_default=True)
class CallbackData:
    """The base of the frozen dataclasses that buttons carry: fields of str, int or a StrEnum, joined by colons.

    A `prefix` stands first and tells the kind apart; without one, the first field is an enum that does so. Only the
    last field may have colons.
    """

    prefix: ClassVar[str]
    _types: ClassVar[dict[str, type]]

    def __init_subclass__(cls, prefix: str = "") -> None:
        cls.prefix = prefix
        cls._types = {name: kind for name, kind in get_type_hints(cls).items() if get_origin(kind) is not ClassVar}
        dataclass(frozen=True)(cls)

    def pack(self) -> str:
        """The data of the button. Raises ValueError for more than 64 bytes."""
        values = [str(getattr(self, name)) for name in self._types]
        data = ":".join([self.prefix, *values] if self.prefix else values)
        if len(data.encode()) > MOST_BYTES:
            raise ValueError(f"a button takes no more than {MOST_BYTES} bytes: {data!r}")
        return data

    @classmethod
    def unpack(cls, data: object) -> Self | None:
        """What `pack` has written; None for whatever no such button carries."""
        if not isinstance(data, str):
            return None
        if cls.prefix:
            head, _, data = data.partition(":")
            if head != cls.prefix:
                return None
        kinds, values = list(cls._types.values()), data.split(":", len(cls._types) - 1)
        if any(kind is int and not _NUMBER.fullmatch(value) for kind, value in zip(kinds, values, strict=False)):
            return None
        try:
            return cls(*(kind(value) for kind, value in zip(kinds, values, strict=True)))
        except ValueError:
            return None


Data = TypeVar("Data", bound=CallbackData)


class Placement(StrEnum):
    """How a press shows a fact: as an answer in place of the message with the button or below it, or as a page."""

    IN_PLACE = "f"
    BELOW = "n"
    PAGE = "d"
    RANDOM_PAGE = "r"  # of any other fact than the one that the button names

    @property
    def is_page(self) -> bool:
        return self in (self.PAGE, self.RANDOM_PAGE)


class FactButton(CallbackData):
    """Shows a fact. `key`: of `key_of`."""

    placement: Placement
    language: Language
    key: str


class ListPageButton(CallbackData, prefix="page"):
    """Leads to a page of the list that the message with the button states. `first`: the place of its first fact."""

    language: Language
    first: int


_ROOM = MOST_BYTES - len(FactButton(Placement.IN_PLACE, Language.CHINESE, "").pack())


def key_of(fact: Fact) -> str:
    """The fact's id, or a hash of it where the id leaves no room in the 64 bytes of a button's data."""
    encoded = fact.id.encode()
    return fact.id if len(encoded) <= _ROOM else blake2b(encoded, digest_size=16).hexdigest()


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """A button with `text` on one line."""
    return InlineKeyboardButton(one_line(text), callback_data=data.pack())


def keyboard(rows: Iterable[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    """The keyboard of those rows that have buttons; None where none has."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def buttons_of(markup: InlineKeyboardMarkup | None) -> list[InlineKeyboardButton]:
    """The buttons of a keyboard, row by row."""
    return [one for row in (markup.inline_keyboard if markup else ()) for one in row]


def carried(message: Message | None, kind: type[Data]) -> Iterator[Data]:
    """The data of those buttons below a message that carry a `kind`."""
    data = (kind.unpack(one.callback_data) for one in buttons_of(message.reply_markup if message else None))
    return (found for found in data if found is not None)


def page_buttons(
    to: Callable[[int], CallbackData], before: int, after: int, end: int, locale: Locale
) -> list[InlineKeyboardButton]:
    """The buttons to the pages that begin `before` and `after` one, as far as that is from 0 on and before `end`."""
    pages = {"browse-previous": before, "browse-next": after}
    return [button(texts(locale)(key), to(place)) for key, place in pages.items() if 0 <= place < end]


def choices(facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup:
    """The keyboard of facts to choose from, one a row; a press turns the message into the answer."""
    return InlineKeyboardMarkup([[to_fact(fact, name(fact, locale), locale, Placement.IN_PLACE)] for fact in facts])


def listed(answer: Answer, locale: Locale) -> InlineKeyboardMarkup | None:
    """The keyboard of a list: one fact a row, which a press shows below, and the pages before and after this one."""
    facts, first = [match.fact for match in answer.matches], answer.first
    rows = [[to_fact(fact, name(fact, locale), locale)] for fact in facts]
    to = partial(ListPageButton, locale.language)
    return keyboard([*rows, page_buttons(to, first - PAGE, first + len(facts), len(answer.listed), locale)])


def questions(asked: Mapping[str, Fact], locale: Locale) -> InlineKeyboardMarkup | None:
    """The keyboard of questions, one a row; a press answers it below the message."""
    return keyboard([to_fact(fact, text, locale)] for text, fact in asked.items())


def name(fact: Fact, locale: Locale) -> str:
    """The label of a fact with its period, short enough for a button."""
    when = cut(period(fact, locale), 20)
    name = cut(label(fact, locale), 60 - len(when))
    return f"{name} · {when}" if when else name


def to_fact(fact: Fact, text: str, locale: Locale, placement: Placement = Placement.BELOW) -> InlineKeyboardButton:
    """The button that shows a fact."""
    return button(text, FactButton(placement, locale.language, key_of(fact)))


def share_button(facts: Sequence[Fact], locale: Locale, bot: Bot) -> InlineKeyboardButton:
    """Lets a person choose a chat and send what an answer states to it.

    Telegram refuses inline queries in buttons of a bot whose inline mode is off; that one shares a link to a fact.
    """
    text = texts(locale)("share")
    if bot.supports_inline_queries:
        return InlineKeyboardButton(text, switch_inline_query=query(facts))
    shared = {"url": link(facts[0], bot), "text": f"{label(facts[0], locale)}: {figure(facts[0], locale)}"}
    return InlineKeyboardButton(text, url=f"https://t.me/share/url?{urlencode(shared)}")


def link(fact: Fact, bot: Bot) -> str:
    """The address that opens the bot at the fact: t.me/bot?start=fact-gdp."""
    return create_deep_linked_url(bot.username, _FACT + key_of(fact))


def key_in(payload: str) -> str:
    """The key of the fact that the payload of a link names."""
    return payload.removeprefix(_FACT)


def query(facts: Iterable[Fact]) -> str:
    """The inline query for these very facts, as many of them as it has room for: `#gdp #gdp-growth`."""
    words = " ".join(f"#{key_of(fact)}" for fact in facts)
    return words if len(words) <= _LONGEST_QUERY else words[: _LONGEST_QUERY + 1].rpartition(" ")[0]


def keys_in(query: str) -> list[str]:
    """The keys of the facts in a query as `query` makes it; empty for what people type."""
    words = query.split()
    found = [match[1] for match in map(_SHARED.fullmatch, words) if match]
    return found if len(found) == len(words) else []


def keys_under(message: Message) -> list[str]:
    """The keys of the facts that a message of the bot states, by its buttons that pass them on or open them."""
    for one in buttons_of(message.reply_markup):
        linked = _LINKED.search(one.url or "")
        if found := keys_in(one.switch_inline_query or "") or ([linked[1]] if linked else []):
            return found
    return []

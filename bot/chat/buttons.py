"""Inline buttons that answer with facts, vote on an answer and pass it on; and links that open the bot at a fact."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.helpers import create_deep_linked_url

from bot.answering.answer import PAGE, Answer, Language
from bot.answering.knowledge.model import Fact

from .callback_data import MOST_BYTES, CallbackData, FactButton, ListPageButton, Placement, Sign, VoteButton
from .markup import cut, one_line
from .rendering import figure, label, period
from .texts import Locale, texts
from .updates import Data

_ROOM = MOST_BYTES - len(FactButton(Placement.IN_PLACE, Language.CHINESE, "").pack())
_SIGNS = {Sign.UP: "👍", Sign.DOWN: "👎"}
# Telegram's limit of a query, in characters.
_LONGEST_QUERY = 256
_SHARED = re.compile(r"#([a-z0-9-]{1,64})")
_FACT = "fact-"
_LINKED = re.compile(rf"start(?:=|%3D){_FACT}([a-z0-9-]{{1,64}})")
# The message that a link to a fact sends.
PAYLOAD = re.compile(rf"^/\S+\s+{_FACT}")


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


def vote_button(vote: VoteButton, chosen: Sign | None = None) -> InlineKeyboardButton:
    """A vote, marked where it is the one that was `chosen`."""
    return button(_SIGNS[vote.sign] + (" ✓" if vote.sign is chosen else ""), vote)


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

"""Facts passed on: links that open the bot at a fact, and the share button under an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardButton
from telegram.helpers import create_deep_linked_url

from bot.answering.knowledge.model import Fact
from bot.chat.buttons import key_of
from bot.chat.rendering import figure, label
from bot.chat.texts import Locale, texts

# Telegram's limit of a query, in characters.
_LONGEST_QUERY: Final = 256
_SHARED: Final = re.compile(r"#([a-z0-9-]{1,64})")
_FACT: Final = "fact-"
# The message that a link to a fact sends.
PAYLOAD: Final = re.compile(rf"^/\S+\s+{_FACT}")


def payload(fact: Fact) -> str:
    """What a link to the bot carries for the fact: `fact-gdp` in t.me/bot?start=fact-gdp."""
    return _FACT + key_of(fact)


def key_in(payload: str) -> str | None:
    """The key of the fact that the payload of a link names; None for any other payload."""
    return payload.removeprefix(_FACT) if payload.startswith(_FACT) else None


def query(facts: Iterable[Fact]) -> str:
    """The inline query for these very facts, as many of them as it has room for: `#gdp #gdp-growth`."""
    words = " ".join(f"#{key_of(fact)}" for fact in facts)
    return words if len(words) <= _LONGEST_QUERY else words[: _LONGEST_QUERY + 1].rpartition(" ")[0]


def keys_in(query: str) -> list[str]:
    """The keys of the facts in a query as `query` makes it; empty for what people type."""
    words = query.split()
    found = [match[1] for match in map(_SHARED.fullmatch, words) if match]
    return found if len(found) == len(words) else []


class Sharing:
    """The buttons that pass facts on. Only for a bot that has been initialised: they name it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def link(self, fact: Fact) -> str:
        """The address that opens the bot at the fact."""
        return create_deep_linked_url(self._bot.username, payload(fact))

    def button(self, facts: tuple[Fact, ...], locale: Locale) -> InlineKeyboardButton:
        """Lets a person choose a chat and send what an answer states to it (at least one fact).

        Telegram refuses inline queries in buttons of a bot whose inline mode is off; that one shares a link to the
        first fact.
        """
        text = texts(locale)("share")
        if self._bot.supports_inline_queries:
            return InlineKeyboardButton(text, switch_inline_query=query(facts))
        shared = {"url": self.link(facts[0]), "text": f"{label(facts[0], locale)}: {figure(facts[0], locale)}"}
        return InlineKeyboardButton(text, url=f"https://t.me/share/url?{urlencode(shared)}")

    def opening(self, fact: Fact, locale: Locale) -> InlineKeyboardButton:
        """Opens the bot at the fact, from any chat."""
        return InlineKeyboardButton(texts(locale)("open-bot"), url=self.link(fact))

"""Telegram's HTML, taken strictly: what Telegram silently ignores or leaves as it stands is an error here.

The tags that the bot uses are known; every other one is refused, as Telegram refuses those that it does not know.
"""

import html
import re
from typing import Final

from bot.rehearsal.telegram_server.errors import misuse
from bot.rehearsal.telegram_server.requests import is_link

from .texts import Entity, FormattedText, cleaned, in_order, utf16_length

_TYPES: Final = {
    "a": "text_link",
    "b": "bold",
    "blockquote": "blockquote",
    "code": "code",
    "i": "italic",
    "pre": "pre",
    "s": "strikethrough",
    "u": "underline",
}
_TOKEN: Final = re.compile(
    r'<(?P<end>/?)(?P<tag>[a-z]+)(?: href="(?P<url>[^"<>]*)")?>|(?P<reference>&(?:lt|gt|amp|quot|#x27|#39);)|[^<&]+'
)


def parsed(text: str, parse_mode: str = "") -> FormattedText:
    """The text that people would see, untrimmed. Raises a misuse for wrong markup."""
    if not text:
        raise misuse("message text is empty")
    if not parse_mode:
        return FormattedText(cleaned(text))
    if parse_mode.lower() != "html":
        raise misuse(f'unsupported parse_mode "{parse_mode}": this server knows HTML only')
    return parse_html(text)


def parse_html(source: str) -> FormattedText:
    """The text and the entities of `source`, untrimmed. Raises a misuse for what is not well formed."""
    pieces: list[str] = []
    entities: list[Entity] = []
    open_tags: list[tuple[str, int, str | None]] = []
    at = length = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            raise _error("Unsupported start tag or unescaped ampersand", source, at)
        tag = token["tag"]
        if tag is None:
            pieces.append(cleaned(html.unescape(token[0]) if token["reference"] else token[0]))
            length += utf16_length(pieces[-1])
        elif token["end"]:
            if not open_tags or open_tags[-1][0] != tag or token["url"]:
                raise _error(f'Unmatched end tag "{tag}"', source, at)
            _, offset, url = open_tags.pop()
            if length > offset:
                entities.append(Entity(_TYPES[tag], offset, length - offset, url and html.unescape(url)))
        else:
            if problem := _misplaced(tag, token["url"], [name for name, *_ in open_tags]):
                raise _error(problem, source, at)
            open_tags.append((tag, length, token["url"]))
        at = token.end()
    if open_tags:
        raise misuse(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    return FormattedText("".join(pieces), in_order(entities))


def _misplaced(tag: str, url: str | None, outer: list[str]) -> str:
    """Why this start tag cannot stand within `outer`; "" where it can."""
    if tag not in _TYPES:
        return f'Unsupported start tag "{tag}"'
    if {"pre", "code"} & set(outer) or (tag in {"blockquote", "a"} and tag in outer):
        return f'Tag "{tag}" inside "{outer[-1]}"'
    return "" if is_link(html.unescape(url or "")) == (tag == "a") else f'Tag "{tag}" with the link "{url}"'


def _error(what: str, source: str, at: int) -> Exception:
    return misuse(f"can't parse entities: {what} at byte offset {len(source[:at].encode())}")

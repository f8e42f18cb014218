"""Text as Telegram takes and counts it, plain or marked up."""

import re
from html import escape, unescape

LIMIT = 4096
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A lone surrogate arrives in JSON, and no request that repeats it can be encoded.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TAG = re.compile(r"<[^>]*>")


def safe(text: str) -> str:
    """Replaces control characters by spaces and lone surrogates by U+FFFD; the length stays."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def one_line(text: str, limit: int | None = None) -> str:
    """`text` made safe and cut to `limit` UTF-16 units, with single spaces for all white space, and none around it."""
    line = " ".join(safe(text).split())
    return line if limit is None else cut(line, limit)


def units(text: str) -> int:
    """The length that Telegram's limits count: UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, limit: int) -> str:
    """`text`, or its beginning and an ellipsis where it is longer than `limit` UTF-16 units (at least 1)."""
    if units(text) <= limit:
        return text
    # Half of a surrogate pair at the end is incomplete input, which "ignore" drops.
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


# ---- marked up, of texts that are cut before: half a tag is an error 400


def to_html(text: str, *tags: str) -> str:
    """Telegram's HTML of a text within tags, the outermost first; empty where there is no text."""
    html = escape(text, quote=False)
    for tag in reversed(tags if text else ()):
        html = f"<{tag}>{html}</{tag}>"
    return html


def plain_text(html: str) -> str:
    """The text that people see of Telegram's HTML."""
    return unescape(_TAG.sub("", html))

"""What messages are made of: texts as Telegram stores them, and inline keyboards with the buttons that the bot has.

Texts are cleaned, trimmed, measured in UTF-16 code units, with entities. HTML is taken strictly: what Telegram silently
ignores or leaves as it stands is an error here. The tags that the bot uses are known; every other one is refused.
"""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Self

from .requests import is_link, misuse, object_of

MAX_TEXT = 4096
MAX_ENTITIES = 100
_TRIMMED = " \n"

_BLANKED = dict.fromkeys((code for code in range(0x20) if code not in (0x0A, 0x0D)), " ")
_CLEANING: dict[int, str | None] = {**_BLANKED, ord("\r"): None, **dict.fromkeys(range(0x2028, 0x202F))}
_MARKED = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])|(?<!\w)@[A-Za-z0-9_]{3,32}\b")
_TYPES = {
    "a": "text_link",
    "b": "bold",
    "blockquote": "blockquote",
    "code": "code",
    "i": "italic",
    "pre": "pre",
    "s": "strikethrough",
    "u": "underline",
}
_TOKEN = re.compile(
    r'<(?P<end>/?)(?P<tag>[a-z]+)(?: href="(?P<url>[^"<>]*)")?>|(?P<reference>&(?:lt|gt|amp|quot|#x27|#39);)|[^<&]+'
)
_ACTIONS = ("callback_data", "switch_inline_query", "switch_inline_query_current_chat", "url")


class Entity(NamedTuple):
    """A marked stretch of a text; offset and length in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if value is not None}


class FormattedText(NamedTuple):
    text: str
    entities: tuple[Entity, ...] = ()

    def trimmed(self) -> Self:
        """The text without the white space around it; entities shrink to what is left and vanish when nothing is."""
        text = self.text.strip(_TRIMMED)
        start = utf16_length(self.text) - utf16_length(self.text.lstrip(_TRIMMED))
        end = start + utf16_length(text)
        kept = []
        for entity in self.entities:
            first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
            if first < last:
                kept.append(entity._replace(offset=first - start, length=last - first))
        return self._replace(text=text, entities=in_order(kept))


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities by their position, enclosing ones before those within."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def cleaned(text: str) -> str:
    """Control characters become spaces; carriage returns, line separators and direction overrides disappear."""
    return text.translate(_CLEANING)


def checked_message(formatted: FormattedText, too_long: str) -> FormattedText:
    """The text as it is stored. Raises a misuse for one that is empty, too long, or too rich."""
    stored = formatted.trimmed()
    if not stored.text.strip():
        raise misuse("text must be non-empty")
    if utf16_length(stored.text) > MAX_TEXT:
        raise misuse(too_long)
    if len(stored.entities) > MAX_ENTITIES:
        raise misuse(f"Telegram drops all but {MAX_ENTITIES} of {len(stored.entities)} entities")
    return stored


def typed_by_person(text: str) -> FormattedText:
    """What arrives when a person types `text`: with the entities that Telegram finds by itself.

    Raises ValueError for a text that no client sends as one message.
    """
    stored = FormattedText(cleaned(text)).trimmed().text
    if not stored or utf16_length(stored) > MAX_TEXT:
        raise ValueError(f"a person cannot send a text of {utf16_length(stored)} UTF-16 units, only 1..{MAX_TEXT}")
    marks = ((utf16_length(stored[: match.start()]), match[0]) for match in _MARKED.finditer(stored))
    kinds = {"/": "bot_command", "@": "mention"}
    return FormattedText(stored, tuple(Entity(kinds[mark[0]], at, utf16_length(mark)) for at, mark in marks))


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


class Button(NamedTuple):
    """A button under a message: what it says, what it does (`callback_data`, `url`, …), and with which value."""

    text: str
    action: str
    value: str

    @property
    def data(self) -> str | None:
        """What a press sends to the bot; None where a press sends nothing."""
        return self.value if self.action == "callback_data" else None


Keyboard = tuple[tuple[Button, ...], ...]


def parse_keyboard(value: Mapping[str, Any] | None) -> Keyboard:
    """The inline keyboard in a request's JSON. Raises a misuse for one that Telegram would reject or cut."""
    if value is None:
        return ()
    rows = object_of(value, "inline keyboard", "inline_keyboard")["inline_keyboard"]
    if not all(isinstance(row, list) for row in rows):
        raise misuse("can't parse keyboard: Field must be of type Array of Array")
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise misuse("reply markup is too long")
    return tuple(tuple(map(_button, row)) for row in rows if row)


def _button(value: Any) -> Button:
    fields = object_of(value, "inline keyboard button", "text")
    if not fields["text"].strip():
        raise misuse('can\'t parse keyboard button: Field "text" must be non-empty')
    actions = [action for action in _ACTIONS if action in fields]
    if not actions:
        raise misuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise misuse(f"can't parse inline keyboard button: more than one action ({', '.join(actions)})")
    button = Button(fields["text"], actions[0], fields[actions[0]])
    if button.data is not None and not 1 <= len(button.data.encode()) <= 64:
        raise misuse("BUTTON_DATA_INVALID")
    if button.action == "url" and (re.search(r"\s", button.value) or not is_link(button.value)):
        raise misuse(f"inline keyboard button URL '{button.value}' is invalid: Wrong HTTP URL")
    return button

"""Telegram's HTML, taken strictly: what Telegram silently ignores or leaves as it stands is an error here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .errors import MisuseError, misuse
from .shapes import split_url
from .texts import Entity, FormattedText, cleaned, in_order, utf16_length

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = {
    "a": "text_link",
    "b": "bold",
    "blockquote": "blockquote",
    "code": "code",
    "del": "strikethrough",
    "em": "italic",
    "i": "italic",
    "ins": "underline",
    "pre": "pre",
    "s": "strikethrough",
    "span": "spoiler",
    "strike": "strikethrough",
    "strong": "bold",
    "tg-emoji": "custom_emoji",
    "tg-spoiler": "spoiler",
    "tg-time": "date_time",
    "u": "underline",
}
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "blockquote": frozenset({"expandable"}),
    "code": frozenset({"class"}),
    "span": frozenset({"class"}),
    "tg-emoji": frozenset({"emoji-id"}),
    "tg-time": frozenset({"unix", "format"}),
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-z]+));")
_SPACES = re.compile(r"\s*")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


ENTITY_TYPES = frozenset(_TYPES.values()) | {"expandable_blockquote"}


def parse_html(source: str) -> FormattedText:
    """The text and the entities of `source`, untrimmed. Raises a misuse worded as Telegram words it."""
    return _Parser(source).run()


@dataclass(slots=True)
class _OpenTag:
    name: str
    begin: int
    offset: int
    fields: dict[str, Any]


@dataclass(slots=True)
class _Parser:
    source: str
    position: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    open_tags: list[_OpenTag] = field(default_factory=list)

    def run(self) -> FormattedText:
        while self.position < len(self.source):
            self._step()
        if self.open_tags:
            raise misuse(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open_tags[-1].name}\""
            )
        return FormattedText("".join(self.pieces), in_order(self.entities))

    def _step(self) -> None:
        if self.source.startswith("</", self.position):
            self._end_tag()
        elif self.source[self.position] == "<":
            self._start_tag()
        else:
            self._emit(self._character())

    def _emit(self, character: str) -> None:
        piece = cleaned(character)
        self.pieces.append(piece)
        self.length += utf16_length(piece)

    def _character(self) -> str:
        if self.source[self.position] == "&":
            return self._reference()
        self.position += 1
        return self.source[self.position - 1]

    def _reference(self) -> str:
        match = _REFERENCE.match(self.source, self.position)
        character = _referenced(match) if match else None
        if match is None or character is None:
            raise self._error("Unescaped ampersand or unsupported entity", self.position)
        self.position = match.end()
        return character

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        name = self._take(_TAG_NAME).lower()
        if self._at_end():
            raise self._error("Unclosed start tag", begin)
        if name not in _TYPES:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        self._check_nesting(name, begin)
        self.open_tags.append(_OpenTag(name, begin, self.length, self._fields(name, attributes, begin)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._at_end():
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            if self.source[self.position] == ">":
                self.position += 1
                return attributes
            name, value = self._attribute(tag, begin)
            attributes[name] = value

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._take(_ATTRIBUTE_NAME).lower()
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        if name not in _ATTRIBUTES.get(tag, ()):
            raise self._error(f'Unsupported attribute "{name}" in the tag "{tag}"', begin)
        self._take(_SPACES)
        if not self.source.startswith("=", self.position):
            return name, ""
        self.position += 1
        self._take(_SPACES)
        if self._at_end():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        return name, self._attribute_value(begin)

    def _attribute_value(self, begin: int) -> str:
        quote = self.source[self.position]
        if quote not in "\"'":
            return self._name_token(begin)
        self.position += 1
        value = []
        while not self._at_end() and self.source[self.position] != quote:
            value.append(self._character())
        if self._at_end():
            raise self._error("Unclosed start tag", begin)
        self.position += 1
        return "".join(value)

    def _name_token(self, begin: int) -> str:
        start = self.position
        value = self._take(_NAME_TOKEN)
        if self._at_end():
            raise self._error("Unclosed start tag", begin)
        if not re.match(r"[\s>]", self.source[self.position]):
            raise self._error("Unexpected end of name token", start)
        return value.lower()

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open_tags:
            raise self._error("Unexpected end tag", begin)
        self.position += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if not self.source.startswith(">", self.position):
            raise self._error("Unclosed end tag", begin)
        self.position += 1
        expected = self.open_tags[-1].name
        if name != expected:
            raise self._error("Unmatched end tag", begin, f', expected "</{expected}>", found "</{name}>"')
        self._close(self.open_tags.pop())

    def _close(self, tag: _OpenTag) -> None:
        length = self.length - tag.offset
        parent = self.open_tags[-1] if self.open_tags else None
        if tag.name == "code" and parent and parent.name == "pre":
            parent.fields.update(tag.fields)
        elif length:
            kind = "expandable_blockquote" if tag.fields.pop("expandable", False) else _TYPES[tag.name]
            self.entities.append(Entity(kind, tag.offset, length, **tag.fields))

    def _check_nesting(self, name: str, begin: int) -> None:
        outer = [tag.name for tag in self.open_tags]
        language_of_pre = name == "code" and outer[-1:] == ["pre"]
        if {"pre", "code"} & set(outer) and not language_of_pre:
            raise self._error(f'Tag "{name}" inside "{outer[-1]}"', begin)
        if name in {"blockquote", "a"} and name in outer:
            raise self._error(f'Tag "{name}" inside "{name}"', begin)

    def _fields(self, tag: str, attributes: Mapping[str, str], begin: int) -> dict[str, Any]:
        try:
            return _entity_fields(tag, attributes)
        except ValueError as error:
            raise self._error(str(error), begin) from None

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.position)
        taken = match[0] if match else ""
        self.position += len(taken)
        return taken

    def _at_end(self) -> bool:
        return self.position >= len(self.source)

    def _error(self, what: str, position: int, details: str = "") -> MisuseError:
        offset = len(self.source[:position].encode())
        return misuse(f"can't parse entities: {what} at byte offset {offset}{details}")


def _referenced(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise misuse(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code <= 0x10FFFF else None


def _entity_fields(tag: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    if tag == "a":
        return {"url": _link(attributes.get("href", ""))}
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise ValueError('Tag "span" must have class "tg-spoiler"')
    if tag == "code" and attributes:
        return {"language": _language(attributes["class"])}
    if tag == "tg-emoji":
        return {"custom_emoji_id": _digits(attributes, "emoji-id")}
    if tag == "tg-time":
        return {"unix_time": int(_digits(attributes, "unix")), "date_time_format": attributes.get("format")}
    return {"expandable": True} if "expandable" in attributes else {}


def _link(address: str) -> str:
    parts = split_url(address)
    if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
        raise ValueError(f'Link "{address}" in the tag "a" is no URL')
    return address


def _language(css_class: str) -> str:
    if not css_class.startswith("language-") or css_class == "language-":
        raise ValueError('Class of the tag "code" must be "language-" and a name')
    return css_class.removeprefix("language-")


def _digits(attributes: Mapping[str, str], name: str) -> str:
    value = attributes.get(name, "")
    if not re.fullmatch(r"[0-9]{1,20}", value):
        raise ValueError(f'Attribute "{name}" must be a number')
    return value

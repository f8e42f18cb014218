"""Values that come as JSON: their types, and the types of the fields of the objects in them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import SplitResult, urlsplit

from .errors import misuse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_EMPTY = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "text": "message text is empty",
}
_TRUE = frozenset({"true", "True", "1"})
_FALSE = frozenset({"false", "False", "0"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameter:
    """Its type: integer, string, boolean, chat (an id or an @username), array, object or file."""

    name: str
    type: str
    required: bool


def parameters(description: str) -> tuple[Parameter, ...]:
    """Of a method: `name:type` each, with `!` behind a required one."""
    pairs = (item.split(":") for item in description.split())
    return tuple(Parameter(name, kind.rstrip("!"), kind.endswith("!")) for name, kind in pairs)


def decode(specification: Collection[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a request in their types. Raises a misuse for a wrong, a missing and an unknown one."""
    unknown = given.keys() - {parameter.name for parameter in specification}
    if unknown:
        raise misuse(f"unknown parameter {', '.join(sorted(unknown))}")
    for parameter in specification:
        if parameter.required and parameter.name not in given:
            raise misuse(_EMPTY.get(parameter.name, f'parameter "{parameter.name}" is required'))
    return {item.name: _typed(item, given[item.name]) for item in specification if item.name in given}


def _typed(parameter: Parameter, value: Any) -> Any:
    decoded = _from_text(parameter, value) if isinstance(value, str) else value
    if not _fits(parameter.type, decoded):
        raise misuse(f'parameter "{parameter.name}" must be of type {parameter.type.capitalize()}')
    return decoded


def _from_text(parameter: Parameter, value: str) -> Any:
    if parameter.type in {"integer", "chat"} and re.fullmatch(r"-?[0-9]{1,19}", value):
        return int(value)
    if parameter.type == "boolean" and value in _TRUE | _FALSE:
        return value in _TRUE
    if parameter.type in {"array", "object"}:
        return parse_json(value, f'can\'t parse parameter "{parameter.name}" as JSON')
    return value


def _fits(kind: str, value: Any) -> bool:
    if kind == "chat":
        return type(value) is int or (isinstance(value, str) and value.startswith("@"))
    types = {"integer": int, "string": str, "boolean": bool, "array": list, "object": dict, "file": Upload}
    return type(value) is types[kind]


def parse_json(source: str, complaint: str) -> Any:
    """Raises a misuse with `complaint` where `source` is no JSON, or has strings that are no Unicode text."""
    try:
        value = json.loads(source, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise misuse(complaint) from None
    check_unicode(value)
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def check_unicode(value: Any) -> None:
    """Raises a misuse for a lone surrogate anywhere in a JSON value."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise misuse("strings must be encoded in UTF-8") from None


def split_url(address: str) -> SplitResult:
    """The parts of an address; none of them where it is no address at all."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def check_object(value: Any, what: str, fields: Mapping[str, type], required: Collection[str] = ()) -> dict[str, Any]:
    """`value` as an object with no other fields than `fields`. Raises a misuse that names `what`."""
    if not isinstance(value, dict):
        raise misuse(f"can't parse {what}: expected an Object")
    for name in required:
        if name not in value:
            raise misuse(f"can't parse {what}: Can't find field \"{name}\"")
    for name, item in value.items():
        if name not in fields:
            raise misuse(f'can\'t parse {what}: unknown field "{name}"')
        if type(item) is not fields[name]:
            raise misuse(f'can\'t parse {what}: Field "{name}" must be of type {_NAMES[fields[name]]}')
    return value


_NAMES: dict[type, str] = {int: "Number", str: "String", bool: "Boolean", list: "Array", dict: "Object"}

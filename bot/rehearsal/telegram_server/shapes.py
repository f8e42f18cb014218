"""Values that come as JSON, and the types of the fields of the objects in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import SplitResult, urlsplit

from .errors import misuse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_NAMES: dict[type, str] = {int: "Number", str: "String", bool: "Boolean", list: "Array", dict: "Object"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes


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


def split_url(address: str) -> SplitResult:
    """The parts of an address; none of them where it is no address at all."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_link(address: str) -> bool:
    parts = split_url(address)
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc)

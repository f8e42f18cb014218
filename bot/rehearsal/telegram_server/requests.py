"""Requests of the Bot API: where they go, what is in them, which methods there are, and what can go wrong with one.

Values that come as JSON are checked for what the objects in them have to have.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

_PATH = re.compile(r"(/file)?/bot(\d+:[\w-]+)/(.+?)/?")
Call = Callable[[Any, dict[str, Any]], Awaitable[Any]]


class ApiError(Exception):
    """A reply with `ok: false`: the HTTP status, Telegram's wording, and `parameters` such as `retry_after`."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class MisuseError(ApiError):
    """A request that no correct bot makes, whatever people and the network do: a violation as well as an error."""


class Refusal(NamedTuple):
    """A request that was not carried out. `parameters`: as far as they could be read."""

    method: str
    parameters: Mapping[str, Any]
    error: ApiError


def bad_request(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def misuse(description: str) -> MisuseError:
    return MisuseError(400, f"Bad Request: {description}")


NOT_FOUND = ApiError(404, "Not Found")


class Upload(NamedTuple):
    """A file in a request."""

    name: str
    content: bytes


def parse_json(source: str, complaint: str) -> Any:
    """The value of JSON. Raises a misuse with `complaint` for what is none, or has strings that are no Unicode text."""
    try:
        value = json.loads(source)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # a lone surrogate is a ValueError, too
        raise misuse(complaint) from None
    return value


def object_of(value: Any, what: str, *required: str) -> dict[str, Any]:
    """`value` as an object with these fields at least; Telegram ignores those that it does not know.

    Raises a misuse that names `what`.
    """
    if not isinstance(value, dict):
        raise misuse(f"can't parse {what}: expected an Object")
    for name in required:
        if name not in value:
            raise misuse(f"can't parse {what}: Can't find field \"{name}\"")
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


def place_of(request: web.Request, token: str) -> tuple[bool, str]:
    """Whether a file is asked for, and its path, or else the method's name. Raises the 404 and the 401."""
    match = _PATH.fullmatch(request.path)
    if match is None:
        raise NOT_FOUND
    if match[2] != token:
        raise ApiError(401, "Unauthorized")
    return match[1] is not None, match[3]


async def read_parameters(request: web.Request) -> dict[str, str | Upload]:
    """The parameters in the query and in the form that is sent. Raises a misuse for a form that is not in UTF-8."""
    try:
        form = await request.post()
    except UnicodeDecodeError:
        raise misuse("strings must be encoded in UTF-8") from None
    parameters: dict[str, str | Upload] = {**request.query}
    for name, part in form.items():
        if isinstance(part, bytes | bytearray):
            raise misuse("a part of the form is neither a text nor a file")
        parameters[name] = part if isinstance(part, str) else Upload(part.filename, part.file.read())
    return parameters


_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "file": (Upload, str),
}


@dataclass(frozen=True, slots=True)
class Method:
    """`types`: of the parameters by their names, each one of `_TYPES`, with `!` behind that of a required one."""

    name: str
    types: Mapping[str, str]
    call: Call

    def decode(self, values: Mapping[str, str | Upload]) -> dict[str, Any]:
        """The values of a request in their types. Raises a misuse for a wrong, a missing and an unknown one."""
        if unknown := values.keys() - self.types.keys():
            raise misuse(f"unknown parameter {', '.join(sorted(unknown))}")
        for name, kind in self.types.items():
            if kind.endswith("!") and name not in values:
                raise misuse(f'parameter "{name}" is required')
        decoded: dict[str, Any] = dict(values)
        for name, value in values.items():
            kind = self.types[name].rstrip("!")
            if isinstance(value, str) and kind not in {"string", "file"}:
                decoded[name] = parse_json(value, f'can\'t parse parameter "{name}" as JSON')
            if type(decoded[name]) not in _TYPES[kind]:
                raise misuse(f'parameter "{name}" must be of type {kind.capitalize()}')
        return decoded


METHODS: dict[str, Method] = {}


def method(name: str, parameters: str = "", methods: dict[str, Method] = METHODS) -> Callable[[Call], Call]:
    """Registers a method in `methods`; `parameters`: `name:type` each, with `!` behind a required one."""

    def register(call: Call) -> Call:
        methods[name.lower()] = Method(name, dict(item.split(":") for item in parameters.split()), call)
        return call

    return register

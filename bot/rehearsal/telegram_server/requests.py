"""HTTP requests: where they go, and the parameters in them.

Values that come as JSON are checked for what the objects in them have to have.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from aiohttp import BodyPartReader, web

from .errors import ApiError, misuse

NOT_FOUND = ApiError(404, "Not Found")
_PATH = re.compile(r"(/file)?/bot(\d+:[\w-]+)/(.+?)/?")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes


def parse_json(source: str, complaint: str) -> Any:
    """Raises a misuse with `complaint` where `source` is no JSON, or has strings that are no Unicode text."""
    try:
        value = json.loads(source, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # a lone surrogate is a ValueError, too
        raise misuse(complaint) from None
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


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


def place_of(request: web.BaseRequest, token: str) -> tuple[bool, str]:
    """Whether a file is asked for, and its path, or else the method's name. Raises the 404 and the 401."""
    match = _PATH.fullmatch(unquote(urlsplit(request.raw_path).path))
    if match is None:
        raise NOT_FOUND
    if match[2] != token:
        raise ApiError(401, "Unauthorized")
    return match[1] is not None, match[3]


async def read_parameters(request: web.BaseRequest) -> dict[str, str | Upload]:
    """From the query and the form that is sent. Raises a misuse for what is not in UTF-8 or no form."""
    try:
        return {**_form(urlsplit(request.raw_path).query.encode()), **await _body(request)}
    except UnicodeDecodeError:
        raise misuse("strings must be encoded in UTF-8") from None


async def _body(request: web.BaseRequest) -> Mapping[str, str | Upload]:
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    body = await request.read()
    if body and request.content_type != "application/x-www-form-urlencoded":
        raise misuse(f"parameters cannot be sent as {request.content_type}")
    return _form(body)


def _form(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode(), keep_blank_values=True, encoding="utf-8", errors="strict"))


async def _multipart(request: web.BaseRequest) -> dict[str, str | Upload]:
    parameters: dict[str, str | Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            raise misuse("a part of the form has no name")
        content = bytes(await part.read())
        parameters[part.name] = Upload(part.filename, content) if part.filename else content.decode()
    return parameters

"""HTTP requests: where they go, and the parameters in them.

Values that come as JSON are checked for what the objects in them have to have.
"""

import json
import re
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from .errors import ApiError, misuse

NOT_FOUND = ApiError(404, "Not Found")
_PATH = re.compile(r"(/file)?/bot(\d+:[\w-]+)/(.+?)/?")


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

"""HTTP requests: where they go, and the parameters in them, whichever way they are sent."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp import BodyPartReader, web

from .errors import ApiError, misuse
from .shapes import Upload, check_unicode, parse_json

NOT_FOUND = ApiError(404, "Not Found")
_PATH = re.compile(r"/bot(\d+:[\w-]+)/(\w+)/?")


def method_name(request: web.BaseRequest, token: str) -> str:
    """In lower case, as names are found in any case. Raises the 404 for no method's path, the 401 for a wrong token."""
    match = _PATH.fullmatch(unquote(urlsplit(request.raw_path).path))
    if match is None:
        raise NOT_FOUND
    if match[1] != token:
        raise ApiError(401, "Unauthorized")
    return match[2].lower()


async def read_parameters(request: web.BaseRequest) -> dict[str, Any]:
    """From the query and the body; of a form all are strings. Raises a misuse for what is not in UTF-8 or no form."""
    try:
        parameters = {**_form(urlsplit(request.raw_path).query.encode()), **await _body(request)}
    except UnicodeDecodeError:
        raise misuse("strings must be encoded in UTF-8") from None
    check_unicode({name: value for name, value in parameters.items() if not isinstance(value, Upload)})
    return parameters


async def _body(request: web.BaseRequest) -> dict[str, Any]:
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    body = await request.read()
    if not body:
        return {}
    if request.content_type == "application/json":
        return _json(body)
    if request.content_type == "application/x-www-form-urlencoded":
        return _form(body)
    raise misuse(f"parameters cannot be sent as {request.content_type}")


def _json(body: bytes) -> dict[str, Any]:
    value = parse_json(body.decode(), "can't parse JSON object")
    if not isinstance(value, dict):
        raise misuse("expected JSON object")
    return value


def _form(body: bytes) -> dict[str, Any]:
    return dict(parse_qsl(body.decode(), keep_blank_values=True, encoding="utf-8", errors="strict"))


async def _multipart(request: web.BaseRequest) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name:
                raise misuse("a part of the form has no name")
            content = bytes(await part.read())
            parameters[part.name] = Upload(part.filename, content) if part.filename else content.decode()
    except (UnicodeDecodeError, ApiError):
        raise
    except ValueError as error:
        raise misuse(f"can't parse multipart form: {error}") from None
    return parameters

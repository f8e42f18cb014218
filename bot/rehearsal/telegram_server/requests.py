"""HTTP requests: where they go, the parameters in them, whichever way they are sent, and connections that break."""

from __future__ import annotations

import re
import socket
import struct
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp import BodyPartReader, web

from .errors import ApiError, misuse
from .shapes import Upload, check_unicode, parse_json

NOT_FOUND = ApiError(404, "Not Found")
_PATH = re.compile(r"(/file)?/bot(\d+:[\w-]+)/(.+?)/?")


def place_of(request: web.BaseRequest, token: str) -> tuple[bool, str]:
    """Whether a file is asked for, and its path, or else the method's name. Raises the 404 and the 401."""
    match = _PATH.fullmatch(unquote(urlsplit(request.raw_path).path))
    if match is None:
        raise NOT_FOUND
    if match[2] != token:
        raise ApiError(401, "Unauthorized")
    return match[1] is not None, match[3]


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
    if request.content_type == "application/x-www-form-urlencoded":
        return _form(body)
    if request.content_type != "application/json":
        raise misuse(f"parameters cannot be sent as {request.content_type}")
    value = parse_json(body.decode(), "can't parse JSON object")
    if not isinstance(value, dict):
        raise misuse("expected JSON object")
    return value


def _form(body: bytes) -> dict[str, Any]:
    return dict(parse_qsl(body.decode(), keep_blank_values=True, encoding="utf-8", errors="strict"))


async def _multipart(request: web.BaseRequest) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            raise misuse("a part of the form has no name")
        content = bytes(await part.read())
        parameters[part.name] = Upload(part.filename, content) if part.filename else content.decode()
    return parameters


def reset_connection(request: web.BaseRequest) -> web.Response:
    """Closes the connection with a reset instead of an orderly end; returns what a handler has to return."""
    if request.transport is not None:
        linger = struct.pack("ii", 1, 0)
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        request.transport.abort()
    return web.Response()

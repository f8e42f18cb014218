"""Files that people send, and how a bot fetches them: getFile tells the path, and the path is fetched over HTTP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from aiohttp import web

from .errors import ApiError, bad_request
from .registry import method
from .requests import NOT_FOUND

if TYPE_CHECKING:
    from .backend import Backend

MAX_DOWNLOAD = 20 * 1024 * 1024
_PATH = re.compile(r"/file/bot(\d+:[\w-]+)/(.+)")


def store(backend: Backend, content: bytes) -> dict[str, Any]:
    """Keeps a file that somebody sends; returns what messages say of it."""
    number = len(backend.files) + 1
    file_id = f"FILE-{number}"
    backend.files[file_id] = content
    return {"file_id": file_id, "file_unique_id": f"UNIQUE-{number}", "file_size": len(content)}


def is_file_path(request: web.BaseRequest) -> bool:
    return _PATH.fullmatch(unquote(urlsplit(request.raw_path).path)) is not None


def download(backend: Backend, request: web.BaseRequest, token: str) -> web.Response:
    """The content of a file. Raises the 401 for a wrong token, and the 404 for a file that is not there any more."""
    match = _PATH.fullmatch(unquote(urlsplit(request.raw_path).path))
    if match is None:
        raise NOT_FOUND
    if match[1] != token:
        raise ApiError(401, "Unauthorized")
    file_id = match[2].removeprefix("documents/")
    if request.method != "GET" or file_id not in backend.files:
        raise NOT_FOUND
    backend.fetched.append(match[2])
    return web.Response(body=backend.files[file_id], content_type="application/octet-stream")


@method("getFile", "file_id:string!")
async def get_file(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    content = backend.files.get(given["file_id"])
    if content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    path = f"documents/{given['file_id']}"
    return {"file_id": given["file_id"], "file_unique_id": "UNIQUE", "file_size": len(content), "file_path": path}

"""Files that people send, and how a bot fetches them: getFile tells the path, and the path is fetched over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from .errors import bad_request
from .methods import method
from .requests import NOT_FOUND

if TYPE_CHECKING:
    from .backend import Backend

MAX_DOWNLOAD = 20 * 1024 * 1024
_FOLDER = "documents/"


def store(backend: Backend, content: bytes) -> dict[str, Any]:
    """Keeps a file that somebody sends; returns what messages say of it."""
    number = len(backend.files) + 1
    backend.files[f"FILE-{number}"] = content
    return {"file_id": f"FILE-{number}", "file_unique_id": f"UNIQUE-{number}", "file_size": len(content)}


def download(backend: Backend, path: str) -> web.Response:
    """The content of a file. Raises the 404 for one that is not there any more."""
    content = backend.files.get(path.removeprefix(_FOLDER))
    if content is None:
        raise NOT_FOUND
    backend.fetched.append(path)
    return web.Response(body=content, content_type="application/octet-stream")


@method("getFile", "file_id:string!")
async def get_file(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    file_id = given["file_id"]
    content = backend.files.get(file_id)
    if content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    details = {"file_unique_id": "UNIQUE", "file_size": len(content), "file_path": f"{_FOLDER}{file_id}"}
    return {"file_id": file_id, **details}

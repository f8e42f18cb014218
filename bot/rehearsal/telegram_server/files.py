"""Files that people send, and how a bot fetches them: getFile tells the path, and the path is fetched over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from .errors import bad_request, misuse
from .methods import method
from .requests import NOT_FOUND
from .shapes import Upload

if TYPE_CHECKING:
    from .backend import Backend

MAX_DOWNLOAD = 20 * 1024 * 1024
_FOLDER = "documents/"


def store(backend: Backend, content: bytes) -> dict[str, Any]:
    """Keeps a file that somebody sends; returns what messages say of it."""
    file_id = f"FILE-{len(backend.files) + 1}"
    backend.files[file_id] = content
    return _known(backend, file_id)


def sent(backend: Backend, file: Upload | str) -> dict[str, Any]:
    """What messages say of a file that the bot sends: a new one, or one that is there by its id."""
    if isinstance(file, Upload):
        if not file.content:
            raise misuse("file must be non-empty")
        return store(backend, file.content)
    if file not in backend.files:
        raise misuse("wrong file identifier/HTTP URL specified")
    return _known(backend, file)


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
    return {**_known(backend, file_id), "file_path": f"{_FOLDER}{file_id}"}


def _known(backend: Backend, file_id: str) -> dict[str, Any]:
    number = file_id.removeprefix("FILE-")
    return {"file_id": file_id, "file_unique_id": f"UNIQUE-{number}", "file_size": len(backend.files[file_id])}

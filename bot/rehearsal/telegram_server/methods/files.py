"""Files that people send, and how a bot fetches them: getFile tells the path, and the path is fetched over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.rehearsal.telegram_server.errors import bad_request, misuse
from bot.rehearsal.telegram_server.requests import NOT_FOUND
from bot.rehearsal.telegram_server.shapes import Upload

from .registry import method

if TYPE_CHECKING:
    from bot.rehearsal.telegram_server.backend import Backend

MAX_DOWNLOAD = 20 * 1024 * 1024
_FOLDER = "documents/"


def sent(backend: Backend, file: Upload | str) -> dict[str, Any]:
    """What messages say of a file that the bot sends: a new one, or one that is there by its id."""
    if isinstance(file, Upload):
        if not file.content:
            raise misuse("file must be non-empty")
        return backend.store(file.content)
    if file not in backend.files:
        raise misuse("wrong file identifier/HTTP URL specified")
    return backend.known(file)


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
    return {**backend.known(file_id), "file_path": f"{_FOLDER}{file_id}"}

"""Files on their way to Telegram."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Final

from aiohttp import FormData
from aiohttp.payload import Payload

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from telegram.request import RequestData

# Enough for aiohttp to wait, behind each, until the network has taken what came before.
_PIECE: Final = 128 * 1024


class Upload(Payload):
    """A body sent by pieces, each of which the network must take within `patience` seconds (None: no limit)."""

    _value: bytes

    def __init__(self, body: bytes, content_type: str, patience: float | None) -> None:
        super().__init__(body, content_type=content_type)
        self._size = len(body)
        self._patience = patience

    async def write(self, writer: AbstractStreamWriter) -> None:
        """As in the base class. Raises TimeoutError."""
        for start in range(0, len(self._value), _PIECE):
            async with asyncio.timeout(self._patience):
                await writer.write(self._value[start : start + _PIECE])

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """As in the base class."""
        return self._value.decode(encoding, errors)


async def multipart(data: RequestData, patience: float | None) -> Upload:
    """The parameters and the files of `data`; names stay as they are, in UTF-8, as Telegram shows them."""
    form = FormData(data.json_parameters, quote_fields=False, default_to_multipart=True)
    for name, (filename, content, kind) in data.multipart_data.items():
        # As a file, because aiohttp warns of large bytes.
        file = io.BytesIO(content if isinstance(content, bytes) else content.read())
        form.add_field(name, file, filename=filename, content_type=kind)
    parts = form()
    return Upload(await parts.as_bytes(), parts.content_type, patience)

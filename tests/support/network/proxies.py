"""Servers on loopback for the tests of the transport: one that replies as it is told, and a SOCKS5 proxy."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

HOST = "127.0.0.1"
REPLY = b'{"ok":true,"result":true}'
Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def replying(handler: Handler) -> AsyncIterator[int]:
    """An HTTP server, of which this is the port."""
    runner = web.ServerRunner(web.Server(handler, handler_cancellation=True), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


class Socks:
    """A SOCKS5 proxy that asks for a name and a password, and is at the same time whatever is behind it.

    `asked`: the hosts that it was asked to connect to. `logins`: names and passwords. `requests`: the first lines.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.logins: list[tuple[str, str]] = []
        self.requests: list[str] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator[int]:
        """Yields the port."""
        server = await asyncio.start_server(self._serve, HOST, 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x02")
        await reader.readexactly(1)
        self.logins.append((await _text(reader), await _text(reader)))
        writer.write(b"\x01\x00")
        await reader.readexactly(4)
        self.asked.append((await _text(reader), int.from_bytes(await reader.readexactly(2))))
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        head = await reader.readuntil(b"\r\n\r\n")
        self.requests.append(head.partition(b"\r\n")[0].decode())
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(REPLY) + REPLY)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def _text(reader: asyncio.StreamReader) -> str:
    (length,) = await reader.readexactly(1)
    return (await reader.readexactly(length)).decode()

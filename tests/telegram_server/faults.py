"""What a test makes go wrong between the bot and Telegram."""

from __future__ import annotations

import socket
import struct
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

_WRITING = ("send", "copy", "forward")


@dataclass(frozen=True, slots=True)
class Fail:
    """The method is not carried out; this error is the reply."""

    status: int
    description: str
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Garbage:
    """The method is not carried out; the reply is no JSON, as from a proxy on the way."""

    status: int = 200


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection is reset, before the method is carried out or after it."""

    after_effect: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """The method is carried out at once; the reply comes late."""

    seconds: float


Fault = Fail | Garbage | Drop | Delay


class Faults:
    """The faults to come, by method; each hits one request, in the order they were added."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self._flooded_until = 0.0

    def add(self, method: str, fault: Fault, times: int = 1) -> None:
        self._waiting[method].extend([fault] * times)

    def flood(self, until: float) -> None:
        """Until that time (monotonic), every method that writes is told to wait."""
        self._flooded_until = until

    def take(self, method: str) -> Fault | None:
        left = self._flooded_until - time.monotonic()
        if left > 0 and method.startswith(_WRITING):
            seconds = ceil(left)
            return Fail(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        waiting = self._waiting[method]
        return waiting.popleft() if waiting else None


def reset_connection(request: web.BaseRequest) -> web.Response:
    """Closes the connection with a reset instead of an orderly end; returns what a handler has to return."""
    if request.transport is not None:
        linger = struct.pack("ii", 1, 0)
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        request.transport.abort()
    return web.Response()

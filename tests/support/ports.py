"""Ports for those who are told where to listen before they do."""

from __future__ import annotations

import socket
import sys

_KEPT: list[socket.socket] = []


def free_port() -> int:
    """A port on which nothing listens, and which nobody else is given before these tests end."""
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port = int(probe.getsockname()[1])
    if sys.platform == "linux":  # where others can listen on a port that is bound so
        _KEPT.append(probe)
    else:
        probe.close()
    return port

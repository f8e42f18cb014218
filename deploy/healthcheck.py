"""Exit code 0 where the bot in this container serves, else 1; prints what it says of itself."""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

SECONDS = 5.0
ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 (compared with, not listened on)


def main() -> int:
    """Asks `/readyz` at `HTTP_LISTEN`."""
    place = urlsplit(f"//{os.environ.get('HTTP_LISTEN', '')}")
    if place.port is None:
        sys.stdout.write("HTTP_LISTEN is empty: write host:port, or nobody can tell whether the bot serves\n")
        return 1
    host = "localhost" if place.hostname in ANY_HOST else place.hostname
    connection = HTTPConnection(host or "", place.port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        sys.stdout.write(f"{response.status} {response.read().decode(errors='replace')}\n")
    except (OSError, HTTPException) as error:
        sys.stdout.write(f"nothing answers at {host}:{place.port} ({error})\n")
        return 1
    finally:
        connection.close()
    return int(response.status != 200)


if __name__ == "__main__":
    sys.exit(main())

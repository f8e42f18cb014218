"""HTTP for python-telegram-bot, on aiohttp: a call takes a fraction of the CPU time that it takes on httpx."""

import io
import json
import os
import ssl
from functools import cache
from typing import Any
from urllib.request import getproxies_environment

import aiohttp
import certifi
from aiohttp import FormData
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.metrics import Metrics

NOT_TELEGRAMS = "the reply is not Telegram's"
# Seconds: for each piece of a reply; until a new connection is there; and until there is any, a new one or not.
_READING = 10.0
_CONNECTING = 10.0
_WAITING = 30.0
# For all of a request that sends files, 5 MB at most and so 85 KB a second; what is smaller fits the socket's buffer.
_UPLOADING = 60.0


class Connection(BaseRequest):
    """At most `size` requests at a time, over connections that are kept.

    `proxy`: an http, https or socks5 address, with name and password where it asks for them; without one, the proxies
    of the environment are used. No exception has an address in it, as the token stands in the addresses.
    """

    def __init__(self, size: int, proxy: str | None = None, metrics: Metrics | None = None) -> None:
        """`metrics`: count the calls."""
        self._size = size
        self._metrics = metrics
        self._proxy = URL(proxy) if proxy else None
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return _READING

    async def initialize(self) -> None:
        if self._session is None:
            self._session = _session(self._size, self._proxy)

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 (the base class's)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Makes a request. Raises TimedOut and NetworkError, and RuntimeError before `initialize`."""
        if self._session is None:
            raise RuntimeError("this connection is not initialized")
        has_files = request_data is not None and request_data.contains_files
        connect = _seconds(connect_timeout, _CONNECTING)
        read = _seconds(read_timeout, _READING)
        # aiohttp knows no limit for writing alone.
        whole = _seconds(write_timeout, _UPLOADING) if has_files else None
        pool = _seconds(pool_timeout, _WAITING)
        result = "network"
        patience = aiohttp.ClientTimeout(whole, connect=pool, sock_connect=connect, sock_read=read)
        try:
            body = _body(request_data)
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if isinstance(body, bytes) else None
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=patience, allow_redirects=False
            ) as response:
                self.received(response)
                payload = await response.read()
                result = "ok" if response.status < 300 else str(response.status)
                return response.status, payload
        except (TimeoutError, ProxyTimeoutError):
            raise TimedOut from None
        # Without its cause, whose text may have the address in it.
        except (aiohttp.ClientError, ProxyConnectionError, ProxyError, OSError, ValueError) as error:
            raise NetworkError(_reason(error)) from None
        finally:
            if self._metrics:
                # The address has the token in it; the last part of its path is the name of the method, or of a file.
                name = "file" if "/file/bot" in url else url.partition("?")[0].rpartition("/")[2]
                self._metrics.calls.labels(name, result).inc()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Reads a reply; what is none of Telegram's, such as a proxy's page, is a plain NetworkError."""
        try:
            reply = json.loads(payload)
        except ValueError:
            reply = None
        if not isinstance(reply, dict) or not ("result" in reply or reply.get("ok") is False):
            raise NetworkError(NOT_TELEGRAMS)
        return reply

    def received(self, response: aiohttp.ClientResponse) -> None:
        """Hook for subclasses that look at more of a response than its status and its body."""


def _session(size: int, proxy: URL | None) -> aiohttp.ClientSession:
    socks = None
    if proxy and proxy.scheme in ("socks5", "socks5h"):
        # Names are resolved by the proxy: where Telegram is blocked, they often resolve to nothing else.
        address = proxy.with_scheme("socks5").with_port(proxy.port or 1080)
        socks = ProxyConnector.from_url(str(address), rdns=True, limit=size, ssl=_trusted())
    return aiohttp.ClientSession(
        connector=socks or aiohttp.TCPConnector(limit=size, ssl=_trusted()),
        proxy=_with_login(proxy) if proxy and not socks else None,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": BaseRequest.USER_AGENT},
        # Looking for proxies at each request takes a while, so only where there are any.
        trust_env=proxy is None and bool(getproxies_environment()),
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The system's certificates, or those that SSL_CERT_FILE names, and the well-known ones, where a system has none.

    Read once, since reading them takes longer than anything else that a connection needs.
    """
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    return trusted


def _with_login(proxy: URL) -> URL:
    """aiohttp sends name and password in Latin-1; the others send them in UTF-8."""
    user, password = proxy.user, proxy.password
    if user is not None:
        proxy = proxy.with_user(user.encode().decode("latin-1"))
    return proxy if password is None else proxy.with_password(password.encode().decode("latin-1"))


def _body(data: RequestData | None) -> bytes | FormData | None:
    """The parameters and the files of `data`; names stay as they are, in UTF-8, as Telegram shows them."""
    if data is None or not (data.parameters or data.contains_files):
        return None
    if not data.contains_files:
        # What python-telegram-bot has for this takes six times as long.
        return URL.build(query=data.json_parameters).raw_query_string.encode()
    form = FormData(data.json_parameters, quote_fields=False, default_to_multipart=True)
    for name, (filename, content, kind) in data.multipart_data.items():
        # As a file, because aiohttp warns of large bytes.
        file = io.BytesIO(content if isinstance(content, bytes) else content.read())
        form.add_field(name, file, filename=filename, content_type=kind)
    return form


def _seconds(value: object, default: float | None) -> float | None:
    """The timeout that is given, or `default` for python-telegram-bot's own sign that none is."""
    return value if value is None or isinstance(value, (int, float)) else default


def _reason(error: Exception) -> str:
    """The kind of the error, and what it says where no address can be in that."""
    name = type(error).__name__
    match error:
        case aiohttp.ClientHttpProxyError():
            return f"{name}: {error.status} {error.message}"
        case aiohttp.ClientConnectorError() | ProxyError() | ProxyConnectionError():
            return f"{name}: {error}"
        case OSError(errno=int(number)):
            return f"{name}: {os.strerror(number)}"
        case _:
            return name

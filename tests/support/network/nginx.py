"""nginx with deploy/nginx.conf, on ports of the test's own and without a certificate."""

import asyncio
import os
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.repository import ROOT

# Debian has it where only root's path looks. None where it is not installed.
PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
_CONF = ROOT / "deploy" / "nginx.conf"
_WHOLE = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr notice;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {conf}
}}
"""


@asynccontextmanager
async def nginx(folder: Path, port: int, behind: Sequence[int]) -> AsyncIterator[None]:
    """Listens on `port` within the block, for the bots on the three ports `behind`."""
    conf = folder / "nginx.conf"
    conf.write_text(_WHOLE.format(folder=folder, conf=_templated(port, behind)), encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *(PROGRAM, "-e", "stderr", "-p", str(folder), "-c", str(conf)), stdout=DEVNULL, stderr=PIPE
    )
    lines = []
    while line := await process.stderr.readline():
        lines.append(line)
        if b"start worker process " in line:
            break
    else:
        raise AssertionError(f"nginx did not start: {lines}")
    draining = asyncio.create_task(process.stderr.read())
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
        await draining


def _templated(port: int, behind: Sequence[int]) -> str:
    text = _CONF.read_text(encoding="utf-8")
    text, listens = re.subn(r"listen 443 ssl;", f"listen 127.0.0.1:{port};", text)
    text, certificates = re.subn(r"ssl_certificate.*;", "", text)
    assert (listens, certificates) == (1, 2)
    ports = iter(behind)
    text, servers = re.subn(r"127\.0\.0\.1:808\d", lambda _: f"127.0.0.1:{next(ports)}", text.partition("upstream")[2])
    assert servers == len(behind)
    return f"upstream{text}"

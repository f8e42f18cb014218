import json
import logging
import warnings

import pytest
import structlog

from bot.serving.logs import configure_logging
from bot.settings import Settings

SECRET = "a-secret-of-the-tests-own-making-xy"
TOKEN = f"123456:{SECRET}"
PASSWORD = "hidden-pass"


@pytest.fixture(autouse=True)
def _as_before():
    root, telegram = logging.getLogger(), logging.getLogger("telegram")
    before = root.handlers[:], root.level, telegram.level
    yield
    root.handlers[:], level, old = before
    root.setLevel(level)
    telegram.setLevel(old)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def configure(log_format: str = "text", log_level: str = "DEBUG") -> None:
    configure_logging(
        Settings(
            telegram_bot_token=TOKEN,
            telegram_proxy=f"http://me:{PASSWORD}@127.0.0.1:1",
            log_format=log_format,
            log_level=log_level,
        )
    )


def fail() -> None:
    raise LookupError(f"failed at {TOKEN}")


def log_secrets() -> None:
    log, plain = structlog.get_logger("bot.x"), logging.getLogger("elsewhere")
    log.info(f"fetching /bot{TOKEN}/getMe", address=f"/bot123456%3A{SECRET}/getMe", proxy=PASSWORD)
    plain.warning("arguments %s %s", TOKEN, {"token": TOKEN})
    try:
        fail()
    except LookupError:
        log.exception("by structlog")
        plain.exception("by logging")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"careful with {TOKEN}", stacklevel=1)


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_is_logged_wherever_it_appears(capsys, log_format) -> None:
    configure(log_format)
    log_secrets()
    out, err = capsys.readouterr()
    assert out == ""
    assert SECRET not in err
    assert PASSWORD not in err
    assert err.count("[secret]") >= 8
    assert err.count("LookupError: failed at [secret]") == 2
    assert "careful with [secret]" in err


def test_json_is_one_object_a_line(capsys) -> None:
    configure("json")
    log_secrets()
    structlog.get_logger("bot.x").warning("两行\n", 键="值")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[-1] | {"timestamp": ""} == {
        "message": "两行\n",
        "键": "值",
        "level": "warning",
        "logger": "bot.x",
        "timestamp": "",
    }


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("obeyed", "\x7f\x85\x9b\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ud800")
def test_what_a_terminal_would_obey_is_escaped(capsys, log_format, obeyed) -> None:
    configure(log_format)
    structlog.get_logger("bot.x").warning("x", what=f"济南{obeyed}1")
    err = capsys.readouterr().err
    assert f"济南\\u{ord(obeyed):04x}1" in err
    if log_format == "json":
        assert json.loads(err)["what"] == f"济南{obeyed}1"


@pytest.mark.parametrize(("level", "shown"), [("DEBUG", "abc"), ("INFO", "bc"), ("WARNING", "c"), ("ERROR", "")])
def test_levels(capsys, level, shown) -> None:
    configure(log_level=level)
    log = structlog.get_logger("bot.x")
    log.debug("<a>")
    log.info("<b>")
    log.warning("<c>")
    err = capsys.readouterr().err
    assert [name for name in "abc" if f"<{name}>" in err] == list(shown)

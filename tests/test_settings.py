import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UsageError
from bot.settings import Settings, load_settings, passwords_in, redactor, secrets_of, webhook_secret

SECRET = "a-secret-of-the-tests-own-making-xy"
TOKEN = f"123456:{SECRET}"
pytestmark = pytest.mark.usefixtures("empty_folder")


def complaint() -> str:
    with pytest.raises(UsageError) as caught:
        load_settings()
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_the_environment_wins_over_the_file(empty_folder, monkeypatch) -> None:
    (empty_folder / ".env").write_text(
        "\ufeff# ours\nLOG_LEVEL=error\nexport KNOWLEDGE_DIR='a b'\nTELEGRAM_PROXY=\n", "utf-8"
    )
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("LOG_FORMAT", "")
    settings = load_settings()
    assert (settings.log_level, settings.log_format) == ("DEBUG", "text")
    assert settings.knowledge_dir == Path("a b")
    assert settings.telegram_proxy is None


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("ADMIN_IDS", " 12, 7,,12 ", (12, 7)),
        ("REPLY_RATE", "0", 0),
        ("TIMEZONE", " Europe/Berlin ", ZoneInfo("Europe/Berlin")),
        ("SCHEDULE_GRACE", "90m", timedelta(minutes=90)),
        ("SCHEDULE_GRACE", " 2H ", timedelta(hours=2)),
        ("SCHEDULE_GRACE", "168h", timedelta(days=7)),
        ("HTTP_LISTEN", "127.0.0.1:8080", "127.0.0.1:8080"),
        ("HTTP_LISTEN", "[::1]:9090", "[::1]:9090"),
        ("HTTP_LISTEN", "bot.local:1", "bot.local:1"),
        ("TELEGRAM_API_URL", "HTTP://127.0.0.1:8081/bots/", "HTTP://127.0.0.1:8081/bots"),
        ("TELEGRAM_SOMETHING", "x", None),  # not ours
    ],
)
def test_a_value_as_people_write_it(monkeypatch, name, text, value) -> None:
    monkeypatch.setenv(name, text)
    assert getattr(load_settings(), name.lower(), None) == value


@pytest.mark.parametrize("where", ["environment", "file"])
def test_nothing_to_listen_on(empty_folder, monkeypatch, where) -> None:
    (empty_folder / ".env").write_text("HTTP_LISTEN=\n" if where == "file" else "HTTP_LISTEN=127.0.0.1:1\n")
    if where == "environment":
        monkeypatch.setenv("HTTP_LISTEN", "")
    assert load_settings().http_listen == ""
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram/")
    assert complaint() == "HTTP_LISTEN: WEBHOOK_URL needs it; write host:port, such as 127.0.0.1:8080"
    monkeypatch.setenv("HTTP_LISTEN", "127.0.0.1:8080")
    assert load_settings().webhook_url == "https://bot.example.org/telegram"


@pytest.mark.parametrize("text", [TOKEN, f" {TOKEN}\n", "1:a"])
def test_the_token_and_its_file(empty_folder, monkeypatch, text) -> None:
    (empty_folder / "token").write_text(text)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    from_file = load_settings().telegram_bot_token
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN_FILE")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", text)
    assert from_file == load_settings().telegram_bot_token
    assert from_file.get_secret_value() == text.strip()
    assert SECRET not in repr(load_settings())
    assert "shushuo.db" not in repr(load_settings())


# What a setting may not be, by what is said of it.
MALFORMED = {
    "TELEGRAM_BOT_TOKEN: .*@BotFather": [SECRET, f"12345 {TOKEN}", f"'{TOKEN}'", "１２３:secret-of-full-width-digits"],
    "TELEGRAM_API_URL: .*https://": [f"ftp://{SECRET}", f"https://{SECRET}:99999", "https://"],
    "TELEGRAM_PROXY: .*socks5://": [f"me:{SECRET}@127.0.0.1:3128", f"http://me:{SECRET}@a b"],
    "SOURCE_URL: .*https://": [f"ssh://{SECRET}", f"http://localhost/{SECRET}"],
    "ADMIN_IDS: .*user ids": [f"1,{SECRET}", "-1001", "[1]"],
    "WEBHOOK_URL: .*https://.*not /healthz": [
        f"bot.example.org/{SECRET}",
        "https://bot.example.org/metrics",
        f"https://bot.example.org/?{SECRET}",
    ],
    "WEBHOOK_SECRET: .*1 to 256 letters, digits": [f"{SECRET} {SECRET}", "x" * 257],
    "HTTP_LISTEN: .*host:port": ["8080", ":8080", "localhost:0", "localhost:99999", "localhost:80/x"],
    "REPLY_RATE: .*whole number": ["-1", "1.5"],
    "QUESTION_LOG_DAYS: .*whole number of days": ["3651"],
    "TIMEZONE: .*Asia/Shanghai or Europe/Berlin": ["Asia/Jinan", "Europe", "../etc/passwd", "+08:00"],
    "SCHEDULE_GRACE: .*90m or 1h, from 1m to 168h": ["3600", "PT1H", "0m", "169h"],
    "LOG_LEVEL: .*DEBUG, INFO, WARNING, ERROR": ["LOUD"],
    "LOG_FORMAT: .*text or json": ["xml"],
}


@pytest.mark.parametrize("said", MALFORMED)
def test_a_malformed_value_is_named_and_never_shown(monkeypatch, said) -> None:
    for value in MALFORMED[said]:
        monkeypatch.setenv(said.partition(":")[0], value)
        text = complaint()
        assert re.match(said, text), value
        assert SECRET not in text
        assert "secret-of" not in text


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("BROADCAST=1", ".env line 2: BROADCAST is not a setting"),
        ("BROADCAST=", ".env line 2: BROADCAST is not a setting"),
        ("TELEGRAM_BOT_TOKEN", ".env line 2: is no setting"),
        (TOKEN, ".env line 2: is no setting"),
        ("some words", ".env line 2: is no setting"),
    ],
)
def test_a_line_of_the_file_that_is_no_setting(empty_folder, line, place) -> None:
    (empty_folder / ".env").write_text(f"LOG_LEVEL=INFO\n{line}\n")
    text = complaint()
    assert text.startswith(place)
    assert SECRET not in text


def test_a_file_that_cannot_be_read(empty_folder) -> None:
    (empty_folder / ".env").write_bytes(b"\xff\xfeL\x00")
    assert complaint().startswith(".env: cannot be read (not UTF-8 text)")
    (empty_folder / ".env").unlink()
    (empty_folder / ".env").mkdir()
    assert complaint().startswith(".env: cannot be read (Is a directory)")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"\xff" + SECRET.encode(), "not UTF-8 text"),
        (SECRET.encode(), "does not hold a bot token"),
        (b"", "does not hold a bot token"),
    ],
)
def test_a_token_file_that_is_no_good(empty_folder, monkeypatch, content, reason) -> None:
    if content is not None:
        (empty_folder / "token").write_bytes(content)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    text = complaint()
    assert text.startswith("TELEGRAM_BOT_TOKEN_FILE: 'token' ")
    assert reason in text
    assert SECRET not in text


def test_two_tokens_are_one_too_many(empty_folder, monkeypatch) -> None:
    (empty_folder / "token").write_text(TOKEN)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert "remove one of the two" in complaint()


def test_the_example_can_be_used_as_it_is(empty_folder) -> None:
    example = (Path(__file__).parent.parent / ".env.example").read_text(encoding="utf-8")
    (empty_folder / ".env").write_text(example, encoding="utf-8")
    assert load_settings().telegram_bot_token is None


# ---- what nobody may read


def test_what_is_secret() -> None:
    settings = Settings(
        telegram_bot_token=TOKEN,
        telegram_proxy="http://me:hidden-pass@127.0.0.1:1",
        database_url="postgresql://me:p%40ss-word@127.0.0.1/shushuo",
        webhook_url="https://bot.example.org/x",
        webhook_secret="webhook-secret",
    )
    assert secrets_of(settings) == {
        TOKEN,
        TOKEN.partition(":")[2],
        "hidden-pass",
        "p%40ss-word",
        "p@ss-word",
        "webhook-secret",
    }


@pytest.mark.parametrize(
    ("address", "passwords"),
    [
        ("postgresql://u:plain@h/db", {"plain"}),
        ("postgresql://u:a%2Fb+c@h/db", {"a%2Fb+c", "a/b+c", "a/b c"}),
        ("postgresql://u:hash#in-it@h/db", {"hash#in-it"}),
        ("postgresql://u:slash/in-it@h/db", {"slash/in-it"}),
        ("postgresql://u:at@in-it@h/db", {"at@in-it", "at"}),
        ("postgresql://u:bracket[in-it@h/db", {"bracket[in-it"}),
        ("postgresql://h/db?user=u&password=p%40q", {"p%40q", "p@q"}),
        ("postgresql://h/db?password=hash#in-it&user=u", {"hash#in-it"}),
        ("postgresql://u:one@h/db?sslmode=require&sslpassword=two+three", {"one", "two+three", "two three"}),
        ("postgresql://h/db?oauth_client_secret=x1&PASSWORD=x2", {"x1", "x2"}),
        ("postgresql://u@h:5432/db?passfile=here&password=", set()),
        ("sqlite:///data/shushuo.db", set()),
        ("", set()),
    ],
)
def test_passwords_in_an_address(address, passwords) -> None:
    assert passwords_in(address) == passwords


@pytest.mark.parametrize("setting", ["telegram_api_url", "webhook_url"])
def test_the_user_part_of_an_address_is_secret(setting) -> None:
    address = "https://gate-key:p%40ss-word@h.example.org/x"
    redact = redactor(secrets_of(Settings(**{setting: address})))
    assert redact(f"Set Bot API URL: {address}") == "Set Bot API URL: https://[secret]h.example.org/x"
    assert redact("p@ss-word") == "[secret]"
    assert redactor(secrets_of(Settings(**{setting: "https://key@h.example.org/"})))(
        "to https://key@h.example.org"
    ) == ("to https://[secret]h.example.org")


def test_a_short_half_of_a_token_is_no_secret_on_its_own() -> None:
    assert secrets_of(Settings(telegram_bot_token="1:abc")) == {"1:abc"}
    assert secrets_of(Settings()) == set()


def test_a_secret_that_was_made_is_secret_too() -> None:
    settings = Settings(telegram_bot_token=TOKEN, webhook_url="https://bot.example.org/x")
    made = webhook_secret(settings)
    assert made in secrets_of(settings)
    assert made == webhook_secret(settings)
    assert made != webhook_secret(Settings(telegram_bot_token=f"{TOKEN}z"))
    assert TOKEN.partition(":")[2] not in made
    assert len(made) == 64


@pytest.mark.parametrize(
    ("secrets", "text", "redacted"),
    [
        (["abc", "abcdef"], "xabcdefx abc", "x[secret]x [secret]"),  # the longer one first
        (["12:aB-c"], "odd /bot12:ab-c/x, /bot12:AB-C/x", "odd /bot[secret]/x, /bot[secret]/x"),
        (["a.c"], "abc a.c", "abc [secret]"),  # it is no pattern
        ([], "abc", "abc"),
    ],
)
def test_secrets_are_taken_out_of_a_text(secrets, text, redacted) -> None:
    assert redactor(secrets)(text) == redacted

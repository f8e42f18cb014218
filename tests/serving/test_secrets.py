from __future__ import annotations

from bot.serving.secrets import redactor, secrets_of, webhook_secret
from bot.settings import Settings

TOKEN = "123456:a-secret-of-the-tests-own-making-xy"


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


def test_the_longer_secret_goes_first() -> None:
    assert redactor(["abc", "abcdef"])("xabcdefx abc") == "x[secret]x [secret]"


def test_a_secret_in_small_letters_is_one_too() -> None:
    assert redactor(["12:aB-c"])("odd /bot12:ab-c/x, /bot12:AB-C/x") == "odd /bot[secret]/x, /bot[secret]/x"


def test_without_secrets_everything_stays() -> None:
    assert redactor([])("abc") == "abc"


def test_a_secret_is_no_pattern() -> None:
    assert redactor(["a.c"])("abc a.c") == "abc [secret]"

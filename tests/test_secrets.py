import pytest

from bot.secrets import passwords_in, redactor, secrets_of, webhook_secret
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

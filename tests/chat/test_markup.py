import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.markup import cut, one_line, plain_text, safe, to_html, units
from bot.rehearsal.telegram_server.content.texts import parse_html


@given(st.text().map(safe), st.lists(st.sampled_from(["b", "i", "u", "blockquote"]), unique=True))
@example("0\u2028", ["b"])  # Telegram drops line separators
def test_any_text_is_seen_as_it_is_within_any_tags(text, tags) -> None:
    html = to_html(text, *tags)
    assert plain_text(html) == text
    seen = parse_html(html)
    assert {entity.length for entity in seen.entities} <= {units(seen.text)}


def test_tags_stand_around_escaped_text() -> None:
    assert to_html("a < &b", "b", "u") == "<b><u>a &lt; &amp;b</u></b>"
    assert to_html("", "b") == ""


ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_safe_text_can_be_sent_and_keeps_its_positions(text) -> None:
    result = safe(text)
    result.encode()
    assert len(result) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("  a\n\tb\u3000 c ", "a b c"), ("a\x00b", "a b"), ("a\ud83db", "a\ufffdb"), ("\x1b[1m", "[1m"), (" \n", "")],
)
def test_one_line(text, expected) -> None:
    assert one_line(text) == expected


@given(ANYTHING.map(safe), st.integers(1, 50))
def test_cut_text_fits_and_is_a_beginning(text, limit) -> None:
    result = cut(text, limit)
    assert units(result) <= limit
    assert result == text or (result.endswith("…") and text.startswith(result[:-1]))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("河湾镇", 3, "河湾镇"), ("河湾镇年报", 3, "河湾…"), ("😀😀😀", 4, "😀…"), ("😀😀", 2, "…"), ("", 1, "")],
)
def test_cut_never_splits_a_surrogate_pair(text, limit, expected) -> None:
    assert cut(text, limit) == expected


def test_units_are_those_of_utf_16() -> None:
    assert units("a河😀") == len("a河😀".encode("utf-16-le")) // 2 == 4

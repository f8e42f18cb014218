import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import Piece, cut, one_line, safe, to_html, units
from bot.rehearsal.telegram_server.content.html_entities import parse_html
from bot.rehearsal.telegram_server.content.texts import utf16_length

TEXT = st.text().map(safe)
TAGS = st.sampled_from([(), ("b",), ("i",), ("blockquote",), ("blockquote", "b"), ("blockquote", "b", "u"), ("b", "u")])
PIECES = st.lists(st.builds(Piece, TEXT, TAGS))


@given(PIECES, st.integers(1, 60))
def test_any_pieces_make_html_within_the_limit(pieces: list[Piece], limit: int) -> None:
    assert utf16_length(parse_html(to_html(pieces, limit)).text) <= limit


def test_neighbours_share_their_common_tags() -> None:
    pieces = [Piece("a < "), Piece("b", ("blockquote",)), Piece("&c", ("blockquote", "b", "u")), Piece("d", ("i",))]
    assert to_html(pieces) == "a &lt; <blockquote>b<b><u>&amp;c</u></b></blockquote><i>d</i>"


def test_text_is_cut_before_it_is_marked_up() -> None:
    assert to_html([Piece("ab", ("b",)), Piece("<<<<", ("i",)), Piece("lost")], limit=4) == "<b>ab</b><i>&lt;…</i>"
    assert to_html([Piece("ab"), Piece("lost", ("b",))], limit=2) == "ab"


ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_safe_text_can_be_sent_and_keeps_its_positions(text: str) -> None:
    result = safe(text)
    result.encode()
    assert len(result) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("  a\n\tb\u3000 c ", "a b c"), ("a\x00b", "a b"), ("a\ud83db", "a\ufffdb"), ("\x1b[1m", "[1m"), (" \n", "")],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


@given(ANYTHING.map(safe), st.integers(1, 50))
def test_cut_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    result = cut(text, limit)
    assert units(result) <= limit
    assert result == text or (result.endswith("…") and text.startswith(result[:-1]))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("河湾镇", 3, "河湾镇"), ("河湾镇年报", 3, "河湾…"), ("😀😀😀", 4, "😀…"), ("😀😀", 2, "…"), ("", 1, "")],
)
def test_cut_never_splits_a_surrogate_pair(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


def test_units_are_those_of_utf_16() -> None:
    assert units("a河😀") == len("a河😀".encode("utf-16-le")) // 2 == 4

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from telegram_server.html_entities import parse_html
from telegram_server.texts import utf16_length

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import safe

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

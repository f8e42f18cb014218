"""Telegram's HTML: what becomes of it, and what is refused."""

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rehearsal.telegram_server.content import FormattedText, checked_message, parse_html
from bot.rehearsal.telegram_server.requests import MisuseError
from tests.support.telegram_server import Entity
from tests.support.wordings import pairs


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("𝄞<i>数说</i>", "𝄞数说", [Entity("italic", 2, 2)]),
        ("<b>a<u>b</u></b>", "ab", [Entity("bold", 0, 2), Entity("underline", 1, 1)]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp; &quot;&#x27;&#39;", "<b> & \"''", []),
        ('<a href="tg://user?id=1&amp;b">x</a>', "x", [Entity("text_link", 0, 1, "tg://user?id=1&b")]),
        ("<blockquote><b>x</b>y</blockquote>", "xy", [Entity("blockquote", 0, 2), Entity("bold", 0, 1)]),
        ("a\r\n\tb\u2028\u202ec", "a\n bc", []),
        ("<i> \n</i> <b> 数 </b>\n<u>\n</u>", "数", [Entity("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(source, text, entities) -> None:
    assert parse_html(source).trimmed() == FormattedText(text, tuple(entities))


REFUSED = """\
Unsupported start tag "br" at byte offset 3: 数<br>
at byte offset 0: <a href="https://example.org|<b class="x">a</b>
at byte offset 1: R&D|a<b
at byte offset 2: a < b|a &nbsp; b
at byte offset 4: <b>a</b
Can't find end tag corresponding to start tag "b": <b>a
Unmatched end tag "b" at byte offset 7: <b><i>a</b></i>
Unmatched end tag "b" at byte offset 1: a</b>
Tag "a" with the link "None" at byte offset 0: <a>x</a>
Tag "a" with the link "javascript:x" at byte offset 0: <a href="javascript:x">x</a>
Tag "b" with the link "https://example.org" at byte offset 0: <b href="https://example.org">a</b>
Tag "b" inside "code" at byte offset 7: <code>a<b>b</b></code>
Tag "blockquote" inside "blockquote": <blockquote><blockquote>a</blockquote></blockquote>"""


@pytest.mark.parametrize(("problem", "source"), pairs(REFUSED))
def test_wrong_html_is_refused(problem, source) -> None:
    with pytest.raises(MisuseError) as caught:
        parse_html(source)
    assert caught.value.description.startswith("Bad Request: can't parse entities: ")
    assert problem in caught.value.description


@given(text=st.text(max_size=50), wrapping=st.sampled_from(["{}", "<b>{}</b>", "<blockquote><i>{}</i></blockquote>"]))
@example(text="\u3000", wrapping="<b>{}</b>")
@example(text="😀" * 2048 + "a", wrapping="<b>{}</b>")
@example(text="&" * 4096 + "  ", wrapping="<b>{}</b>")
@example(text="\x00\t\r", wrapping="{}")
def test_escaped_text_is_accepted_exactly_when_its_length_is(text, wrapping) -> None:
    vanishing = {"\r", *map(chr, range(0x2028, 0x202F))}
    blank = {chr(code) for code in range(32)} - {"\n"}
    seen = "".join(" " if character in blank else character for character in text if character not in vanishing)
    expected = seen.strip(" \n")
    units = len(expected.encode("utf-16-le")) // 2
    try:
        stored = checked_message(parse_html(wrapping.format(html.escape(text))), "too long")
    except MisuseError:
        assert not (expected.strip() and 1 <= units <= 4096)
    else:
        assert stored.text == expected
        assert all(0 <= entity.offset < entity.offset + entity.length <= units for entity in stored.entities)

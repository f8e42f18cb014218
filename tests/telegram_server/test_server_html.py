"""Telegram's HTML: what becomes of it, and what is refused."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telegram_server import Entity
from telegram_server.errors import MisuseError
from telegram_server.html_entities import parse_html
from telegram_server.message_methods import formatted_text
from telegram_server.texts import FormattedText, checked_message, utf16_length

GOOD = [
    ("plain", "plain", []),
    ("<b>a</b>", "a", [Entity("bold", 0, 1)]),
    ("<B>a</B>", "a", [Entity("bold", 0, 1)]),
    ("𝄞<i>数说</i>", "𝄞数说", [Entity("italic", 2, 2)]),
    ("<b>a<u>b</u></b>", "ab", [Entity("bold", 0, 2), Entity("underline", 1, 1)]),
    ("<b></b>a", "a", []),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [Entity("strikethrough", at, 1) for at in range(3)]),
    ("&lt;b&gt; &amp; &quot;&#x27;&#39;&#128512;", "<b> & \"''😀", []),
    (
        '<a href="https://example.org/?a=1&amp;b=2">x</a>',
        "x",
        [Entity("text_link", 0, 1, "https://example.org/?a=1&b=2")],
    ),
    ("<a href='tg://user?id=1'>x</a>", "x", [Entity("text_link", 0, 1, "tg://user?id=1")]),
    ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
    ("<span class=tg-spoiler>x</span>", "x", [Entity("spoiler", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [Entity("expandable_blockquote", 0, 1)]),
    ("<blockquote>x</blockquote>", "x", [Entity("blockquote", 0, 1)]),
    ('<pre><code class="language-python">x</code></pre>', "x", [Entity("pre", 0, 1, language="python")]),
    ('<tg-emoji emoji-id="53">👍</tg-emoji>', "👍", [Entity("custom_emoji", 0, 2, custom_emoji_id="53")]),
    ('<tg-time unix="5">x</tg-time>', "x", [Entity("date_time", 0, 1, unix_time=5)]),
    ("a\r\n\tb\u2028\u202e", "a\n b", []),
]
BAD = [
    ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
    ("数<br>", 'Unsupported start tag "br" at byte offset 3'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
    ("<b>a</>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</>"'),
    ("a<b", "Unclosed start tag at byte offset 1"),
    ("<b  ", 'Unclosed start tag "b" at byte offset 0'),
    ('<a href="https://example.org', "Unclosed start tag at byte offset 0"),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href=abc", "Unclosed start tag at byte offset 0"),
    ("<a href=a,b>x</a>", "Unexpected end of name token at byte offset 8"),
    ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a>x</a>", 'Link "" in the tag "a" is no URL at byte offset 0'),
    ('<a href="javascript:x">x</a>', 'Link "javascript:x" in the tag "a" is no URL at byte offset 0'),
    ('<a href="http://[">x</a>', 'Link "http://[" in the tag "a" is no URL at byte offset 0'),
    ('<b class="x">a</b>', 'Unsupported attribute "class" in the tag "b" at byte offset 0'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<pre><code class="x">a</code></pre>', 'Class of the tag "code" must be "language-" and a name at byte offset 5'),
    ('<tg-emoji emoji-id="x">a</tg-emoji>', 'Attribute "emoji-id" must be a number at byte offset 0'),
    ("<code>a<b>b</b></code>", 'Tag "b" inside "code" at byte offset 7'),
    (
        "<blockquote><b><blockquote>a</blockquote></b></blockquote>",
        'Tag "blockquote" inside "blockquote" at byte offset 15',
    ),
    ("a &nbsp; b", "Unescaped ampersand or unsupported entity at byte offset 2"),
    ("R&D", "Unescaped ampersand or unsupported entity at byte offset 1"),
    ("&#1114112;", "Unescaped ampersand or unsupported entity at byte offset 0"),
    ("&#0;", "Unescaped ampersand or unsupported entity at byte offset 0"),
    (
        "&#xD800;",
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units",
    ),
]
WRAPPINGS = [
    "{}",
    "<b>{}</b>",
    "<i><u>{}</u></i>",
    "<blockquote expandable><b>{}</b></blockquote>",
    "<pre>{}</pre>",
    '<pre><code class="language-text">{}</code></pre>',
    '<a href="https://example.org/">{}</a>',
    '<span class="tg-spoiler"><s>{}</s></span>',
]


@pytest.mark.parametrize(("source", "text", "entities"), GOOD)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(source) == FormattedText(text, tuple(entities))


@pytest.mark.parametrize(("source", "problem"), BAD)
def test_wrong_html_is_refused_in_telegrams_words(source: str, problem: str) -> None:
    with pytest.raises(MisuseError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {problem}"


def test_trimming_moves_shrinks_and_removes_entities() -> None:
    formatted = parse_html("<i> \n</i> <b> 数 </b>\n<u>\n</u>")
    assert formatted.trimmed() == FormattedText("数", (Entity("bold", 0, 1),))


@pytest.mark.parametrize("parse_mode", ["Markdown", "MarkdownV2", "xml"])
def test_other_parse_modes_are_refused(parse_mode: str) -> None:
    with pytest.raises(MisuseError, match="unsupported parse_mode"):
        formatted_text("a", parse_mode)


def test_entities_beyond_the_hundredth_are_refused() -> None:
    checked_message(parse_html("<b>a</b>" * 100), "too long")
    with pytest.raises(MisuseError, match="drops all but 100 of 101"):
        checked_message(parse_html("<b>a</b>" * 101), "too long")


def _as_people_see_it(text: str) -> str:
    controls = {chr(code) for code in range(32)} - {"\n", "\r"}
    vanishing = {"\r"} | {chr(code) for code in range(0x2028, 0x202F)}
    seen = "".join(" " if character in controls else character for character in text if character not in vanishing)
    return seen.strip(" \n")


LENGTHS = st.one_of(
    st.text(max_size=50),
    st.builds(
        lambda unit, count, tail: unit * count + tail,
        st.characters(codec="utf-8"),
        st.integers(2040, 4100),
        st.text(max_size=6),
    ),
)


@given(text=LENGTHS, wrapping=st.sampled_from(WRAPPINGS))
@example(text="", wrapping="<b>{}</b>")
@example(text="\u3000", wrapping="<b>{}</b>")
@example(text="a" * 4096, wrapping="<b>{}</b>")
@example(text="a" * 4097, wrapping="<b>{}</b>")
@example(text="😀" * 2048, wrapping="<b>{}</b>")
@example(text="😀" * 2048 + "a", wrapping="<b>{}</b>")
@example(text="&" * 4096 + "  ", wrapping="<b>{}</b>")
@example(text="\x00\t\r", wrapping="{}")
def test_escaped_text_is_accepted_exactly_when_its_length_is(text: str, wrapping: str) -> None:
    expected = _as_people_see_it(text)
    units = len(expected.encode("utf-16-le")) // 2
    try:
        stored = checked_message(parse_html(wrapping.format(html.escape(text))), "too long")
    except MisuseError:
        assert not (expected.strip() and 1 <= units <= 4096)
    else:
        assert stored.text == expected
        assert 1 <= units <= 4096
        assert all(0 <= entity.offset < entity.offset + entity.length <= units for entity in stored.entities)


@given(
    st.lists(st.sampled_from(["<", ">", "</", "b", "a", " ", "=", '"', "'", "href", "&", "&lt;", "#1;", "数"])).map(
        "".join
    )
)
def test_any_source_is_parsed_or_refused(source: str) -> None:
    try:
        text = parse_html(source).text
    except MisuseError:
        text = None
    assert text is None or "<" not in text.replace("<", "", source.count("&lt;"))
    assert text is not None or "<" in source or "&" in source


@given(st.text())
def test_length_counts_utf16_code_units(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2

"""What becomes of messages in a picture."""

from __future__ import annotations

import re

from telegram_server import Button
from telegram_server.html_entities import parse_html
from telegram_server.keyboards import Markup
from telegram_server.model import Content

from picture.conversation import Saying
from picture.drawing import picture
from picture.paragraphs import paragraphs
from picture.wrapping import runs

TEA = Button("Tea", "callback_data", "tea")
RICE = Button("Rice", "callback_data", "rice")


def says(html: str, *rows: tuple[Button, ...]) -> Content:
    return Content(parse_html(html), html, Markup(rows))


def drawn(*sayings: Saying) -> str:
    return picture([sayings], "en")


def test_a_message_comes_apart_into_lines_and_their_marks() -> None:
    lines = paragraphs(parse_html("👍 <b>5</b>\n<blockquote>one <b>5</b></blockquote>"))
    quote = frozenset({"blockquote"})
    assert [list(runs(line)) for line in lines] == [
        [("👍 ", frozenset()), ("5", frozenset({"bold"}))],
        [("one ", quote), ("5", quote | {"bold"})],
    ]


def test_a_picture_shows_each_side_the_marks_and_the_buttons() -> None:
    svg = drawn(Saying(says("how much?"), by_person=True), Saying(says("<b>5</b> mu\n<i>there</i>", (TEA, RICE))))
    assert re.findall(r'<rect class="(\w+)"', svg) == ["wall", "person", "bot", "button", "button"]
    assert '<tspan class="bold">5</tspan><tspan> mu</tspan>' in svg
    assert '<text class="faint"' in svg
    assert re.findall(r">(Tea|Rice)<", svg) == ["Tea", "Rice"]


def test_the_button_that_is_pressed_stands_out() -> None:
    svg = drawn(Saying(says("Which?", (TEA,), (RICE,)), pressed=RICE))
    assert re.findall(r'<rect class="(button|pressed)"', svg) == ["button", "pressed"]
    assert "<circle" in svg
    assert "<circle" not in drawn(Saying(says("Which?", (TEA,), (RICE,))))


def test_what_people_write_stays_text() -> None:
    assert "&lt;script&gt; &amp;" in drawn(Saying(says("&lt;script&gt; &amp;"), by_person=True))


def test_a_longer_conversation_makes_a_taller_picture() -> None:
    def height(svg: str) -> int:
        found = re.search(r'viewBox="0 0 800 (\d+)"', svg)
        assert found
        return int(found[1])

    one = Saying(says("five"))
    assert height(drawn(one)) < height(drawn(one, one)) < height(drawn(one, one, Saying(says("five", (TEA,)))))
    assert height(picture([[one], [one, one]], "en")) == height(drawn(one, one))

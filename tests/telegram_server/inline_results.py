"""Answers to inline queries: articles with a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .errors import misuse
from .html_entities import parse_html
from .keyboards import parse_markup
from .model import Content
from .shapes import check_object
from .texts import FormattedText, checked_message, cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARTICLE: dict[str, type] = {
    "type": str,
    "id": str,
    "title": str,
    "input_message_content": dict,
    "reply_markup": dict,
    "url": str,
    "description": str,
    "thumbnail_url": str,
    "thumbnail_width": int,
    "thumbnail_height": int,
}
_TEXT: dict[str, type] = {"message_text": str, "parse_mode": str, "link_preview_options": dict}
_BUTTON: dict[str, type] = {"text": str, "start_parameter": str}


def check_results(given: Mapping[str, Any]) -> None:
    """Raises a misuse for an answer that Telegram would reject."""
    results = given["results"]
    if len(results) > 50:
        raise misuse("RESULTS_TOO_MUCH")
    for result in results:
        _check_article(result)
    if len({result["id"] for result in results}) < len(results):
        raise misuse("RESULT_ID_DUPLICATE")
    if len(given.get("next_offset", "").encode()) > 64:
        raise misuse("NEXT_OFFSET_INVALID")
    if "button" in given:
        _check_button(given["button"])


def _check_article(value: Any) -> None:
    article = check_object(
        value, "inline query result", _ARTICLE, required=["type", "id", "title", "input_message_content"]
    )
    if article["type"] != "article":
        raise misuse(f'can\'t parse inline query result: this server knows no type "{article["type"]}"')
    if not 1 <= len(article["id"].encode()) <= 64:
        raise misuse("RESULT_ID_INVALID")
    if not article["title"].strip():
        raise misuse("ARTICLE_TITLE_EMPTY")
    _check_text(article["input_message_content"])
    parse_markup(article.get("reply_markup"))


def content_of(result: Mapping[str, Any]) -> Content:
    """What the message says that a person sends with an article."""
    text = result["input_message_content"]
    return Content(_check_text(text), text["message_text"], parse_markup(result.get("reply_markup")))


def _check_text(value: Any) -> FormattedText:
    content = check_object(value, "input message content", _TEXT, required=["message_text"])
    mode = content.get("parse_mode", "")
    if mode.lower() not in {"", "html"}:
        raise misuse("unsupported parse_mode")
    text = content["message_text"]
    return checked_message(parse_html(text) if mode else FormattedText(cleaned(text)), "MESSAGE_TOO_LONG")


def _check_button(value: Any) -> None:
    button = check_object(value, "inline query results button", _BUTTON, required=["text", "start_parameter"])
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
        raise misuse("START_PARAM_INVALID")

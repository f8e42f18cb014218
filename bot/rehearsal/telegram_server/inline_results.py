"""Answers to inline queries: articles with a text."""

import re
from collections.abc import Mapping
from typing import Any

from .content.html_entities import parsed
from .content.keyboards import parse_markup
from .content.texts import checked_message
from .errors import misuse
from .model import Content
from .requests import object_of


def check_results(values: Mapping[str, Any]) -> None:
    """Raises a misuse for an answer that Telegram would reject."""
    results = values["results"]
    if len(results) > 50:
        raise misuse("RESULTS_TOO_MUCH")
    for result in results:
        _check_article(result)
    if len({result["id"] for result in results}) < len(results):
        raise misuse("RESULT_ID_DUPLICATE")
    if len(values.get("next_offset", "").encode()) > 64:
        raise misuse("NEXT_OFFSET_INVALID")
    if "button" in values:
        button = object_of(values["button"], "inline query results button", "text", "start_parameter")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
            raise misuse("START_PARAM_INVALID")


def _check_article(value: Any) -> None:
    article = object_of(value, "inline query result", "type", "id", "title", "input_message_content")
    if article["type"] != "article":
        raise misuse(f'can\'t parse inline query result: this server knows no type "{article["type"]}"')
    if not 1 <= len(article["id"].encode()) <= 64:
        raise misuse("RESULT_ID_INVALID")
    if not article["title"].strip():
        raise misuse("ARTICLE_TITLE_EMPTY")
    content_of(article)


def content_of(result: Mapping[str, Any]) -> Content:
    """What the message says that a person sends with an article."""
    values = object_of(result["input_message_content"], "input message content", "message_text")
    text = values["message_text"]
    formatted = checked_message(parsed(text, values.get("parse_mode", "")), "MESSAGE_TOO_LONG")
    return Content(formatted, text, parse_markup(result.get("reply_markup")))

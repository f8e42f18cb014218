"""Adds keywords to a fact in the text of a report file, and leaves every other character as it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any, cast

import yaml

from bot.answering.knowledge.yaml_reader import Path, events, read_tree, scalar

from .exceptions import AnsweringError

if TYPE_CHECKING:
    from bot.answering.knowledge.document import Document


class UneditableError(AnsweringError):
    """A list of keywords is written in a way that nothing can be added to; the text is one line for the editor."""


def with_keywords(document: Document, keywords: Path, words: Sequence[str]) -> str:
    """The text of a document with words added at the end of the list at `keywords`, which has an entry.

    The result is read again: it differs from what was there in these words alone. Raises `UneditableError`.
    """
    text = document.text
    if not words:
        return text
    start, *_, last = (
        event for (path, is_key), event in events(text) if path[: len(keywords)] == keywords and not is_key
    )
    # The parser marks every event.
    begin, end = cast("yaml.Mark", start.start_mark), cast("yaml.Mark", last.end_mark).index
    if isinstance(start, yaml.SequenceStartEvent) and start.flow_style:
        added = "".join(f", {scalar(word)}" for word in words)
    else:
        line_end = text.find("\n", end)
        end = line_end if line_end >= 0 else len(text)
        line_break = "\r\n" if text[end - 1] == "\r" else "\n"
        end -= len(line_break) - 1
        added = "".join(f"{line_break}{' ' * begin.column}- {scalar(word)}" for word in words)
    edited = text[:end] + added + text[end:]
    wanted, _ = read_tree(document.file, text)
    reduce(getitem, keywords, cast("Any", wanted)).extend(words)
    if read_tree(document.file, edited) != (wanted, []):
        where = f"{document.file}:{begin.line + 1}"
        raise UneditableError(f"{where}: nothing can be added to this list by program: write {', '.join(words)} there")
    return edited

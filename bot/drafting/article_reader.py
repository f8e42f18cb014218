"""Reads the text of an article from the files that people have: text, Markdown, HTML, Word and PDF."""

from __future__ import annotations

from pathlib import PurePath

from bot.answering.exceptions import AnsweringError

LARGEST = 20 * 1024 * 1024
SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")


class UnreadableArticleError(AnsweringError):
    """A file has no text that can be read; the text is one line that says why, and what to do."""


def read_article(name: str, data: bytes) -> str:
    """The text of a file, by the suffix of its name. Raises `UnreadableArticleError`."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableArticleError(f"{name}: no article of this kind can be read: give one of {', '.join(SUFFIXES)}")
    if len(data) > LARGEST:
        raise UnreadableArticleError(f"{name}: larger than {LARGEST // 1024 // 1024} MB: split it")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableArticleError(f"{name}: this is no text: save it as UTF-8")

"""Reads the text of an article from the files that people have: text, Markdown, HTML, Word and PDF."""

import re
import subprocess
import sys
from pathlib import PurePath

from bot.answering.exceptions import AnsweringError
from bot.answering.language.normalize import without_typographic_spaces

from .sections import UNSEEN
from .text_extraction import REFUSED, WHY, decoded

LARGEST = 20 * 1024 * 1024
LONGEST = 1_000_000  # characters
SECONDS = 60
COMMAND = (sys.executable, "-m", "bot.drafting.articles.text_extraction")
SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_TEXTS = (".txt", ".md")
_RULES = frozenset("-=|: *_")  # of such characters alone are rules, and the line below the head of a table
_OPENING = re.compile(r"^(?:>\s?)*(?:[-*+]\s+(?:\[[ xX]\]\s)?)?")
_LONGEST = 300  # characters that a pair of marks stands around
_INLINE = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(rf"(\*{{1,3}}|`|~~)(?=\S)(.{{1,{_LONGEST}}}?)(?<=\S)\1"), r"\2"),
    (re.compile(rf"(?<!\w)(_{{1,3}})(?=\S)(.{{1,{_LONGEST}}}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])"), r"\1"),
)


class UnreadableArticleError(AnsweringError):
    """A file has no text that can be read; the text is one line that says why, and what to do."""


def read_article(name: str, data: bytes) -> str:
    """The text of a file, by the suffix of its name, without the spaces that print puts within it.

    What is no plain text is read by a process of its own, whose time and memory are bounded: these files may be made to
    hold up or end whoever opens them. Takes at most `SECONDS`, for a thread. Raises `UnreadableArticleError`.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableArticleError(f"{name}: not an article that can be read: give one of {', '.join(SUFFIXES)}")
    if len(data) > LARGEST:
        raise UnreadableArticleError(f"{name}: is larger than {LARGEST // 1024 // 1024} MB: give its text alone")
    text = decoded(data) if suffix in _TEXTS else _extracted(name, suffix, data)
    if text is None or "\0" in text:
        raise UnreadableArticleError(f"{name}: is no text: save it as UTF-8")
    text = without_typographic_spaces(UNSEEN.sub(" ", without_marks(text) if suffix == ".md" else text))
    if not text.strip():
        raise UnreadableArticleError(f"{name}: holds no text: give the file that holds the article")
    if len(text) > LONGEST:
        raise UnreadableArticleError(f"{name}: is longer than {LONGEST:,} characters: give the part that matters")
    return text


def _extracted(name: str, suffix: str, data: bytes) -> str:
    try:
        done = subprocess.run([*COMMAND, suffix], input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableArticleError(f"{name}: takes longer than {SECONDS} s to read: save it as text") from error
    if done.returncode == 0:
        return done.stdout.decode()
    why = WHY.get(done.stdout.decode()) if done.returncode == REFUSED else None
    raise UnreadableArticleError(f"{name}: {why or 'cannot be read, it may be damaged: save it as text'}")


def without_marks(text: str) -> str:
    """A text in Markdown without its marks, but for those of headings and between the cells of a table."""
    return "\n".join(_without_marks(line.strip()) for line in text.splitlines())


def _without_marks(line: str) -> str:
    if line.startswith("```") or _RULES.issuperset(line):
        return ""
    line = _OPENING.sub("", line, count=1)
    line = line.strip("| ") if line.startswith("|") else line
    for marks, words in _INLINE:
        line = marks.sub(words, line)
    return line

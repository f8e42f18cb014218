"""Takes the marks of Markdown out of a text, so that its words stand as they are read."""

import re

_RULES = frozenset("-=|: *_")  # of such characters alone are rules, and the line below the head of a table
_OPENING = re.compile(r"^(?:>\s?)*(?:[-*+]\s+(?:\[[ xX]\]\s)?)?")
_LONGEST = 300  # characters that a pair of marks stands around
_INLINE = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(rf"(\*{{1,3}}|`|~~)(?=\S)(.{{1,{_LONGEST}}}?)(?<=\S)\1"), r"\2"),
    (re.compile(rf"(?<!\w)(_{{1,3}})(?=\S)(.{{1,{_LONGEST}}}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])"), r"\1"),
)


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

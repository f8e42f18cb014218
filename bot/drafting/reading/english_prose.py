"""Names the figures of an English sentence: the subject stands before its verb, or behind the figure that counts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .figures import Figure

_CLAUSE = re.compile(r"[;:]\s|,\s(?!\d)|\s(?=(?:while|whereas|but|compared with|which|with|of whom|of which)\s)")
_UP = "rose|risen|grew|grown|increased|climbed|gained|jumped|surged|expanded|up|rise|increase|growth|more|higher|added"
_DOWN = "fell|fallen|declined|dropped|decreased|shrank|contracted|slipped|down|fall|decline|decrease|drop|less|lower"
_LEVEL = (
    "was|were|is|are|reached|stood|total(?:l)?ed|amounted|came|numbered|averaged|hit|exceeded|has|had|have|received|"
    "recorded|produced|opened|completed|served|employed|attracted|welcomed|earned|supplied|narrowed|widened|raised|cut"
)
_SHARE = re.compile(
    r"\b(?:accounted for|made up|represented|contributed|contributing|equivalent to|supplied|share of)\b"
)
_CHANGE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}|fewer))\b")
_VERB = re.compile(rf"\b(?:{_LEVEL}|{_UP}|{_DOWN}|fewer|{_SHARE.pattern})\b")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = re.compile(
    rf"\b(?:(?:at|by|since) the end of(?: the year| {_MONTH})?|(?:in|during|on|by|at) (?:\d{{1,2}} )?{_MONTH}"
    r"|(?:in|during)(?= (?:19|20)\d\d))(?: (?:19|20)\d\d)?\b",
    re.IGNORECASE,
)
_TRANSITIVE = re.compile(r"\b(?:received|handled|had|has|have|attracted|welcomed|recorded|served|opened|completed)\s*$")
_OPENING = re.compile(
    r"^(?:(?:the|a|an|its|their|in total|a total of|of|and|while|whereas|but|there|with|which|under)\b|,|\s)+",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\s*of (?:these|those|them|which|whom)\b", re.IGNORECASE)
_OF = re.compile(
    r"\s*(?:of|in)\s+(?:the\s+)?([\w' -]{3,40}?)(?=[,.;]|\s(?:in|was|were|from|than|by|at|to|and|respectively)\b|$)"
)
_COUNTED = re.compile(
    r"\s((?!(?:in|from|at|to|by|than|and|a|on|more|respectively|while|whereas|which|with|but)\b)[a-z][\w'-]*(?:\s[a-z][\w'-]*){0,2})"
)
_STOP = re.compile(rf"\s(?:with|in|from|at|to|by|than|and|on|respectively|during|notified|who|that|{_LEVEL})\b")


def english_labels(sentence: str, figures: Sequence[Figure], last: str) -> tuple[list[str], str]:
    """A label for each figure of a sentence, and what it spoke of; `last`: what was spoken of before, or ""."""
    labels: list[str] = []
    end = 0
    respective = _respective(sentence, figures)
    for at, figure in enumerate(figures):
        before = sentence[end : figure.start]
        cuts = [match.end() for match in _CLAUSE.finditer(before)]
        lead = before[cuts[-1] if cuts else 0 :]
        is_change = figure.family in ("percent", "points") or bool(_CHANGE.search(lead))
        counted = _counted(sentence, figure)
        subject = respective[at] if respective else counted if _TRANSITIVE.search(lead) and counted else _subject(lead)
        if last and _OF_THESE.match(lead):
            subject = f"{last} {_rest(sentence, figure)}".strip()
        subject = subject or ("" if is_change and last else counted) or last
        labels.append(_label(lead if labels or not respective else before, subject, sentence, figure))
        last, end = (last if _OF_THESE.match(lead) else subject) or last, figure.end
    return labels, last


def _label(lead: str, subject: str, sentence: str, figure: Figure) -> str:
    change = _CHANGE.search(lead) or _CHANGE.match(sentence[figure.end :].lstrip())
    came = re.search(r"\bto\s+\W*$", lead)
    of = _OF.match(sentence, figure.end)
    if subject and of and figure.family == "percent" and (_SHARE.search(lead) or not change):
        return f"Share of {_small(subject)} in {of[1]}"
    if subject and change and not came:
        return f"{'Growth' if change['up'] else 'Fall'} of {_small(subject)}"
    return subject[:1].upper() + subject[1:]


def _respective(sentence: str, figures: Sequence[Figure]) -> list[str]:
    """The things that the figures are of, where a sentence tells those of several in their order."""
    if "respectively" not in sentence or len(figures) < 2:
        return []
    subject = _subject(sentence[: figures[0].start])
    for joint in (r",\s(?:and\s)?", r",?\sand\s|,\s"):
        items = [item for item in re.split(joint, subject) if item]
        if len(items) == len(figures):
            return items
    return []


def _subject(lead: str) -> str:
    """What stands before the verb of a clause, or before an `of` that its figure follows."""
    verb = _VERB.search(lead) or re.search(r"\sof\s*$", lead)
    words = _WHEN.sub("", lead[: verb.start()]) if verb else ""
    return _OPENING.sub("", words.strip()).strip(" ,")


def _counted(sentence: str, figure: Figure) -> str:
    """What stands behind a figure that counts it: 312 | hotels, 12.4 million | tonnes of cargo."""
    following = _COUNTED.match(sentence, figure.end)
    words = _STOP.split(f" {following[1]}")[0].strip().removeprefix("of ") if following else ""
    on = re.match(r"\s(?:were|was|are)\s(on the [\w -]{3,30})", sentence[figure.end + 1 + len(words) :])
    return f"{words} {on[1]}" if words and on else words


def _rest(sentence: str, figure: Figure) -> str:
    """What a clause goes on with behind a figure, without its verb: came | from abroad."""
    words = re.split(r"[,.;]", sentence[figure.end :])[0].split()
    return " ".join(words[1:] if words and _VERB.match(words[0]) else words)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text

"""Names the figures of an English sentence: the subject stands before its verb, or behind the figure that counts it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .figures import Figure

_CLAUSE = re.compile(r"[;:]\s|,\s(?!\d)|\s(?=(?:while|whereas|and|but|compared with|which)\s)")
_LEVELS = r"(?:was|were|is|are|reached|stood at|total(?:l)?ed|amounted to|came to|numbered|averaged|hit|exceeded)"
_UP = "(?:rose|risen|grew|grown|increased|climbed|gained|jumped|surged|expanded|up|rise|increase|growth|more|higher|added)"
_DOWN = (
    "(?:fell|fallen|declined|dropped|decreased|shrank|contracted|slipped|down|fall|decline|decrease|drop|less|lower|"
    "fewer)"
)
_CHANGE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b")
_SHARE = re.compile(r"\b(?:accounted for|made up|represented|contributed|share of)\b")
_VERB = re.compile(
    rf"\b(?:{_LEVELS}|{_UP}|{_DOWN}|accounted|made up|represented|contributed|has|had|have|received|handled|recorded|"
    r"produced|opened|built|completed|served|employed|attracted|welcomed|issued|created|estimated|came|to|by|at|of)\b"
)
_OF_THESE = re.compile(r"\s*of (?:these|those|them|which|whom)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:the|a|an|its|their|of which|of these|of those|in total|and|while|whereas|but|there|with|,|\s)+\b"
)
_OF = re.compile(r"\s*(?:of|in)\s+((?:the\s+)?[\w' -]{3,40}?)(?=[,.;]|\s(?:in|was|were|from|than|by|at|to|and)\b|$)")
_COUNTED = re.compile(r"\s*((?!in\b|from\b|at\b|to\b|by\b|than\b|and\b|a\b|on\b)[a-z][\w'-]*(?:\sof\s[a-z][\w'-]*)?)")
_WHEN = re.compile(r"\b(?:in|during|at the end of|by)\s(?:[A-Z]\w+\s)?(?:19|20)\d\d\b|\bon \d+ \w+ \d{4}\b")


def english_labels(sentence: str, figures: Sequence[Figure], last: str) -> tuple[list[str], str]:
    """A label for each figure of a sentence, and what it spoke of; `last`: what was spoken of before, "" for nothing."""
    labels = []
    end = 0
    for figure in figures:
        before = sentence[end : figure.start]
        cuts = [match.end() for match in _CLAUSE.finditer(before)]
        lead = before[cuts[-1] if cuts else 0 :]
        is_change = figure.family in ("percent", "points") or _CHANGE.search(lead)
        subject = _subject(lead) or ("" if is_change and last else _counted(sentence, figure))
        if last and _OF_THESE.match(lead):
            subject = f"{last} {_rest(sentence, figure)}".lower().strip()
        labels.append(_label(lead, subject or last or _counted(sentence, figure), sentence, figure))
        last, end = subject or last, figure.end
    return labels, last


def _label(lead: str, subject: str, sentence: str, figure: Figure) -> str:
    change = _CHANGE.search(lead) or _CHANGE.match(sentence[figure.end :].lstrip())
    came = re.search(r"\bto\s+\W*$", lead)
    if figure.family in ("percent", "points") and (_SHARE.search(lead) or not change):
        of = _OF.match(sentence, figure.end)
        return f"Share of {_small(subject)} in {of[1].removeprefix('the ')}" if of and subject else _capital(subject)
    if change and not came:
        return f"{'Growth' if change['up'] else 'Fall'} of {_small(subject)}" if subject else ""
    return _capital(subject)


def _subject(lead: str) -> str:
    """What stands before the verb of a clause."""
    lead = _WHEN.sub("", lead)
    verb = re.search(rf"\b(?:{_LEVELS}|{_UP}|{_DOWN}|{_SHARE.pattern})\b", lead)
    words = lead[: verb.start()] if verb else ""
    return _OPENING.sub("", words.strip().lower()).strip(" ,")


def _counted(sentence: str, figure: Figure) -> str:
    """What stands behind a figure that counts it: 312 | hotels, 12.4 million | tonnes of cargo."""
    written = sentence[figure.start : figure.end]
    noun = re.search(r"[a-z][a-z'-]{2,}$", written)
    if noun and noun.group() not in ("million", "billion", "percent", "points", "thousand", "yuan", "dollars"):
        of = re.match(r"\s+of\s+([a-z][\w'-]*)", sentence[figure.end :])
        return f"{noun.group()} of {of[1]}" if of else noun.group()
    following = _COUNTED.match(sentence, figure.end)
    return following[1] if following and not _VERB.match(following[1]) else ""


def _rest(sentence: str, figure: Figure) -> str:
    """What a clause goes on with behind a figure, without its verb: came | from abroad."""
    words = re.split(r"[,.;]", sentence[figure.end :])[0].split()
    return " ".join(words[1:] if words and _VERB.match(words[0]) else words)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

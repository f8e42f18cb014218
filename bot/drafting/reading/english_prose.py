"""Names the figures of an English sentence: the subject stands before its verb, or behind the figure that counts it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .figures import Figure

_CLAUSE = re.compile(
    r"[;:]\s|,\s(?!\d)|(?<!\sof)\s(?=(?:while|whereas|but|compared with|which|with|of whom|of which)\s)"
)
_UP = (
    "rose|risen|grew|grown|increased|widened|climbed|gained|jumped|surged|expanded|up|rise|increase|growth|more|higher|"
    "added"
)
_DOWN = (
    "fell|fallen|declined|dropped|decreased|narrowed|shrank|contracted|slipped|down|fall|decline|decrease|drop|less|"
    "lower"
)
_LEVEL = (
    "was|were|is|are|reached|stood|total(?:l)?ed|amounted|came|numbered|averaged|hit|exceeded|has|had|have|received|"
    "recorded|produced|opened|completed|served|employed|attracted|welcomed|earned|paid|supplied|raised|cut|total(?:l)?ing"
)
_CAME = re.compile(r"\bto\s+\W*$")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_AND = re.compile(r"\s*(?:and|,)?\s*(?:by\s)?")
_FORMER = re.compile(r"\bfrom\s(?:about\s|nearly\s)?$")
_SHARE = re.compile(
    r"\b(?:accounted for|made up|represented|contributed|contributing|equivalent to|supplied|share of)\b"
)
_CHANGE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}|fewer))\b")
_VERB = re.compile(rf"\b(?:{_LEVEL}|{_UP}|{_DOWN}|fewer|{_SHARE.pattern})\b")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = re.compile(
    rf"\b(?:(?:at|by|since) the end of(?: the year| {_MONTH})?|(?:in|during|on|by|at) (?:\d{{1,2}} )?{_MONTH}"
    r"|(?:in|during)(?= (?:19|20)\d\d)"
    r"|(?:in|during) the (?:first|second|third|fourth) (?:half|quarter)(?: of(?= \d{4}))?)"
    r"(?: (?:19|20)\d\d)?\b",
    re.IGNORECASE,
)
_TRANSITIVE = re.compile(r"\b(?:received|handled|had|has|have|attracted|welcomed|recorded|served|opened|completed)\s*$")
_OPENING = re.compile(
    r"^(?:(?:the|a|an|its|their|in total|a total of|of|and|while|whereas|but|there|with|which|under)\b|,|\s)+",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\s*of (?:these|those|them|which|whom)\b", re.IGNORECASE)
_OF = re.compile(
    r"\s*(?:of|in)\s+(?:the\s+)?(?!\d)([\w' -]{3,40}?)"
    r"(?=[,.;]|\s(?:in|was|were|from|than|by|at|to|and|respectively)\b|$)"
)
_JOINT = re.compile(r"(?:\s?\w[\w ]*)??,?\s(?:and\s)?")
_WITH = re.compile(r",\s(?:with|while)\s")
_COUNTED = re.compile(
    r"\s((?!(?:in|from|at|to|by|than|and|a|on|more|respectively|while|whereas|which|with|but)\b)[a-z][\w'-]*(?:\s[a-z][\w'-]*){0,2})"
)
_STOP = re.compile(rf"\s(?:with|in|from|at|to|by|than|and|on|respectively|during|notified|who|that|{_LEVEL})\b")


class _Item(NamedTuple):
    """What one of several figures in a row is of, what leads up to the row, and where the row ends."""

    name: str
    lead: str
    end: int


def english_labels(sentence: str, figures: Sequence[Figure], last: str) -> tuple[list[str], str]:
    """A label for each figure of a sentence, and what it spoke of; `last`: what was spoken of before, or ""."""
    labels: list[str] = []
    end = 0
    respective = _respective(sentence, figures)
    for at, figure in enumerate(figures):
        item = respective.get(at)
        lead = item.lead if item else _CLAUSE.split(sentence[end : figure.start])[-1]
        is_change = figure.family in ("percent", "points") or bool(_CHANGE.search(lead) or _CAME.search(lead))
        counted = _counted(sentence, figure)
        subject = item.name if item else counted if _TRANSITIVE.search(lead) and counted else _subject(lead)
        is_part, of_share = bool(last and _OF_THESE.match(lead)), False
        if is_part:
            subject = f"{last} {_rest(sentence, figure)}".strip()
        elif figure.family == "points" and not subject and labels and labels[-1].startswith("Share of"):
            subject, of_share = _small(labels[-1]), True
        subject = subject or ("" if is_change and last else counted) or last
        goes_on = (
            bool(labels)
            and not item
            and _AND.fullmatch(_WHEN.sub("", lead))
            and figure.family == figures[at - 1].family
        )
        behind = sentence[item.end if item else figure.end :]
        labels.append(labels[-1] if goes_on else _label(lead, subject, figure, behind))
        last, end = (last if is_part or of_share else subject) or last, figure.end
    return labels, last


def _label(lead: str, subject: str, figure: Figure, behind: str) -> str:
    change = _CHANGE.search(lead) or _CHANGE.match(behind.lstrip())
    of = _OF.match(behind)
    if subject and of and figure.family == "percent" and (_SHARE.search(lead) or not change):
        return f"Share of {_small(subject)} in {of[1]}"
    if subject and _FORMER.search(lead):
        return f"Former {_small(subject)}"
    if subject and change and not _CAME.search(lead):
        return f"{'Growth' if change['up'] else 'Fall'} of {_small(subject)}"
    if subject and figure.family == "percent" and _SHARE.search(lead):
        return f"Share of {_small(subject)}"
    return subject[:1].upper() + subject[1:]


def _respective(sentence: str, figures: Sequence[Figure]) -> dict[int, _Item]:
    """The things that figures are of, by their numbers, where a clause tells those of several in their order."""
    found: dict[int, _Item] = {}
    for until in (match.start() for match in _RESPECTIVELY.finditer(sentence)):
        row = [at for at, figure in enumerate(figures) if figure.end <= until and at not in found]
        joined = [bool(_JOINT.fullmatch(sentence, figures[a].end, figures[b].start)) for a, b in pairwise(row)]
        row = row[len(joined) - joined[::-1].index(False) :] if False in joined else row
        if len(row) < 2:
            continue
        begin, end = figures[row[0] - 1].end if row[0] else 0, figures[row[-1]].end
        lead = _WITH.split(sentence[begin : figures[row[0]].start])[-1]
        named = (re.split(joint, _subject(lead)) for joint in (r",\s(?:and\s)?", r",?\sand\s|,\s"))
        names = next((names for names in named if len(names) == len(row) and all(names)), [])
        counted = _counted(sentence, figures[row[-1]])
        counted = f"{counted} of " if counted and figures[row[-1]].family != "percent" else ""
        found |= {at: _Item(f"{counted}{name}", lead, end) for at, name in zip(row, names, strict=False)}
    return found


def _subject(lead: str) -> str:
    """What stands before the verb of a clause, or before an `of` that its figure follows."""
    verb = _VERB.search(lead) or re.search(r"\sof\s*$", lead)
    words = _WHEN.sub("", lead[: verb.start()]) if verb else ""
    subject = _OPENING.sub("", words.strip()).strip(" ,")
    return "" if subject == "total" else subject


def _counted(sentence: str, figure: Figure) -> str:
    """What stands behind a figure that counts it: 312 | hotels, 12.4 million | tonnes of cargo."""
    following = _COUNTED.match(sentence, figure.end)
    return _STOP.split(f" {following[1]}")[0].strip().removeprefix("of ") if following else ""


def _rest(sentence: str, figure: Figure) -> str:
    """What a clause goes on with behind a figure, without its verb: came | from abroad."""
    words = re.split(r"[,.;]", sentence[figure.end :])[0].split()
    return " ".join(words[1:] if words and _VERB.match(words[0]) else words)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text

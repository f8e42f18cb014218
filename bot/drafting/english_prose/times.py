"""Times that an English sentence names: of its figures, or of what they are compared with."""

import re
from typing import NamedTuple

from bot.answering.language.numerals import ENGLISH_NUMBERS
from bot.answering.language.periods import EN_MONTHS

MONTHS = tuple(map(str.title, EN_MONTHS))
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?:19|20)\d\d(?:\s?[-–/]\s?\d\d(?:\d\d)?)?(?![\d,.]*\d|\s?%)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PART = (
    r"(?:(?:first|second|third|fourth|final|last|previous|current|same)[ -]"
    r"(?:(?:two|three|four|six|nine|ten) )?(?:halves|half|quarters?|months?|weeks?|term|semester))"
)
_SPAN = (
    rf"(?:(?:previous|last|same|this) )?(?:{_DAY} )?{_MONTH}(?: {_DAY}(?!\d))?"
    rf"(?:[- –](?:to|and|through|until)?[- –]?(?:{_DAY} )?{_MONTH}(?: {_DAY})?)?(?:[ -](?:quarter|period|half))?"
)
_OF_YEAR = rf"(?:,? (?:of |in )?(?:the |fiscal |calendar )*(?:{_YEAR}|(?:(?:last|this|same|previous|that) )?year))"
_STEP = r"(?:year|quarter|month|week|decade)s?"
_RELATIVE = (
    rf"(?:(?:the|a|one|two|three|five|ten|\d+) )?{_STEP} (?:before|earlier|ago|prior)"
    r"|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|(?i:last|this|(?:the )?(?:previous|prior|preceding|same|next|following|coming|past)) "
    r"(?:(?:fiscal|financial|school|academic) )?(?:year|quarter|month|week|summer|winter|spring|autumn|fall|season)"
    r"(?:['’]s)?"
)
_BEFORE = (
    r"(?:(?:at|by|since|from|until|as of) the (?:end|start|beginning|middle) of (?:the )?"
    r"|(?:in|during|over|for) the (?:year|quarter|months?|week|period)(?: (?:to|ended|of|from|through))? (?:the )?"
    r"|(?:on|in|at|by|since|during|for|over|from|until|through|throughout|between|of|as of|than in|than|against|with) "
    r"(?:the )?)?"
)
_TIME = re.compile(
    rf"(?<![\w.$£€])(?P<before>(?i:{_BEFORE}))(?:(?P<months>(?<!within the ){_PART}|Q[1-4]|{_SPAN})(?P<of>{_OF_YEAR})?"
    rf"|(?P<year>{_YEAR})(?: (?:financial |calendar )?year)?|(?P<relative>{_RELATIVE}))(?![\w%])"
)
_WHOLE = re.compile(
    r"(?i)\b(?:(?:over|in|during|for|throughout|at|by|on) the (?:end of the |whole )?(?:year|quarter|month|week|period)"
    r"|year[ -](?:over|on)[ -]year|yoy)\b(?! (?:to|before|earlier))"
)
_AGAINST = re.compile(r"(?i)(?:than|from|since|with|against|over(?! the (?:year|quarter|month|week)))\b")
_COMPARING = re.compile(
    r"\b(?:than|with|from|against|over) (?:the |that |those )?(?:level|figure|rate|number|total|period)s? $"
)
_BACK = re.compile(r"before|earlier|ago|^(?:the )?(?:previous|prior|preceding|last) year")
_AGO = re.compile(r"(\w+) years? (?:before|earlier|ago|prior)")


class Time(NamedTuple):
    """A time where it stands with its preposition.

    `year`: in full, or ""; `offset`: years from that of the report, or None; `months`: which part of the year, as
    written. `is_base`: something may be compared with it; `is_whole`: it is but that of the report, such as over the
    year. `said`: as it is told in a name, without its preposition.
    """

    start: int
    end: int
    said: str
    year: str = ""
    offset: int | None = None
    months: str = ""
    is_base: bool = False
    is_whole: bool = False

    @property
    def name(self) -> str:
        """What is said of it, as the name of that time: last year of last year's."""
        return self.said.removesuffix("'s").removesuffix("’s")


def times(text: str) -> list[Time]:
    """The times of a sentence in their order."""
    found = [_time(match) for match in _TIME.finditer(text)]
    taken = [range(one.start, one.end) for one in found]
    found += [
        Time(match.start(), match.end(), match.group(), is_whole=True)
        for match in _WHOLE.finditer(text)
        if not any(match.start() in span or match.end() - 1 in span for span in taken)
    ]
    return sorted(found)


def _time(match: re.Match[str]) -> Time:
    before, relative = match["before"] or "", match["relative"] or ""
    year = re.search(r"(?:19|20)\d\d.*", (match["of"] or "") + (match["year"] or ""))
    is_base = bool(
        _AGAINST.match(before)
        or _COMPARING.search(match.string, 0, match.start())
        or (_BACK.search(relative) and not before)
        or (before.lower() == "on " and match["year"])  # rose 5% on 2029
    )
    # Of this year's graduates: the preposition is that of what follows.
    is_of_name = relative.endswith(("'s", "’s")) and not is_base
    return Time(
        match.start() + len(before) * is_of_name,
        match.end(),
        match.group()[len(before) :],
        year.group().strip() if year else "",
        None if year else _offset(relative or match["of"] or ""),
        (match["months"] or "").strip(),
        is_base,
    )


def _offset(text: str) -> int | None:
    """How many years from that of the report a time is."""
    if ago := _AGO.search(text):
        return -int(ago[1]) if ago[1].isdigit() else -ENGLISH_NUMBERS.get(ago[1], 1)
    if "year" not in text:
        return None
    return -1 if re.search("last|previous|prior|preceding", text) else 1 if re.search("next|coming", text) else 0

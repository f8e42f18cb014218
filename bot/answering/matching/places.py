"""Where a question is about, seen from a report: its own place, one around it, or another one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.answering.knowledge.model import Report
from bot.answering.language.normalize import normalize
from bot.answering.language.places import CITY, COUNTRY, COUNTY, PROVINCE, gazetteer, place
from bot.answering.language.tokens import Token

HERE = "here"
OTHER = "other"
WORLD = "world"
_TOWNSHIP, _DISTRICT, _ORGANISATION = "township", "district", "organisation"
LEVELS = (_ORGANISATION, _TOWNSHIP, _DISTRICT, COUNTY, CITY, PROVINCE, COUNTRY, WORLD)
_WHOLE_COUNTRY = re.compile("全国|我国|中国|china")  # 全国邮政行业, 中国电影市场
# How the names of organisations end, which others may be called after: 北京大学.
_ORGANISATIONS = tuple("院 大学 学校 公司 集团 银行 hospital university college school company".split())
_BY_ENDING = (
    ("省", PROVINCE),
    ("自治区", PROVINCE),
    ("市", CITY),
    ("县", COUNTY),
    ("区", _DISTRICT),
    ("镇", _TOWNSHIP),
    ("乡", _TOWNSHIP),
    ("国", COUNTRY),
)


class Surroundings:
    """The place that a report is about and those that it lies in.

    `level`: what kind of place it is, and `called`: what its name says, as a county may be a 市. `around`: the codes of
    the places that it lies in, by their level. `is_place`: it is a place at all, of which others are told beside it.
    """

    def __init__(self, report: Report) -> None:
        self.id = report.id
        names = [normalize(name) for name in (report.subject.label, report.subject.en, *report.subject.aliases)]
        known = gazetteer()
        own = next((place(known[name]) for name in names if name in known), None)
        # 济南高新区 begins with the name of 济南.
        beginnings = (names[0][:end] for end in range(len(names[0]) - 1, 1, -1))
        lies_in = own or next((place(known[name]) for name in beginnings if name in known), None)
        if not lies_in and any(map(_WHOLE_COUNTRY.search, names)):
            own = place("CN")
        self.code = own.code if own else ""
        codes = own.parents if own else (lies_in.code, *lies_in.parents) if lies_in else ()
        self.around = {place(code).level: code for code in codes}
        endings = (level for ending, level in _BY_ENDING if names[0].endswith(ending))
        ending = next(endings, _ORGANISATION)
        self.level = own.level if own else ending
        self.called = self.level if ending == _ORGANISATION else ending
        has_place = lies_in or any(word in known for word in names[0].split())
        is_within = bool(has_place) and not names[0].endswith(_ORGANISATIONS)
        self.is_place = self.level != _ORGANISATION or is_within

    def is_called(self, token: Token) -> bool:
        """Whether a token is a name of what the report is about."""
        return self.id in token.roles.get("subject", "").split()

    def key(self, token: Token) -> str:
        """`HERE` for the report's own place, else what stands for the place that a token names, in whatever words."""
        if self.is_called(token):
            return HERE
        # Other places are the one thing that they say, in whatever words.
        senses = token.word.senses if token.word else ()
        named = token.roles.get("place") or (senses[0][0] if len(senses) == 1 == len(senses[0]) else token.text)
        if named in ("any", self.level, self.called, self.code) or (named == WORLD and self.level == _ORGANISATION):
            return HERE
        if named not in LEVELS:
            return named
        return self.around.get(named, named if LEVELS.index(named) > LEVELS.index(self.level) else HERE)

    def elsewhere(self, places: Sequence[Token]) -> list[str]:
        """The keys of those of some places that are not the report's own, nor what that lies in before its name."""
        keys = [self.key(token) for token in places]
        # 济南市高新区: what the report's place lies in may stand before its name.
        return [
            key
            for token, key, behind in zip(places, keys, [*keys[1:], ""], strict=True)
            if key != HERE and not (behind == HERE and token.roles.get("place") not in LEVELS and self.lies_in(key))
        ]

    def lies_in(self, key: str) -> bool:
        """Whether a key of `key` stands for a place that the report's place lies in, known or not: 全省."""
        return key in self.around.values() or key in LEVELS


@lru_cache(maxsize=1024)
def surroundings(report: Report) -> Surroundings:
    """Those of a report, made once."""
    return Surroundings(report)

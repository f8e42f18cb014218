"""Of whom a text tells: whose the figures are that do not say so themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.language.tokens import Token

from . import words as w
from .reading import Reading
from .sentence import SentenceText
from .subjects import Subject, Subjects, is_generic, is_measured

PER_ONE = re.compile(".均")  # 日均, 人均
_SHARES = frozenset(["占比", "比重"])
_SO_MANY = re.compile("[两三四五六七八九十][类项个种者大]")
_HOLDING = frozenset(["firms", "households", "things", "count"])


@dataclass
class Topics:
    """The topics of a section.

    `nearest`: of whom the clauses before a figure tell; `whole`: of whom the sentence tells, whatever it says of parts.
    `holds`: the nearest was named as such, and not just by what is measured of it; `goes_on`: in the same part of the
    sentence.
    """

    subjects: Subjects
    nearest: Subject = ()
    whole: Subject = ()
    holds: bool = False
    goes_on: bool = True
    _segment: int = -1

    def begin_sentence(self, text: SentenceText) -> None:
        self.whole = self.whole if text.tells_parts else ()
        self.nearest, self.holds, self._segment = self.whole, False, -1

    def note(self, text: SentenceText, at: int, own: Subject) -> None:
        """Takes note of what the clause of a figure says: 社会组织49个; 机场完成吞吐量3吨."""
        lead, segment, is_part = text.leads[at], text.segment(at), text.is_part(at)
        opens, self._segment = segment != self._segment, segment
        self.goes_on = not (opens and segment)
        if opens and segment and is_part:
            self.nearest = self.whole  # 学校9所，其中小学5所；教师 | 8人
        if not own or is_generic(own) or (lead.leading and not opens):
            return
        owner: Subject = ()
        is_parallel = at == 0
        if is_measured(own):
            owner = self.subjects.owner(own)
        elif text.figures[at].family in _HOLDING or (opens and not is_part and text.figures[at].family != "visits"):
            owner = () if "".join(own).endswith(w.KINDS) else own
            is_parallel = is_parallel or opens
        at_time = next((at for at, piece in enumerate(owner) if at and PER_ONE.fullmatch(piece)), len(owner))
        owner = owner[:at_time]  # 公交集团 | 日均出车
        if len("".join(owner)) < 2:
            self.nearest = self.whole if opens and segment else self.nearest
            return
        self.holds = not is_measured(own)
        self.nearest = owner
        if is_parallel and not is_part:
            self.whole = owner

    def of(self, subject: Subject) -> Subject:
        """Of whom a figure tells that tells a subject."""
        return self.nearest if "".join(self.nearest) not in "".join(subject) else self.whole


@dataclass
class Context:
    """What the text before has named.

    `share_of`: what shares are of; `rates`: the last readings in a row of a rate. `told_before`: the subjects of the
    sentence before.
    """

    topics: Topics
    subject: Subject = ()
    family: str = ""
    whole: Subject = ()
    share_of: str = ""
    rates: Sequence[Reading] = ()
    told_before: Sequence[Subject] = ()
    place: str = ""
    stated_in: str = ""
    period: tuple[Token, ...] = ()

    def items(self, text: SentenceText, at: int, length: int, recent: Sequence[Subject]) -> Sequence[Subject]:
        """What the figures in a row from one on are of, [] where that is the same."""
        lead, subjects = text.leads[at], self.topics.subjects
        own = tuple(token.text for token in lead.subject)
        is_shared = not own and text.figures[at].family == "points"
        if length == 1 or is_shared:
            return []
        recent = list(dict.fromkeys(recent))
        before = text.names_before(at)
        named = subjects.in_row(text.text, lead.subject if own else before, length)
        if named or (not own and len(recent) >= length):
            return named or recent[-length:]
        measure = own[-1:] if own and is_measured(own) else ()
        if not recent and _SO_MANY.match("".join(own)) and (alike := self._told_alike(own, length)):
            return alike
        if row := subjects.in_row(text.text, before, length):
            return [(*name, *measure) for name in row]
        if measure and len(recent) >= length:
            # 红茶9吨、绿茶8吨，合格率分别为
            of = recent[-length:]
            is_open = is_generic(own)
            return [subjects.of_which(own, [one], ()) if is_open else (*subjects.bearer(one), *own) for one in of]
        return []

    def _told_alike(self, own: Subject, length: int) -> Sequence[Subject]:
        """The things of the sentence before that are measured alike, if so many: 春茶面积, 两类面积 | 占比依次为."""
        share = own[-1:] if own[-1] in _SHARES else ()
        of = own[: len(own) - len(share)][-1:]
        alike = [one for one in self.told_before if not is_measured(of) or one[-1:] == of]
        # 分类型看 begins with what the types are of.
        return [(*one, *share) for one in alike[-length:]] if len(alike) - length in (0, 1) else []

    def whole_of(self, *, is_part: bool) -> str:
        """What a share is of that does not say so."""
        return "".join(self.whole if is_part else ()) or self.share_of

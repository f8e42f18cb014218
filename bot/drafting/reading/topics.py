"""Of whom a text tells: whose the figures are that do not say so themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.language.tokens import Token

from .reading import Reading
from .sentence import SentenceText
from .subjects import Subject, Subjects, is_generic, is_measured
from .words import words

_HOLDING = frozenset(["firms", "things", "count"])


@dataclass
class Topics:
    """The topics of a section.

    `nearest`: of whom the clauses before a figure tell; `whole`: of whom the sentence tells, whatever it says of parts.
    `holds`: the nearest was named as such, and not just by what is measured of it; `goes_on`: in the same part of the
    sentence.
    """

    subjects: Subjects
    nearest: Subject = ()
    bearer: Subject = ()
    whole: Subject = ()
    holds: bool = False
    goes_on: bool = True
    _segment: int = -1

    def begin_sentence(self, text: SentenceText) -> None:
        self.whole = self.whole if text.tells_parts else ()
        self.nearest, self.holds, self._segment = self.whole, False, -1

    def note(self, text: SentenceText, at: int, own: Subject) -> None:
        """Takes note of what the clause of a figure says: 社会组织49个; 机场完成吞吐量3吨."""
        lead, segment, is_part = text.lead(at), text.segment(at), text.is_part(at)
        opens, self._segment = segment != self._segment, segment
        self.goes_on = not (opens and segment)
        if lead.bearer and not is_part:
            self.nearest = self.whole = self.bearer = lead.bearer
            self.holds = True
            return
        if not own or is_generic(own) or own[-1][-1:] == "均" or (lead.leading and not opens):
            return
        owner: Subject = ()
        is_parallel = at == 0
        if is_measured(own):
            owner = self.subjects.owner(own)
        elif text.figures[at].family in _HOLDING or (opens and not is_part):
            owner = () if "".join(own).endswith(words().kinds) else own
            is_parallel = is_parallel or opens
        owner = tuple(piece for piece in owner if piece not in "“”")
        if len("".join(owner)) < 2:
            self.nearest = self.whole if opens and segment else self.nearest
            return
        self.holds = not is_measured(own)
        self.nearest = owner
        if is_parallel and not is_part:
            self.whole = owner

    def complete(self, own: Subject, subject: Subject) -> None:
        """Takes note of whose what a clause names is: 初中 | 学校5所, 在校生."""
        if own and subject[-len(own) :] == own:
            self.nearest = subject if self.nearest == own else self.nearest
            self.whole = subject if self.whole == own else self.whole

    def of(self, subject: Subject) -> Subject:
        """Of whom a figure tells that tells a subject."""
        return self.nearest if "".join(self.nearest) not in "".join(subject) else self.whole


@dataclass
class Context:
    """What the text before has named.

    `heading`: what a heading names; `share_of`: what shares are of; `rates`: the last readings in a row of a rate;
    `row`: of what the figures of the last row of several things are.
    """

    topics: Topics
    subject: Subject = ()
    family: str = ""
    whole: Subject = ()
    heading: Subject = ()
    share_of: str = ""
    rates: Sequence[Reading] = ()
    row: Sequence[Subject] = ()
    years: Sequence[int] = ()
    place: str = ""
    stated_in: str = ""
    period: tuple[Token, ...] = ()

"""What is read of a figure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.language.tokens import Token
from bot.drafting.english_prose.figures import Time

from .clauses import Lead
from .figures import Figure
from .subjects import Subject


class Carried(StrEnum):
    """Where the subject of a figure was named: by itself, or how far before it."""

    HERE = "here"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Reading:
    """A figure and what it tells.

    `subject`: what is measured, in words; `lead`: how it is told. `tail`: what is counted, or said of the part that a
    percentage is, where that stands behind the figure; `is_part`: it is such a part. `is_former`: something else is
    compared with it. `place`: where, if the sentence says so before. `change_of`: the figure of which this tells
    the change. `whole`: what a share is of, where it does not say so. `label`: in
    an English sentence, what it is called. `topic`: of whom the text tells; `holder`: of what was told before in the
    sentence, or in the one that this goes on from, "" for none. `period` has the tokens of the sentence `stated_in`;
    `when`: in English, the time; `names`: there, other names.
    """

    figure: Figure
    lead: Lead
    subject: Subject
    tail: str = ""
    is_part: bool = False
    is_former: bool = False
    place: str = ""
    period: tuple[Token, ...] = ()
    change_of: "Reading | None" = None
    whole: str = ""
    carried: Carried = Carried.HERE
    label: str = ""
    topic: Subject = ()
    holder: str = ""
    stated_in: str = ""
    when: Time | None = None
    names: tuple[str, ...] = ()

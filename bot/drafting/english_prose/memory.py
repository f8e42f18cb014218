"""What the text before a figure has named, and what is carried over from it."""

import re
from dataclasses import dataclass, field

from . import words as w
from .clauses import Clause, said
from .labels import Told, cleaned, is_pronoun
from .view import View

_FOLLOWS = re.compile(
    r"\b(?:are as follows|the following|listed below|shown below|below)\b.*|[:–—-]\s*$",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"\b(?:between|compared|than|from|over)\b")
_SILENT_VERBS = (w.NUMBER_VERBS - {"come", "comes", "came"}) | (w.HAVING_VERBS - w.HAVE) | w.AUXILIARIES


@dataclass
class Memory:
    """What was spoken of.

    `last`: what the figure before told; `subject`: of what the last clause told that named it.
    """

    last: Told = field(default_factory=lambda: Told(""))
    subject: str = ""

    def begin_section(self) -> None:
        """Forgets what the section before has named."""
        self.last, self.subject = Told(""), ""

    def note_clause(self, clause: Clause) -> None:
        """Takes note of what a clause speaks of."""
        subject = cleaned(said(clause.subject))
        is_name = subject and not is_pronoun(subject) and not any(one.is_figure for one in clause.subject)
        if is_name and clause.tokens[0].low != "there":
            self.subject = subject

    def note_lead_in(self, text: str) -> None:
        """Takes note of what a sentence without figures says that leads up to a list."""
        if _FOLLOWS.search(text):
            self.last = Told(cleaned(_FOLLOWS.sub("", text)))

    def carried(self) -> str:
        """What was spoken of before."""
        return self.last.core or self.subject

    def owner(self, view: View) -> str:
        """The subject of the clause of a figure, or what a pronoun there stands for."""
        clause = view.clause
        subject = said(clause.subject)
        if view.has_figure_as_subject or subject.lower() in ("there", "which", "who"):
            return ""
        if is_pronoun(subject):
            return self.carried() if subject.lower() in ("this", "that", "it") else self.subject or self.last.core
        return cleaned(subject) or (self.subject if clause.has_verb and clause.begins in ("and", "but") else "")

    def rest(self, view: View, until: int) -> str:
        """The clause up to a word: its subject, its verb where that says more than "is", and what follows it."""
        clause, verb = view.clause, view.clause.main_verb
        if not clause.has_verb or clause.verb[0] >= until:
            return cleaned(said(clause.tokens[:until]))
        begin = clause.verb[1]
        deed = [one for one in clause.tokens[slice(*clause.verb)] if one.low not in w.AUXILIARIES]
        last = next((at for at in range(until - 1, begin - 1, -1) if clause.tokens[at].is_figure), begin - 1)
        words = [one for one in clause.tokens[last + 1 : until] if one.low not in w.HEDGES]
        parts = [self._doer(view), "" if verb in _SILENT_VERBS else said(deed), said(words)]
        return cleaned(" ".join(filter(None, parts)))

    def _doer(self, view: View) -> str:
        """Who does what the clause of a figure tells."""
        if view.has_figure_as_subject:
            return self.last.counted
        return "" if view.clause.tokens[0].low == "there" else self.owner(view) or self.subject


def measured_in(clause: Clause) -> str:
    """Of what a clause tells a change without a figure: recorded increases in | jobs."""
    behind = clause.tokens[clause.verb[1] :] if clause.has_verb else []
    at = next((at for at, one in enumerate(behind) if one.low.removesuffix("s") in w.CHANGE_NOUNS), len(behind))
    of = behind[at + 1 : at + 2]
    return cleaned(_COMPARING.split(said(behind[at + 2 :]))[0]) if of and of[0].low in ("in", "of") else ""

"""What a figure of an English sentence tells, by what stands around it and what was named before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from . import words as w
from .clauses import Clause, Sentence, Token, View, said
from .figures import Number
from .labels import Told, cleaned, is_pronoun

_SILENT_VERBS = (w.NUMBER_VERBS - {"come", "comes", "came"}) | (w.HAVING_VERBS - w.HAVE) | w.AUXILIARIES
_CHANGING = (w.CHANGE_NOUNS | w.UP_WORDS | w.DOWN_WORDS) - {"below", "above"}
_ANY = frozenset(["these", "those", "them", "whom", "which"])
_STOPPING = frozenset(["compared", "according", "against", "than"])
_ENDS_ITEM = w.AUXILIARIES | {"and", "by", "in", "at", "with", "than", "from"}


@dataclass
class Memory:
    """What was spoken of.

    `last`: what the figure before told; `subject`: of what the last clause told that named it.
    """

    last: Told = field(default_factory=lambda: Told(""))
    subject: str = ""

    def note_clause(self, clause: Clause) -> None:
        """Takes note of what a clause speaks of."""
        subject = cleaned(said(clause.subject))
        is_name = subject and not is_pronoun(subject) and not any(one.is_figure for one in clause.subject)
        if is_name and clause.tokens[0].low != "there":
            self.subject = subject

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


def kind_of(word: str) -> str:
    """In which direction a word of change points."""
    if word in w.UP_VERBS | w.UP_NOUNS | w.UP_WORDS:
        return "up"
    return "down" if word in w.DOWN_VERBS | w.DOWN_NOUNS | w.DOWN_WORDS else "change"


def _kind(view: View) -> str:
    """In which direction the change goes that a figure tells, "" where it tells none."""
    words, verb = [word for word in view.words if word not in ("by", "a", "an", "another", "of")], view.clause.main_verb
    if verb not in w.SHARE_VERBS and words[-1:] in (["up"], ["down"]):
        return words[-1]
    if verb in w.CHANGE_VERBS and not view.is_subject and words in ([], ["and"]):
        return kind_of(verb)
    behind = takewhile(lambda one: not one.is_figure, view.clause.tokens[view.at + 1 : view.at + 3])
    found = next((kind_of(one.low) for one in behind if one.low in _CHANGING), "")
    return found or ("change" if view.number.is_change and not view.lead else "")


def change(view: View, memory: Memory) -> Told | None:
    """A change: rose by | 5%, | 5% more miles, lost | 31 jobs."""
    kind = _kind(view)
    if not kind:
        return None
    own = memory.owner(view)
    if of := view.object_of_change:
        return Told(f"{of} {memory.rest(view, view.at)}" if own else of, kind, extra=view.base)
    if view.count and not (view.number.is_relative or view.is_unit) and view.counted[0].low not in own.lower():
        return Told(f"{view.count} of {own or memory.carried()}", kind, view.count, view.base)
    is_of_share = not own and view.number.is_change and memory.last.kind == "share"  # 5% of jobs, 1.2 points more
    core = f"share of {memory.carried()}" if is_of_share else own or memory.carried()
    return Told(core, kind, view.count, view.base, is_carried=not own)


def come_to(view: View, memory: Memory) -> Told | None:
    """What something came to: rose 5% to | $8, bringing the total to | 31."""
    clause = view.clause
    may_come = view.previous or clause.begins in "–—" or clause.main_verb in w.CHANGE_VERBS or not clause.subject
    if view.words[-1:] != ["to"] or not may_come:
        return None
    own = memory.owner(view) if clause.subject else cleaned(said(view.lead[:-1]))
    core = f"{own or memory.carried()}{view.per}"
    return Told(core, counted=view.count, extra=view.base, is_carried=not own)


def former(view: View, memory: Memory) -> Told | None:
    """What a figure is compared with: fell from | 13%, compared with | 59% a year earlier."""
    words, last = view.words, memory.last
    is_from = words[-1:] == ["from"] and (view.clause.main_verb in w.CHANGE_VERBS or words[-2:-1] in (["up"], ["down"]))
    is_after = view.sentence.base_before(view.token.start) is not None  # up from last year's | $7
    if not (is_from or is_after or "compared" in (*words[-2:], view.clause.begins)):
        return None
    own = memory.owner(view) if is_from else ""
    kind = "share" if last.kind == "share" and view.number.is_relative else "level"
    return Told(own or memory.carried(), kind, view.count, view.base or "earlier", is_carried=not own)


def told_apart(clause: Clause, told: Mapping[int, Told], sentence: str) -> dict[int, Told]:
    """What each of several figures tells of its own of some things: Ash and Elm had 31 and 12 homes respectively."""
    figures = [one.figure for one in clause.tokens[clause.verb[1] :] if one.is_figure]
    if not clause.subject or len(figures) < 2 or not any(one.low == "respectively" for one in clause.tokens):
        return {}
    whole = clause.subject[0].text + sentence[clause.subject[0].end : clause.subject[-1].end]
    splits = (re.split(joint, whole) for joint in (r",\s(?:and\s)?", r",?\sand\s|,\s"))
    names = next((parts for parts in splits if len(parts) == len(figures) and all(parts)), [])
    last, known = told[figures[-1]], cleaned(said(clause.subject))
    cores = [last.core.replace(known, cleaned(name)) for name in names]
    return {figure: replace(last, core=core) for figure, core in zip(figures, cores, strict=False)}


def told_by(view: View, memory: Memory) -> Told:
    """What a figure tells, by the first way of telling that fits what stands around it."""
    ways = (_beside, former, _named, change, come_to, _whose)
    found = next(filter(None, (way(view, memory) for way in ways)), None) or _of_verb(view, memory)
    if any(one.low in w.EXPECTING_VERBS for one in view.clause.tokens[slice(*view.clause.verb)]):
        return replace(found, extra=f"expected {found.extra}".strip())
    return found


def _beside(view: View, memory: Memory) -> Told | None:
    """Another form of the figure before: 85 cents, or | 2.5 per cent; $5 million, or 48 cents | per share."""
    del memory
    if view.previous is None or view.words[-1:] not in ([], ["or"]) or view.has_noun_before:
        return None
    if view.counted and not view.is_unit:
        return None
    return replace(view.previous, core=f"{view.previous.core}{view.per}", is_carried=True)


def _named(view: View, memory: Memory) -> Told | None:
    """A figure behind the name of what it is: a profit of | $5, a median of | 45 days, an increase in jobs of | 31."""
    if view.words[-1:] != ["of"]:
        return None
    start = max((at + 1 for at, word in enumerate(view.words) if word in ("and", "by", "with", "to", "at")), default=0)
    name, kind = view.lead[start:-1], "level"
    at = next((at for at, one in enumerate(name) if one.low in w.CHANGE_NOUNS), None)
    if at is not None:
        kind, name = kind_of(name[at].low), [one for one in name[:at] if one.low not in w.WEAK] + name[at + 2 :]
    text, owner = cleaned(said(name)), memory.owner(view)
    is_whole = all(one.low in w.WEAK | w.DETERMINERS for one in name)
    if is_whole and view.is_subject and view.clause.has_verb:
        return _whose(view, memory)  # a total of | 31 homes were built
    counted = "" if view.is_unit else view.count
    core = f"{text}{view.per}" if text and not is_whole else f"{text} {counted or owner or memory.carried()}"
    if owner and view.clause.main_verb in w.HAVING_VERBS and core != owner:
        core = f"{core} of {owner}"
    return Told(core, kind, view.count, view.base, is_carried=is_whole and not (counted or owner))


def _whose(view: View, memory: Memory) -> Told | None:
    """A figure that is the subject of its clause, or of one without a verb: | 31 received degrees."""
    if not view.is_subject:
        return None
    clause = view.clause
    counted, middle = _counted(view)
    name = counted or memory.last.counted or memory.last.core
    if view.words and view.words[-1] in w.PREPOSITIONS - {"of"} and view.counted and view.has_noun_before:
        name = f"{counted} of {cleaned(said(view.lead))}"  # Choirs from | 10 towns
    deed = _deed(clause)
    core = " ".join(filter(None, [name, middle, deed]))
    kind = "share" if view.number.is_relative and (deed or counted or middle) else "level"
    extra = "" if clause.has_verb else view.base
    return Told(core, kind, name, extra, is_carried=not counted)


def _counted(view: View) -> tuple[str, str]:
    """What a figure is a number or a share of, and what is said of that before the verb."""
    clause, behind = view.clause, view.behind
    if clause.has_verb:
        behind = behind[: max(len(behind) - len(clause.tokens) + clause.verb[0], 0)]
    words = [one.low for one in behind[:2]]
    if words[:1] == ["of"] and words[1:] and words[1] in _ANY:
        return "", cleaned(said(behind[2:]))  # 40 | of them in intensive care
    last = max((at for at, one in enumerate(behind) if one.is_figure), default=-1)
    if not view.counted and words[:1] and words[0] in ("of", "in", "or"):
        return cleaned(said(behind[last + 1 :])), ""  # 3 million or 48 per cent of | all calls
    if words[:1] == ["of"] and last >= 0:  # 5 schools | of the 11 passing
        return view.count, cleaned(said(behind[last + 1 :]))
    end = next((at for at, one in enumerate(behind) if one.is_figure), None)
    return view.count, cleaned(said(behind[:end]))


def _deed(clause: Clause) -> str:
    """What a subject does, as said of it: that received degrees; classed as urgent."""
    if not clause.has_verb:
        return ""
    verb, rest = clause.tokens[slice(*clause.verb)], clause.tokens[clause.verb[1] :]
    rest = rest[: next((at for at, one in enumerate(rest) if one.low in _STOPPING), None)]
    if verb[0].low in w.BE:
        return cleaned(said([*(one for one in verb if one.low not in w.AUXILIARIES), *rest]))
    words = said([one for one in [*verb, *rest] if not one.is_figure])
    return words if verb[0].low.endswith("ing") else f"that {words}"


def _of_verb(view: View, memory: Memory) -> Told:
    """A figure behind a verb: were | 31; had | 31 pupils; spent | $5 on books."""
    owner, verb, counted = memory.owner(view), view.clause.main_verb, view.count
    subject = owner or memory.carried()
    exists = view.clause.tokens[0].low == "there" and bool(counted)
    kind = "share" if view.number.is_relative and verb in w.SHARE_VERBS else "level"
    whole = _of_whole(view) if kind == "share" else ""
    if exists:
        core = counted
    elif whole:  # made up | 5% of jobs
        core = f"{subject} in {whole}"
    elif counted and verb in w.HAVING_VERBS | w.SHARE_VERBS and not view.has_noun_before:  # had | 31 pupils
        core = f"{counted} of {subject}"
    elif verb in w.SHARE_VERBS or (verb in w.EXPECTING_VERBS and not view.has_noun_before):
        core = subject if verb in w.SHARE_VERBS else memory.carried()  # made up | 5%; analysts expected | $5
    elif verb in w.NUMBER_VERBS and not view.has_noun_before:
        core = _amount(view, subject)
        is_part = view.number.is_relative and counted  # 52% male and 48% female
        kind = "share" if is_part and view.until < len(view.sentence.text) else "level"
    else:  # miles | passengers flew
        rest = memory.rest(view, view.at)
        core = f"{'' if view.is_unit else counted} {rest}" if rest else subject
    return Told(core, kind, counted, view.base, is_carried=not (owner or exists))


def _of_whole(view: View) -> str:
    """What a share is of, as said behind it, or behind the last one of a row: 31% and 8% of | the power."""
    behind = list(takewhile(lambda one: one.is_figure or one.low in ("of", "and") or one.text == ",", view.behind))
    is_of = bool(behind) and behind[-1].low == "of" and len(behind) < len(view.behind)
    return cleaned(said(view.behind[len(behind) :])) if is_of else ""


def _amount(view: View, subject: str) -> str:
    """What a subject comes to: the rate was | 5%; the cast numbered | 31."""
    counted = view.counted
    is_average = view.clause.main_verb in w.AVERAGE_VERBS and "average" not in subject.lower()
    core = f"average {subject}" if is_average else subject
    if counted and view.count.lower().startswith(("years old", "years of age")):
        return f"age of {core}" if not is_average else f"average age of {subject}"
    if counted and not view.is_unit and counted[-1].low not in subject.lower():
        is_many = counted[-1].is_plural and not view.number.is_relative
        core = f"{view.count} of {core}" if is_many else f"{core} {view.count}"
    return core if view.per in core else f"{core}{view.per}"


def told_in_brackets(sentence: Sentence, at: int, told: Mapping[int, Told], memory: Memory) -> Told:
    """What the figure at a token tells; `told`: what those outside of brackets tell."""
    tokens, last = sentence.tokens, memory.last
    opening = next((i for i in range(at, -1, -1) if tokens[i].text in "(["), None)
    if opening is None:
        return Told(memory.carried(), is_carried=True)
    inside, number = tokens[opening + 1 : at], sentence.numbers[tokens[at].figure]
    if time := sentence.base_before(tokens[opening].start):  # than in the year before (| 31)
        return Told(last.core, counted=last.counted, extra=time.said)
    kind = _kind_in(inside, number)
    before = [i for i in range(opening) if tokens[i].is_figure and not tokens[i].in_brackets]
    if before and all(one.is_noun or one.low in ("per", "a") for one in tokens[before[-1] + 1 : opening]):
        return _again(told[tokens[before[-1]].figure], kind, number)
    ends = (one.in_brackets or one.is_figure or one.is_sign or one.low in _ENDS_ITEM for one in tokens[:opening])
    start = max((i for i, is_end in enumerate(ends, 1) if is_end), default=0)
    item = cleaned(said(tokens[start:opening]))  # Ash (5%), Elm (6%) and Oak (7%)
    clause = next((one for one in sentence.clauses if one.has_verb), None)
    whole = memory.subject or last.core
    if not kind and clause and clause.main_verb in w.CHANGE_VERBS:
        kind = kind_of(clause.main_verb)
    core = item if item in whole or not whole else f"{whole} in {item}"
    return Told(core, kind or ("level" if last.kind == "share" else last.kind))


def _kind_in(inside: Sequence[Token], number: Number) -> str:
    if number.sign:
        return "up" if number.sign > 0 else "down"
    changing = w.CHANGE_VERBS | w.CHANGE_NOUNS | {"up", "down"}
    return next((kind_of(one.low) for one in inside if one.low in changing), "")


def _again(told: Told, kind: str, number: Number) -> Told:
    """The figure before in another form: 22,500 (| +1.2%), 998 graduates (| 17.73%)."""
    if told.kind in ("up", "down", "change"):
        return told
    if kind:
        return replace(told.as_level(), kind=kind)
    return replace(told, kind="share") if number.is_percent else told.as_level()

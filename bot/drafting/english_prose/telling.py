"""What a figure of an English sentence tells, by what stands around it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from . import words as w
from .changes import change, come_to, former, kind_of
from .clauses import Clause
from .labels import Told, cleaned
from .memory import Memory
from .tokens import said
from .view import View

_ANY = frozenset(["these", "those", "them", "whom", "which"])
_STOPPING = frozenset(["compared", "according", "against", "than"])


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
    of = _whole(clause)
    name = counted or of or memory.last.counted or memory.last.core
    if view.words and view.words[-1] in w.PREPOSITIONS - {"of"} and view.counted and view.has_noun_before:
        name = f"{counted} of {cleaned(said(view.lead))}"  # Choirs from | 10 towns
    deed = _deed(clause)
    core = " ".join(filter(None, [name, middle, deed]))
    kind = "share" if view.is_relative and (deed or counted or of or middle) else "level"
    extra = "" if clause.has_verb else view.base
    return Told(core, kind, name, extra, is_carried=not (counted or of))


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


def _whole(clause: Clause) -> str:
    """The whole that a clause tells the parts of, if what leads up to it names that: of this year's graduates."""
    if not clause.intro or clause.intro[0].low not in ("of", "among"):
        return ""
    return cleaned(said([one for one in clause.intro[1:] if one.low not in _ANY and not one.is_figure]))


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
    kind = "share" if view.is_relative and verb in w.SHARE_VERBS else "level"
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
        has_parts = view.is_relative and counted and view.until < len(view.sentence.text)  # 52% male and 48% female
        kind = "share" if has_parts else "level"
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
        core = f"{view.count} of {core}" if counted[-1].is_plural and not view.is_relative else f"{core} {view.count}"
    return core if view.per in core else f"{core}{view.per}"

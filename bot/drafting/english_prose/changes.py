"""Figures that tell a change, what it came to, or what is compared with it."""

from itertools import takewhile

from . import words as w
from .labels import Told, cleaned
from .memory import Memory
from .tokens import said
from .view import View

_CHANGING = (w.CHANGE_NOUNS | w.UP_WORDS | w.DOWN_WORDS) - {"below", "above"}


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
    if view.count and not (view.is_relative or view.is_unit) and view.counted[0].low not in own.lower():
        return Told(f"{view.count} of {own or memory.carried()}", kind, view.count, view.base)
    is_of_share = not own and view.number.is_change and memory.last.kind == "share"  # 5% of jobs, 1.2 points more
    core = f"share of {memory.carried()}" if is_of_share else own or memory.carried()
    return Told(core, kind, view.count, view.base, is_carried=not own)


def come_to(view: View, memory: Memory) -> Told | None:
    """What something came to: rose 5% to | $8, bringing the total to | 31."""
    clause = view.clause
    if view.words[-1:] != ["to"] or not (
        view.previous or clause.begins in "–—" or clause.main_verb in w.CHANGE_VERBS or not clause.subject
    ):
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
    kind = "share" if last.kind == "share" and view.is_relative else "level"
    return Told(own or memory.carried(), kind, view.count, view.base or "earlier", is_carried=not own)

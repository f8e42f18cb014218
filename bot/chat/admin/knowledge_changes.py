"""What admins read of new knowledge: what is different, what is worth a look, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias, TypeVar

from bot.answering.knowledge.changes import Changed, Changes
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.problem import Problem
from bot.chat.plain_text import cut, one_line
from bot.chat.texts import Locale, texts

from .reloads import ChangedSince, Edited, Followers, NothingToUndo, Refused, Stale, Unwritable

# All of it together stays below the 4096 characters of a message.
_MOST_FACTS: Final = 7
_MOST_PROBLEMS: Final = 8
_MOST_WARNINGS: Final = 4
_LONGEST_NAME: Final = 60
_LONGEST_FIGURE: Final = 30
_LONGEST_PROBLEM: Final = 250

Item = TypeVar("Item")
Result: TypeAlias = Edited | Refused | Stale | Unwritable | NothingToUndo | ChangedSince


def result_lines(result: Result, locale: Locale, *, undo: bool = False) -> Iterator[str]:
    """Lines of plain text: what has become of a document that was to be applied, or to be undone."""
    say = texts(locale)
    match result:
        case Edited(name, reloaded, followers):
            yield say("undone" if undo else "document-applied", name=one_line(name))
            yield say("document-in-force", version=reloaded.version, facts=reloaded.facts)
            yield from changed(reloaded.changes, locale)
            yield from warned(reloaded.warnings, reloaded.total, locale)
            yield from followed(followers, locale)
        case Refused(problems, total):
            yield say("undo-refused" if undo else "document-put-back")
            yield from refused(problems, total, locale)
        case Stale():
            yield say("document-stale")
        case Unwritable(reason):
            yield say("document-unwritable", reason=one_line(reason))
        case NothingToUndo():
            yield say("undo-nothing")
        case ChangedSince(name, kept):
            yield say("undo-changed", name=one_line(name), kept=one_line(kept))


def result_summary(result: Result) -> str:
    """The same in one line, for the audit."""
    match result:
        case Edited(name, reloaded, _):
            return f"{name}: {summary(reloaded.changes)}; version {reloaded.version}"
        case Refused(problems, total):
            more = f" (and {total - 1} more)" if total > 1 else ""
            return f"refused: {problems[0]}{more}"
        case Stale():
            return "refused: the folder has changed since the check"
        case Unwritable(reason):
            return f"failed: {reason}"
        case NothingToUndo():
            return "nothing to undo"
        case ChangedSince(name, _):
            return f"refused: {name} has been changed since"


def summary(changes: Changes) -> str:
    """The numbers alone, as the audit has them."""
    return ", ".join(f"{count} {what}" for what, count in _counts(changes).items())


def changed(changes: Changes, locale: Locale) -> Iterator[str]:
    """Lines of plain text: how many facts were added, removed and changed, and the first of each."""
    say = texts(locale)
    if not changes:
        yield say("changes-none")
        return
    yield say("changes", **_counts(changes))
    if changes.elsewhere:
        yield say("changes-elsewhere")
    yield from _first(changes.added, lambda fact: f"+ {_fact(fact)}", locale)
    yield from _first(changes.removed, lambda fact: f"− {_fact(fact)}", locale)
    yield from _first(changes.changed, lambda pair: f"~ {_pair(pair, locale)}", locale)


def warned(warnings: Sequence[Problem], total: int, locale: Locale) -> Iterator[str]:
    """Lines of plain text; none where there are no warnings."""
    if warnings:
        yield texts(locale)("warnings", total=total)
        yield from _problems(warnings[:_MOST_WARNINGS], total, locale)


def refused(problems: Sequence[Problem], total: int, locale: Locale) -> Iterator[str]:
    """Lines of plain text: the first errors, each `file:line:column: message`, and how many more there are."""
    yield from _problems(problems[:_MOST_PROBLEMS], total, locale)


def followed(followers: Followers | None, locale: Locale) -> Iterator[str]:
    """Lines of plain text on the other processes on the database; none where there are no others."""
    say = texts(locale)
    if followers is None:
        yield say("followers-unknown")
    elif followers.others:
        yield say("followers", count=followers.count, others=followers.others)
        if followers.count < followers.others:
            yield say("followers-behind")


def _counts(changes: Changes) -> dict[str, int]:
    return {"added": len(changes.added), "removed": len(changes.removed), "changed": len(changes.changed)}


def _problems(problems: Sequence[Problem], total: int, locale: Locale) -> Iterator[str]:
    yield from (cut(one_line(str(problem)), _LONGEST_PROBLEM) for problem in problems)
    yield from _more(total - len(problems), locale)


def _first(items: Sequence[Item], line: Callable[[Item], str], locale: Locale) -> Iterator[str]:
    yield from map(line, items[:_MOST_FACTS])
    yield from _more(len(items) - _MOST_FACTS, locale)


def _more(count: int, locale: Locale) -> Iterator[str]:
    if count > 0:
        yield texts(locale)("more", count=count)


def _name(fact: Fact) -> str:
    return cut(one_line(f"{fact.id} {fact.label}"), _LONGEST_NAME)


def _figure(text: str) -> str:
    return cut(one_line(text), _LONGEST_FIGURE)


def _fact(fact: Fact) -> str:
    return f"{_name(fact)} = {_figure(fact.figure)}"


def _pair(pair: Changed, locale: Locale) -> str:
    """The old figure and the new one; of other fields the names."""
    figures = [f"{_figure(one.old)} → {_figure(one.new)}" for one in pair.differences if one.field == "figure"]
    others = [one.field for one in pair.differences if one.field != "figure"]
    rest = [f"({texts(locale)('comma').join(others)})"] if others else []
    return " ".join([f"{_name(pair.new)}:", *figures, *rest])

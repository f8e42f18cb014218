"""What reading the knowledge again comes to, and what admins are told of it and of drafts."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from bot.answering.answer import Answer, Outcome
from bot.answering.evaluation import Trial
from bot.answering.knowledge.changes import Changed, Changes
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.problem import Problem
from bot.answering.teaching import Taught
from bot.answering.worker import Candidate, Read
from bot.chat.rendering import one_line
from bot.chat.texts import Texts
from bot.drafting.draft import Draft

# All of it together stays below the 4096 characters of a message.
_MOST_FACTS = 7
_MOST_PROBLEMS = 8
_MOST_WARNINGS = 4
_MOST_RETOLD = 6
_MOST_DOUBTS = 8
_LONGEST_NAME = 60
_LONGEST_FIGURE = 30
_LONGEST_DOUBT = 120
_LONGEST_PROBLEM = 250

Item = TypeVar("Item")


class ClusterReloaded(NamedTuple):
    """What a reload came to in this process, and in the others on the database.

    `followers`: how many of them have read again and have the same version, and how many there are; None where the
    database does not say.
    """

    here: Read
    followers: tuple[int, int] | None


# What a check has read says nothing any more where the fingerprint of the folder is another one by now.
Check = Callable[[Candidate], Awaitable[Read]]
# For the admin with an id.
Reload = Callable[[int | None], Awaitable[ClusterReloaded]]
# The name of a file that was written or taken away, and what came of the reload after that.
Edit = tuple[str, ClusterReloaded]


def reloaded(result: ClusterReloaded, heads: Sequence[str], refusal: str, say: Texts) -> Iterator[str]:
    """Lines of plain text: what came of a reload. The first are `heads`, or `refusal` where the old knowledge stays."""
    read = result.here.snapshot
    if read.knowledge is None:
        yield refusal
        yield from refused(read.problems, read.total, say)
    else:
        yield from heads
        yield say("in-force", version=read.version, facts=len(read.knowledge.facts))
        yield from changed(result.here.changes, say)
        yield from warned(read.problems, read.total, say)
    yield from followed(result.followers, say)


def changed(changes: Changes, say: Texts) -> Iterator[str]:
    """Lines of plain text: how many facts were added, removed and changed, and the first of each."""
    if not changes:
        yield say("changes-none")
        return
    counts = {"added": len(changes.added), "removed": len(changes.removed), "changed": len(changes.changed)}
    yield say("changes", **counts)
    if changes.elsewhere:
        yield say("changes-elsewhere")
    yield from _first(changes.added, lambda fact: f"+ {_name(fact)} = {_figure(fact.figure)}", say)
    yield from _first(changes.removed, lambda fact: f"− {_name(fact)} = {_figure(fact.figure)}", say)
    yield from _first(changes.changed, lambda pair: f"~ {_pair(pair, say)}", say)


def drafted(draft: Draft, say: Texts) -> Iterator[str]:
    """Lines of plain text: what there is in a draft, the first doubts, and what to do; the file has all of them."""
    doubts = draft.doubts
    yield say("article-draft", facts=draft.facts, figures=draft.figures, doubts=len(doubts))
    yield from (one_line(f"• {doubt.label}: {doubt.why}", _LONGEST_DOUBT) for doubt in doubts[:_MOST_DOUBTS])
    yield from _more(len(doubts) - _MOST_DOUBTS, say)
    yield say("article-next")


def taught(lesson: Taught | None, say: Texts) -> Iterator[str]:
    """Lines of plain text: what a lesson adds to a fact, and how much that helps; none for a document that was sent."""
    if lesson:
        keywords = say("comma").join(f"“{one_line(word, _LONGEST_NAME)}”" for word in lesson.keywords)
        yield say("teach-adds", label=one_line(lesson.label, _LONGEST_NAME), keywords=keywords)
        yield say("teach-answers", answered=lesson.answered, wordings=lesson.wordings)


def tried(trial: Trial, say: Texts) -> Iterator[str]:
    """Lines of plain text: the questions that would be answered otherwise, those first that would be answered worse."""
    if trial.trouble:
        yield say("trial-trouble", reason=one_line(trial.trouble, _LONGEST_PROBLEM))
    if trial.asked:
        yield (
            say("trial", asked=trial.asked, total=trial.total) if trial.total else say("trial-same", asked=trial.asked)
        )
    for one in trial.retold[:_MOST_RETOLD]:
        mark = "✗" if one.change < 0 else "✓" if one.change > 0 else "·"
        question = one_line(one.question, _LONGEST_NAME)
        yield f"{mark} {question}: {_outcome_text(one.before, say)} → {_outcome_text(one.after, say)}"
    yield from _more(trial.total - len(trial.retold[:_MOST_RETOLD]), say)


def warned(warnings: Sequence[Problem], total: int, say: Texts) -> Iterator[str]:
    """Lines of plain text; none where there are no warnings."""
    if warnings:
        yield say("warnings", total=total)
        yield from refused(warnings, total, say, _MOST_WARNINGS)


def refused(problems: Sequence[Problem], total: int, say: Texts, most: int = _MOST_PROBLEMS) -> Iterator[str]:
    """Lines of plain text: the first errors, each `file:line:column: message`, and how many more there are."""
    yield from (one_line(str(problem), _LONGEST_PROBLEM) for problem in problems[:most])
    yield from _more(total - len(problems[:most]), say)


def followed(followers: tuple[int, int] | None, say: Texts) -> Iterator[str]:
    """Lines of plain text on the other processes on the database; none where there are no others."""
    if followers is None:
        yield say("followers-unknown")
        return
    count, others = followers
    if others:
        yield say("followers", count=count, others=others)
    if count < others:
        yield say("followers-behind")


def _first(items: Sequence[Item], line: Callable[[Item], str], say: Texts) -> Iterator[str]:
    yield from map(line, items[:_MOST_FACTS])
    yield from _more(len(items) - _MOST_FACTS, say)


def _more(count: int, say: Texts) -> Iterator[str]:
    if count > 0:
        yield say("more", count=count)


def _outcome_text(answer: Answer, say: Texts) -> str:
    """What comes of a question: the facts that are stated or offered, the first two of them, or neither."""
    named = [_figure(match.fact.label) for match in answer.matches[:2]]
    listed = say("comma").join(named) + ("…" if len(answer.matches) > len(named) else "")
    if answer.outcome is Outcome.CHOICES:
        return say("trial-choices", facts=listed)
    return listed or say("trial-talk" if answer.outcome is Outcome.TALK else "trial-none")


def _name(fact: Fact) -> str:
    return one_line(f"{fact.id} {fact.label}", _LONGEST_NAME)


def _figure(text: str) -> str:
    return one_line(text, _LONGEST_FIGURE)


def _pair(pair: Changed, say: Texts) -> str:
    """What has changed of a fact: the old figure and the new one, and the names of other fields."""
    figures = [f"{_figure(one.old)} → {_figure(one.new)}" for one in pair.differences if one.field == "figure"]
    others = [one.field for one in pair.differences if one.field != "figure"]
    rest = [f"({say('comma').join(others)})"] if others else []
    return " ".join([f"{_name(pair.new)}:", *figures, *rest])

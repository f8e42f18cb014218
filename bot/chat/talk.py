"""What the bot says where no figure is asked for: from the reports' titles, publishers, years and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answering.answer import Topic

from .rendering import label
from .texts import Locale, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.answering.answer import Answer
    from bot.answering.knowledge.model import Knowledge, Report

_TOPICS: Final = 8
_REPORTS: Final = 3
_LONGEST: Final = 400  # characters of what is filled in


def talk(answer: Answer, knowledge: Knowledge, examples: Callable[[Locale], Iterable[str]], locale: Locale) -> str:
    """The reply to small talk; to "you are wrong" with the sentence of the fact that was stated, `answer.nearest`.

    `examples`: questions that the reports answer.
    """
    say, reports = texts(locale), knowledge.reports[:_REPORTS]
    comma = say("comma")
    if answer.topic is Topic.WRONG and answer.nearest:
        return say("talk-wrong-sentence", sentence=answer.nearest[0].sentence[:_LONGEST])
    subjects = [report.subject.en if locale is Locale.ENGLISH else report.subject.label for report in reports]
    return say(
        f"talk-{answer.topic or Topic.GREETING}",
        subjects=_listed(subjects, comma),
        reports=_listed((say("talk-title", title=report.title) for report in reports), comma),
        years=_listed((str(report.year) for report in reports), comma),
        imprints=_listed((_imprint(report, locale) for report in reports), comma),
        topics=_listed(_topics(knowledge, locale), comma),
        example=next(iter(examples(locale)), ""),
    )


def lead(answer: Answer, locale: Locale) -> list[str]:
    """The lines before the facts that are stated: yes or no to a claim, and of how many they are the first."""
    say, shown, lines = texts(locale), len(answer.matches), []
    if answer.verdict is not None:
        lines.append(say("verdict-true") if answer.verdict else say("verdict-false"))
    count, first, compared = len(answer.listed), answer.first + 1, answer.chosen_from
    if compared and count > 1:
        lines.append(say("first-few-of", count=count, compared=compared))
    elif compared:
        lines.append(
            say("place-of", place=first, compared=compared) if answer.first else say("first-of", compared=compared)
        )
    if count > shown:
        lines.append(say("listed-page", **{"from": first, "to": first + shown - 1, "count": count}))
    elif count > 1 and not compared:
        lines.append(say("listed", count=count))
    return lines


def _imprint(report: Report, locale: Locale) -> str:
    printed = {"title": report.title, "publisher": report.publisher, "year": str(report.year)}
    if report.author:
        return texts(locale)("talk-imprint-author", author=report.author, **printed)
    return texts(locale)("talk-imprint", **printed)


def _topics(knowledge: Knowledge, locale: Locale) -> Sequence[str]:
    """The sections, or of a report without any the first facts of some sentences."""
    sections = list(dict.fromkeys(fact.section for fact in knowledge.facts))
    titles = {report.title for report in knowledge.reports}
    if named := [section for section in sections if section not in titles]:
        return named[:_TOPICS]
    first = list({fact.sentence: fact for fact in reversed(knowledge.facts)}.values())[::-1]
    step = max(len(first) // _TOPICS, 1)
    return [label(fact, locale) for fact in first[::step][:_TOPICS]]


def _listed(names: Iterable[str], comma: str) -> str:
    return comma.join(dict.fromkeys(names))[:_LONGEST]

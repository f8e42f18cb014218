"""Facts and answers as lines of text, plain or with a terminal's colours, and as lines of JSON; and all other texts.

These are in phrases.yaml, and the traditional ones are made of the simplified ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TextIO, TypeAlias

import yaml

from bot.answering.answer import Answer, Match, Outcome, Reason
from bot.answering.answerer import Answerer
from bot.answering.knowledge.citation import figure_span
from bot.answering.knowledge.model import Fact, Knowledge, Report
from bot.answering.naming import figure_of, label_of, period_of
from bot.chat.texts import Locale, converter, locale_of_reply

from .streams import printable

Examples: TypeAlias = Callable[[Locale], Iterable[str]]
# Lone surrogates have no UTF-8, and some readers end a line at the others; JSON may write all of them as escapes.
_ESCAPED = "[\x7f-\x9f\u2028\u2029\ud800-\udfff]"


def say(locale: Locale, name: str, **values: object) -> str:
    """The text with this name, with the values filled in."""
    return converter(locale)(_texts()[locale.language][name]).format(**values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    """The texts by language and name; PyYAML reads the reports too, so that an answer waits for nothing else."""
    text = Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.load(text, yaml.CSafeLoader)
    return found


class Style(NamedTuple):
    """The escape sequences around a figure, around the figure in its sentence, and around what matters less."""

    figure: str = ""
    mark: str = ""
    faint: str = ""
    end: str = ""


PLAIN = Style()
COLOURED = Style(figure="\x1b[1;36m", mark="\x1b[1;4m", faint="\x1b[2m", end="\x1b[0m")


def style_for(stream: TextIO) -> Style:
    """Coloured on a terminal that knows colours, unless NO_COLOR is set."""
    coloured = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return COLOURED if coloured else PLAIN


def examples_of(answerer: Answerer, locale: Locale) -> Iterable[str]:
    """Questions that are answered; they are made each time."""
    from bot.chat.suggestions import Suggestions  # noqa: PLC0415 - answers with figures do not wait for it

    return Suggestions(answerer).examples(locale)


def answer_lines(
    answer: Answer,
    knowledge: Knowledge,
    *,
    locale: Locale | None = None,
    style: Style = PLAIN,
    examples: Examples = lambda _: (),
) -> list[str]:
    """The reply to a question, in its own locale unless another is given. `examples`: questions that are answered."""
    locale = locale or locale_of_reply(answer, Locale.SIMPLIFIED)
    facts = [match.fact for match in answer.matches]
    match answer.outcome:
        case Outcome.ANSWER if len(answer.listed) > 1:
            return [*_opening_lines(answer, locale), *numbered_lines(facts, locale, style)]
        case Outcome.ANSWER:
            stated = [line for fact in facts for line in fact_lines(fact, locale, style)]
            parts = printable(say(locale, "comma").join(answer.missing))
            missing = [say(locale, "missing", parts=parts)] if parts else []
            return [*_opening_lines(answer, locale), *stated, *missing]
        case Outcome.CHOICES:
            return [say(locale, "which"), *numbered_lines(facts, locale, style)]
        case Outcome.TALK:
            from bot.chat.rendering import talk  # noqa: PLC0415 - answers with figures do not wait for it

            return [printable(talk(answer, knowledge, examples, locale))]
        case Outcome.NONE:
            nearest = [say(locale, "nearest"), *numbered_lines(answer.nearest, locale, style)]
            refusal = printable(_refusal(answer, knowledge.reports, locale))
            return [refusal, *(nearest if answer.nearest else [])]


def _opening_lines(answer: Answer, locale: Locale) -> list[str]:
    """What stands before the figures: yes or no to a claim, and of how many facts they are the first."""
    if answer.verdict is None and not answer.listed and not answer.chosen_from:
        return []
    from bot.chat.rendering import opening_lines  # noqa: PLC0415 - as above

    return opening_lines(answer, locale)


def fact_lines(fact: Fact, locale: Locale, style: Style = PLAIN) -> list[str]:
    """A fact in three lines: what it is, the sentence that says so, and where that stands."""
    citation = say(locale, "citation", title=fact.report.title, section=fact.section)
    start, end = figure_span(fact)
    before, marked, after = map(printable, (fact.sentence[:start], fact.sentence[start:end], fact.sentence[end:]))
    return [
        f"{style.figure}{_figure(fact, locale)}{style.end}  {name(fact, locale)}",
        f"  {before}{style.mark}{marked}{style.end}{after}",
        f"  {style.faint}{printable(citation)}{style.end}",
    ]


def numbered_lines(facts: Iterable[Fact], locale: Locale, style: Style = PLAIN) -> list[str]:
    """Facts to choose from, numbered from 1."""
    return [
        f"  {number}. {name(fact, locale)}  {style.figure}{_figure(fact, locale)}{style.end}"
        for number, fact in enumerate(facts, 1)
    ]


def label(fact: Fact, locale: Locale) -> str:
    """What the fact is called."""
    return printable(label_of(fact, locale.language))


def name(fact: Fact, locale: Locale) -> str:
    """The label, with the period where the fact has one."""
    return printable(" · ".join(filter(None, (label_of(fact, locale.language), period_of(fact, locale.language)))))


def _figure(fact: Fact, locale: Locale) -> str:
    return printable(figure_of(fact, locale.language))


def _refusal(answer: Answer, reports: Sequence[Report], locale: Locale) -> str:
    if answer.asked and answer.reason is Reason.PLACE:
        subjects = (report.subject for report in reports)
        covered = [one.en if locale is Locale.ENGLISH else one.label for one in subjects]
    elif answer.asked and answer.reason is Reason.PERIOD:
        covered = [str(report.year) for report in reports]
    else:
        return say(locale, "unknown")
    listed = say(locale, "comma").join(dict.fromkeys(covered))
    return say(locale, answer.reason, covered=listed, asked=answer.asked)


def answer_json(answer: Answer, knowledge: Knowledge, examples: Examples = lambda _: ()) -> str:
    """The answer as one line of JSON: question, outcome, facts stated or offered, a verdict, the text of talk."""
    facts = [_fact(match) for match in answer.matches]
    value: dict[str, object] = {"question": answer.question, "outcome": answer.outcome.value, "facts": facts}
    if answer.verdict is not None:
        value["verdict"] = answer.verdict
    if answer.outcome is Outcome.TALK:
        value["text"] = " ".join(answer_lines(answer, knowledge, examples=examples))
    return json_line(value)


def answer_text(answer: Answer, knowledge: Knowledge, examples: Examples = lambda _: ()) -> str:
    """The reply as plain text, followed by an empty line."""
    return "\n".join(answer_lines(answer, knowledge, examples=examples)) + "\n"


def explanation_text(explanation: str) -> str:
    """An explanation of several lines, indented below its answer."""
    return "".join(f"    {printable(line)}\n" for line in explanation.splitlines())


def json_line(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """JSON that stays readable for people and is one line for every reader."""
    import json  # noqa: PLC0415 - answers for people do not wait for it

    return re.sub(_ESCAPED, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _fact(match: Match) -> dict[str, str | float | None]:
    fact = match.fact
    return {
        "id": fact.id,
        "label": fact.label,
        "figure": fact.figure,
        "period": fact.period,
        "sentence": fact.sentence,
        "section": fact.section,
        "report": fact.report.id,
        "score": round(match.score, 4),
    }

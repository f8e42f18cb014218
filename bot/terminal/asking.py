"""The output of `shushuo ask`: one reply a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.answering.answer import Outcome

from .rendering import Examples, answer_lines
from .streams import printable

if TYPE_CHECKING:
    from bot.answering.answer import Answer, Match
    from bot.answering.knowledge.model import Knowledge

# Lone surrogates have no UTF-8, and some readers end a line at the others; JSON may write all of them as escapes.
_ESCAPED = "[\x7f-\x9f\u2028\u2029\ud800-\udfff]"


def answer_json(answer: Answer, knowledge: Knowledge, examples: Examples = lambda _: ()) -> str:
    """One line: the question as it was asked, the outcome, the facts stated or offered, a verdict, the text of talk."""
    facts = [_fact(match) for match in answer.matches]
    value: dict[str, object] = {"question": answer.question, "outcome": answer.outcome.value, "facts": facts}
    if answer.verdict is not None:
        value["verdict"] = answer.verdict
    if answer.outcome is Outcome.TALK:
        value["text"] = " ".join(answer_lines(answer, knowledge, examples=examples))
    return json_line(value)


def answer_text(answer: Answer, knowledge: Knowledge) -> str:
    """The reply as plain text, followed by an empty line."""
    return "\n".join(answer_lines(answer, knowledge)) + "\n"


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

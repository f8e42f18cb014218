"""The picture of `shushuo chart`: the values that an answer states, as far as they can be compared."""

from pathlib import Path

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation
from bot.charting.chart import comparable
from bot.charting.drawing import draw
from bot.chat.rendering import chart_of
from bot.chat.texts import Locale, locale_of_reply

from .streams import printable


def write_chart(answerer: Answerer, question: str, file: Path) -> str | None:
    """Draws the chart that answers a question, and returns a line that tells of it; None where the answer has none.

    Raises OSError where the file cannot be written, or is there already.
    """
    answer = Conversation(answerer).reply(question, 0.0)
    stated = [match.fact for match in answer.matches] if answer.outcome is Outcome.ANSWER else []
    values = comparable(stated, answerer.index)
    if not values:
        return None
    chart = chart_of(values, locale_of_reply(answer, Locale.SIMPLIFIED))
    picture = draw(chart)
    with file.open("xb") as out:
        out.write(picture)
    return f"{printable(str(file))}  {printable(chart.title)} ({len(values)})"

"""What chatty messages tell around their questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answerer import general_vocabulary
from bot.answering.asides import without_asides
from bot.answering.language.normalize import normalize
from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import conversational
from bot.answering.matching.observation import as_text
from tests.support.any_text import TEXT
from tests.support.reports.told import Told, stated

_PARTS = "茶叶产量是多少|我在写论文|谢谢|老师让我查一下茶园面积|2019年|不是红茶|你好|对吧".split("|")


def kept(message: str) -> str:
    """What is left of a message, as text."""
    words = conversational(general_vocabulary())
    return as_text(without_asides(tokenise(normalize(message), words)))


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("我家就在茶山脚下，一直好奇，请问茶叶产量是多少，谢谢", "请问茶叶产量是多少,"),
        ("请问你是谁", "请问你是谁"),
        ("茶叶产量是多少，不是红茶产量", "茶叶产量是多少,"),
        # what somebody wants to know of is no aside
        ("我想了解红茶，产量是多少", "我想了解红茶,产量是多少"),
        # a clause that says what it asks for begins the question, and what is told before it is left out
        ("听说红茶又涨价了，我想确认茶园面积是多少", "我想确认茶园面积是多少"),
        # nor is what a question goes on from, or a claim ends with
        ("老师让我们找茶叶产量，我没找到，你能告诉我是多少吗", "找茶叶产量,你能告诉我是多少吗"),
        ("the tea output fell, i think", "the tea output fell , i think"),
        ("茶叶产量多少，茶园面积多少", "茶叶产量多少,茶园面积多少"),
        ("谢谢你", "谢谢你"),
    ],
)
def test_asides_are_left_out(message: str, question: str) -> None:
    assert kept(message).replace(" ", "") == question.replace(" ", "")


def test_asides_are_left_out_of_what_is_mended() -> None:
    kilns = Told("临川市 2031\nclay|陶土产量|4万吨\ntile|瓷砖价格涨幅|3%\n")
    assert stated(kilns.last("听说瓷砖又涨了，我想确认陶图产量是多少")) == ["clay"]


@given(parts=st.lists(st.sampled_from(_PARTS), min_size=1, max_size=6))
def test_a_question_is_kept_whatever_is_told_around_it(parts: list[str]) -> None:
    question = "茶园有多少亩"
    assert question in kept("，".join([*parts, question, *parts]))


@given(text=TEXT)
def test_nothing_is_made_up(text: str) -> None:
    tokens = tokenise(normalize(text), general_vocabulary())
    left = without_asides(tokens)
    assert all(token in tokens for token in left)
    assert len(left) == len(set(map(id, left)))

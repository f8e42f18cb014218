"""Texts are cut into pieces that others share, and their tokens are those of the whole text."""

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.language.pieces import Cutter
from bot.answering.language.tokens import tokenise
from tests.support.reports.lake_town import answerer

_PARTS = (
    "云泽县 东屏 坪溪区 粮食 产量 量 率 第三产业 增加值 增速 家 所 小学 学生 在校 人数 高新技术企业 企业 的 和 各 多少 "
    "2022年 3月 一 半导体 gdp 5g a grain output of in yunze high-tech firms growth first half june year-on-year"
).split()
_TEXTS = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=6)


@cache
def cutter() -> Cutter[int]:
    return Cutter(answerer().vocabulary, len)


def tokens(text: str) -> list[str]:
    return [token.text for piece in cutter().cut(text) for token in piece.tokens]


@example(parts=["grain", "云泽县"], between=" ")
@given(parts=_TEXTS, between=st.sampled_from(["", " "]))
def test_the_tokens_of_a_text_are_those_of_its_pieces(parts, between) -> None:
    text = between.join(parts)
    assert tokens(text) == [token.text for token in tokenise(text, answerer().vocabulary)]


def test_texts_share_what_they_have_in_common() -> None:
    first, second = cutter().cut("云泽县粮食产量增速"), cutter().cut("东屏县粮食产量增速")
    assert first[1:] == second[1:] != ()


@pytest.mark.parametrize(
    ("sentence", "figures", "pieces"),
    [
        ("粮食产量31.8万吨,下降2.9%。", [(4, 10), (13, 17)], [(0, "粮食产量"), (11, "下降")]),
        ("第三产业增加值124.7亿元", [(0, 2), (7, 14)], [(0, "第三产业增加值124.7亿元")]),
        ("60岁及以上人口8万人", [(0, 3), (8, 11)], [(0, "60岁及以上人口8万人")]),
        ("没有数字", [], [(0, "没有数字")]),
        ("", [], []),
    ],
)
def test_the_pieces_of_a_sentence(sentence, figures, pieces) -> None:
    found: dict[int, str] = {}
    for start, piece in cutter().stretches(sentence, figures):
        found[start] = found.get(start, "") + "".join(token.text for token in piece.tokens)
    assert list(found.items()) == pieces

"""Coverage both ways, by the rarity of words."""

import pytest
from hypothesis import given

from bot.answering.answer import Outcome
from bot.answering.matching.parts import covered, parts_of
from tests.support.any_text import TEXT
from tests.support.reports.lake_town import FACTS, answer, answerer, ranked
from tests.support.reports.told import ids
from tests.support.wordings import assert_alike


def weights(question: str) -> dict[str, float]:
    asked = answerer()
    return {part.token.text: part.weight for part in parts_of(asked.question(question).content, asked.index)}


def test_a_label_is_explained_in_full_by_its_own_fact() -> None:
    for fact in FACTS:
        best = ranked(fact.label)[0]
        assert (best.entry.fact.id, best.question) == (fact.id, pytest.approx(1.0))


def test_the_rarer_a_word_the_more_it_weighs() -> None:
    found = weights("粮食产量和村庄人口")
    assert found["粮食"] > found["产量"]
    assert found["粮食"] > found["人口"]


def test_an_unknown_word_weighs_less_than_one_of_a_name() -> None:
    found = weights("粮食龘鱻")
    assert found["粮食"] > found["龘鱻"] > 0


def test_a_word_that_a_fact_does_not_explain_speaks_against_it() -> None:
    scores = [ranked(question)[0].score for question in ("手机产量", "龘鱻手机产量", "出口手机产量")]
    assert scores[0] > max(scores[1:])


def test_what_is_of_another_type_comes_last_whatever_its_score() -> None:
    found = ranked("GDP增长多少")
    assert [bool(one.misfit) for one in found] == sorted(bool(one.misfit) for one in found)
    assert found[0].entry.fact.id == "gdp-growth"


NAMES = ("手机产量", "旅游收入", "粮食产量")
OTHER_THINGS = [
    *(f"{name}的{head}是多少" for name in NAMES for head in ("目标", "成本", "单价", "峰值")),
    *(f"{kind}{name}多少" for name in (*NAMES[:2], "餐饮收入") for kind in ("儿童", "线上", "女性", "民营企业")),
    *"粮食产量预计是多少|昨天旅游收入多少|上个月粮食产量是多少|每月旅游收入有多少|欧洲的粮食产量是多少".split("|"),
    *"青禾集团旅游收入多少|社会消费品零售总额的毛利率是多少".split("|"),
    *"target for tourism revenue|What was the price of grain output?".split("|"),
]


@pytest.mark.parametrize("question", OTHER_THINGS)
def test_a_word_beside_a_whole_name_makes_another_thing_of_it(question) -> None:
    assert answer(question).outcome is not Outcome.ANSWER


def test_other_words_around_a_name_do_not() -> None:
    questions = "请问一下咱们云泽手机产量到底有多少|老师让我查手机产量|手机产量做到了多少台|写报告要用，手机产量是多少"
    assert_alike(questions, lambda asked: ids(answer(asked)), ["phones"])


@pytest.mark.parametrize(
    ("text", "other", "share"),
    [
        ("粮食产量", "云泽粮食产量", 1),
        ("粮食总产量", "粮食产量", 0.8),
        ("粮", "粮食", 0),
        ("grain", "train", 0),
        ("甲乙", "丙", 0),
    ],
)
def test_the_share_of_a_text_that_stands_in_another(text, other, share) -> None:
    assert covered(text, other) == pytest.approx(share)


@given(text=TEXT)
def test_scores_are_shares_and_best_first(text) -> None:
    found = ranked(text)
    fitting = [one for one in found if not one.misfit]
    assert all(0 <= one.question <= 1.001 and 0 <= one.name <= 1.001 for one in found)
    assert [one.order for one in fitting] == sorted((one.order for one in fitting), reverse=True)
    assert len({one.entry.fact.id for one in found}) == len(found)

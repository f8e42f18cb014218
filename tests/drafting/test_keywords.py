"""The other names of a draft's facts, in Chinese and in English."""

import pytest
import yaml

from bot.answering.answerer import general_vocabulary
from bot.drafting.drafting import draft
from tests.support.drafts import DETAILS


def _facts(text: str) -> list[dict]:
    made = yaml.safe_load(draft(text, DETAILS, general_vocabulary()).text)
    return [fact for section in made["sections"] for one in section["sentences"] for fact in one.get("facts", [])]


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("小学在校生512人。", ["小学在校生", "小学在校生数量", "在校小学生数"]),
        ("茶园面积同比增长8%。", ["茶园面积增速", "茶园面积增长率", "茶园面积增幅"]),
        ("茶叶产量下降8%。", ["茶叶产量下降幅度", "茶叶产量减幅"]),
        ("茶叶固定资产投资3元。", ["固定资产投资", "茶叶固投"]),
        # What its sentence begins to tell of, where a fact does not say of what it is.
        ("山塘小学茶具检测5次，检测率达到100%。", ["山塘小学茶具检测率"]),
        ("茶叶基金结存3元，累计结存9元。", ["累计结存"]),
        ("茶馆5家，占全县的9%，居全县第三位。", ["茶馆占比", "茶馆占全县的比例"]),
    ],
)
def test_a_fact_has_several_names(text: str, keywords: list[str]) -> None:
    assert any({*keywords} <= {*fact["keywords"]} for fact in _facts(text))


def test_a_heading_that_is_a_name_says_of_what_its_facts_are() -> None:
    facts = _facts("一、康复服务\n茶农5人。\n\n二、茶农越来越多\n茶厂6家。")
    assert [next((one for one in fact["keywords"] if "康复" in one or "越来" in one), "") for fact in facts] == [
        "康复服务茶农人数", ""]  # fmt: skip


def test_what_a_figure_is_compared_with_is_no_whole_of_it() -> None:
    assert not any(
        one.startswith("全县") for fact in _facts("茶馆占全县的9%，居全县第三位。") for one in fact["keywords"]
    )


def test_no_two_facts_are_called_the_same_in_english_and_none_by_one_word_twice() -> None:
    told = _facts("幼儿园9所，增加2所，增长8%。普惠性幼儿园5所，在园幼儿7人。生产总值5元，增长6%，第一产业增长6%。")
    english = [fact["en"]["label"] for fact in told if "en" in fact]
    assert len({*english}) == len(english)
    assert {"Increase in kindergarten", "Growth of kindergarten", "GDP", "Growth of GDP"} <= {*english}
    assert not any(label.lower().count("kindergarten") > 1 for label in english)

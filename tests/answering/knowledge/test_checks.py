from __future__ import annotations

from pathlib import Path

import pytest
from town_report import changed, problems

from bot.answering.knowledge.figures import difference


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "figure: 3.6万家",
            "figure: 3.7万家",
            (
                "14:21: the figure '3.7万家' is not in its sentence: copy it from there\n"
                "16:40: '36,000' is 36,000 but '3.7万家' is 37,000"
            ),
        ),
        ("'36,000'", "3.6 billion", "16:40: '3.6 billion' is 3,600,000,000 but '3.6万家' is 36,000"),
        ("'36,000'", "many", "16:40: 'many' has no number but '3.6万家' is 36,000"),
        ("id: growth", "id: firms", "17:17: the fact id 'firms' is already used at r.yaml:12:17"),
        ("公司]", "企业]", "15:28: warning: the keyword '企业' is there twice: remove one"),
        ("[companies]", "[GDP, ｇｄｐ]", "16:66: warning: the keyword 'ｇｄｐ' is there twice: remove one"),
        (
            "[企业, 公司]",
            "[企业，公司, 厂家、商户]",
            (
                "15:24: warning: '企业，公司' is a single entry: separate entries with ',', not with '，'\n"
                "15:31: warning: '厂家、商户' is a single entry: separate entries with ',', not with '、'"
            ),
        ),
        (
            "[镇上]",
            "[镇上，镇里]",
            "6:44: warning: '镇上，镇里' is a single entry: separate entries with ',', not with '，'",
        ),
        (
            "label: 企业增速\n            figure: 7%\n            period: 2022年\n            keywords: [企业增长]",
            "label: 企业\n            figure: 7%\n            keywords: [公司, 企业数量]",
            "20:23: no keyword tells 'growth' from 'firms' at r.yaml:15:23",
        ),
        (
            "label: 企业增速\n            figure: 7%\n            period: 2022年\n            keywords: [企业增长]",
            "label: 企业\n            figure: 7%\n            keywords: [公司]",
            "20:23: warning: every keyword of 'growth' is also one of 'firms': add one of its own",
        ),
        ("[企业增长]", "[企业增长, 企业, 公司]", ""),
        ("增长7%。", "增长7%", "10:15: warning: the sentence does not end in 。；！ or ？: is it whole?"),
        ("增长7%。", "增长7%！”", ""),
        (
            "sections:\n",
            "sections:\n  - title: 前言\n    sentences:\n      - text: 企业达到3.6万家，增长7%。\n",
            "13:15: warning: the same sentence is already at r.yaml:10:15",
        ),
    ],
)
def test_what_must_hold_beyond_the_form(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert problems(tmp_path, r=changed(old, new)) == [f"r.yaml:{message}" for message in expected.splitlines()]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("3057.4亿元", "CNY 305.74 billion"),
        ("3057.4亿元", "305.74 billion yuan"),
        ("2.6亿", "RMB 260 million"),
        ("近30亿美元", "nearly US$3 billion"),
        ("六千万美元", "USD 60 million"),
        ("1500余家", "more than 1,500 companies"),
        ("1400万人次", "14 million visits"),
        ("2.7万多亩", "over 27,000 mu"),
        ("7500亩", "500 hectares"),
        ("1.7倍", "1.7 times"),
        ("100倍", "100-fold"),
        ("6次", "six times"),
        ("6次", "6 reforms"),
        ("一半以上", "more than half"),
        ("一半以上", "over 50%"),
        ("第12个", "12th"),
        ("全市第一", "top in the city"),
        ("2—10月", "February to October"),
        ("清单18条", "the List of 18"),
        ("40家企业、3项", "3 projects, 40 companies"),
        ("河湾模式", "the Hewan model of 2021"),
    ],
)
def test_the_same_quantity_in_both_languages(chinese: str, english: str) -> None:
    assert difference(chinese, english) == ""


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        (
            "3057.4亿元",
            "CNY 30.574 billion",
            "'CNY 30.574 billion' is 30,574,000,000 but '3057.4亿元' is 305,740,000,000",
        ),
        ("30亿美元", "CNY 3 billion", "'CNY 3 billion' is 3,000,000,000 元 but '30亿美元' is 3,000,000,000 美元"),
        ("2.7万亩", "27,000 hectares", "'27,000 hectares' is 405,000 but '2.7万亩' is 27,000"),
        ("17.3%", "17.3", "'17.3' is 17.3 but '17.3%' is 17.3 %"),
        ("17.3%", "17.3 percentage points", "'17.3 percentage points' is 17.3 百分点 but '17.3%' is 17.3 %"),
        ("1.7倍", "1.7%", "'1.7%' is 1.7 % but '1.7倍' is 1.7 倍"),
        ("40家", "40%", "'40%' is 40 % but '40家' is 40"),
        ("40家、3项", "40 companies", "'40 companies' is 40 but '40家、3项' is 40 and 3"),
        ("40家", "40 of 50 companies", "'40 of 50 companies' is 40 and 50 but '40家' is 40"),
        ("两项", "both", "'both' has no number but '两项' is 2"),
    ],
)
def test_another_quantity_in_english(chinese: str, english: str, expected: str) -> None:
    assert difference(chinese, english) == expected

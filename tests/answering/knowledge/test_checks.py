"""What must hold of a report beyond its form."""

import pytest

from tests.support.reports.town_report import changed, problems

GROWTH = "label: 企业增速\n            figure: 7%\n            period: 2022年\n            keywords: [企业增长]"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("figure: 3.6万家", "figure: 3.7万家",
         "14:21: the figure '3.7万家' is not in its sentence: copy it from there\n"
         "16:40: '36,000' is 36,000 but '3.7万家' is 37,000: write the same in en.figure, with its unit"),
        ("'36,000'", "3.6 billion",
         "16:40: '3.6 billion' is 3,600,000,000 but '3.6万家' is 36,000: write the same in en.figure, with its unit"),
        ("'36,000'", "many",
         "16:40: 'many' has no number but '3.6万家' is 36,000: write the same in en.figure, with its unit"),
        ("id: growth", "id: firms", "17:17: the fact id 'firms' is already used at r.yaml:12:17"),
        ("公司]", "企业]", "15:28: warning: the keyword '企业' is there twice: remove one"),
        ("[companies]", "[GDP, ｇｄｐ]", "16:66: warning: the keyword 'ｇｄｐ' is there twice: remove one"),
        ("[企业, 公司]", "[企业，公司, 厂家、商户]",
         "15:24: warning: '企业，公司' is a single entry: separate entries with ',', not with '，'\n"
         "15:31: warning: '厂家、商户' is a single entry: separate entries with ',', not with '、'"),
        ("[镇上]", "[镇上，镇里]",
         "6:44: warning: '镇上，镇里' is a single entry: separate entries with ',', not with '，'"),
        (GROWTH, "label: 企业\n            figure: 7%\n            keywords: [公司, 企业数量]",
         "20:23: no keyword tells 'growth' from 'firms' at r.yaml:15:23"),
        (GROWTH, "label: 企业\n            figure: 7%\n            keywords: [公司]",
         "20:23: warning: every keyword of 'growth' is also one of 'firms': add one of its own"),
        ("[企业增长]", "[企业增长, 企业, 公司]", ""),
        ("增长7%。", "增长7%：", ""),
        ("增长7%。", "增长7%", "10:15: warning: the sentence does not end in 。；！ or ？: is it whole?"),
        ("增长7%。", "增长7%！”", ""),
        ("sections:\n", "sections:\n  - title: 前言\n    sentences:\n      - text: 企业达到3.6万家，增长7%。\n",
         "13:15: warning: the same sentence is already at r.yaml:10:15"),
    ],
)  # fmt: skip
def test_what_must_hold_beyond_the_form(tmp_path, old, new, expected) -> None:
    assert problems(tmp_path, r=changed(old, new)) == [f"r.yaml:{message}" for message in expected.splitlines()]

import pytest

from bot.answering.knowledge.folder import load
from bot.answering.knowledge.model import Lexicon
from tests.support.reports.town_report import REPORT, changed, problems, write

LIST = "must be a list (one entry a line after '- ', or [a, b]), not a text"
KEYS = "must be keys with values ('key: value'), not a"
ID = "'id' must be small letters, digits and single hyphens (a-z, 0-9, -), 40 at most"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    figure:", "    figur:",
         "12:13: the key 'figure' is missing here\n14:13: unknown key 'figur' (did you mean 'figure'?)"),
        ("  year", "  colour: red\n  year",
         "5:3: unknown key 'colour' (allowed here: id, title, publisher, author, year, subject)"),
        ("{label: firms,", "{label: firms (a, b),",
         "16:35: unknown key 'b)' (if it belongs to a text with a comma, put that text in quotes)"),
        ("  publisher: 周刊\n", "", "2:3: the key 'publisher' is missing here"),
        ("label: 某镇, en: Town, ", "label: 某镇, ", "6:12: the key 'en' is missing here"),
        ("label: 某镇, en: Town, ", "label: Town, ", ""),
        ("label: 某镇, en: Town, ", "label: 某镇, en: '', ", "6:28: 'en' is empty: give it a value or remove it"),
        ("title: 年报", "title:", "3:9: 'title' is empty: give it a value or remove it"),
        ("title: 年报", "title: '  '", "3:10: 'title' is empty: give it a value or remove it"),
        ("title: 年报", "title: [年报]", "3:10: 'title' must be a text, not a list"),
        ("[企业, 公司]", "企业", f"15:23: 'keywords' {LIST}"),
        ("[企业, 公司]", "[]", "15:23: 'keywords' needs at least 1 entry"),
        ("[企业, 公司]", "[企业, {a: b}]", "15:28: entry 2 of 'keywords' must be a text, not keys with values"),
        ("{label: 某镇, en: Town, aliases: [镇上]}", "某镇", f"6:12: 'subject' {KEYS} text"),
        ("year: 2022", "year: 22", "5:9: 'year' must be four digits, from 1900 to 2100"),
        ("year: 2022", "year: 2022年", "5:9: 'year' must be four digits, from 1900 to 2100"),
        ("year: 2022", "year: 2101", "5:9: 'year' must be four digits, from 1900 to 2100"),
        ("id: firms", "id: Firms_1", f"12:17: {ID}"),
        ("id: firms", f"id: {'a' * 41}", f"12:17: {ID}"),
        ("id: town-2022", "id: town--2022", f"2:7: {ID}"),
        ("title: 年报", "title: no", ""),
    ],
)  # fmt: skip
def test_the_form_of_a_report(tmp_path, old, new, expected) -> None:
    assert problems(tmp_path, r=changed(old, new)) == [f"r.yaml:{message}" for message in expected.splitlines()]


def test_a_good_report_has_no_problems(tmp_path) -> None:
    loaded = load(write(tmp_path, r=REPORT))
    assert loaded.problems == ()
    firms, growth = loaded.knowledge.facts
    assert (firms.id, firms.figure, firms.period, firms.keywords) == ("firms", "3.6万家", None, ("企业", "公司"))
    assert (firms.sentence, firms.section, firms.report.year) == ("企业达到3.6万家，增长7%。", "产业", 2022)
    assert (firms.en.label, firms.en.figure, firms.en.period) == ("firms", "36,000", "")
    assert (growth.period, growth.en.label) == ("2022年", "")
    assert loaded.knowledge.reports == (firms.report,)
    assert firms.report.subject.aliases == ("镇上",)


def test_all_errors_of_a_run_are_reported_in_the_order_of_the_lines(tmp_path) -> None:
    broken = REPORT.replace("year: 2022", "year: x").replace("id: growth", "id: A").replace("title: 产业", "title:")
    assert [problem.split(": ")[0] for problem in problems(tmp_path, r=broken)] == [
        "r.yaml:5:9",
        "r.yaml:8:11",
        "r.yaml:17:17",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", f"r.yaml:1:1: the file {KEYS} text"),
        ("- a", f"r.yaml:1:1: the file {KEYS} list"),
        ("", "r.yaml:1:1: the file is empty: fill it or take it away"),
        ("# nothing yet", "r.yaml:1:1: the file is empty: fill it or take it away"),
        (REPORT.partition("sections")[0], "r.yaml:1:1: the key 'sections' is missing here"),
        (REPORT.partition("        facts")[0], "r.yaml:7:1: no fact in this report: give a sentence its facts"),
        (REPORT.partition("  - title")[0], "r.yaml:7:10: 'sections' is empty: give it a value or remove it"),
    ],
)
def test_a_file_without_a_report(tmp_path, text, expected) -> None:
    assert problems(tmp_path, r=text) == [expected]


LEXICON = """\
synonyms:
  - [企业, 公司]
  - [涨, 增长]
fillers: [请问]
"""


def test_a_lexicon(tmp_path) -> None:
    loaded = load(write(tmp_path, r=REPORT, lexicon=LEXICON))
    assert loaded.problems == ()
    lexicon = loaded.knowledge.lexicon
    assert (lexicon.synonyms, lexicon.fillers) == ((("企业", "公司"), ("涨", "增长")), ("请问",))


def test_a_folder_needs_no_lexicon(tmp_path) -> None:
    loaded = load(write(tmp_path, r=REPORT))
    assert loaded.knowledge.lexicon == Lexicon()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("增长]", "公司]", "3:9: '公司' is already at lexicon.yaml:2:10"),
        ("增长]", "ＧＤＰ, gdp]", "3:14: 'gdp' is already at lexicon.yaml:3:9"),
        ("[请问]", "[请问, 请问]", "4:15: '请问' is already at lexicon.yaml:4:11"),
        ("[涨, 增长]", "[涨]", "3:5: entry 2 of 'synonyms' needs at least 2 entries"),
        ("fillers:", "filler:", "4:1: unknown key 'filler' (did you mean 'fillers'?)"),
        ("[请问]", "请问", f"4:10: 'fillers' {LIST}"),
        ("fillers:", "topics: [房价]\nfillers:", "4:1: unknown key 'topics' (allowed here: synonyms, fillers)"),
    ],
)
def test_the_form_of_a_lexicon(tmp_path, old, new, expected) -> None:
    assert old in LEXICON
    (problem,) = problems(tmp_path, r=REPORT, lexicon=LEXICON.replace(old, new))
    assert problem == f"lexicon.yaml:{expected}"


# ---- what must hold beyond the form


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

"""What is cut out of questions to become keywords, and what comes of trying them."""

from dataclasses import replace
from difflib import SequenceMatcher

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Outcome
from bot.answering.evaluation import question_files, try_out
from bot.answering.knowledge.document import Document
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.yaml_reader import read_tree
from bot.answering.teaching import Lesson, UneditableError, names_in, teach, with_keywords
from tests.support.reports.shipped import shipped
from tests.support.reports.small_report import KNOWLEDGE, SCHOOLS, YAML, write_report
from tests.support.reports.told import Told
from tests.support.repository import ROOT


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("请问一下，咱们区里头的龘鱻投了多少钱", "龘鱻"),
        ("2021年前三季度高新区龘鱻投了几个亿", "龘鱻"),
        ("龘鱻", "龘鱻"),
        ("那些龘鱻的外地老板现在有几家，都在干啥", "龘鱻的外地老板"),
        ("how much did foreign gizmos invest?", "foreign gizmos invest"),
    ],
)
def test_a_name_is_what_a_question_says_beside_asking(wording, name) -> None:
    fact = next(fact for fact in shipped().knowledge.facts if fact.id == "ftz-foreign-capital")
    assert name in list(names_in(wording, fact, shipped()))


LIBRARY = Told("""\
河湾图书馆 2023
libraries|公共图书馆数|12个||图书馆||Libraries
readers|接待读者人次|523万人次||接待读者
books|馆藏图书数|186万册
lent|外借图书次数|97万册次|||Loan of books
""")


@pytest.mark.parametrize(
    ("fact_id", "wording", "names"),
    [
        ("readers", "今年来了多少人看书", ["看书"]),
        ("readers", "多少人来图书馆", []),  # which other facts are called by
        ("readers", "来馆人数", []),  # a piece of a word
        ("books", "馆里有多少书", []),  # where, and a word that others have
        ("lent", "买书花了多少钱", ["买书"]),
        ("readers", "how many visitors", ["visitors"]),
        ("lent", "how many volumes lent", ["volumes lent"]),
    ],
)
def test_a_name_is_whole_words_side_by_side_that_call_no_other_fact(fact_id, wording, names) -> None:
    fact = next(fact for fact in LIBRARY.knowledge.facts if fact.id == fact_id)
    assert list(names_in(wording, fact, LIBRARY.answerer)) == names


def test_what_asks_for_nothing_names_nothing() -> None:
    fact = shipped().knowledge.facts[0]
    for wording in ("", "多少", "是多少？", fact.label, "2021年高新区"):
        assert list(names_in(wording, fact, shipped())) == []


def test_a_chinese_and_an_english_word_go_to_their_own_keywords() -> None:
    lesson = Lesson("ftz-foreign-capital", ("龘鱻投了多少钱", "how much capital from gizmos", "龘鱻投钱多少"))
    taught = teach(ROOT / "knowledge", lesson)
    before = (ROOT / "knowledge" / "jinan-hightech-2021.yaml").read_text(encoding="utf-8").splitlines()
    after = taught.document.decode().splitlines()
    assert len(before) == len(after)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [word for word in taught.keywords if any(word in line for line in changed)] == list(taught.keywords)
    assert len(taught.keywords) <= 3


@pytest.mark.parametrize(
    ("lesson", "why"),
    [
        (Lesson("gone", ("学堂",)), "the fact is no longer in this folder"),
        (Lesson("schools", ("小学数量",)), "'schools' answers this already"),
        (Lesson("schools", ("多少",)), "no keyword for 'schools' can be cut out of this"),
        (Lesson("schools", ()), "'schools' answers this already"),
    ],
)
def test_a_lesson_that_teaches_nothing_says_why(tmp_path, lesson, why) -> None:
    problem = teach(write_report(tmp_path), lesson)
    assert why in problem.message


def test_a_folder_with_errors_and_a_file_with_a_byte_order_mark(tmp_path) -> None:
    (write_report(tmp_path) / "hewan.yaml").write_bytes(b"\xef\xbb\xbf" + YAML.encode())
    taught = teach(tmp_path, Lesson("schools", ("龘堂有几所",)))
    assert taught.document == b"\xef\xbb\xbf" + YAML.replace("[小学数量, 小学]", "[小学数量, 小学, 龘堂]").encode()
    (tmp_path / "hewan.yaml").write_text("report: [", encoding="utf-8")
    assert isinstance(teach(tmp_path, Lesson("schools", ("龘堂有几所",))), Problem)


def test_a_trial_asks_the_folders_questions_and_the_labels(tmp_path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (tmp_path / "questions.jsonl").write_text(
        '{"q": "龘堂几所", "expect": [{"id": "schools"}], "kind": "a"}\n', "utf-8"
    )
    (folder / "more.jsonl").write_text('{"q": "房价", "expect": [], "kind": "oos-a"}\n', encoding="utf-8")
    (folder / ".kept.jsonl").write_text("none", encoding="utf-8")
    assert question_files(folder) == [folder / "more.jsonl", tmp_path / "questions.jsonl"]
    renamed = replace(SCHOOLS, keywords=(*SCHOOLS.keywords, "龘堂", "房价"))
    new = replace(KNOWLEDGE, facts=(*KNOWLEDGE.facts[:-1], renamed))
    trial = try_out(KNOWLEDGE, new, folder)
    assert (trial.asked, trial.total, trial.trouble) == (2 + len(KNOWLEDGE.facts), 2, "")
    worse, better = trial.retold
    assert (worse.question, worse.change) == ("房价", -1)
    assert (better.question, better.change) == ("龘堂几所", 1)
    assert (worse.before.outcome, worse.after.outcome) == (Outcome.NONE, Outcome.ANSWER)
    assert try_out(KNOWLEDGE, KNOWLEDGE, folder).retold == ()
    (folder / "more.jsonl").write_text("{", encoding="utf-8")
    assert "more.jsonl:1: " in try_out(KNOWLEDGE, new, folder).trouble


# Keywords are added to a file as an editor would, and not one other character of it changes.
PLACE = ("facts", 0, "keywords")
# What YAML has no room for can be no keyword.
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
WORDS = st.text(_CHARACTERS, min_size=1)


def edited(text: str, *words: str) -> str:
    return with_keywords(Document("a.yaml", text), PLACE, words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("facts:\n- keywords: [一, 二]  # c\n  x: 1\n", "facts:\n- keywords: [一, 二, 新词]  # c\n  x: 1\n"),
        ("facts: [{keywords: ['一 😀', \"二\"]}]", "facts: [{keywords: ['一 😀', \"二\", 新词]}]"),
        ("facts:\n- keywords: [一,\n    二, # d\n    ]\n", "facts:\n- keywords: [一,\n    二, 新词, # d\n    ]\n"),
        ("facts:\n- keywords:\n    - 一  # c\n  # d\n", "facts:\n- keywords:\n    - 一  # c\n    - 新词\n  # d\n"),
        ("facts:\r\n- keywords:\r\n  - 一\r\n  x: 1\r\n", "facts:\r\n- keywords:\r\n  - 一\r\n  - 新词\r\n  x: 1\r\n"),
        ("facts:\n- keywords:\n  - 一\n    二", "facts:\n- keywords:\n  - 一\n    二\n  - 新词"),
    ],
)
def test_a_word_is_added_where_an_editor_would_write_it(before, after) -> None:
    assert edited(before, "新词") == after


def test_a_list_that_nothing_can_be_added_to_is_told_with_its_line() -> None:
    with pytest.raises(UneditableError, match=r"a\.yaml:3: nothing can be added .*: write 新词 there"):
        edited("facts:\n- keywords:\n  - |\n    一\n  x: 1\n", "新词")


@given(
    st.lists(WORDS, min_size=1),
    st.lists(WORDS, min_size=1),
    st.sampled_from([True, False, None]),
    st.integers(5, 100),
)
def test_whatever_is_there_and_is_added_the_rest_stays(there, words, flow, width) -> None:
    node = {"facts": [{"id": "x", "keywords": there, "period": "2030年"}], "left_out": ["x"]}
    before = yaml.safe_dump(node, allow_unicode=True, default_flow_style=flow, width=width, sort_keys=False)
    after = edited(before, *words)
    tree, problems = read_tree("a.yaml", after)
    assert problems == []
    assert tree == {"facts": [{"id": "x", "keywords": [*there, *words], "period": "2030年"}], "left_out": ["x"]}
    changes = [
        code for code in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    assert {code[0] for code in changes} == {"insert"}

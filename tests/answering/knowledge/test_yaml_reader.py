import pytest

from bot.answering.knowledge.folder import load
from tests.support.reports.town_report import changed, problems, write

INDENTATION = "this does not line up with what it belongs to: check the indentation, and that nothing follows a quote"

FULL_WIDTH = "this line begins with a full-width space: use ordinary spaces"
NO_BREAK = "this line begins with a no-break space: use ordinary spaces"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  title: 年报", "\ttitle: 年报", "3:1: a tab is used for indentation: use spaces"),
        ("  title: 年报", "\u3000title: 年报", f"3:1: {FULL_WIDTH}"),
        ("  title: 年报", "  \u3000title: 年报", f"3:3: {FULL_WIDTH}"),
        ("      - text", "\u3000 \u3000- text", f"10:1: {FULL_WIDTH}"),
        ("sections:", "\u3000\u3000\nsections:", f"7:1: {FULL_WIDTH}"),
        ("sections:", "\u3000# 备注\nsections:", f"7:1: {FULL_WIDTH}"),
        ("        facts:", "\xa0" * 8 + "facts:", f"11:1: {NO_BREAK}"),
        ("title: 年报", "title 年报", "3:3: there is no ': ' (colon and space) after the key that starts here"),
        ("title: 年报", "title：年报", "3:3: there is no ': ' (colon and space) after the key that starts here"),
        ("title: 年报", "title:年报", "3:3: there is no ': ' (colon and space) after the key that starts here"),
        ("title: 年报", 'title: "年报', "3:10: the quote that opens here is never closed"),
        ("公司]", "公司", "15:23: the '[' here is not closed with ']', or a ',' between two entries is missing"),
        ("[镇上]}", "[镇上]", "6:12: the '{' here is not closed with '}', or a ',' between two entries is missing"),
        ("title: 年报", "title: 年报: 二",
         "3:12: unexpected ':': the line before lacks its ':', or this line is indented too far, "
         "or a text that holds ': ' needs quotes"),
        ("title: 年报", "title: @年报", "3:10: a text cannot start with @: put it in quotes"),
        ("title: 年报", "title: *年报", "3:10: a text cannot start with * or &: put it in quotes"),
        ("title: 年报", "title: !年报", "3:10: a text cannot start with !: put it in quotes"),
        ("title: 年报", "title: '年' 报", f"3:14: {INDENTATION}"),
        ("title: 年报", 'title: "年\\报"',
         "3:12: a '\\' in double quotes means something special: write it twice, or use single quotes"),
        ("  publisher", " publisher", f"4:2: {INDENTATION}"),
        ("title: 年报", "title: - 年报", "3:10: '- ' cannot stand here: start the list on a new line"),
        ("title: 年报", "title: ]", "3:10: a value is missing here, or a bracket is too many"),
        # sound, and no knowledge file all the same
        ("sections:", "---\nsections:",
         "7:1: a second document starts here: remove the '---' or make it a file of its own"),
        ("publisher: 周刊", "publisher: *t", "4:14: aliases (*t) are not used in knowledge files: write the text out"),
        ("title: 年报", "title: &t 年报", "3:10: anchors (&t) are not used in knowledge files: remove it"),
        ("  title: 年报", "  <<: {title: 年报}",
         "3:3: merge keys (<<) are not used in knowledge files: write the keys out"),
        ("title: 年报", "title: !!str 年报",
         "3:10: tags (!) are not used in knowledge files: put a text that starts with ! in quotes"),
        ("title: 年报", "title: !!python/object/apply:os.system [ls]",
         "3:10: 'title' must be a text, not a list\n"
         "3:10: tags (!) are not used in knowledge files: put a text that starts with ! in quotes"),
        ("  title: 年报", "  title: 年报\n  title: 月报", "4:3: the key 'title' is there twice: remove one"),
        ("  title: 年报", "  ? [a]\n  : 年报", "3:5: a list or braces cannot be a key: put the text in quotes"),
        ("年报", "年\x07报", "3:11: the character U+0007 cannot be seen and is not allowed: delete it"),
        ("年报", '"年\\x07报"', "3:10: 'title' must be on one line, without control characters"),
        ("title: 年报", "title: |\n    年\n    报", "3:10: 'title' must be on one line, without control characters"),
    ],
)  # fmt: skip
def test_yaml_is_read_strictly_and_what_is_broken_is_one_plain_line(tmp_path, old, new, expected) -> None:
    assert problems(tmp_path, r=changed(old, new)) == [f"r.yaml:{message}" for message in expected.splitlines()]


def test_a_text_that_begins_with_a_full_width_space_is_none_of_that(tmp_path) -> None:
    assert problems(tmp_path, r=changed("text: 企业", "text: >\n            \u3000\u3000企业")) == []


@pytest.mark.parametrize("text", ["no", "1:30", "010", "12.30", "2021-01-01", "~", "0x1F"])
def test_every_scalar_stays_the_text_that_is_written(tmp_path, text) -> None:
    knowledge = load(write(tmp_path, r=changed("title: 年报", f"title: {text}"))).knowledge
    assert knowledge.reports[0].title == text


@pytest.mark.parametrize("nest", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(tmp_path, nest) -> None:
    (problem,) = problems(tmp_path, r=nest * 200_000)
    assert "nested" in problem


def test_an_alias_bomb_does_nothing(tmp_path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 100))]
    assert problems(tmp_path, r="\n".join(lines)) == [
        "r.yaml:1:5: anchors (&a0) are not used in knowledge files: remove it",
        "r.yaml:2:5: anchors (&a1) are not used in knowledge files: remove it",
        "r.yaml:2:10: aliases (*a0) are not used in knowledge files: write the text out",
    ]

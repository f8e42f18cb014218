"""Keywords are added to a file as an editor would, and not one other character of it changes."""

from difflib import SequenceMatcher

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.knowledge.document import Document
from bot.answering.knowledge.yaml_reader import read_tree
from bot.answering.teaching import UneditableError, with_keywords

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

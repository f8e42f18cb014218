"""Whatever is in a folder: knowledge or problems, never an exception."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.knowledge.folder import Severity, load
from tests.support.reports.town_report import REPORT, write

LEXICON = "synonyms: [[企业, 公司], [涨, 增长]]\nfillers: [请问]\n"
_PARTS = [
    *"\n\t\r \x00\x85\u2028\ufeff\u200b:[]{},'\"#|>?%@\\~ａ0亿",
    *("  ", ": ", "- ", "&a ", "*a", "!x ", "<<: ", "---", "...", "facts"),
]


def _check(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, str | bytes] = {"r": REPORT, name: content}
        loaded = load(write(Path(folder), **files))
        path = Path(folder) / f"{name}.yaml"
    has_error = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    assert (loaded.knowledge is None) == has_error
    for problem in loaded.problems:
        assert "\n" not in str(problem)
        assert problem.line >= 1
        assert problem.column >= 1
        if name == "r":
            assert problem.file == str(path)


@st.composite
def _mutated(draw: st.DrawFn, text: str) -> str:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        text = text[:start] + "".join(draw(st.lists(st.sampled_from(_PARTS), max_size=3))) + text[end:]
    return text


@given(st.binary(), st.sampled_from(["r", "lexicon", "other"]))
def test_any_bytes(content, name) -> None:
    _check(name, content)


@given(st.text(), st.sampled_from(["r", "lexicon"]))
def test_any_text(content, name) -> None:
    _check(name, content.encode("utf-8", "surrogatepass"))


@given(_mutated(REPORT))
def test_a_good_report_with_a_few_changes(content) -> None:
    _check("r", content.encode())


@given(_mutated(LEXICON))
def test_a_good_lexicon_with_a_few_changes(content) -> None:
    _check("lexicon", content.encode())

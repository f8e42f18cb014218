import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.english import stem
from tests.support.any_text import TEXT

SAME = """\
company companies company's company’s companies'
invest invested investing invests
plan planned planning plans
orchard orchards
branch branches
class classes
study studied studies
register registered registering
revitalisation revitalization
modernise modernized modernizing
average averaged averages
use used using
grow grew grown growing
fly flies flew flying
policeman policemen
family families
centre centers
travelled traveled"""
OTHER = "export import|tea team|pass pas|analysis analyst|bus bu|news new|training train|clothes cloth|rose roses"


@pytest.mark.parametrize("words", SAME.splitlines())
def test_inflections_share_a_stem(words) -> None:
    assert len(set(map(stem, words.split()))) == 1


@pytest.mark.parametrize("words", [*OTHER.split("|"), "packaging package", "care cars", "tubes tubs"])
def test_other_words_have_another_stem(words) -> None:
    assert len(set(map(stem, words.split()))) == 2


@pytest.mark.parametrize("word", ["", "s", "'", "'s", "ed", "ing", "eee", "ss", "茶", "\ud800", "a" * 10_000])
def test_no_word_is_too_strange(word) -> None:
    assert len(stem(word)) <= len(word)


@given(word=TEXT | st.text(alphabet="aeisydgnchtz'’", max_size=12))
def test_a_stem_never_raises_and_is_always_the_same(word) -> None:
    assert stem(word) == stem(word)
    assert len(stem(word)) <= len(word)

import pytest
from hypothesis import given

from bot.answering.language.normalize import normalize
from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary
from tests.support.any_text import TEXT
from tests.support.reports.lake_town import tokens_of
from tests.support.wordings import assert_read


def texts(text: str) -> list[str]:
    return [token.text for token in tokens_of(text) if not token.is_stop]


def test_the_longest_words_win() -> None:
    table = """\
        粮食 产量 是 多少: 粮食产量是多少
        小学 在校生 人数: 小学在校生人数
        在园幼儿: 在园幼儿
        gdp 增速: gdp增速
        2022年 的 游客: 2022年的游客
        how many/kindergartens: how many kindergartens
        primary-school/pupils: primary-school pupils
        几 家 电影院: 几家电影院
        龘龘龘 的 小学: 龘龘龘的小学"""
    assert_read(table, lambda text: ("/" if text.isascii() else " ").join(texts(text)))


def test_what_a_report_is_on_is_one_word_however_its_labels_are_called() -> None:
    vocabulary = Vocabulary()
    for name in ("住房", "公积金缴存额", "缴存额"):
        vocabulary.add_concept(name, [])
    vocabulary.add_role("subject", "fund", ["住房公积金"])
    assert [token.text for token in tokenise("住房公积金缴存额", vocabulary)] == ["住房公积金", "缴存额"]


def test_stops_stand_alone_and_say_nothing() -> None:
    assert [token.text for token in tokens_of("小学，幼儿园？") if token.is_stop] == [",", "?"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("86.4亿元", "quantity"), ("十二个", "quantity"), ("2019年", "span"), ("去年", "span"), ("到年中", "span")],
)
def test_figures_and_periods_are_tokens(text, kind) -> None:
    (token,) = tokens_of(text)
    assert getattr(token, kind) is not None
    assert not token.is_unknown


def test_neighbouring_unknown_characters_are_one_token_and_latin_words_stay_apart() -> None:
    assert [token.text for token in tokens_of("龘鱻龘")] == ["龘鱻龘"]
    assert [token.text for token in tokens_of("xqz vbn") if token.is_unknown] == ["xqz", "vbn"]


@pytest.mark.parametrize(("text", "unit"), [("多少所", True), ("有几个", True), ("学所", False)])
def test_a_measure_word_is_one_where_something_is_counted(text, unit) -> None:
    assert ("unit" in tokens_of(text)[-1].roles) is unit


def test_a_phrase_is_found_by_the_stems_of_its_words() -> None:
    (token,) = tokens_of("disposable incomes")
    assert token.is_content


@given(text=TEXT)
def test_the_tokens_are_the_text_without_its_spaces(text) -> None:
    normal = normalize(text)
    tokens = tokens_of(text)
    at = 0
    for token in tokens:
        assert normal[at : token.start].strip() == ""
        assert normal[token.start : token.end] == token.text
        assert token.start < token.end
        at = token.end
    assert normal[at:].strip() == ""


@pytest.mark.parametrize("name", ["5a", "pm2.5", "5g"])
def test_names_of_letters_and_digits_are_words(name) -> None:
    assert [token.text for token in tokens_of(f"{name}和gdp")] == [name, "和", "gdp"]
    assert not any(token.text == name for token in tokens_of(f"1{name}"))

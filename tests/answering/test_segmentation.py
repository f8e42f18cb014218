from __future__ import annotations

from collections.abc import Callable

import pytest
from any_text import NEAR_TEXT, TEXT
from bot.answering.cells import is_chinese, split
from bot.answering.segmentation import chinese_pieces, keyword_words, parts, segment
from bot.answering.words import Kind, Word
from hypothesis import given
from lake_town import MATCHER, vocabulary

from bot.answering import understanding
from bot.answering.language.normalize import normalize
from bot.answering.vocabulary import Vocabulary

WORDS = MATCHER.vocabulary


def understand(text: str, vocabulary: Vocabulary) -> list[Word]:
    return understanding.understand(text, split(text), vocabulary)


def read(text: str) -> list[tuple[str, Kind]]:
    return [(word.text, word.kind) for word in segment(normalize(text), WORDS)]


def meant(text: str) -> list[str]:
    """The entries that a question's content words are taken for, the best of each."""
    return [word.entry.key for word in understand(normalize(text), WORDS) if word.kind is Kind.CONTENT and word.entry]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请问GDP", [("请问", Kind.FILLER), ("gdp", Kind.CONTENT)]),
        ("地区生产总值增速", [("地区生产总值", Kind.CONTENT), ("增速", Kind.CONTENT)]),
        ("2019年GDP", [("2019年", Kind.PERIOD), ("gdp", Kind.CONTENT)]),
        ("去年游客", [("去年", Kind.PERIOD), ("游客", Kind.CONTENT)]),
        ("312家企业", [("312家", Kind.NUMBER), ("企业", Kind.CONTENT)]),
        ("游客,企业", [("游客", Kind.CONTENT), (",", Kind.STOP), ("企业", Kind.CONTENT)]),
        ("游客龘龘", [("游客", Kind.CONTENT), ("龘龘", Kind.UNKNOWN)]),
        ("two tea companies", [("two", Kind.NUMBER), ("tea", Kind.CONTENT), ("companies", Kind.CONTENT)]),
        ("", []),
        ("😀“”", []),
    ],
)
def test_the_words_of_a_text(text: str, words: list[tuple[str, Kind]]) -> None:
    assert read(text) == words


def test_the_longest_words_are_read() -> None:
    assert [text for text, _ in read("前三季度")] == ["前三季度"]
    assert [text for text, _ in read("财政收入")] == ["财政收入"]


@pytest.mark.parametrize(
    ("typo", "word"),
    [
        ("地区生产总直", "地区生产总值"),
        ("地区生总产值", "地区生产总值"),
        ("地区产总值", "地区生产总值"),
        ("渔客", None),
        ("游克", "游客"),
        ("diqu shengchan zongzhi", "地区生产总值"),
        ("youke", "游客"),
        ("youke有多少", "游客"),
        ("visitros", "visitor"),
        ("populatoin", "population"),
    ],
)
def test_typos_and_pinyin_are_understood(typo: str, word: str | None) -> None:
    concepts = {WORDS.entries[key].concept for key in meant(typo)}
    assert concepts == ({WORDS.entries[word].concept} if word else set())


@pytest.mark.parametrize(("text", "words"), [("you ke", ["游客"]), ("you keqiye", []), ("qiyeyou ke", [])])
def test_whoever_leaves_gaps_in_pinyin_leaves_them_between_words(text: str, words: list[str]) -> None:
    assert [key for key in meant(text) if key == "游客"] == words


@pytest.mark.parametrize("text", ["zengzhang", "zengzan", "zen zan"])
def test_pinyin_may_confuse_what_sounds_alike(text: str) -> None:
    assert "增长" in meant(text)


@pytest.mark.parametrize("text", ["青钢", "房架", "去念"])
def test_what_would_refuse_an_answer_is_not_guessed_from_a_typo(text: str) -> None:
    entries = [word.entry for word in understand(text, WORDS) if word.entry]
    assert not any(entry.place or entry.topic or entry.period for entry in entries)


def test_what_is_spelled_right_is_sure() -> None:
    (word,) = understand("地区生产总值", WORDS)
    assert [likeness for _, likeness in word.entries] == [1.0]


def test_what_is_mistyped_is_less_sure() -> None:
    assert all(0 < likeness < 1 for word in understand("地区生总产值", WORDS) for _, likeness in word.entries)


def test_a_particle_inside_a_keyword_is_a_part_of_its_name() -> None:
    words = vocabulary()
    assert [word.text for word in segment("渡口得名", words) if word.kind is Kind.UNKNOWN] == ["渡口得名"]
    assert [word.kind for word in keyword_words("是非茶叶", words)][-1] is Kind.CONTENT


def test_the_parts_of_a_compound() -> None:
    words = vocabulary()
    assert parts("果园投资", words) == (words.entries["果园"].concept, words.entries["投资"].concept)
    assert parts("果园渡口", words) == ()
    assert parts("果园", words) == ()
    assert parts("渡口", words) == ()


@pytest.mark.parametrize("reader", [segment, keyword_words, understand])
@given(text=TEXT)
def test_words_stand_in_the_text_one_behind_the_other(
    reader: Callable[[str, Vocabulary], list[Word]], text: str
) -> None:
    normal = normalize(text)
    at = 0
    for word in reader(normal, WORDS):
        assert at <= word.start < word.end <= len(normal)
        assert normal[word.start : word.end] == word.text
        assert all(0 < likeness <= 1 for _, likeness in word.entries)
        at = word.end


@pytest.mark.parametrize("reader", [segment, understand])
@given(text=NEAR_TEXT)
def test_every_chinese_character_is_in_a_word(reader: Callable[[str, Vocabulary], list[Word]], text: str) -> None:
    normal = normalize(text)
    covered = "".join(word.text for word in reader(normal, WORDS))
    assert [char for char in covered if is_chinese(char)] == [char for char in normal if is_chinese(char)]


@given(text=NEAR_TEXT.map(lambda text: "".join(filter(is_chinese, normalize(text)))))
def test_a_keyword_of_chinese_alone_is_read_like_any_other(text: str) -> None:
    """Most keywords take a shorter way."""
    pieces = chinese_pieces(text, WORDS)
    if pieces is not None:
        assert list(pieces) == [(word.text, word.entry) for word in keyword_words(text, WORDS)]


def test_a_keyword_with_more_than_chinese_takes_the_longer_way() -> None:
    assert chinese_pieces("GDP增速", WORDS) is None
    assert chinese_pieces("三个渡口", WORDS) is None

"""The words that ship with the program, and how a vocabulary is put together from them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from bot.answering.language.normalize import normalize_all
from bot.answering.language.vocabulary import FOLDER, Vocabulary, key_of, shipped
from bot.answering.language.word_lists import sections

FILES = sorted(path.stem for path in FOLDER.glob("*.ini"))
# OpenCC takes these simplified characters for traditional ones, in a question just as here.
ALSO_TRADITIONAL = str.maketrans("么嗰喎著", "幺𠮶㖞着")
OF_CONCEPTS = ("concepts", "means", "senses", "parts", "kinds", "exclusive")


@cache
def content_of(file: str) -> Mapping[str, Mapping[str, str]]:
    return sections(FOLDER / f"{file}.ini")


def listed(value: str, mark: str = ",") -> list[str]:
    return [part.strip() for part in value.split(mark) if part.strip()]


def lines(section: str) -> Iterator[tuple[str, str, str]]:
    """The lines of a section of all files: file, name, what stands behind the colon."""
    for file in FILES:
        yield from ((file, name, value) for name, value in content_of(file).get(section, {}).items())


def names_in(file: str) -> list[str]:
    """All words of a file, as they are written."""
    found = []
    for section, content in content_of(file).items():
        for name, value in content.items():
            if section in ("means", "senses"):
                found += [name, *(part for sense in listed(value, "/") for part in listed(sense, "+"))]
            elif section in ("concepts", "parts", "kinds"):
                found += [name, *listed(value)]
            else:
                found += listed(value)
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_name_is_normal(file) -> None:
    names = names_in(file)
    assert names
    normal = [name.translate(ALSO_TRADITIONAL) for name in normalize_all(names)]
    written = [name.translate(ALSO_TRADITIONAL) for name in names]
    assert [name for name, other in zip(written, normal, strict=True) if name != other] == []


def test_no_name_is_in_two_concepts() -> None:
    """A concept may have names in several files, by field and by everyday speech; a name has one concept."""
    concepts: defaultdict[str, set[str]] = defaultdict(set)
    for _, concept, value in lines("concepts"):
        for name in normalize_all([concept, *listed(value)]):
            concepts[key_of(name)].add(concept)
    assert {name: found for name, found in concepts.items() if len(found) > 1} == {}


def said() -> set[str]:
    """Everything that some section gives a meaning or a role."""
    return {name for file in FILES for section, found in content_of(file).items() for name in _given(section, found)}


def _given(section: str, found: dict[str, str]) -> Iterator[str]:
    for name, value in found.items():
        if section == "concepts":
            yield from (name, *listed(value))
        elif section in ("parts", "kinds", "means"):
            yield name
        elif section not in OF_CONCEPTS:
            yield from listed(value)


@pytest.mark.parametrize("section", ["means", "senses"])
def test_words_are_explained_by_words_that_there_are(section) -> None:
    known = said()
    parts = [part for _, _, value in lines(section) for sense in listed(value, "/") for part in listed(sense, "+")]
    assert sorted({part for part in parts if part not in known}) == []


@pytest.mark.parametrize("section", ["parts", "kinds", "exclusive"])
def test_what_belongs_together_are_concepts(section) -> None:
    concepts = {name for _, name, _ in lines("concepts")} | {name for _, name, _ in lines("parts")}
    groups = [[*([] if section == "exclusive" else [name]), *listed(value)] for _, name, value in lines(section)]
    assert sorted({name for group in groups for name in group if name not in concepts}) == []


@pytest.mark.parametrize(
    ("name", "sense"),
    [
        ("经济总量", "地区生产总值"),
        ("gdp", "地区生产总值"),
        ("kindergarten", "幼儿园"),
        ("幼稚园", "幼儿园"),
        ("有色金属冶炼及压延加工业", "有色金属冶炼和压延加工业"),
        ("文化、体育和娱乐业", "文化体育和娱乐业"),
    ],
)
def test_names_of_one_thing_say_one_concept(name, sense) -> None:
    assert shipped().words[key_of(name)].senses == ((sense,),)


def test_english_names_are_found_in_any_number() -> None:
    assert key_of("primary schools") == key_of("primary school") in shipped().words


def small() -> Vocabulary:
    vocabulary = Vocabulary()
    for concept, names in {"企业": ["公司", "firm"], "学校": [], "小学": ["primary school"], "初中": []}.items():
        vocabulary.add_concept(concept, names)
    return vocabulary


def test_a_copy_grows_alone() -> None:
    vocabulary = small()
    vocabulary.copy().add_concept("医院", ["hospital"])
    assert "医院" not in vocabulary.words
    assert "公司" in vocabulary.copy().words


def test_a_word_added_to_a_copy_does_not_change_a_word_of_the_original() -> None:
    before = {name: (w.senses, w.roles) for name, w in shipped().words.items() if name in ("企业", "学校")}
    twin = shipped().copy()
    twin.add_concept("某集团", ["企业"])
    twin.add_role("subject", "r", ["学校"])
    assert {name: (shipped().words[name].senses, shipped().words[name].roles) for name in before} == before


def test_a_meaning_is_several_concepts_and_may_lend_a_role() -> None:
    vocabulary = small()
    vocabulary.add_role("change", "up", ["增长"])
    vocabulary.add_meaning("小学公司增速", ["小学", "企业", "增长"])
    word = vocabulary.words["小学公司增速"]
    assert (word.senses, word.roles) == ((("小学", "企业"),), {"change": "up"})


def test_parts_exclude_each_other_and_kinds_are_wider() -> None:
    vocabulary = small()
    vocabulary.add_parts("义务教育", ["小学", "初中"])
    vocabulary.add_kinds("学校", ["小学"])
    assert vocabulary.exclusive["小学"] == {"初中"}
    assert "学校" in vocabulary.wider("小学")


def test_the_head_of_a_chinese_name_is_what_it_is_a_kind_of() -> None:
    assert "企业" in shipped().wider("高新技术企业")


def test_a_name_consists_of_the_names_that_fill_it() -> None:
    vocabulary = small()
    assert vocabulary.parts_in("小学公司") == [("小学", "企业")]
    assert vocabulary.parts_in("小学的公司") == []

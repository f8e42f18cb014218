from __future__ import annotations

from bot.answering.learning import learn, marks, meaning
from bot.answering.segmentation import segment
from lake_town import vocabulary


def test_phrases_are_read_as_the_concepts_of_their_words() -> None:
    words = vocabulary()
    read = learn(["茶叶企业", "茶叶公司", "GDP增速".casefold()], words)
    assert read["茶叶企业"] == read["茶叶公司"]
    assert set(read["gdp增速"]) == {words.entries["gdp"].concept, words.entries["增速"].concept}


def test_what_the_lexicon_lacks_becomes_a_word() -> None:
    words = vocabulary()
    (concept,) = learn(["渡船码头"], words)["渡船码头"]
    assert words.entries["渡船码头"].concept == concept
    assert words.concepts[concept] == "渡船码头"


def test_longer_phrases_fall_into_the_words_of_shorter_ones() -> None:
    words = vocabulary()
    read = learn(["渡口码头", "渡口"], words)
    assert set(read["渡口"]) < set(read["渡口码头"])


def test_the_order_and_the_repetition_of_phrases_do_not_matter() -> None:
    phrases = ["渡口码头", "渡口", "茶叶企业", "湖光医院", "第十二个"]
    one, other = vocabulary(), vocabulary()
    names = [
        {phrase: [words.concepts[concept] for concept in found] for phrase, found in learn(given, words).items()}
        for words, given in ((one, phrases), (other, [*reversed(phrases), *phrases]))
    ]
    assert names[0] == names[1]


def test_a_short_keyword_is_a_name_of_its_own() -> None:
    words = vocabulary()
    read = learn(["茶谷", "的里"], words)
    assert words.entries["茶谷"].concept == read["茶谷"][0]
    assert len(read["的里"]) == 1


def test_a_compound_says_what_its_parts_say() -> None:
    words = vocabulary()
    learn(["茶叶企业"], words)
    words.add(["果园投资"])
    learn(["渡口"], words)
    compound = words.entries["果园投资"].concept
    assert set(words.parts[compound]) == {words.entries["果园"].concept, words.entries["投资"].concept}


def test_a_matter_is_not_explained_by_its_parts() -> None:
    words = vocabulary()
    words.add(["财政"])
    learn(["渡口"], words)
    assert words.entries["财政收入"].concept not in words.parts


def test_numbers_years_and_kinds_of_question_are_marks() -> None:
    words = vocabulary()
    read = segment("2019年12个渡口分别", words)
    found = {mark for word in read for mark in marks(word)}
    assert found == {"2019", "12", "each"}


def test_a_filler_means_nothing() -> None:
    words = vocabulary()
    assert [concept for word in segment("请问的是", words) for concept in meaning(word, words)] == []

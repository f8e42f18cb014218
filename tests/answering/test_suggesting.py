"""Synonyms that would have answered several questions, and no others."""

from dataclasses import replace

from bot.answering.answerer import Answerer
from bot.answering.conversation import last_answer
from bot.answering.knowledge.model import Lexicon
from bot.answering.suggesting import suggestions
from tests.support.reports.told import Told

KNOWLEDGE = Told("""\
河湾镇 2021
inns|民宿数量|46家
inn-beds|民宿床位|900张
inn-income|民宿收入|2亿元
tea-area|茶园面积|3万亩
schools|学校数量|7所
tea-income|茶园收入|3亿元
school-beds|学校床位|70张
""").knowledge
ASKED = {"云栖小院有几家": 3, "云栖小院收入": 2, "云栖小院有多少张床位": 1, "房价": 9, "房价多少": 9}


def test_a_word_in_several_questions_is_a_synonym_of_what_answers_them(tmp_path) -> None:
    [found] = suggestions(KNOWLEDGE, ASKED, tmp_path)
    assert found.group == ("民宿", "云栖小院")
    assert list(found.questions.items()) == list(ASKED.items())[:3]
    lexicon = Lexicon(synonyms=(found.group,))
    answerer = Answerer(replace(KNOWLEDGE, lexicon=lexicon))
    stated = [last_answer(answerer, [question]).matches[0].fact.id for question in found.questions]
    assert stated == ["inns", "inn-income", "inn-beds"]
    assert list(suggestions(replace(KNOWLEDGE, lexicon=lexicon), ASKED, tmp_path)) == []


def test_a_group_that_is_there_grows(tmp_path) -> None:
    lexicon = Lexicon(synonyms=(("民宿", "客栈"),))
    [found] = suggestions(replace(KNOWLEDGE, lexicon=lexicon), ASKED, tmp_path)
    assert found.group == ("民宿", "客栈", "云栖小院")


def test_what_would_break_another_answer_is_not_proposed(tmp_path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "q.jsonl").write_text('{"q": "云栖小院的收入", "expect": [], "kind": "oos-inn"}\n', encoding="utf-8")
    assert list(suggestions(KNOWLEDGE, ASKED, folder)) == []


def test_what_several_names_would_answer_as_well_is_not_proposed(tmp_path) -> None:
    told = Told("河湾镇 2021\na|书店数量|46家\nb|书店收入|2亿元\nc|茶馆数量|7家\nd|茶馆收入|3亿元\n")
    assert list(suggestions(told.knowledge, {"云栖小院有几家": 3, "云栖小院收入": 2}, tmp_path)) == []


def test_what_rose_is_not_meant_by_what_fell(tmp_path) -> None:
    told = Told("""\
书城 2021
馆数46家，比上年增加2家；职员310人，比上年减少15人。
  halls|馆舍数|46家
  halls-more|馆舍增加数|2家
  staff|职员数|310人
  staff-fewer|职员减少数|15人
""")
    [found] = suggestions(told.knowledge, {"龘鱻有多少": 3, "龘鱻减少了几个": 2}, tmp_path)
    assert found.group == ("职员", "龘鱻")


def test_nothing_asked(tmp_path) -> None:
    assert list(suggestions(KNOWLEDGE, {}, tmp_path)) == []

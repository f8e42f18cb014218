"""An answer that went from one process to another is the same answer."""

from __future__ import annotations

from dataclasses import replace

from any_text import ANY_TEXT
from hypothesis import given
from shipped import ROOT, shipped
from small_report import GROWTH, KNOWLEDGE, OUTPUT, answered, offered, refused

from bot.answering.answer import Answer, Match, Reason
from bot.answering.evaluation import read_questions
from bot.answering.wire import AnswerLines, question_line, read_answer, read_question


@given(ANY_TEXT)
def test_any_question_is_one_line(question: str) -> None:
    line = question_line(question)
    assert line.splitlines(keepends=True) == [line]
    assert read_question(line) == question


def test_an_answer_is_what_it_was() -> None:
    answers: list[Answer] = [
        answered(OUTPUT, GROWTH),
        offered(GROWTH, OUTPUT),
        refused(OUTPUT, reason=Reason.PLACE, asked="山口镇\n\ud83d"),
        refused(),
        replace(answered(OUTPUT), matches=(Match(OUTPUT, 0.1 + 0.2),)),
    ]
    lines = AnswerLines(KNOWLEDGE.facts)
    for answer in answers:
        line = lines.line(answer)
        assert line.splitlines(keepends=True) == [line]
        assert read_answer(line, answer.question, KNOWLEDGE.facts) == answer


def test_all_that_the_shipped_knowledge_answers_goes_through() -> None:
    lines = AnswerLines(shipped().knowledge.facts)
    questions = read_questions(ROOT / "tests" / "questions" / "jinan-hightech-2021.jsonl")[::15]
    assert len(questions) > 50
    for question in questions:
        answer = shipped().answer(question.q)
        there = read_answer(lines.line(answer), question.q, shipped().knowledge.facts)
        assert there == answer
        # Replies are kept by the identity of their facts.
        assert all(match.fact is given.fact for match, given in zip(there.matches, answer.matches, strict=True))

"""/try: the answer as people get it, why, and nothing counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
from admin_bot import admin_bot
from running_bot import listening

if TYPE_CHECKING:
    from telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio


async def answers_counted(address: str) -> list[str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}/metrics") as response:
        return [line for line in (await response.text()).splitlines() if line.startswith("shushuo_answers_total{")]


async def test_the_answer_and_why_and_nothing_counted(server: TelegramServer, tmp_path: Path) -> None:
    web = listening()
    async with admin_bot(server, tmp_path, **web) as at:
        for question in ("小学数量", "房价多少", "产值和小学"):
            answer = await at.admin.ask(f"/try {question}")
            why = await at.admin.next_message()
            people = server.user()
            seen = await people.ask(question)
            assert answer.text == seen.text
            assert (answer.buttons, why.buttons) == ((), ())
            assert at.library.now.version in why.text
            assert at.library.now.answerer.explain(question)[:300] in why.text
            assert any(entity.type == "pre" for entity in why.entities)
        await at.memory.written()
        # Those of the people, and no other.
        outcomes = await at.memory.questions.outcomes(at.library.now.read_at.date())
        assert outcomes is not None
        assert sum(outcomes.values()) == 3
        assert sum(float(line.split()[-1]) for line in await answers_counted(web["http_listen"])) == 3
        assert await at.audit() == []


async def test_buttons_of_choices_are_shown_and_cannot_be_pressed(server: TelegramServer, tmp_path: Path) -> None:
    async with admin_bot(server, tmp_path) as at:
        answer = await at.admin.ask("/try 房价多少")
        why = await at.admin.next_message()
        assert answer.buttons == ()
        assert why.text.startswith("▫️ ")
        assert "Outcome: none" in why.text


async def test_without_a_question_it_says_how(server: TelegramServer, tmp_path: Path) -> None:
    async with admin_bot(server, tmp_path) as at:
        assert (await at.admin.ask("/try")).text == "Please write a question behind /try."


@pytest.mark.parametrize("question", ["<b>&\n\n小学数量", "小学" * 2000, "\ud83d\ude00" * 10 + "?"])
async def test_odd_questions_fit_into_a_message(server: TelegramServer, tmp_path: Path, question: str) -> None:
    async with admin_bot(server, tmp_path) as at:
        question = question.encode("utf-16", "surrogatepass").decode("utf-16")
        await at.admin.ask(f"/try {question}")
        assert "counted nowhere" in (await at.admin.next_message()).text


async def test_the_edition_in_force_answers(server: TelegramServer, tmp_path: Path) -> None:
    async with admin_bot(server, tmp_path) as at:
        before = at.library.now.version
        path = at.folder / "hewan.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("小学5所", "小学6所").replace("5所\n", "6所\n"))
        await at.admin.ask("/reload")
        await at.admin.wait_for(lambda message: "In force" in message.text)
        assert (await at.admin.ask("/try 小学数量")).text.startswith("6所")
        why = (await at.admin.next_message()).text
        assert at.library.now.version in why
        assert before not in why

"""/try: the answer as people get it, why, and nothing counted."""

from tests.support.bots.admin_bot import HOME, RICHER, admin_bot
from tests.support.bots.running_bot import listening, metric

pytestmark = pytest.mark.asyncio


async def test_the_answer_and_why_and_nothing_counted(server, tmp_path) -> None:
    web = listening()
    async with admin_bot(server, tmp_path, **web) as at:
        for question in ("小学数量", "房价多少", "产值和小学"):
            answer = await at.admin.ask(f"/try {question}")
            why = await at.admin.next_message()
            seen = await server.user().ask(question)
            assert answer.text == seen.text
            assert (answer.buttons, why.buttons) == ((), ())
            assert at.library.now.version in why.text
            assert at.library.now.answerer.explain(question)[:300] in why.text
            assert any(entity.type == "pre" for entity in why.entities)
        await at.memory.written()
        # Those of the people, and no other.
        outcomes = await at.memory.questions.outcomes(at.library.now.read_at.date())
        assert sum(outcomes.values()) == 3
        assert await metric(web["http_listen"], "shushuo_answers_total") == 3
        assert await at.audit() == []


async def test_what_else_is_written_behind_it(at) -> None:
    assert (await at.admin.ask("/try")).text == "Please write a question behind /try."
    for question in ("<b>&\n\n小学数量", "小学" * 2000, "😀" * 10 + "?"):
        await at.admin.ask(f"/try {question}")
        assert "counted nowhere" in (await at.admin.next_message()).text
    await at.admin.ask("/try 房价多少")
    why = (await at.admin.next_message()).text
    assert why.startswith("▫️ ")
    assert "Outcome: none" in why


async def test_the_edition_in_force_answers(at) -> None:
    before = at.library.now.version
    (at.folder / HOME).write_text(RICHER, encoding="utf-8")
    await at.admin.ask("/reload")
    await at.admin.hears("In force")
    assert (await at.admin.ask("/try 小学数量")).text.startswith("6所")
    why = (await at.admin.next_message()).text
    assert at.library.now.version in why
    assert before not in why

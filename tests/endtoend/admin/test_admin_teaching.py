"""Facts that are taught to answer what was asked in vain: tried, shown, applied, dropped and undone, over real HTTP."""

import pytest
import pytest_asyncio

from bot.answering.examining import examine
from bot.answering.knowledge.folder import load
from bot.storage.cluster import Audit
from bot.storage.questions import Vote, question_hash
from tests.support.bots.admin_bot import APPLY, HOME, AdminBot, Hanging, admin_bot, apply, figure, restarted
from tests.support.reports.small_report import SCHOOLS, YAML, answered
from tests.support.storage.opened_memory import asked

pytestmark = pytest.mark.asyncio

REPORT = f"""\
# Kept by hand.
{YAML.partition("sections:")[0]}sections:
  - title: 产业
    sentences:
      - text: 全年工业产值达到35.2亿元，农业产值达到8.1亿元。
        facts:
          - id: industry
            label: 工业产值
            figure: 35.2亿元
            keywords: [工业总产值]   # as the yearbook calls it
          - id: farming
            label: 农业产值
            figure: 8.1亿元
            keywords:
              - 农业总产值
              - '种养业产值'  # an older name
  - title: 民生
    sentences:
      - text: 全镇有小学5所，在校生2000人，专任教师120人。
        facts:
          - {{id: schools, label: 小学数量, figure: 5所, keywords: [小学数量]}}
          - {{id: teachers, label: 小学专任教师人数, figure: 120人, keywords: [小学专任教师]}}
"""
WORDINGS = (
    "师资云梯员有多少人|师资云梯员是多少人|请问师资云梯员有多少人|师资云梯员一共多少人|"
    "镇里师资云梯员多少人|师资云梯员|师资云梯员几个人|想问一下师资云梯员有多少人|师资云梯员有几位|"
    "师资云梯员有多少位呢"
).split("|")
TEACHERS = "1 → 小学专任教师人数"
BOTH = '{"q": "产值是多少", "expect": [{"id": "industry"}, {"id": "farming"}], "kind": "ambiguous"}\n'


@pytest_asyncio.fixture
async def town(server, tmp_path):
    """A bot whose report is as somebody keeps it who likes comments."""
    written(tmp_path)
    async with admin_bot(server, tmp_path) as at:
        yield at


def written(place) -> None:
    (place / "knowledge").mkdir()
    (place / "knowledge" / HOME).write_text(REPORT, encoding="utf-8")
    (place / "questions.jsonl").write_text(BOTH, encoding="utf-8")


async def unanswered(at: AdminBot, *questions: str):
    """What the admin is shown once these were asked."""
    for question in questions:
        await at.admin.ask(question)
    await at.memory.written()
    return await at.admin.ask("/unanswered")


async def taught(at: AdminBot, shown, button: str):
    """The offer that comes of pressing a fact; before it comes the file."""
    await at.admin.press(shown, button)
    document = await at.admin.next_message()
    assert document.fields["document"]["file_name"] == HOME
    offer = await at.admin.next_message()
    assert offer.reply_to is document
    return offer


async def test_ten_wordings_are_taught_by_two_presses(town) -> None:
    shown = await unanswered(town, *WORDINGS)
    assert "wordings: 10)" in shown.text
    offer = await taught(town, shown, TEACHERS)
    assert offer.text.splitlines() == [
        "小学专任教师人数: would also be called “师资云梯员”",
        "It then answers 10 of 10 wordings.",
        "Checked. This would replace hewan.yaml:",
        "Facts: 0 added, 0 removed, 1 changed",
        "~ teachers 小学专任教师人数: (keywords)",
        "Tried on 5 questions: all are answered as before.",
    ]
    assert town.files() == {HOME: REPORT}
    await apply(town, offer)
    for wording in WORDINGS:
        assert await figure(town, wording) == "120人"
    assert town.files() == {HOME: REPORT.replace("[小学专任教师]", "[小学专任教师, 师资云梯员]")}
    assert [problem for problem in examine(load(town.folder)) if "师资云梯员" in problem.message] == []
    assert "answered by now: 小学专任教师人数" in (await town.admin.ask("/unanswered")).text
    assert (await town.admin.ask("/undo")).text.startswith("Undone: hewan.yaml")
    assert town.files() == {HOME: REPORT}
    assert {"undo", "apply hewan.yaml"} <= {what for _, what, _ in await town.audit()}


async def test_a_teaching_that_would_break_another_answer_is_shown_and_dropped(town) -> None:
    shown = await unanswered(town, "产值是多少")
    offer = await taught(town, shown, "1 → 农业产值")
    assert "Tried on 5 questions; answered otherwise: 1\n✗ 产值是多少: a choice (" in offer.text
    assert offer.text.endswith("→ 农业产值")
    await town.admin.press(offer, "Drop")
    await offer.becomes("Dropped; nothing was changed.")
    assert town.files() == {HOME: REPORT}


async def test_another_fact_is_found_by_its_words(town) -> None:
    shown = await unanswered(town, "云梯员有多少")
    assert next(button.text for row in shown.buttons for button in row) == "1 …"
    await town.admin.press(shown, "1 …")
    card = await town.admin.next_message()
    assert card.text.endswith("Which fact answers it?")
    await town.admin.press(card, "Another fact …")
    await card.becomes("Reply to this message")
    found = await town.admin.ask("教师", reply_to=card)
    assert found.text == "These have your words:"
    offer = await taught(town, found, "小学专任教师人数")
    await apply(town, offer)
    assert await figure(town, "云梯员有多少") == "120人"
    # Anything else that an admin replies is a question as ever.
    assert (await town.admin.ask("小学数量", reply_to=offer)).text.startswith("5所")


async def test_what_is_not_in_the_report_is_set_aside_and_listed_again(town) -> None:
    shown = await unanswered(town, "房价", "房价多少")
    await town.admin.press(shown, "1 …")
    card = await town.admin.next_message()
    await town.admin.press(card, "Not in the report")
    await card.becomes("no longer listed")
    assert (await town.admin.ask("/unanswered")).text == "Nothing was asked in vain in the last 7 days."
    await town.admin.press(shown, "1 …")
    assert (await town.admin.next_message()).text.startswith("This is no longer there")
    await town.admin.press(card, "List it again")
    await card.becomes("Which fact answers it?")
    assert "房价 ×" in (await town.admin.ask("/unanswered")).text
    assert "set aside" in {what for _, what, _ in await town.audit()}


async def test_an_answer_that_people_vote_against_can_be_taught(town) -> None:
    # As another knowledge has answered it.
    await asked(town.memory, WORDINGS[0], answered(SCHOOLS), town.library.now.read_at.date())
    await town.memory.questions.voted(["schools"], question_hash(WORDINGS[0]), Vote.DOWN, (7, 1))
    shown = await unanswered(town)
    assert f"1. {WORDINGS[0]} ×1 (refused 0, choices 0, 👎 1; wordings: 1)" in shown.text
    assert "It then answers 1 of one wording." in (await taught(town, shown, TEACHERS)).text


async def test_a_lesson_that_a_killed_bot_was_applying_is_applied_once(server, tmp_path, monkeypatch) -> None:
    written(tmp_path)
    hanging = Hanging()
    with monkeypatch.context() as patched:
        async with admin_bot(server, tmp_path) as at:
            offer = await taught(at, await unanswered(at, WORDINGS[0]), TEACHERS)
            patched.setattr(Audit, "note", hanging)
            await at.admin.press(offer, APPLY)
            await hanging.reached.wait()
    async with restarted(at):
        await offer.becomes("Applied: hewan.yaml.")
        assert await figure(at, WORDINGS[0]) == "120人"
    assert at.files() == {HOME: REPORT.replace("[小学专任教师]", "[小学专任教师, 师资云梯员]")}
    assert at.kept() == [REPORT]


async def test_lessons_that_cannot_be_given_say_why(town) -> None:
    shown = await unanswered(town, WORDINGS[0])
    hash_ = question_hash(WORDINGS[0])
    assert shown.find_button(TEACHERS).data == f"tf:{hash_}:teachers"
    (town.folder / HOME).write_text(REPORT.replace("id: teachers", "id: masters"), encoding="utf-8")
    await town.admin.press(shown, TEACHERS)
    assert "the fact is no longer in this folder" in (await town.admin.next_message()).text
    await town.admin.ask("/reload")
    await town.admin.press(shown, TEACHERS)
    assert (await town.admin.next_message()).text.startswith("This is no longer there")

"""Private chats, groups, the terminal and `shushuo chat --json` reply alike, and inline mode to a first question."""

import io
import json
import sys

import pytest

from bot.chat.texts import Locale
from bot.terminal.session import Partner, Session, chat_json
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.reports.lake_town import answerer, library
from tests.support.telegram_server import TelegramServer

CONVERSATIONS = [
    ["GDP是多少", "增速呢", "超过8%了吧"],
    ["粮食产量是不是增长了", "那茶叶呢"],
    ["第三产业增加值比第二产业多吧"],
    ["列出所有增速", "哪个最快", "第二快的呢", "前三名呢"],
    ["列出所有数据", "更多", "还有吗", "更多"],
    ["哪个村的人口最多", "人口第二多的村", "人口前两名的村"],
    ["which year is the data from?"],
    ["粮食和茶叶的产量各是多少"],
    ["粮食产量和房价各是多少"],
    ["增加值是多少", "第二产业的"],
    ["房价多少"],
    ["2030年的GDP是多少"],
    ["GDP是多少", "那房价呢"],
    ["你好", "你能回答什么", "谢谢"],
    ["谁发布的", "是哪一年的数据"],
    ["GDP是多少", "你说错了"],
    ["What is the output of grain?", "and tea?", "over 5,000 tonnes, right?"],
]


async def in_private(server: TelegramServer, turns: list[str]) -> list[str]:
    person = server.user(language_code="zh-hans")
    return [_seen(await person.ask(turn)) for turn in turns]


async def in_a_group(server: TelegramServer, turns: list[str]) -> list[str]:
    """The first turn is asked by /ask, each other one as a reply to the answer before."""
    group, person, said = server.supergroup(), server.user(language_code="zh-hans"), list[str]()
    above = None
    for turn in turns:
        asked = await person.send(turn if above else f"/ask {turn}", group, reply_to=above)
        above = await group.wait_for(lambda message, asked=asked: message.reply_to is asked)
        said.append(_seen(above))
    return said


def _seen(message) -> str:
    """The text of a message and, of choices, its buttons."""
    return "\n".join([message.text, *(button.text for row in message.buttons for button in row)])


def in_the_terminal(turns: list[str]) -> list[str]:
    session = Session(Partner(answerer()), Locale.SIMPLIFIED)
    return ["\n".join(session.reply(turn) or []) for turn in turns]


def in_json(turns: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(turns).encode())))
    chat_json(answerer())
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.asyncio
async def test_all_ways_in_reply_alike(monkeypatch, capsys) -> None:
    expected_of = [in_json(turns, monkeypatch, capsys) for turns in CONVERSATIONS]
    different = []
    async with TelegramServer(token=TOKEN) as server, running_bot(server, library=library()):
        for turns, expected in zip(CONVERSATIONS, expected_of, strict=True):
            private, group, terminal = (
                await in_private(server, turns),
                await in_a_group(server, turns),
                in_the_terminal(turns),
            )
            for turn, *said in zip(expected, private, group, terminal, strict=True):
                begins = {text.partition("\n")[0].partition("  ")[0].partition("请点选")[0] for text in said}
                if len(begins) > 1 or not all(_in_order(_told(turn), text) for text in said):
                    different.append((turns, turn["question"], said))
            if expected[0]["outcome"] in ("answer", "talk"):
                first = (await server.user(language_code="zh-hans").ask_inline(turns[0])).results[0]
                text = first["input_message_content"]["message_text"]
                if not _in_order([private[0].partition("\n")[0], *_told(expected[0])], text):
                    different.append((turns, "inline", text))
    assert different == []


def _told(turn) -> list[str]:
    """What every reply to a turn says, in this order: yes or no, the figures; the choices; small talk."""
    if turn["outcome"] == "talk":
        return [turn["text"]]
    verdict = [{True: ("是。", "Yes."), False: ("不是。", "No.")}[turn["verdict"]]] if "verdict" in turn else []
    is_english = turn["question"].isascii()
    names = "label" if turn["outcome"] == "choices" else "figure"
    return [*(words[is_english] for words in verdict), *(fact[names] for fact in turn["facts"])]


def _in_order(words: list[str], text: str) -> bool:
    at = 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            return False
    return True

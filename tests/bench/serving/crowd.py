"""A Telegram where a crowd asks without a pause: fast, and as strict as counting asks for.

What it spends on an update is little, so that the bot is what is measured.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count, islice

import aiohttp
from aiohttp import web
from yarl import URL

HOST = "127.0.0.1"
_SECRET = "X-Telegram-Bot-Api-Secret-Token"
_BOT = {"id": 123456, "is_bot": True, "first_name": "Test bot", "username": "shushuo_test_bot"}
_ALWAYS = {
    "getme": json.dumps({**_BOT, "can_join_groups": True, "can_read_all_group_messages": False}),
    "getmycommands": "[]",
    "getmydescription": '{"description":""}',
    "getmyshortdescription": '{"short_description":""}',
}
# Each asks every few seconds of the time that messages are sent at, so that nobody floods.
_SECONDS_BETWEEN = 4
_FIRST_PERSON = 1001
_POLLED_AT_ONCE = 100
# Telegram's own, where setWebhook names no other number.
_CONNECTIONS = 40
_PAUSE = 0.05

Method = Callable[[dict[str, str]], Awaitable[str]]


class Crowd:
    """`people` who ask in turn, `waiting` of them at a time: where one is answered, the next one asks.

    `answers` counts the answers by the number of the question; `unanswered`: how many have none.
    `latencies`: seconds to the first answer of each.
    """

    def __init__(self, questions: Sequence[str], people: int = 5_000) -> None:
        self.answers: list[int] = []
        self.latencies: list[float] = []
        self.unanswered = 0
        self.ready = asyncio.Event()
        self._questions = questions
        self._people = people
        self._began = int(time.time()) - 86_400
        self._asked_at: list[float] = []
        # By chat, the last question in it.
        self._open: dict[int, int] = {}
        self._left = 0
        self._answered = asyncio.Event()
        self._pending: deque[tuple[int, str]] = deque()
        self._came = asyncio.Event()
        self._message_ids = count(1)
        self._methods: dict[str, Method] = {
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "setwebhook": self._set_webhook,
            "getwebhookinfo": self._get_webhook_info,
        }
        self._webhook: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None
        self._posts: set[asyncio.Task[None]] = set()
        self._posting: asyncio.Semaphore = asyncio.Semaphore(_CONNECTIONS)
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.1)
        self.url = ""

    async def __aenter__(self):
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._posts:
            task.cancel()
        if self._session is not None:
            await self._session.close()
        await self._runner.cleanup()

    async def ask(self, questions: int, waiting: int) -> float:
        """Asks so many, `waiting` at a time, and returns the seconds until the last one was answered."""
        self._left = questions - waiting
        begun = time.perf_counter()
        for _ in range(waiting):
            self.ask_one()
        await self.answered()
        return time.perf_counter() - begun

    async def answered(self) -> None:
        """Returns once all are answered."""
        await self._answered.wait()

    def ask_one(self) -> None:
        """One more question, of whose turn it is."""
        number = len(self._asked_at)
        turn, person = divmod(number, self._people)
        chat = _FIRST_PERSON + person
        self._asked_at.append(time.perf_counter())
        self.answers.append(0)
        self.unanswered += 1
        self._answered.clear()
        self._open[chat] = number
        sender = {"id": chat, "is_bot": False, "first_name": "Tester", "language_code": "zh-hans"}
        message = {
            "message_id": next(self._message_ids),
            "from": sender,
            "chat": {"id": chat, "type": "private", "first_name": "Tester"},
            "date": self._began + turn * _SECONDS_BETWEEN,
            "text": self._questions[number % len(self._questions)],
        }
        update = json.dumps({"update_id": number + 1, "message": message})
        if self._webhook.get("url"):
            task = asyncio.create_task(self._post(update))
            self._posts.add(task)
            task.add_done_callback(self._posts.discard)
        else:
            self._pending.append((number + 1, update))
            self._came.set()

    async def _post(self, update: str) -> None:
        """Until it is taken."""
        headers = {_SECRET: self._webhook.get("secret_token", ""), "Content-Type": "application/json"}
        while not await self._posted(update, headers):  # noqa: ASYNC110 (Telegram tries again after a while too)
            await asyncio.sleep(_PAUSE)

    async def _posted(self, update: str, headers: dict[str, str]) -> bool:
        if self._session is None:
            raise RuntimeError("nothing is posted before the start")
        async with self._posting:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.post(self._webhook["url"], data=update, headers=headers) as response:
                    return response.status == 200
        return False

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        # In the address or as a form, as Telegram takes either.
        form = URL.build(query_string=(await request.read()).decode(), encoded=True).query
        given = {**request.query, **form}
        name = request.path.rpartition("/")[2].lower()
        result = await self._methods[name](given) if name in self._methods else _ALWAYS.get(name, "true")
        return web.Response(text=f'{{"ok":true,"result":{result}}}', content_type="application/json")

    async def _get_updates(self, given: dict[str, str]) -> str:
        self.ready.set()
        offset = int(given.get("offset", 0))
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        if not self._pending:
            self._came.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._came.wait(), float(given.get("timeout", 0)))
        return f"[{','.join(update for _, update in islice(self._pending, _POLLED_AT_ONCE))}]"

    async def _set_webhook(self, given: dict[str, str]) -> str:
        self._webhook = given
        self._posting = asyncio.Semaphore(int(given.get("max_connections", _CONNECTIONS)))
        self.ready.set()
        return "true"

    async def _get_webhook_info(self, _: dict[str, str]) -> str:
        url = self._webhook.get("url", "")
        return json.dumps({"url": url, "has_custom_certificate": False, "pending_update_count": len(self._posts)})

    async def _send_message(self, given: dict[str, str]) -> str:
        chat = int(given["chat_id"])
        self._note(self._open.get(chat))
        message = {
            "message_id": next(self._message_ids),
            "from": _BOT,
            "chat": {"id": chat, "type": "private", "first_name": "Tester"},
            "date": int(time.time()),
            "text": given["text"],
        }
        if "reply_markup" in given:
            message["reply_markup"] = json.loads(given["reply_markup"])
        return json.dumps(message)

    def _note(self, number: int | None) -> None:
        if number is None:
            return
        self.answers[number] += 1
        if self.answers[number] > 1:
            return
        self.unanswered -= 1
        self.latencies.append(time.perf_counter() - self._asked_at[number])
        if self._left > 0:
            self._left -= 1
            self.ask_one()
        elif not self.unanswered:
            self._answered.set()

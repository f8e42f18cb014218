"""What people ask for the pictures of the READMEs, and what the bot answers."""

from pathlib import Path

from tests.support.bots.admin_bot import library_of
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.telegram_server import Message, TelegramServer

FOLDER = Path(__file__).parent
KNOWLEDGE = FOLDER.parents[1] / "knowledge"
# A question with a typo, a follow-up, and what the report does not say.
QUESTIONS = {
    "en": ("How big was the econmy?", "and the growth?", "What was the GDP in 2019?"),
    "zh": ("技术交意额是多少", "占全市呢", "青岛的GDP是多少"),
}


async def held(language: str) -> str:
    """The answers and their buttons, as people see them."""
    async with TelegramServer(token=TOKEN) as server, running_bot(server, library=library_of(KNOWLEDGE)):
        person = server.user(language_code=language)
        replies = [await person.ask(question) for question in QUESTIONS[language]]
    return "".join(f"{reply.text}\n{_buttons(reply)}\n" for reply in replies)


def _buttons(message: Message) -> str:
    return "".join(" ".join(f"[{button.text}]" for button in row) + "\n" for row in message.buttons)

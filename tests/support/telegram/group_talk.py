"""Who writes in groups besides people, and how a test knows that the bot has nothing more to say there."""

from tests.support.telegram_server import Chat, Person

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
CHANNEL = {"id": -1009, "type": "channel", "title": "频道"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
POST = {"type": "channel", "date": 1_700_000_000, "chat": CHANNEL, "message_id": 5}


async def settle(person: Person, chat: Chat) -> None:
    """The updates of a chat are handled in their order: this answer shows that everything before is done."""
    await say(person, "/ask 产值和小学", chat)


async def assert_silent(person: Person, chat: Chat) -> None:
    before = len(chat.bot_messages)
    await settle(person, chat)
    assert len(chat.bot_messages) == before + 1


async def say(person: Person, text: str, chat: Chat, **details) -> str:
    """What the bot replies to a message of a person in a chat."""
    asked = await person.send(text, chat, **details)
    return (await chat.wait_for(lambda message: message.reply_to is asked)).text

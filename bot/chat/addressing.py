"""Which messages speak to the bot, and what they ask.

In a group these are /ask, a message that mentions the bot, and a reply to a message of the bot; nothing else.
"""

from collections.abc import Sequence

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

_ASK = "/ask"
# Offsets count UTF-16 units; a lone surrogate, which no text should have, must not end in an exception.
_UNITS = ("utf-16-le", "surrogatepass")


def question_in(message: Message, bot: User) -> str | None:
    """What a message asks the bot; empty where it turns to the bot without a question, None where it does not."""
    text, entities = _written(message)
    name, _, other = _command(message).partition("@")
    if not text or not _by_a_person(message) or (other and other != (bot.username or "").casefold()):
        return None
    if name == _ASK:
        return _without_bot(message, bot) or asked_above(message, bot)
    if message.chat.type == ChatType.PRIVATE:
        return None if name else text
    # A group's menu and the link that adds the bot to a group name the bot in these.
    if other and name in ("/start", "/help"):
        return ""
    if any(_names(text, entity, bot) for entity in entities):
        return _without_bot(message, bot) or asked_above(message, bot)
    return text if _is_from(message.reply_to_message, bot) and not name else None


def asked_above(message: Message, bot: User) -> str:
    """What the message says that this one replies to, or the part of it that is quoted; empty where it is the bot's."""
    above = message.reply_to_message
    if _is_from(above, bot):
        return ""
    if message.quote:
        return message.quote.text.strip()
    return _without_bot(above, bot) if above else ""


def names_command(message: Message, bot: User) -> bool:
    """Whether the message begins with a command that is not for another bot."""
    name, _, other = _command(message).partition("@")
    return bool(name) and other in {"", (bot.username or "").casefold()}


def _written(message: Message) -> tuple[str, Sequence[MessageEntity]]:
    """What is written, and where in it Telegram has found mentions and commands."""
    return message.text or message.caption or "", message.entities or message.caption_entities


def _by_a_person(message: Message) -> bool:
    """Whether a person wrote it: not through an inline bot, and in a group no forward, channel's post or other bot."""
    if message.via_bot:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.forward_origin or message.is_automatic_forward:
        return False
    # Anonymous administrators and channels write as bots of Telegram's own, with the true sender beside it.
    return message.sender_chat is not None or message.from_user is None or not message.from_user.is_bot


def _command(message: Message) -> str:
    """The command that a message begins with, such as /ask@shushuo_bot, in small letters; empty where there is none."""
    text, entities = _written(message)
    first = next((entity for entity in entities if entity.offset == 0), None)
    return _part(text, first).casefold() if first and first.type == MessageEntity.BOT_COMMAND else ""


def _names(text: str, entity: MessageEntity, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return entity.type == MessageEntity.MENTION and _part(text, entity).casefold() == bot.name.casefold()


def _is_from(message: Message | None, bot: User) -> bool:
    """Whether the bot itself sent it, and not to create a topic: to that, every message of the topic replies."""
    if message is None or message.from_user is None or message.forum_topic_created:
        return False
    return message.from_user.id == bot.id


def _without_bot(message: Message, bot: User) -> str:
    """What is written, without /ask at its beginning, and without the bot's name wherever it stands."""
    text, entities = _written(message)
    is_ask = _command(message).partition("@")[0] == _ASK
    cut = [entity for entity in entities if (is_ask and entity.offset == 0) or _names(text, entity, bot)]
    encoded = text.encode(*_UNITS)
    for entity in sorted(cut, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        encoded = encoded[:start] + " ".encode(*_UNITS) + encoded[end:]
    return encoded.decode(*_UNITS).strip()


def _part(text: str, entity: MessageEntity) -> str:
    return text.encode(*_UNITS)[2 * entity.offset : 2 * (entity.offset + entity.length)].decode(*_UNITS)

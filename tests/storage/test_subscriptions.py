"""Which chats announcements go to, on SQLite and on PostgreSQL."""

import pytest

from bot.storage.chats import Known
from tests.support.storage.opened_memory import rows

pytestmark = pytest.mark.asyncio

ALL = "SELECT chat_id, subscribed IS NOT NULL, subscription_topic, language, unsubscribed FROM chats ORDER BY chat_id"
GROUP = (-7, "group", "Tea")


async def subscriptions(memory, database):
    return [(chat, bool(on), *rest) for chat, on, *rest in await rows(memory, database, ALL)]


async def test_a_chat_subscribes_once_and_unsubscribes_once(memory, database) -> None:
    assert await memory.chats.subscribe(*GROUP, "zh-Hans", None) is True
    assert await memory.chats.subscribe(*GROUP, "zh-Hans", None) is False
    assert await subscriptions(memory, database) == [(-7, True, None, "zh-Hans", None)]
    assert await memory.chats.unsubscribe(-7, "unsubscribed") is True
    assert await memory.chats.unsubscribe(-7, "unsubscribed") is False
    assert await subscriptions(memory, database) == [(-7, False, None, "zh-Hans", "unsubscribed")]
    assert await memory.chats.unsubscribe(-8, "unsubscribed") is False


async def test_the_topic_is_that_of_the_last_subscribing(memory, database) -> None:
    assert await memory.chats.subscribe(*GROUP, "zh-Hans", 3) is True
    assert await memory.chats.subscribe(*GROUP, "zh-Hans", 3) is False
    assert await memory.chats.subscribe(*GROUP, "en", 4) is True
    assert await subscriptions(memory, database) == [(-7, True, 4, "en", None)]
    assert await memory.chats.subscribe(*GROUP, "en", None) is True
    assert await subscriptions(memory, database) == [(-7, True, None, "en", None)]
    assert await memory.chats.unsubscribe(-7, "unsubscribed") is True
    assert await memory.chats.subscribe(*GROUP, "en", None) is True


async def test_what_a_chat_is_known_by(memory) -> None:
    assert await memory.chats.known(-7) is None
    await memory.chats.seen(*GROUP, "zh-Hant")
    assert await memory.chats.known(-7) == Known("zh-Hant", subscribed=False, ended=None)
    await memory.chats.subscribe(*GROUP, "en", None)
    assert await memory.chats.known(-7) == Known("en", subscribed=True, ended=None)
    await memory.chats.ended(-7, "kicked")
    assert await memory.chats.known(-7) == Known("en", subscribed=False, ended="kicked")


async def test_a_chat_that_ends_loses_its_subscription_until_it_subscribes_again(memory, database) -> None:
    await memory.chats.subscribe(*GROUP, "en", 3)
    await memory.chats.ended(-7, "kicked")
    await memory.chats.ended(-7, "not found")
    assert await subscriptions(memory, database) == [(-7, False, None, "en", "kicked")]
    await memory.chats.seen(*GROUP, "en")
    assert await subscriptions(memory, database) == [(-7, False, None, "en", "kicked")]
    await memory.chats.ended(-7, "kicked")
    assert await memory.chats.subscribe(*GROUP, "en", None) is True
    assert await rows(memory, database, "SELECT ended, because FROM chats") == [(None, None)]
    assert await subscriptions(memory, database) == [(-7, True, None, "en", None)]


async def test_a_subscription_can_end_while_the_chat_goes_on(memory, database) -> None:
    await memory.chats.subscribe(*GROUP, "en", 3)
    await memory.chats.subscription_ended(-7, "no right to write")
    await memory.chats.subscription_ended(-8, "no right to write")
    assert await subscriptions(memory, database) == [(-7, False, None, "en", "no right to write")]
    assert await rows(memory, database, "SELECT ended FROM chats") == [(None,)]


async def test_a_question_in_another_language_changes_no_announcements_of_a_group(memory, database) -> None:
    await memory.chats.subscribe(*GROUP, "zh-Hans", None)
    await memory.chats.subscribe(7, "private", "", "zh-Hans", None)
    await memory.chats.seen(-7, "group", "Tea", "en")
    await memory.chats.seen(7, "private", "", "en")
    languages = [row[3] for row in await subscriptions(memory, database)]
    assert languages == ["zh-Hans", "en"]
    await memory.chats.unsubscribe(-7, "unsubscribed")
    await memory.chats.seen(-7, "group", "Tea", "en")
    assert (await subscriptions(memory, database))[0][3] == "en"


async def test_a_supergroup_has_the_subscription_of_its_group_unless_it_has_its_own(memory, database) -> None:
    groups, supergroups = (-1, -2, -3, -4), (-1001, -1002, -1003, -1004)
    for group in groups:
        await memory.chats.subscribe(group, "group", "Tea", "zh-Hans", None)
    for seen in (-1002, -1004):
        await memory.chats.seen(seen, "supergroup", "Tea", "en")
    await memory.chats.subscribe(-1003, "supergroup", "Tea", "en", 3)
    await memory.chats.ended(-1004, "kicked")
    for group, supergroup in zip(groups, supergroups, strict=True):
        await memory.chats.moved(group, supergroup)
        await memory.chats.moved(group, supergroup)
    assert (await subscriptions(memory, database))[::-1] == [
        (-1001, True, None, "zh-Hans", None),
        (-1002, True, None, "zh-Hans", None),
        (-1003, True, 3, "en", None),
        (-1004, False, None, "en", None),
    ]


async def test_the_audience_is_counted_by_kind(memory) -> None:
    assert await memory.chats.audience() == {}
    for chat, kind in ((7, "private"), (8, "private"), (-7, "group"), (-1007, "channel"), (-1008, "supergroup")):
        await memory.chats.subscribe(chat, kind, "", "en", None)
    await memory.chats.seen(9, "private", "", "en")
    await memory.chats.ended(-1008, "left")
    assert await memory.chats.audience() == {"private": 2, "group": 1, "channel": 1}


async def test_what_was_told_before_is_written_before(memory, database) -> None:
    await memory.chats.subscribe(*GROUP, "en", None)
    for _ in range(150):
        await memory.chats.seen(*GROUP, "en")
    await memory.chats.ended(-7, "kicked")
    assert await memory.chats.subscribe(*GROUP, "en", None) is True
    assert await subscriptions(memory, database) == [(-7, True, None, "en", None)]

"""Which messages make an album, known to all processes and after a restart."""

from __future__ import annotations

import pytest
from databases import Trial
from opened_memory import opened_memory

from bot.storage import AlbumItem

pytestmark = pytest.mark.asyncio


async def test_the_messages_of_an_album_are_known_after_a_restart_in_their_order(database: Trial) -> None:
    async with opened_memory(database) as memory:
        for number in (12, 10, 11, 10):
            assert await memory.albums.seen(7, "A", AlbumItem(number, captioned=number == 10))
        await memory.albums.seen(8, "A", AlbumItem(13, captioned=False))
        await memory.albums.seen(7, "B", AlbumItem(14, captioned=False))
    async with opened_memory(database) as memory:
        assert await memory.albums.items(7, "A") == [AlbumItem(10, True), AlbumItem(11, False), AlbumItem(12, False)]
        assert await memory.albums.items(7, "C") == []

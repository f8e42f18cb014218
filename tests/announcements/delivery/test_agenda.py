from __future__ import annotations

from structlog.testing import capture_logs

from bot.announcements.delivery.agenda import Agenda
from bot.announcements.payload import Text
from bot.storage.announcements.broadcasting import Sending


def sending(id_: int, payload: str) -> Sending:
    return Sending(id_, "send", payload, None, (), silent=False, pin=False)


def test_what_this_version_cannot_read_is_told_once_and_forgotten_when_it_is_over() -> None:
    agenda = Agenda()
    with capture_logs() as logs:
        agenda.refresh({1: 1, 2: 1}, [sending(1, "garbled"), sending(2, Text("tea").to_json())], lambda _: 0)
        for _ in range(2):
            agenda.refresh({1: 1, 2: 1}, [], lambda _: 0)
            assert agenda.unknown([1, 2]) == []
    assert [entry["event"] for entry in logs] == ["an announcement waits that this version cannot read"]
    agenda.refresh({2: 1}, [], lambda _: 0)
    assert agenda.unknown([1, 2]) == [1]

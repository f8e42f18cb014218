from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Interval, LargeBinary

from bot.storage.tables import METADATA
from bot.storage.values import kind_of

COLUMNS = [column for table in METADATA.tables.values() for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_of_every_table_is_of_a_known_kind(column: Column[Any]) -> None:
    kind = kind_of(column.type)
    assert kind_of(kind.type) is kind


def test_a_type_that_is_not_known_is_told() -> None:
    with pytest.raises(TypeError, match="Interval"):
        kind_of(Interval())


def test_times_are_read_in_utc_wherever_they_come_from() -> None:
    kind = kind_of(METADATA.tables["audit"].c.at.type)
    noon = datetime(2030, 5, 17, 12, tzinfo=UTC)
    assert kind.read(noon.replace(tzinfo=None)) == noon
    read = kind.read(noon.astimezone(timezone(timedelta(hours=8))))
    assert (read, read.tzinfo) == (noon, UTC)


def test_the_kinds_of_columns_that_no_table_has_yet() -> None:
    assert isinstance(kind_of(JSON()).type, JSON)
    assert kind_of(LargeBinary()).read(memoryview(b"\x00\xff")) == b"\x00\xff"
    assert isinstance(kind_of(Boolean()).type, Boolean)

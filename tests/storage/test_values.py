from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Interval, LargeBinary
from table_rows import VALUES

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


@given(st.sampled_from(list(VALUES.items())).flatmap(lambda item: st.tuples(st.just(item[0]), item[1])))
def test_any_value_comes_back_from_json(item: tuple[type[Any], Any]) -> None:
    kind, value = kind_of(item[0]()), item[1]
    back = kind.from_json(json.loads(json.dumps(kind.to_json(value))))
    assert (back, type(back)) == (value, type(value))


def test_times_are_read_in_utc_wherever_they_come_from() -> None:
    kind = kind_of(METADATA.tables["audit"].c.at.type)
    noon = datetime(2030, 5, 17, 12, tzinfo=UTC)
    assert kind.read(noon.replace(tzinfo=None)) == noon
    read = kind.read(noon.astimezone(timezone(timedelta(hours=8))))
    assert kind.to_json(read) == "2030-05-17T12:00:00+00:00"


def test_the_kinds_of_columns_that_no_table_has_yet() -> None:
    assert kind_of(JSON()).from_json(json.loads('{"a": [1, null]}')) == {"a": [1, None]}
    assert kind_of(LargeBinary()).read(memoryview(b"\x00\xff")) == b"\x00\xff"
    assert isinstance(kind_of(Boolean()).type, Boolean)

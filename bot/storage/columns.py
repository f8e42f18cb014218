"""The columns of tables by their kinds, for the tables as they are and for the migrations that make them."""

from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Column, ColumnElement, Index, Integer, Text
from sqlalchemy.types import TypeEngine

_Type: TypeAlias = "TypeEngine[Any] | type[TypeEngine[Any]]"


def key(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_, primary_key=True, autoincrement=False) for name, type_ in types.items()]


def needed(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_, nullable=False) for name, type_ in types.items()]


def optional(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_) for name, type_ in types.items()]


def number() -> Column[Any]:
    # SQLite numbers rows by itself only where the type is INTEGER.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def request_key() -> Column[Any]:
    return Column("request_key", Text, nullable=False, unique=True)


def partial_index(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> None:
    Index(name, *columns, sqlite_where=where, postgresql_where=where)

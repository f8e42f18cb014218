"""The kinds of values that columns hold, each in one form whichever database it comes from, and as JSON."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Float, Integer, LargeBinary, String, Text

from .statements import utc

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine


def _same(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """`type`: a column of the kind, on either database. `read`: its values, as every database gives the same ones.

    `to_json`, `from_json`: such a value as JSON can hold it, and back. None of them is asked for NULL.
    """

    type: TypeEngine[Any]
    read: Callable[[Any], Any] = _same
    to_json: Callable[[Any], Any] = _same
    from_json: Callable[[Any], Any] = _same


def _bytes_to_json(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes_from_json(text: str) -> bytes:
    return b64decode(text, validate=True)


def _time_from_json(text: str) -> datetime:
    return utc(datetime.fromisoformat(text))


# By the type that a column has: the first that fits.
_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], Kind], ...]] = (
    (Boolean, Kind(Boolean())),
    (Integer, Kind(BigInteger())),
    (Float, Kind(Float())),
    (DateTime, Kind(DateTime(timezone=True), utc, datetime.isoformat, _time_from_json)),
    (Date, Kind(Date(), _same, date.isoformat, date.fromisoformat)),
    (JSON, Kind(JSON(none_as_null=True))),
    (LargeBinary, Kind(LargeBinary(), bytes, _bytes_to_json, _bytes_from_json)),
    (String, Kind(Text())),
)


def kind_of(type_: TypeEngine[Any]) -> Kind:
    """Raises TypeError for a type that no table here has; add it above."""
    for known, kind in _KINDS:
        if isinstance(type_, known):
            return kind
    raise TypeError(f"no kind of values is known for columns of the type {type_!r}")

"""The kinds of values that columns hold, each in one form whichever database it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Float, Integer, LargeBinary, String, Text

from .statements import utc

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine


def _same(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """`type`: a column of the kind, on either database. `read`: makes the value of a driver the same on every database.

    It is not asked for NULL.
    """

    type: TypeEngine[Any]
    read: Callable[[Any], Any] = _same


# By the type that a column has: the first that fits.
_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], Kind], ...]] = (
    (Boolean, Kind(Boolean())),
    (Integer, Kind(BigInteger())),
    (Float, Kind(Float())),
    (DateTime, Kind(DateTime(timezone=True), utc)),
    (Date, Kind(Date())),
    (JSON, Kind(JSON(none_as_null=True))),
    (LargeBinary, Kind(LargeBinary(), bytes)),
    (String, Kind(Text())),
)


def kind_of(type_: TypeEngine[Any]) -> Kind:
    """Raises TypeError for a type that no table here has; add it above."""
    for known, kind in _KINDS:
        if isinstance(type_, known):
            return kind
    raise TypeError(f"no kind of values is known for columns of the type {type_!r}")

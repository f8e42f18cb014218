"""What a request can go wrong with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class ApiError(Exception):
    """A reply with `ok: false`: the HTTP status, Telegram's wording, and `parameters` such as `retry_after`."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class MisuseError(ApiError):
    """A request that no correct bot makes, whatever people and the network do: a violation as well as an error."""


def bad_request(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def misuse(description: str) -> MisuseError:
    return MisuseError(400, f"Bad Request: {description}")

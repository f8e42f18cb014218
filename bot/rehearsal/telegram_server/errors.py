"""What a request can go wrong with."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class ApiError(Exception):
    """A reply with `ok: false`: the HTTP status, Telegram's wording, and `parameters` such as `retry_after`."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class MisuseError(ApiError):
    """A request that no correct bot makes, whatever people and the network do: a violation as well as an error."""


class Refusal(NamedTuple):
    """A request that was not carried out. `parameters`: as far as they could be read."""

    method: str
    parameters: Mapping[str, Any]
    error: ApiError


def bad_request(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def misuse(description: str) -> MisuseError:
    return MisuseError(400, f"Bad Request: {description}")

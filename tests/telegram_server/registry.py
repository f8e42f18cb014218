"""The methods of the Bot API by name, each with the parameters that it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .backend import Backend
from .shapes import Parameter, parameters

Call = Callable[[Backend, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    parameters: tuple[Parameter, ...]
    call: Call


METHODS: dict[str, Method] = {}


def method(name: str, description: str = "") -> Callable[[Call], Call]:
    """Registers a method under its name; `description` is that of `shapes.parameters`."""

    def register(call: Call) -> Call:
        METHODS[name.lower()] = Method(name, parameters(description), call)
        return call

    return register

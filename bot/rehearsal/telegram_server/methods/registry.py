"""The methods of the Bot API by name, each with the parameters that it takes, and their values in their types."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.telegram_server.backend import Backend
from bot.rehearsal.telegram_server.errors import misuse
from bot.rehearsal.telegram_server.requests import Upload, parse_json

Call = Callable[[Backend, dict[str, Any]], Awaitable[Any]]

_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "file": (Upload, str),
}


@dataclass(frozen=True, slots=True)
class Method:
    """`types`: of the parameters by their names, each one of `_TYPES`, with `!` behind that of a required one."""

    name: str
    types: Mapping[str, str]
    call: Call

    def decode(self, values: Mapping[str, str | Upload]) -> dict[str, Any]:
        """The values of a request in their types. Raises a misuse for a wrong, a missing and an unknown one."""
        if unknown := values.keys() - self.types.keys():
            raise misuse(f"unknown parameter {', '.join(sorted(unknown))}")
        for name, kind in self.types.items():
            if kind.endswith("!") and name not in values:
                raise misuse(f'parameter "{name}" is required')
        decoded: dict[str, Any] = dict(values)
        for name, value in values.items():
            kind = self.types[name].rstrip("!")
            if isinstance(value, str) and kind not in {"string", "file"}:
                decoded[name] = parse_json(value, f'can\'t parse parameter "{name}" as JSON')
            if type(decoded[name]) not in _TYPES[kind]:
                raise misuse(f'parameter "{name}" must be of type {kind.capitalize()}')
        return decoded


METHODS: dict[str, Method] = {}


def method(name: str, parameters: str = "", methods: dict[str, Method] = METHODS) -> Callable[[Call], Call]:
    """Registers a method in `methods`; `parameters`: `name:type` each, with `!` behind a required one."""

    def register(call: Call) -> Call:
        methods[name.lower()] = Method(name, dict(item.split(":") for item in parameters.split()), call)
        return call

    return register

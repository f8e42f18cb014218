"""The methods of the Bot API by name, each with the parameters that it takes, and their values in their types."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.telegram_server.backend import Backend
from bot.rehearsal.telegram_server.errors import misuse
from bot.rehearsal.telegram_server.requests import Upload, parse_json

Call = Callable[[Backend, dict[str, Any]], Awaitable[Any]]

_TYPES: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Array": (list,),
    "Object": (dict,),
    "File": (Upload, str),
}


@dataclass(frozen=True, slots=True)
class Method:
    """`types`: of the parameters by their names, each one of `_TYPES`; `required`: those that it cannot do without."""

    name: str
    types: Mapping[str, str]
    required: tuple[str, ...]
    call: Call

    def decode(self, values: Mapping[str, str | Upload]) -> dict[str, Any]:
        """The values of a request in their types. Raises a misuse for a wrong, a missing and an unknown one."""
        if unknown := values.keys() - self.types.keys():
            raise misuse(f"unknown parameter {', '.join(sorted(unknown))}")
        for name in self.required:
            if name not in values:
                raise misuse(f'parameter "{name}" is required')
        return {name: _typed(name, self.types[name], value) for name, value in values.items()}


METHODS: dict[str, Method] = {}


def method(name: str, parameters: str = "", methods: dict[str, Method] = METHODS) -> Callable[[Call], Call]:
    """Registers a method in `methods`; `parameters`: `name:type` each, with `!` behind a required one."""
    types = dict(item.split(":") for item in parameters.split())
    required = tuple(parameter for parameter, kind in types.items() if kind.endswith("!"))

    def register(call: Call) -> Call:
        plain = {parameter: kind.rstrip("!").capitalize() for parameter, kind in types.items()}
        methods[name.lower()] = Method(name, plain, required, call)
        return call

    return register


def _typed(name: str, kind: str, sent: str | Upload) -> Any:
    value: Any = sent
    if isinstance(sent, str) and kind not in {"String", "File"}:
        value = parse_json(sent, f'can\'t parse parameter "{name}" as JSON')
    if type(value) not in _TYPES[kind]:
        raise misuse(f'parameter "{name}" must be of type {kind}')
    return value

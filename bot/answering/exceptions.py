"""What can go wrong in answering.

AnsweringError
└── KnowledgeError
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .problem import Problem


class AnsweringError(Exception):
    """Base of everything that this package raises."""


class KnowledgeError(AnsweringError):
    """A knowledge folder was to be used, but it holds errors. Its text is one line; `problems` holds them all."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        others = len(problems) - 1
        more = f" (and {others} more)" if others else ""
        super().__init__(f"{problems[0]}{more}; run `shushuo check` to see everything")

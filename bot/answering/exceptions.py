"""What can go wrong in answering.

AnsweringError
├── KnowledgeError
└── OtherProgramError
"""

from bot.answering.knowledge.problem import Problem


class AnsweringError(Exception):
    """Base of everything that this package raises."""


class KnowledgeError(AnsweringError):
    """A knowledge folder was to be used, but it holds errors. Its text is one line; `problems` holds them all."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        others = len(problems) - 1
        more = f" (and {others} more)" if others else ""
        super().__init__(f"{problems[0]}{more}; run `shushuo check` to see everything")


class OtherProgramError(AnsweringError):
    """Another process was to work for this one, but it is not of the program that this one has loaded."""

    def __init__(self) -> None:
        super().__init__("the program on disk has changed since this process was started: restart it")

"""What is wrong with a knowledge folder or an article, and where."""

from dataclasses import dataclass
from enum import StrEnum

# Reading stops after so many: nobody corrects more at a time, and a file of 5 MB can have millions.
MOST_PROBLEMS = 1_000
_LONGEST_QUOTE = 60


class Severity(StrEnum):
    """An error keeps the knowledge from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for the editor. `line` and `column` count from 1, in characters."""

    file: str
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        mark = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.file}:{self.line}:{self.column}: {mark}{self.message}"


def quoted(text: str) -> str:
    """`text` in single quotes, on one line and cut to a readable length."""
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return f"'{printable(shown)}'"


def printable(text: str) -> str:
    """`text` with everything escaped that a terminal would not show as it is."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)

"""Wordings and how they are read, as tables."""

from collections.abc import Callable


def assert_alike(wordings: str, read: Callable[[str], object], expected: object) -> None:
    """Each of the wordings, which `|` stands between, is read as expected; those that are not are named."""
    found = {wording: read(wording) for wording in wordings.split("|")}
    assert found == dict.fromkeys(found, expected)


def pairs(table: str) -> list[tuple[str, str]]:
    """What stands before `: ` in each line, with each of the wordings behind it; `# ` begins a comment.

    Between wordings stands `|`.
    """
    lines = [line.lstrip().partition(": ") for line in table.splitlines() if not line.lstrip().startswith("# ")]
    return [(reading, wording) for reading, _, wordings in lines for wording in wordings.split("|")]


def assert_read(table: str, read: Callable[[str], object]) -> None:
    """Each wording of the table is read as the text before it; those that are not are named."""
    expected = {wording: reading for reading, wording in pairs(table)}
    assert {wording: str(read(wording)) for wording in expected} == expected

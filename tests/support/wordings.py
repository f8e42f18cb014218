"""Wordings that come to the same."""

from collections.abc import Callable


def assert_alike(wordings: str, read: Callable[[str], object], expected: object) -> None:
    """Each of the wordings, which `|` stands between, is read as expected; those that are not are named."""
    found = {wording: read(wording) for wording in wordings.split("|")}
    assert found == dict.fromkeys(found, expected)

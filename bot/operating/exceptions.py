"""What the operators' commands end with."""

from __future__ import annotations


class OperatingError(Exception):
    """What was asked for could not be done, and nothing was changed; the text is one line that says what to do."""


class AddressError(OperatingError):
    """An address names no database that can be used; the text is one line that says what to write."""

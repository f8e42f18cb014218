"""What a command cannot do."""


class OperatingError(Exception):
    """What was asked for could not be done, and nothing was changed; the text is one line that says what to do."""


class UsageError(OperatingError):
    """A command cannot be done as it was given; the text is one line that says what to do."""

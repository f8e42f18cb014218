"""Shushuo, which answers questions about a published report in the report's own figures."""

from functools import cache


@cache
def version() -> str:
    """The version as it was installed when first asked for: another may be installed while this program runs."""
    from importlib import metadata  # noqa: PLC0415 - answers do not wait for it

    try:
        return metadata.version("shushuo")
    except metadata.PackageNotFoundError:  # run from a folder that nothing has installed
        return "unknown"

"""Which program this is."""

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """The version as it was installed when first asked for: another may be installed while this program runs."""
    try:
        return metadata.version("shushuo")
    except metadata.PackageNotFoundError:  # run from a folder that nothing has installed
        return "unknown"

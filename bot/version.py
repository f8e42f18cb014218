"""Which program this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """As it was installed."""
    try:
        return metadata.version("shushuo")
    except metadata.PackageNotFoundError:  # run from a folder that nothing has installed
        return "unknown"

"""Lists of words in files of their own, apart from the code that reads them."""

from collections.abc import Mapping
from configparser import ConfigParser
from pathlib import Path

from .normalize import fold


def sections(path: Path, *, as_written: bool = False) -> Mapping[str, Mapping[str, str]]:
    """The sections of a file, normalised or not: each a mapping of names to what stands behind their colon."""
    parser = ConfigParser(delimiters=(":",), comment_prefixes=("#",), interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    text = path.read_text(encoding="utf-8")
    parser.read_string(text if as_written else fold(text), path.name)
    return {name: dict(parser[name]) for name in parser.sections()}


def listed(value: str, mark: str = ",") -> list[str]:
    """What stands behind a colon, at each mark."""
    return [part for part in (part.strip() for part in value.split(mark)) if part]

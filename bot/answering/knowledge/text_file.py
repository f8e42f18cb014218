"""Reading a text file that somebody else wrote: never more than the limit, never a traceback."""

import os
import re
import stat
from pathlib import Path

from .problem import Problem, printable

LARGEST = 64 * 1024 * 1024

# What YAML forbids, and the line breaks that editors do not count as such.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def shown(path: Path) -> str:
    """The path as problems name it; a name that is no text is escaped."""
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def problem_of(path: Path, message: str) -> Problem:
    """What is wrong with a file or a folder as a whole."""
    return Problem(shown(path), 1, 1, message)


def read_text(path: Path) -> str | Problem:
    """The text of a UTF-8 file without its byte order mark, or why it cannot be had."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return problem_of(path, "this is a folder, not a file: rename it or take it away")
        if not stat.S_ISREG(mode):
            return problem_of(path, "this is not an ordinary file: take it away")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        return problem_of(path, _why(path, error))
    if len(content) > LARGEST:
        return problem_of(path, f"the file is larger than {LARGEST // 1024 // 1024} MB: split it")
    return _decoded(path, content)


def _why(path: Path, error: OSError) -> str:
    match error:
        case FileNotFoundError() if path.is_symlink():
            return "this link points to a file that does not exist: repair or remove it"
        case FileNotFoundError():
            return "no such file: check the name"
        case PermissionError():
            return "the file may not be read: check its permissions"
        case _:
            return f"the file cannot be read: {error.strerror or type(error).__name__}"


def _decoded(path: Path, content: bytes) -> str | Problem:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem_of(path, "the file is UTF-16, not UTF-8: save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        byte = f"byte 0x{content[error.start]:02X}"
        message = f"the file is not UTF-8 ({byte}){_guess(content)}: save it as UTF-8"
        return Problem(shown(path), *position(before, len(before)), message)
    # Nearly no text has any sign that cannot be printed, which is found out in a tenth of the time.
    if not text.replace("\n", "").isprintable() and (forbidden := _FORBIDDEN.search(text)):
        message = f"the character U+{ord(forbidden[0]):04X} cannot be seen and is not allowed: delete it"
        return Problem(shown(path), *position(text, forbidden.start()), message)
    return text


def _guess(content: bytes) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", it looks like GBK" if any("\u4e00" <= character <= "\u9fff" for character in text) else ""


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of the text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

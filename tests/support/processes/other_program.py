"""Another program than the one that the tests have loaded, for the processes that are started in its folder."""

import shutil
from pathlib import Path

import bot


def install_another(folder: Path) -> Path:
    """What `git pull` may leave on the disk: an attribute of the answerer has another name. Returns `folder`."""
    here = Path(bot.__file__).parent
    # With its bytecode, but that which another process is writing.
    shutil.copytree(here, folder / "bot", ignore=shutil.ignore_patterns("*.pyc.*", "*.pickle*"))
    answerer = folder / "bot" / "answering" / "answerer.py"
    text = answerer.read_text(encoding="utf-8")
    assert "_repairer" in text
    answerer.write_text(text.replace("_repairer", "_mending"), encoding="utf-8")
    return folder

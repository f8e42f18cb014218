"""`PYTHONPATH=tests:tests/support .venv/bin/python -m picture`: draws the pictures of the READMEs again."""

from __future__ import annotations

import asyncio

from .conversation import held
from .drawing import picture, place


def main() -> None:
    for language, columns in asyncio.run(held()).items():
        place(language).write_text(picture(columns, language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""The knowledge of the repository and what answers from it, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.knowledge.folder import read_knowledge

ROOT = Path(__file__).parents[2]


@cache
def shipped() -> Answerer:
    return Answerer(read_knowledge(ROOT / "knowledge"))

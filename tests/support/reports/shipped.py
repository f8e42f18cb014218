"""The reports of the repository and what answers from them, read once for all tests."""

from functools import cache
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.knowledge.folder import read_knowledge
from tests.support.repository import ROOT


def folder_of(report: str = "") -> Path:
    """Of one of the reports that the tests have, or of the knowledge that ships."""
    return ROOT / "tests" / "reports" / report if report else ROOT / "knowledge"


@cache
def shipped(report: str = "") -> Answerer:
    return Answerer(read_knowledge(folder_of(report)))

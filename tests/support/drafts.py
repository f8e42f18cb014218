"""Drafts of short texts, and the facts that their report files have."""

from pathlib import Path

from bot.answering.answerer import general_vocabulary
from bot.answering.knowledge.folder import load
from bot.answering.knowledge.model import Fact
from bot.drafting.articles.details import Details
from bot.drafting.drafting import draft

DETAILS = Details("hewan-2030", "河湾镇这一年", "河湾镇", 2030, "河湾周报")


def drafted_facts(text: str, folder: Path, details: Details = DETAILS) -> list[Fact]:
    """The facts of the draft of a text, read from its report file in a folder."""
    (folder / "r.yaml").write_text(draft(text, details, general_vocabulary()).text, encoding="utf-8")
    knowledge = load(folder).knowledge
    assert knowledge is not None
    return list(knowledge.facts)

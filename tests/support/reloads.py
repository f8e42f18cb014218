"""What is in force before a reload and after it, for the tests of reloading."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families
from small_report import YAML

from bot.chat.library import Library
from bot.serving.monitoring.metrics import Metrics

RICHER = YAML.replace("小学5所", "小学6所").replace("5所\n", "6所\n")
QUESTION = "小学数量"


def figures(library: Library) -> list[str]:
    return [match.fact.figure for match in library.now.answerer.answer(QUESTION).matches]


def samples(metrics: Metrics) -> dict[str, float]:
    families = text_string_to_metric_families(metrics.exposition().decode())
    return {sample.name: sample.value for family in families for sample in family.samples}

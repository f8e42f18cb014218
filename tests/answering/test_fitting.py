from __future__ import annotations

import pytest
from bot.answering.fitting import fits
from lake_town import LEXICON, MATCHER

KINDS = [*LEXICON.units, "rank", "name", "number"]


def fit(question: str, kind: str) -> float:
    return fits(MATCHER.read(question), kind)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("果园多少钱", "money"),
        ("果园百分之几", "percent"),
        ("果园是全市的几倍", "times"),
        ("果园第几", "rank"),
        ("果园多少亩", "area"),
        ("果园叫什么", "name"),
        ("果园有几家", "organisations"),
        ("果园有几个", "things"),
        ("果园有几人", "people"),
    ],
)
def test_the_kind_asked_for_fits_wholly_and_the_others_less(question: str, kind: str) -> None:
    assert fit(question, kind) == 1
    others = set(KINDS) - {kind} - ({"rank"} if kind == "name" else set())
    assert all(fit(question, other) < 1 for other in others)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("question", ["果园", "果园怎么样", ""])
def test_where_nothing_is_asked_for_every_kind_fits(question: str, kind: str) -> None:
    assert fit(question, kind) == 1


@pytest.mark.parametrize("unit", LEXICON.units)
def test_a_figure_of_any_unit_is_a_number(unit: str) -> None:
    assert fit("果园是多少", unit) == 1


def test_a_name_is_no_number() -> None:
    assert 0 < fit("果园是多少", "name") < fit("果园是多少", "rank") < 1

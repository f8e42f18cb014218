"""Where a question is about, seen from a report."""

import pytest

from bot.answering.knowledge.model import Report, Subject
from bot.answering.language.places import CITY, COUNTY, PROVINCE
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Word
from bot.answering.matching.places import HERE, Surroundings


def surroundings(label: str) -> Surroundings:
    return Surroundings(Report("r", "年报", "周刊", 2022, Subject(label, label)))


def token(text: str, **roles: str) -> Token:
    return Token(text, 0, len(text), Word(roles=roles))


@pytest.mark.parametrize(
    ("label", "level", "around"),
    [
        ("济南市", CITY, {"370000", "CN"}),
        ("山东省", PROVINCE, {"CN"}),
        ("济南高新区", "district", {"370100", "370000", "CN"}),
        ("东屏省", PROVINCE, set()),
        ("云泽县", COUNTY, set()),
        ("某某大学", "organisation", set()),
    ],
)
def test_what_a_report_lies_in(label, level, around) -> None:
    found = surroundings(label)
    assert (found.level, set(found.around.values())) == (level, around)


def test_the_subject_is_here_also_where_it_is_that_of_several_reports() -> None:
    here = surroundings("济南高新区")
    assert here.key(token("高新区", subject="r")) == HERE
    assert here.key(token("高新区", subject="other r")) == HERE
    assert here.key(token("高新区", subject="other")) != HERE


@pytest.mark.parametrize(("level", "key"), [("district", HERE), ("city", "370100"), ("province", "370000")])
def test_the_whole_city_is_the_one_around(level, key) -> None:
    assert surroundings("济南高新区").key(token("全市", place=level)) == key


def test_of_a_province_the_province_is_here_and_the_country_is_not() -> None:
    found = surroundings("东屏省")
    assert found.key(token("全省", place="province")) == HERE
    assert found.key(token("全国", place="country")) == "country"

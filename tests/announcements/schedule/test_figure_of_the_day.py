from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.schedule.releasing import choose

FACTS = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=12)


def days(schedule: int, facts: list[str], count: int) -> list[str]:
    told: list[str] = []
    for _ in range(count):
        chosen = choose(schedule, told, facts)
        told.append(chosen)
    return told


@given(st.integers(1, 9), FACTS.filter(len), st.integers(1, 4))
def test_each_comes_once_before_any_comes_again(schedule, facts, rounds) -> None:
    told = days(schedule, facts, len(facts) * rounds)
    for start in range(0, len(told), len(facts)):
        assert sorted(told[start : start + len(facts)]) == sorted(facts)


@given(st.integers(1, 9), FACTS.filter(lambda facts: len(facts) > 1))
def test_none_comes_twice_in_a_row(schedule, facts) -> None:
    assert all(today != tomorrow for today, tomorrow in pairwise(days(schedule, facts, 3 * len(facts))))


@given(st.integers(1, 9), FACTS)
def test_the_order_that_the_facts_are_listed_in_does_not_matter(schedule, facts) -> None:
    shuffled = facts[::-1]
    assert choose(schedule, facts[:3], facts) == choose(schedule, facts[:3], shuffled)


def test_every_schedule_and_every_round_has_another_order() -> None:
    facts = [f"fact-{number}" for number in range(20)]
    first, second = days(1, facts, 20), days(2, facts, 20)
    assert first != second
    assert days(1, facts, 40)[20:] != first


def test_a_new_fact_comes_in_the_round_that_goes_on_and_no_more_often_than_the_others() -> None:
    facts = [f"fact-{number}" for number in range(5)]
    told = days(1, facts, 12)
    for _ in range(13):
        chosen = choose(1, told, [*facts, "new"])
        told.append(chosen)
    # 2 of 5 had been told in the third round; 4 more complete it, and 9 remain of the next one and a half.
    assert "new" in told[12:16]
    assert Counter(told[16:22]) == Counter([*facts, "new"])


def test_a_fact_that_is_gone_is_not_chosen() -> None:
    told = days(1, ["a", "b", "c"], 2)
    gone = next(fact for fact in "abc" if fact not in told)
    assert choose(1, told, [fact for fact in "abc" if fact != gone]) in set(told) - {told[-1]}

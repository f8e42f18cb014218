"""What people ask of a report in English: lists, several things, follow-ups, claims and talk."""

import pytest

from tests.support.reports.told import Told, ids

FERRIES = Told("""\
Norrland-Ferries Norrland 2022
Nine harbours handled 2,900 crates.
  crates|Number of crates|2,900 crates
  harbours|Number of harbours|9 harbours
  busiest|Busiest harbour|Harbour of Elm Point
Harbour of Elm Point: 850 crates (29.3%)
  elm|Crates of the Harbour of Elm Point|850 crates
  elm-share|Share of crates from the Harbour of Elm Point|29.3%
Harbour of Gull Rock: 640 crates (22.1%)
  gull|Crates of the Harbour of Gull Rock|640 crates
  gull-share|Share of crates from the Harbour of Gull Rock|22.1%
Saint Bride Pier: 410 crates (14.1%)
  bride|Crates of the Saint Bride Pier|410 crates
  bride-share|Share of crates from the Saint Bride Pier|14.1%
Harbour of Low Sand: 95 crates (3.3%)
  sand|Crates of the Harbour of Low Sand|95 crates
  sand-share|Share of crates from the Harbour of Low Sand|3.3%
Passengers rose most in Upper Quay (up 700 or 12 percent) and Port Mere (up 300 or 5 percent); the fare was 40 dollars.
  most|Dock with the largest rise in passengers|Upper Quay
  quay|Rise in passengers at Upper Quay (number)|700
  quay-percent|Rise in passengers at Upper Quay (percent)|12 percent
  mere|Rise in passengers at Port Mere (number)|300
  mere-percent|Rise in passengers at Port Mere (percent)|5 percent
  fare|Median fare|40 dollars
  fare-rise|Rise in the median fare|2.5%
  delay|Median delay of ferries|14 minutes
Of the fares 61% were sold above the list price, down from 70%.
  list|Share of fares sold above the list price|61%
  list-before|Earlier share of fares sold above the list price|70%
Locals accounted for 1.2 million trips, and tourists for 2 million.
  locals|Trips of locals|1.2 million
  tourists|Trips of tourists|2 million
Eleven of the 12 docks had more passengers; the survey began in June 1994.
  docks|Number of docks with more passengers|Eleven
  survey|Start of the survey|June 1994
""")


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("List the harbours with fewer than 500 crates", "bride sand"),
        ("Which harbours have between 300 and 700 crates?", "gull bride"),
        ("Which harbours make up more than 20% of crates?", "elm-share gull-share"),
        ("Which harbour has the fewest crates?", "sand"),
        ("What do you know about fares sold above the list price?", "list list-before"),
        ("All the data on passengers at Port Mere, please", "mere mere-percent"),
        ("All the delay figures", "delay"),
        ("List all the dollar amounts", "fare"),
    ],
)
def test_a_list_in_english_is_of_what_is_called_by_the_kind_and_told_beside_it(question: str, facts: str) -> None:
    assert ids(FERRIES.last(question)) == facts.split()


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("Which docks saw passengers rise, in percent?", "quay-percent mere-percent"),
        ("How many crates did Gull Rock, Saint Bride Pier and Low Sand handle?", "gull bride sand"),
        ("How many crates did Gull Rock, Saint Bride Pier, and Low Sand handle?", "gull bride sand"),
        ("What's the median fare and the delay?", "fare delay"),
        ("What's the median fare and how much is it up?", "fare fare-rise"),
        ("How many more passengers did Upper Quay and Port Mere each have?", "quay mere"),
        ("How many more passengers at Upper Quay and at Port Mere?", "quay mere"),
        ("Upper Quay: how many extra passengers, and what percent is that?", "quay quay-percent"),
    ],
)
def test_several_things_in_english_are_all_told(question: str, facts: str) -> None:
    assert ids(FERRIES.last(question)) == facts.split()


@pytest.mark.parametrize(
    ("claim", "facts", "verdict"),
    [
        ("Most of the fares were sold above the list price, right?", "list", True),
        ("Over two thirds of fares are sold above the list price, right?", "list", False),
        ("The survey has been running since 1994, right?", "survey", True),
        ("Delays are shorter than 15 minutes, I guess?", "delay", True),
        ("Locals made more trips than tourists, I think?", "locals tourists", False),
    ],
)
def test_what_is_claimed_in_english_is_borne_out_or_not(claim: str, facts: str, verdict: bool) -> None:
    found = FERRIES.last(claim)
    assert (ids(found), found.verdict) == (facts.split(), verdict)


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (("How many more passengers did Upper Quay have?", "and Port Mere?"), "mere"),
        (("How many more passengers did Upper Quay have?", "in percent?"), "quay-percent"),
        (("What is the median fare?", "and how much is that up?"), "fare-rise"),
        (("What share of fares sold above the list price?", "what was it before?"), "list-before"),
        (("How many trips did tourists make?", "as a percentage?"), ""),
    ],
)
def test_a_follow_up_in_english_says_what_is_left_open(messages: tuple[str, str], facts: str) -> None:
    assert ids(FERRIES.last(*messages)) == facts.split()

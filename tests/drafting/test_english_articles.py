"""Drafts of English articles: each text is made up, and its facts are told as label = figure."""

from pathlib import Path

import pytest

from bot.answering.answerer import general_vocabulary
from bot.answering.knowledge.article import compare
from bot.answering.knowledge.folder import load
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.problem import Severity
from bot.drafting.articles.details import Details, details_of
from bot.drafting.articles.sections import outline
from bot.drafting.drafting import draft

DETAILS = Details("ashby-2030", "Ashby this year", "Ashby", 2030, "Ashby News")


def _facts(text: str, folder: Path, details: Details = DETAILS) -> list[Fact]:
    (folder / "k").mkdir()
    (folder / "k" / "r.yaml").write_text(draft(text, details, general_vocabulary()).text, encoding="utf-8")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    loaded = load(folder / "k")
    assert [str(problem) for problem in loaded.errors] == []
    problems = compare(loaded, folder / "a.txt")
    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
    assert loaded.knowledge is not None
    return list(loaded.knowledge.facts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Changes are told apart from what they came to.
        ("Exports rose 6% to $8 million while imports fell 2%.",
         ["Growth in exports = 6%", "Exports = $8 million", "Fall in imports = 2%"]),
        ("The towns of Elm and Ash had 12,918 and 31,405 residents respectively.",
         ["Residents of towns of Elm = 12,918", "Residents of Ash = 31,405 residents"]),
        ("Wind and hydro contributed 31.4 and 8.9 per cent of the power respectively.",
         ["Share of wind in power = 31.4", "Share of hydro in power = 8.9 per cent"]),
        ("In the first half of 2030 trade rose 5% on 2029.", ["Growth in trade from 2029 = 5%"]),
        ("The number of clubs was 31, an increase of 4 (6.1 per cent) over last year’s 27 clubs.",
         ["Number of clubs = 31", "Increase in number of clubs = 4", "Growth in number of clubs = 6.1 per cent",
          "Number of clubs a year earlier = 27 clubs"]),
        ("There was an annual increase in output of 3.2% or 58 tons, bringing total output to 1,899 tons.",
         ["Growth in output = 3.2%", "Increase in output = 58 tons", "Total output = 1,899 tons"]),
        ("The median rent was $350, up 0.9% year over year.",
         ["Median rent = $350", "Growth in median rent = 0.9%"]),
        ("Passengers flew 5.6 per cent more miles.", ["Growth in miles passengers flew = 5.6 per cent"]),
        # Counts and shares are told by whose they are.
        ("Choirs from 10 towns come to the feast. Singers come from 66 villages.",
         ["Towns of choirs that come to the feast = 10 towns", "Villages singers come = 66 villages"]),
        ("The oldest singer is 71 years old. Harpists average 24.2 years old.",
         ["Age of oldest singer = 71 years old", "Average age of harpists = 24.2 years old"]),
        ("About 62 percent of songs lasted a minute.", ["Share of songs that lasted a minute = About 62 percent"]),
        ("Some 29% of songs had a refrain, down from 36% a year earlier.",
         ["Share of songs that had a refrain = Some 29%", "Share of songs that had a refrain a year earlier = 36%"]),
        ("Services made up 54.3% of jobs, 1.2 percentage points more than before.",
         ["Share of services in jobs = 54.3%", "Growth in share of services in jobs = 1.2 percentage points"]),
        # Lists, brackets and speakers tell whose a figure is.
        ("Sales fell the most in Elm (-63%), Oak, Ashshire (-56.3%) and Yew (-2%).",
         ["Fall in sales in Elm = 63%", "Fall in sales in Ashshire = 56.3%", "Fall in sales in Yew = 2%"]),
        ("Sales fell to 31 tons, 5 per cent lower than in the previous year (33 tons).",
         ["Sales = 31 tons", "Fall in sales from previous year = 5 per cent", "Sales a year earlier = 33 tons"]),
        ("False notes accounted for 42% of all notes heard.",
         ["Share of false notes in notes heard = 42%"]),
        ("A total of $3 million was spent on songs. Income is expected to be $9 million.",
         ["Spent on songs = $3 million", "Income expected = $9 million"]),
    ],
)  # fmt: skip
def test_figures_are_told_by_whose_they_are_and_what_has_become_of_them(
    text: str, told: list[str], tmp_path: Path
) -> None:
    assert [f"{fact.label} = {fact.figure}" for fact in _facts(text, tmp_path)] == told


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("In January 2030 sales were 5 tons, compared with 4 tons a year earlier.", ["January 2030", "2029"]),
        ("Debts dropped from $2,453 in 2028 to $2,108.", ["2028", "2030"]),
        ("Sales were 5 tons in the third quarter.", ["third quarter of 2030"]),
        ("Sales were 5 tons in 2029-30 and prices $6, up from last year’s $7.", ["2029-30", "2029-30", "2028-29"]),
        ("Supply was 4 months, up from 3 months a week earlier and 2 months a year earlier.", ["2030", "2030", "2029"]),
    ],
)
def test_periods_are_those_of_each_figure(text: str, periods: list[str], tmp_path: Path) -> None:
    assert [fact.period for fact in _facts(text, tmp_path)] == periods


@pytest.mark.parametrize(
    "text",
    [
        "Calls were answered within 8 minutes by 16 May 2030 at 8:30 pm.",
        "Those aged 16 to 64 sing in Hall 3, as do 75 per cent or more of the others.",
        "It was the biggest rise in two months and one of the 30-day wonders.",
        "See https://example.org/2030/12 or call 020 7946 0991, page 3 of 12.",
    ],
)
def test_what_dates_limits_or_names_something_is_no_figure(text: str, tmp_path: Path) -> None:
    assert [fact.figure for fact in _facts(f"{text} Sales were 5 tons.", tmp_path)] == ["5 tons"]


def test_headings_bylines_and_abbreviations_end_no_sentence_and_begin_none() -> None:
    text = (
        "Choirs of the county sing more often than they ever did\nThe Daily Reed, May 2030\n"
        "The U.S. choir of St. Ann sang 5 songs for J. Reed. It was paid by Elm Co. in cash, which is rare.\n\n"
        "What the choirs of the county were paid for their songs\n\nThe choirs were paid $5."
    )
    parts = outline(text, "Choirs")
    assert [section.paragraphs for section in parts.sections] == [
        [["The U.S. choir of St. Ann sang 5 songs for J. Reed.",
          "It was paid by Elm Co. in cash, which is rare."]],
        [["The choirs were paid $5."]],
    ]  # fmt: skip


def test_lines_that_are_cut_at_a_margin_are_one_paragraph_and_rows_are_none() -> None:
    text = (
        "The choirs of the county sing more often than they did,\nand more of them sing for free. They sang 61 of the\n"
        "songs.\n\nSongs\n\n- They sang 5 songs in the hall of the old\n  mill.\n"
        "- They sang 6 songs.\n\n| Songs | 5 | 6 |\n"
    )
    parts = outline(text, "Choirs")
    assert [section.paragraphs for section in parts.sections] == [
        [["The choirs of the county sing more often than they did, and more of them sing for free.",
          "They sang 61 of the songs."]],
        [["- They sang 5 songs in the hall of the old mill."], ["- They sang 6 songs."]],
    ]  # fmt: skip
    assert "| Songs | 5 | 6 |" in parts.others


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Choirs sing for Ashby\n\nThe choirs of Ashby sang 5 songs, which Ashby liked.", "Ashby"),
        ("Choirs sing\nStatistics Ireland, 5 May 2030\nThey sang 5 songs.", "Ireland"),
        ("Choirs sing\n\nThey sang 5 songs.", None),
    ],
)
def test_an_english_article_is_about_what_its_title_and_text_name(text: str, subject: str | None) -> None:
    assert details_of(text).subject == subject

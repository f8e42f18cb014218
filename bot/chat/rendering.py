"""Answers as texts and charts in the words of a locale, and text as Telegram takes it; no Telegram library."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from itertools import groupby

from bot.answering import naming
from bot.answering.answer import Answer, Reason, Topic
from bot.answering.knowledge.citation import figure_span
from bot.answering.knowledge.model import Fact, Knowledge, Report
from bot.charting.chart import Bar, Chart, Value

from .texts import Locale, texts

LIMIT = 4096
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A lone surrogate arrives in JSON, and no request that repeats it can be encoded.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TAG = re.compile(r"<[^>]*>")
# Telegram ignores all but the first 100 entities of a message, and a fact has up to five.
_MOST_FACTS = 12
_FIELD = 200
_ASKED = 40
_TOPICS = 8
_WITH_AN_EXAMPLE = (Topic.GREETING, Topic.ABILITY, Topic.USAGE)
_OF_WHAT_WAS_STATED = {Topic.WRONG: "talk-wrong-sentence", Topic.AGAIN: "talk-again"}
_LONGEST_FILLED_IN = 400  # of what is filled in where no figure is asked for


def safe(text: str) -> str:
    """Replaces control characters by spaces and lone surrogates by U+FFFD; the length stays."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def one_line(text: str, limit: int | None = None) -> str:
    """`text` made safe and cut to `limit` UTF-16 units, with single spaces for all white space, and none around it."""
    line = " ".join(safe(text).split())
    return line if limit is None else cut(line, limit)


def units(text: str) -> int:
    """The length that Telegram's limits count: UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, limit: int) -> str:
    """`text`, or its beginning and an ellipsis where it is longer than `limit` UTF-16 units (at least 1)."""
    if units(text) <= limit:
        return text
    # Half of a surrogate pair at the end is incomplete input, which "ignore" drops.
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


# ---- marked up, of texts that are cut before: half a tag is an error 400


def to_html(text: str, *tags: str) -> str:
    """Telegram's HTML of a text within tags, the outermost first; empty where there is no text."""
    html = escape(text, quote=False)
    for tag in reversed(tags if text else ()):
        html = f"<{tag}>{html}</{tag}>"
    return html


def plain_text(html: str) -> str:
    """The text that people see of Telegram's HTML."""
    return unescape(_TAG.sub("", html))


def facts(stated: Sequence[Fact], locale: Locale, limit: int = LIMIT) -> str:
    """The HTML of the facts that a reply states, each with its quote; facts of one sentence share the quote.

    Quotes are cut, and the last facts left out, so that the whole takes `limit` UTF-16 units (one takes up to 2,000).
    """
    groups = [list(group) for _, group in groupby(stated[:_MOST_FACTS], lambda fact: (fact.report.id, fact.sentence))]
    frames = [(_heads(group, locale), "\n" + to_html(source_line(group[0], locale), "i")) for group in groups]
    taken = units(plain_text("".join(head + source for head, source in frames)))
    room = max((limit - taken) // max(len(groups), 1) - len("\n\n"), 100)
    framed = zip(groups, frames, strict=True)
    html = "\n\n".join(head + _quote(group, room) + source for group, (head, source) in framed)
    if len(stated) > 1 and units(plain_text(html)) > limit:
        return facts(stated[:_MOST_FACTS][:-1], locale, limit)
    return html


def missing(parts: Sequence[str], locale: Locale) -> str:
    """The text that the report does not say some parts of a question; empty where there are none."""
    listed = _listed([one_line(part, _ASKED) for part in parts], locale)
    return texts(locale)("missing", parts=listed) if listed else ""


def refusal(answer: Answer, reports: Sequence[Report], locale: Locale) -> str:
    """The text that the report does not say what was asked; for another place or period, with what it covers."""
    say, asked = texts(locale), one_line(answer.asked, _ASKED)
    if asked and answer.reason is Reason.PLACE:
        return say("other-place", covered=subjects(reports, locale), asked=asked)
    if asked and answer.reason is Reason.PERIOD:
        years = [str(report.year) for report in reports]
        return say("other-period", covered=_listed(years, locale), asked=asked)
    return say("unknown")


def report_line(report: Report, locale: Locale) -> str:
    """Title, publisher and year of a report."""
    return texts(locale)("report", **_report_fields(report))


def source_line(fact: Fact, locale: Locale) -> str:
    """The section of a fact, and its report."""
    return texts(locale)("citation", section=_field(fact.section), **_report_fields(fact.report))


def subjects(reports: Iterable[Report], locale: Locale) -> str:
    """The names of what reports are about."""
    named = [report.subject for report in reports]
    return _listed([subject.en if locale is Locale.ENGLISH else subject.label for subject in named], locale)


def label(fact: Fact, locale: Locale) -> str:
    """What the fact is called."""
    return _field(naming.label_of(fact, locale.language))


def dated_label(fact: Fact, locale: Locale) -> str:
    """The label, with the period where the fact has one."""
    return " · ".join(filter(None, (label(fact, locale), period(fact, locale))))


def period(fact: Fact, locale: Locale) -> str:
    """The fact's period, empty where it has none."""
    return _field(naming.period_of(fact, locale.language))


def figure(fact: Fact, locale: Locale) -> str:
    """The fact's figure as replies state it."""
    return _field(naming.figure_of(fact, locale.language))


def _heads(group: Sequence[Fact], locale: Locale) -> str:
    """The figures of a group with what they are, and the words that lead to the quote."""
    source = texts(locale)("source")
    heads = (f"{to_html(figure(fact, locale), 'b')}\n{to_html(dated_label(fact, locale))}\n\n" for fact in group)
    return "".join([*heads, f"{to_html(source)}\n" if source else ""])


def _quote(group: Sequence[Fact], room: int) -> str:
    """The sentence with its figures marked, cut to `room` UTF-16 units so that the first figure stays in it."""
    sentence = safe(group[0].sentence)
    spans: list[tuple[int, int]] = []
    for start, end in sorted(span for span in map(figure_span, group) if span[0] < span[1]):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    begin = spans[0][0] if spans and units(sentence) > room else 0
    before = cut(sentence[:begin][::-1], room // 3)[::-1]
    quoted = before + cut(sentence[begin:], room - units(before))
    html, at, moved = "", 0, len(before) - begin
    for start, end in spans:
        html += to_html(quoted[at : start + moved]) + to_html(quoted[start + moved : end + moved], "b", "u")
        at = end + moved
    html += to_html(quoted[at:])
    return f"<blockquote>{html}</blockquote>" if html else ""


def _report_fields(report: Report) -> dict[str, str]:
    return {"title": _field(report.title), "publisher": _field(report.publisher), "year": str(report.year)}


def _listed(names: Iterable[str], locale: Locale, most: int = _FIELD) -> str:
    return cut(texts(locale)("comma").join(dict.fromkeys(map(_field, names))), most)


def _field(text: str) -> str:
    return one_line(text, _FIELD)


def talk(answer: Answer, knowledge: Knowledge, examples: Callable[[Locale], Iterable[str]], locale: Locale) -> str:
    """The reply to small talk; to what doubts the facts that were stated, `answer.nearest`, with their sentences."""
    say, reports, topic = texts(locale), knowledge.reports[:3], answer.topic or Topic.GREETING
    if topic in _OF_WHAT_WAS_STATED and answer.nearest:
        sentences = dict.fromkeys(one_line(fact.sentence) for fact in answer.nearest)
        return say(_OF_WHAT_WAS_STATED[topic], sentence=cut(" ".join(sentences), _LONGEST_FILLED_IN))
    sections = _sections(knowledge)
    if topic is Topic.AGAIN:
        topic = Topic.USAGE
    elif topic is Topic.SECTIONS and not sections:
        topic = Topic.SUMMARY
    imprints = []
    for report in reports:
        key = "talk-imprint-author" if report.author else "talk-imprint"
        imprints.append(say(key, author=_field(report.author or ""), **_report_fields(report)))
    said = say(
        f"talk-{topic}",
        subjects=subjects(reports, locale),
        reports=_listed((say("talk-title", title=report.title) for report in reports), locale, _LONGEST_FILLED_IN),
        years=_listed((str(report.year) for report in reports), locale),
        imprints=_listed(imprints, locale, _LONGEST_FILLED_IN),
        sections=_listed(sections, locale, _LONGEST_FILLED_IN),
        topics=_listed(_topics(knowledge, locale), locale, _LONGEST_FILLED_IN),
    )
    example = next(iter(examples(locale)), "") if topic in _WITH_AN_EXAMPLE else ""
    return say("talk-example", said=said, example=example) if example else said


def opening_lines(answer: Answer, locale: Locale) -> list[str]:
    """The lines before the facts that are stated: yes or no to a claim, and of how many they are the first."""
    say, shown, lines = texts(locale), len(answer.matches), []
    if answer.verdict is not None:
        lines.append(say("verdict-true") if answer.verdict else say("verdict-false"))
    count, first, compared = len(answer.listed), answer.first + 1, answer.chosen_from
    if compared and count > 1:
        lines.append(say("first-few-of", count=count, compared=compared))
    elif compared:
        lines.append(
            say("place-of", place=first, compared=compared) if answer.first else say("first-of", compared=compared)
        )
    if count > shown:
        lines.append(say("listed-page", **{"from": first, "to": first + shown - 1, "count": count}))
    elif count > 1 and not compared:
        lines.append(say("listed", count=count))
    return lines


def _sections(knowledge: Knowledge) -> Sequence[str]:
    """The titles of the sections; none where these have but the title of their report."""
    titles = {report.title for report in knowledge.reports}
    return [section for section in dict.fromkeys(fact.section for fact in knowledge.facts) if section not in titles]


def _topics(knowledge: Knowledge, locale: Locale) -> Sequence[str]:
    """The first sections, or of a report without any the first facts of some sentences."""
    if sections := _sections(knowledge):
        return sections[:_TOPICS]
    first = list({fact.sentence: fact for fact in reversed(knowledge.facts)}.values())[::-1]
    step = max(len(first) // _TOPICS, 1)
    return [label(fact, locale) for fact in first[::step][:_TOPICS]]


def chart_of(values: Sequence[Value], locale: Locale) -> Chart:
    """The chart of some values, at least one."""
    say, facts = texts(locale), [value.entry.fact for value in values]
    reports = list({fact.report.id: fact.report for fact in facts}.values())
    source = say("comma").join(report_line(report, locale) for report in reports)
    if len({(fact.report.id, fact.section) for fact in facts}) == 1:
        source = source_line(facts[0], locale)
    periods = {period(fact, locale) for fact in facts}
    called = label if len(periods) == 1 else dated_label
    bars = [Bar(called(one.entry.fact, locale), figure(one.entry.fact, locale), one.amount) for one in values]
    aspect = values[0].entry.aspect
    told = "chart-changes" if aspect.change else "chart-shares" if "share" in aspect.forms else "chart-figures"
    title = say(told, subjects=subjects(reports, locale))
    return Chart(title, periods.pop() if len(periods) == 1 else "", tuple(bars), source)


def caption(chart: Chart) -> str:
    """The HTML of what stands below the picture of a chart."""
    rest = "".join(f"\n{line}" for line in (chart.period, chart.source) if line)
    return to_html(chart.title, "b") + to_html(cut(rest, 1024 - units(chart.title)))

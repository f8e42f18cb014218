"""The charts of facts, in the words of a locale. Imports no Telegram, as shells draw them too."""

from collections.abc import Sequence

from bot.charting.chart import Bar, Chart, Value
from bot.chat.markup import cut, to_html, units
from bot.chat.rendering import dated_label, figure, label, period, report_line, source_line, subjects
from bot.chat.texts import Locale, texts


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

"""monitoring/: the alerts and the dashboard ask for metrics that there are, and the guide tells of every alert."""

import json
import re

import promql_parser
import pytest

from bot.metrics import Metrics
from tests.support.deploy_files import text_of, yaml_of

DASHBOARD = json.loads(text_of("monitoring/grafana/shushuo.json"))
ALERTS = {rule["alert"]: rule for group in yaml_of("monitoring/alerts.yaml")["groups"] for rule in group["rules"]}
TARGETS = [(panel["title"], target) for panel in DASHBOARD["panels"] for target in panel["targets"]]
QUERIES = [
    *((name, rule["expr"]) for name, rule in ALERTS.items()),
    *((title, target["expr"]) for title, target in TARGETS),
]
# What Prometheus adds.
OWN_LABELS = {"job", "instance"}


def exposed() -> dict[str, set[str]]:
    """The names of the metrics as Prometheus knows them, each with its labels."""
    metrics = Metrics()
    metrics.knowledge_read("a", 1)
    metrics.answers.labels("answer", "zh").inc()
    metrics.calls.labels("getMe", "ok")
    metrics.retries.labels("getMe")
    metrics.updates.labels("other").inc()
    return {
        sample.name: {*sample.labels, *OWN_LABELS} for family in metrics.registry.collect() for sample in family.samples
    }


def selectors(query: str) -> list[promql_parser.VectorSelector]:
    """What a query asks for. Raises ValueError."""
    found = []
    promql_parser.walk(promql_parser.parse(query), found.append)
    return [node for node in found if isinstance(node, promql_parser.VectorSelector)]


@pytest.mark.parametrize("query", [query for _, query in QUERIES], ids=[name for name, _ in QUERIES])
def test_every_metric_and_label_is_there(query) -> None:
    known = exposed() | dict.fromkeys({"up"}, OWN_LABELS)
    used = selectors(query)
    assert used
    for selector in used:
        assert selector.name in known
        assert {matcher.name for matcher in selector.matchers.matchers} <= known[selector.name]


@pytest.mark.parametrize("name", ["ShushuoOtherPoller", "ShushuoSlowedDown", "ShushuoMessagesDropped"])
def test_the_first_rise_is_seen(name) -> None:
    """Of a series that begins with its first count, Prometheus sees no rise; so it is there from the start."""
    known = [sample for family in Metrics().registry.collect() for sample in family.samples]
    for selector in selectors(ALERTS[name]["expr"]):
        wanted = {matcher.name: matcher.value for matcher in selector.matchers.matchers}
        assert any(sample.name == selector.name and wanted.items() <= sample.labels.items() for sample in known)


def test_every_label_that_is_kept_is_there() -> None:
    known = set[str]().union(*exposed().values()) | OWN_LABELS
    kept = {
        label.strip()
        for _, query in QUERIES
        for labels in re.findall(r"\b(?:by|on) \(([^)]*)\)", query)
        for label in labels.split(",")
    }
    assert kept
    assert kept <= known


@pytest.mark.parametrize("name", ALERTS)
def test_every_alert_says_how_bad_it_is_and_what_it_is(name) -> None:
    rule = ALERTS[name]
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert rule["annotations"]["summary"]


@pytest.mark.parametrize("page", ["monitoring/README.md", "monitoring/README.zh-CN.md"])
def test_every_alert_is_told_and_no_other(page) -> None:
    told = dict(re.findall(r"^\| `(Shushuo\w+)` \| (\w+) \|", text_of(page), re.MULTILINE))
    assert told == {name: rule["labels"]["severity"] for name, rule in ALERTS.items()}


def test_the_alerts_are_of_the_job_that_is_scraped() -> None:
    configuration = yaml_of("monitoring/prometheus.yaml")
    jobs = {job["job_name"] for job in configuration["scrape_configs"]}
    assert {job for _, query in QUERIES for job in re.findall(r'job="(\w+)"', query)} == jobs
    assert configuration["rule_files"] == ["alerts.yaml"]


def test_what_prometheus_and_grafana_read_is_mounted_where_they_look() -> None:
    services = yaml_of("compose.yaml")["services"]
    (provider,) = yaml_of("monitoring/grafana/dashboards.yaml")["providers"]
    grafana = dict(mount.split(":")[:2] for mount in services["grafana"]["volumes"])
    assert grafana["./monitoring/grafana/shushuo.json"].startswith(f"{provider['options']['path']}/")
    provisioning = "/etc/grafana/provisioning"
    assert grafana["./monitoring/grafana/datasources.yaml"].startswith(f"{provisioning}/datasources/")
    assert grafana["./monitoring/grafana/dashboards.yaml"].startswith(f"{provisioning}/dashboards/")
    prometheus = dict(mount.split(":")[:2] for mount in services["prometheus"]["volumes"])
    assert prometheus["./monitoring/alerts.yaml"] == "/etc/prometheus/alerts.yaml"


def test_the_dashboard_asks_any_source_of_the_kind_that_there_is() -> None:
    """Where it is imported, the source has another name, so the dashboard has a choice of sources."""
    (source,) = yaml_of("monitoring/grafana/datasources.yaml")["datasources"]
    (choice,) = DASHBOARD["templating"]["list"]
    assert (choice["type"], choice["query"]) == ("datasource", source["type"])
    asked_of = [panel["datasource"] for panel in DASHBOARD["panels"]] + [target["datasource"] for _, target in TARGETS]
    assert {(of["type"], of["uid"]) for of in asked_of} == {(source["type"], f"${{{choice['name']}}}")}
    assert source["url"] == "http://prometheus:9090"
    assert source["isDefault"] is True

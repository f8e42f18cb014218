"""kubernetes/: each resource fits its schema, they fit each other, and the knowledge is read as it is mounted."""

import re
import tomllib
from urllib.parse import urlsplit

import kubernetes_validate
import pytest
import yaml

from bot.answering.knowledge.folder import load
from bot.settings import OWN_PATHS, Settings
from tests.support.deploy_files import DEPLOY, SETTINGS, image_environment, image_user, last_stage, text_of, yaml_of
from tests.support.repository import ROOT

KUSTOMIZATION = yaml_of("kubernetes/kustomization.yaml")
KNOWLEDGE = yaml.safe_load((ROOT / "knowledge" / "Kustomization").read_text(encoding="utf-8"))
FILES = [name for name in KUSTOMIZATION["resources"] if name.endswith(".yaml")]
RESOURCES = {resource["kind"]: resource for resource in (yaml_of(f"kubernetes/{name}") for name in FILES)}
LABELS = {"app.kubernetes.io/name": "shushuo"}
POD = RESOURCES["Deployment"]["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]


@pytest.mark.parametrize("version", ["1.30", "1.33", "1.36"])
@pytest.mark.parametrize("kind", RESOURCES)
def test_it_fits_its_schema(kind, version) -> None:
    kubernetes_validate.validate(RESOURCES[kind], version, strict=True)


def test_every_file_is_used() -> None:
    files = {path.name for path in (DEPLOY / "kubernetes").iterdir()}
    assert files == {*FILES, "kustomization.yaml"}
    folders = [name for name in KUSTOMIZATION["resources"] if name not in FILES]
    assert [(DEPLOY / "kubernetes" / name).resolve() for name in folders] == [ROOT / "knowledge"]


def test_the_labels_fit_each_other() -> None:
    specs = {kind: resource.get("spec", {}) for kind, resource in RESOURCES.items()}
    assert specs["Deployment"]["template"]["metadata"]["labels"] == LABELS
    assert specs["Deployment"]["selector"]["matchLabels"] == LABELS
    assert specs["Service"]["selector"] == LABELS
    assert specs["PodDisruptionBudget"]["selector"]["matchLabels"] == LABELS
    assert specs["NetworkPolicy"]["podSelector"]["matchLabels"] == LABELS
    assert POD["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"] == LABELS


def test_the_way_from_telegram_to_the_bot() -> None:
    (settings,) = KUSTOMIZATION["configMapGenerator"]
    url = urlsplit(next(text.partition("=")[2] for text in settings["literals"] if text.startswith("WEBHOOK_URL=")))
    (rule,) = RESOURCES["Ingress"]["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert (url.scheme, url.hostname, url.path) == ("https", rule["host"], path["path"])
    assert path["pathType"] == "Exact"
    service = RESOURCES["Service"]
    assert path["backend"]["service"]["name"] == service["metadata"]["name"]
    assert path["backend"]["service"]["port"]["name"] == service["spec"]["ports"][0]["name"]
    (port,) = CONTAINER["ports"]
    assert service["spec"]["ports"][0]["targetPort"] == port["name"]
    assert str(port["containerPort"]) == image_environment()["HTTP_LISTEN"].rpartition(":")[2]
    assert RESOURCES["NetworkPolicy"]["spec"]["ingress"][0]["ports"] == [{"port": port["name"]}]


def test_the_bots_reach_only_places_that_are_named() -> None:
    rules = RESOURCES["NetworkPolicy"]["spec"]["egress"]
    assert all(rule.get("to") and rule.get("ports") for rule in rules)
    assert {port["port"] for rule in rules for port in rule["ports"]} == {53, 443, 5432}


def test_its_settings_are_settings() -> None:
    (settings,) = KUSTOMIZATION["configMapGenerator"]
    literals = dict(text.split("=", 1) for text in settings["literals"])
    names = {*literals, *(variable["name"] for variable in CONTAINER["env"])}
    assert names <= SETTINGS
    Settings(**{name.lower(): value for name, value in literals.items()})
    assert {source["configMapRef"]["name"] for source in CONTAINER["envFrom"]} == {settings["name"]}


def test_what_is_secret_comes_from_a_secret_that_the_guide_has_made() -> None:
    (key,) = [variable["valueFrom"]["secretKeyRef"] for variable in CONTAINER["env"] if "valueFrom" in variable]
    (secret,) = [volume["secret"] for volume in POD["volumes"] if "secret" in volume]
    mounted = {mount["name"]: mount["mountPath"] for mount in CONTAINER["volumeMounts"]}
    values = {variable["name"]: variable.get("value") for variable in CONTAINER["env"]}
    assert values["TELEGRAM_BOT_TOKEN_FILE"] == f"{mounted['token']}/{secret['items'][0]['path']}"
    assert key["name"] == secret["secretName"]
    for name in (key["key"], secret["items"][0]["key"]):
        assert re.search(rf"--from-\w+={name}=", text_of("README.md"))
    assert "Secret" not in RESOURCES


def test_it_runs_as_the_image_does_and_writes_to_its_volumes_alone() -> None:
    assert POD["securityContext"]["runAsUser"] == POD["securityContext"]["fsGroup"] == image_user()
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    empty = {volume["name"]: volume["emptyDir"] for volume in POD["volumes"] if "emptyDir" in volume}
    assert all("sizeLimit" in limits for limits in empty.values())
    writable = {mount["mountPath"] for mount in CONTAINER["volumeMounts"] if mount["name"] in empty}
    (volume,) = [rest.strip('[]"') for name, rest in last_stage() if name == "VOLUME"]
    assert writable == {volume, "/tmp"}  # noqa: S108
    assert POD["automountServiceAccountToken"] is False


def test_its_probes_ask_what_the_bot_answers() -> None:
    probes = {name: CONTAINER[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")}
    assert {name: probe["path"] for name, probe in probes.items()} == {
        "startup": "/readyz",
        "readiness": "/healthz",
        "liveness": "/healthz",
    }
    assert {probe["path"] for probe in probes.values()} <= set(OWN_PATHS)
    assert {probe["port"] for probe in probes.values()} == {CONTAINER["ports"][0]["name"]}


def test_a_rolling_update_to_this_version_takes_no_replica_away_before_another_is_there() -> None:
    spec = RESOURCES["Deployment"]["spec"]
    assert spec["replicas"] == 3
    (image,) = KUSTOMIZATION["images"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (image["name"], image["newTag"]) == (CONTAINER["image"], project["version"])
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    # The time to leave the proxies, and the five seconds that the bot takes.
    assert POD["terminationGracePeriodSeconds"] > CONTAINER["lifecycle"]["preStop"]["sleep"]["seconds"] + 5


def test_the_knowledge_is_whole_in_its_config_map() -> None:
    (made,) = KNOWLEDGE["configMapGenerator"]
    folder = ROOT / "knowledge"
    assert sorted(made["files"]) == sorted(path.name for path in folder.glob("*.y*ml"))
    assert sum((folder / name).stat().st_size for name in made["files"]) < 1024 * 1024  # what it holds
    (mounted,) = [volume["configMap"]["name"] for volume in POD["volumes"] if "configMap" in volume]
    assert mounted == made["name"]


def test_the_knowledge_is_read_from_a_mounted_config_map(tmp_path) -> None:
    """Its files are links to links, beside folders with dots in their names."""
    data = tmp_path / "..2030_01_01"
    data.mkdir()
    (tmp_path / "..data").symlink_to(data.name)
    for name in KNOWLEDGE["configMapGenerator"][0]["files"]:
        (data / name).write_bytes((ROOT / "knowledge" / name).read_bytes())
        (tmp_path / name).symlink_to(f"..data/{name}")
    loaded = load(tmp_path)
    assert loaded.problems == load(ROOT / "knowledge").problems
    assert loaded.knowledge.facts

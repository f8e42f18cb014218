"""compose.yaml: what each profile starts, with which settings, and behind which walls."""

import os
import re
import subprocess

import pytest

from bot.settings import OWN_PATHS, Settings
from tests.support.deploy_files import DEPLOY, SETTINGS, image_environment, text_of, yaml_of
from tests.support.repository import ROOT
from tests.support.telegram.webhooks import HEADER as SECRET_HEADER

COMPOSE = yaml_of("compose.yaml")
SERVICES = COMPOSE["services"]
PROFILES = {
    "": {"bot"},
    "scale": {"replica", "postgres", "proxy"},
    "local-api": {"telegram-bot-api"},
    "monitoring": {"prometheus", "grafana"},
}
OURS = ("bot", "replica")
# Those that the image gives, and the token, which comes as a file.
FIXED = {"HTTP_LISTEN", "KNOWLEDGE_DIR", "TELEGRAM_BOT_TOKEN"}
FILLED_IN = {"DOMAIN": "bot.example.org", "POSTGRES_PASSWORD": "abc123"}


def filled_in(text: str) -> str:
    return re.sub(r"\$\{(\w+):-[^}]*\}", lambda name: FILLED_IN[name[1]], text)


def mounts(service: str) -> list[tuple[str, str]]:
    """Where from, and where to."""
    return [(parts[0], parts[1]) for parts in (mount.split(":") for mount in SERVICES[service].get("volumes", ()))]


def port() -> str:
    return image_environment()["HTTP_LISTEN"].rpartition(":")[2]


def test_what_each_profile_starts() -> None:
    for profile, names in PROFILES.items():
        given = {name for name, service in SERVICES.items() if service.get("profiles", [""]) == [profile]}
        assert given == names
        assert {other for name in names for other in SERVICES[name].get("depends_on", ())} <= names
    assert SERVICES["replica"]["deploy"]["replicas"] == 3


def test_the_guide_tells_of_every_profile() -> None:
    assert set(PROFILES) - {""} <= set(re.findall(r"--profile ([\w-]+)", text_of("README.md")))


def test_the_example_lists_what_is_to_be_filled_in_and_no_secret_is_committed() -> None:
    listed = set(re.findall(r"^#([A-Z_]+)=", text_of(".env.example"), re.MULTILINE))
    taken = set(re.findall(r"\$\{(\w+)", text_of("compose.yaml")))
    taken |= {
        name for service in SERVICES.values() for name, value in service.get("environment", {}).items() if not value
    }
    assert taken - SETTINGS <= listed <= taken
    assert {".env", "secrets/"} <= set((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    assert COMPOSE["secrets"] == {"telegram_bot_token": {"file": "secrets/telegram_bot_token"}}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_comes_back_and_can_do_little(name) -> None:
    given = SERVICES[name]
    assert given["restart"] == "unless-stopped"
    assert given["security_opt"] == ["no-new-privileges:true"]
    assert given["cap_drop"] == ["ALL"]
    assert given["logging"]["options"].keys() == {"max-size", "max-file"}
    if name not in OURS:
        assert re.fullmatch(r"[\w/-]+:v?\d[\d.]*", given["image"])
        return
    assert given["read_only"] is given["init"] is True
    assert given["tmpfs"] == ["/tmp"]  # noqa: S108
    assert not given.keys() & {"ports", "privileged", "cap_add", "network_mode", "pid"}
    assert int(given["stop_grace_period"].removesuffix("s")) > 5


def test_every_setting_can_be_given_and_nothing_else() -> None:
    given = {name for service in OURS for name in SERVICES[service]["environment"]}
    assert given | FIXED == SETTINGS, "a setting is to be listed under x-settings"
    assert not given & FIXED


@pytest.mark.parametrize("service", OURS)
def test_its_settings_are_well_formed(service) -> None:
    environment = SERVICES[service]["environment"]
    given = {name.lower(): filled_in(value) for name, value in environment.items() if value is not None}
    settings = Settings(**given)
    (secret,) = SERVICES[service]["secrets"]
    assert settings.telegram_bot_token_file.as_posix() == f"/run/secrets/{secret}"
    assert bool(settings.webhook_url) == (service == "replica")


def test_all_replicas_share_one_database() -> None:
    settings = SERVICES["replica"]["environment"]
    database = SERVICES["postgres"]["environment"]
    user, name = database["POSTGRES_USER"], database["POSTGRES_DB"]
    assert settings["DATABASE_URL"] == f"postgresql://{user}:${{POSTGRES_PASSWORD:-}}@postgres/{name}"
    assert "database" in set(SERVICES["replica"]["networks"]) & set(SERVICES["postgres"]["networks"])
    assert COMPOSE["networks"]["database"] == {"internal": True}


def test_the_image_is_built_here_and_never_fetched() -> None:
    (built,) = [service["build"] for service in SERVICES.values() if "build" in service]
    assert (DEPLOY / built["context"]).resolve() == ROOT
    assert (ROOT / built["dockerfile"]).is_file()
    assert [SERVICES[name]["pull_policy"] for name in OURS] == ["build", "never"]
    assert len({SERVICES[name]["image"] for name in OURS}) == 1


@pytest.mark.parametrize(("password", "code", "said"), [("", 1, "write GRAFANA_PASSWORD into .env\n"), ("a b", 0, "")])
def test_grafana_does_not_start_without_a_password(password, code, said) -> None:
    shell, option, command = SERVICES["grafana"]["entrypoint"]
    given = command.replace("$$", "$").replace("/run.sh", "true")
    done = subprocess.run(  # noqa: S603
        [f"/bin/{shell}", option, given],
        env={"GF_SECURITY_ADMIN_PASSWORD": password, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, said)


def test_only_the_proxy_is_reached_from_elsewhere() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published.pop("proxy") == ["80:80", "443:443"]
    assert all(line.startswith("127.0.0.1:") for lines in published.values() for line in lines)


def test_what_is_mounted_is_there() -> None:
    sources = [source for name in SERVICES for source, _ in mounts(name)]
    assert [source for source in sources if source.startswith(".") and not (DEPLOY / source).exists()] == []
    assert {source for source in sources if not source.startswith(".")} == set(COMPOSE["volumes"])
    assert all(("data", "/app/data") in mounts(service) for service in OURS)


def test_the_proxy_passes_on_the_webhook_and_nothing_else() -> None:
    caddyfile = text_of("Caddyfile")
    assert caddyfile.count("{$DOMAIN}") == 1
    url = Settings(webhook_url=filled_in(SERVICES["replica"]["environment"]["WEBHOOK_URL"])).webhook_url
    paths = re.findall(r"^\s*path (.+)$", caddyfile, re.MULTILINE)
    assert [f"https://{FILLED_IN['DOMAIN']}{path}" for path in paths] == [url]
    assert not set(paths) & set(OWN_PATHS)
    assert re.findall(r"dynamic a (.+) \{", caddyfile) == [f"replica {port()}"]
    assert ("./Caddyfile", "/etc/caddy/Caddyfile") in mounts("proxy")


def test_the_proxy_bounds_whoever_does_not_know_the_secret() -> None:
    caddyfile = text_of("Caddyfile")
    limits = dict(re.findall(r"^\s*(read_header|read_body|idle|max_header_size) (.+)$", caddyfile, re.MULTILINE))
    assert limits == {"read_header": "10s", "read_body": "30s", "idle": "75s", "max_header_size": "16KB"}
    assert re.findall(r"^\s*header (\S+) \*$", caddyfile, re.MULTILINE) == [SECRET_HEADER]


def test_prometheus_finds_every_bot() -> None:
    (job,) = yaml_of("monitoring/prometheus.yaml")["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert (set(found["names"]), str(found["port"])) == (set(OURS), port())

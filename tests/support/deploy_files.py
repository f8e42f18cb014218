"""The files of deploy/, read."""

import yaml

from bot.settings import Settings
from tests.support.repository import ROOT

DEPLOY = ROOT / "deploy"
SETTINGS = frozenset(name.upper() for name in Settings.model_fields)


def text_of(name: str) -> str:
    """`name`: below deploy/."""
    return (DEPLOY / name).read_text(encoding="utf-8")


def yaml_of(name: str):
    return yaml.safe_load(text_of(name))


def instructions() -> list[tuple[str, str]]:
    """Those of the Dockerfile, each with its arguments on one line."""
    lines = [line for line in text_of("Dockerfile").splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (name, " ".join(rest.split()))
        for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)
    ]


def last_stage() -> list[tuple[str, str]]:
    """What the image is made by, behind its FROM."""
    given = instructions()
    begin = max(place for place, (name, _) in enumerate(given) if name == "FROM")
    return given[begin + 1 :]


def image_environment() -> dict[str, str]:
    pairs = " ".join(rest for name, rest in last_stage() if name == "ENV").split()
    return dict(pair.split("=", 1) for pair in pairs)


def image_user() -> int:
    """The number of the user that the image runs as."""
    (user,) = [rest for name, rest in last_stage() if name == "USER"]
    return int(user.partition(":")[0])

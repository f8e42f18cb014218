"""A new folder works at once, and nothing is ever written over."""

import re
from importlib.resources import files

import pytest

from bot.answering.answer import Language
from bot.answering.answerer import Answerer
from bot.answering.conversation import last_answer
from bot.answering.evaluation import grade, read_questions
from bot.answering.examining import examine
from bot.answering.exceptions import AnsweringError
from bot.answering.knowledge.folder import load
from bot.errors import OperatingError
from bot.operating.new_folder import new_folder
from bot.settings import Settings
from tests.support.reports.small_report import YAML
from tests.support.repository import ROOT


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("report", [None, YAML])
def test_its_knowledge_is_sound_and_answers_its_questions(tmp_path, report, language) -> None:
    folder = tmp_path / "mine" / "bot"
    written = new_folder(folder, report, language)
    assert sorted(written) == sorted(str(path) for path in folder.rglob("*") if path.is_file())
    loaded = load(folder / "knowledge")
    assert [*loaded.problems, *examine(loaded)] == []
    answerer = Answerer(loaded.knowledge)
    graded = list(grade(read_questions(folder / "questions.jsonl"), lambda said: last_answer(answerer, said)))
    assert [one.score for one in graded] == [1] * len(loaded.knowledge.facts)
    assert len((folder / "README.md").read_text(encoding="utf-8").splitlines()) == 10
    names = re.findall(r"^#([A-Z_]+)=", (folder / ".env").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"TELEGRAM_BOT_TOKEN", "ADMIN_IDS"} <= set(names) <= {name.upper() for name in Settings.model_fields}
    assert (folder / ".env").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", [".env", "knowledge", "questions.jsonl", "README.md"])
def test_a_folder_that_has_such_files_is_left_alone(tmp_path, name) -> None:
    (tmp_path / "other").touch()
    (tmp_path / name).symlink_to("nowhere")
    with pytest.raises(OperatingError, match=f"has {re.escape(name)} already"):
        new_folder(tmp_path, None, Language.ENGLISH)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["other", name])


def test_a_report_with_errors_makes_no_folder(tmp_path) -> None:
    for text in ("report: [", "report: {}", YAML.replace("id: schools", "id: 小学")):
        with pytest.raises(AnsweringError, match="the report file has errors"):
            new_folder(tmp_path / "new", text, Language.CHINESE)
    assert not (tmp_path / "new").exists()


def test_the_wheel_has_what_it_is_made_of() -> None:
    excluded = re.search(r"^exclude = (.+?)]", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert excluded[1] == '["*.md"'
    names = [path.name for path in (files("bot.operating") / "templates").iterdir()]
    assert len(names) == 5
    assert [name for name in names if name.endswith(".md")] == []

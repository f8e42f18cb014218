"""Makes a folder for a bot of one's own: settings, knowledge, questions, and ten lines on what to do with them."""

import json
import os
from importlib.resources import files
from pathlib import Path

from bot.answering.answer import Language
from bot.answering.evaluation import QUESTIONS
from bot.answering.exceptions import AnsweringError
from bot.answering.knowledge.document import Document
from bot.answering.knowledge.report_file import ReportFile, read_report
from bot.answering.knowledge.yaml_reader import read_tree
from bot.errors import OperatingError

_KNOWLEDGE = "knowledge"


def new_folder(folder: Path, report: str | None, language: Language) -> list[str]:
    """Writes the files into `folder`, which is made where it is not there, and returns their names.

    `report`: the text of its report file, such as a draft; None for an example. `language`: of what is written for
    people. Raises `OperatingError`, and OSError where the files cannot be written.
    """
    text = _template("example.yaml") if report is None else report
    file = _read(text)
    # Each fact by its label, which is to be asked as people would.
    questions = [{"q": fact.label, "expect": [{"id": fact.id}], "kind": "label"} for fact, _ in file.facts()]
    contents = {
        ".env": _template(f"env.{language}"),
        f"{_KNOWLEDGE}/{file.report.id}.yaml": text,
        QUESTIONS: "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in questions),
        "README.md": _template(f"readme.{language}"),
    }
    must_be_new(folder)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o600 if name == ".env" else 0o644
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as opened:
            opened.write(content)
    return [str(folder / name) for name in contents]


def must_be_new(folder: Path) -> None:
    """Checks that a folder has none of the files. Raises `OperatingError`."""
    there = [name for name in (".env", _KNOWLEDGE, QUESTIONS, "README.md") if os.path.lexists(folder / name)]
    if there:
        raise OperatingError(f"{folder}: has {', '.join(there)} already: name a new folder")


def _read(text: str) -> ReportFile:
    document = Document("report.yaml", text)
    tree, problems = read_tree(document.file, text)
    report = read_report(document, tree) if tree is not None and not problems else problems
    if not isinstance(report, ReportFile):
        raise AnsweringError(f"the report file has errors: {report[0].message}")
    return report


def _template(name: str) -> str:
    return files(__package__).joinpath(f"templates/{name}").read_text(encoding="utf-8")

import dataclasses
import errno
import os
import re
from pathlib import Path

import pytest

from bot.answering.exceptions import AnsweringError, KnowledgeError
from bot.answering.knowledge.folder import Problem, Severity, load, read_knowledge
from tests.support.reports.town_report import REPORT, changed, problems, write

OTHER = (
    REPORT.replace("town-2022", "town-2023").replace("id: firms", "id: firms-2023").replace("id: growth", "id: g-2023")
)


def test_a_missing_folder(tmp_path) -> None:
    folder = tmp_path / "knowlege"
    loaded = load(folder)
    assert loaded.knowledge is None
    message = "no such folder: name the one that holds the knowledge files"
    assert [str(problem) for problem in loaded.problems] == [f"{folder}:1:1: {message}"]


def test_a_file_for_a_folder(tmp_path) -> None:
    file = write(tmp_path, r=REPORT) / "r.yaml"
    (problem,) = load(file).problems
    assert str(problem) == f"{file}:1:1: this is a file: name the folder that holds the knowledge files"


@pytest.mark.parametrize("files", [{}, {"lexicon": "fillers: [请问]"}])
def test_a_folder_without_a_report(tmp_path, files) -> None:
    (problem,) = load(write(tmp_path, **files)).problems
    message = "no report here: put a report file (such as report.yaml) into this folder"
    assert str(problem) == f"{tmp_path}:1:1: {message}"


def test_only_yaml_files_count(tmp_path) -> None:
    write(tmp_path, r=REPORT)
    write(tmp_path / "drafts", r="{")
    (tmp_path / "README.md").write_text("{", encoding="utf-8")
    (tmp_path / ".#r.yaml").symlink_to("nobody@nowhere")
    assert load(tmp_path).problems == ()


def test_two_reports_in_the_order_of_their_names(tmp_path) -> None:
    write(tmp_path, b=REPORT)
    (tmp_path / "a.yml").write_text(OTHER, encoding="utf-8")
    knowledge = read_knowledge(tmp_path)
    assert [report.id for report in knowledge.reports] == ["town-2023", "town-2022"]
    assert [fact.id for fact in knowledge.facts] == ["firms-2023", "g-2023", "firms", "growth"]
    assert knowledge.facts[0].report is knowledge.reports[0]


def test_ids_are_unique_over_all_files(tmp_path) -> None:
    assert problems(tmp_path, a=REPORT, b=OTHER.replace("town-2023", "town-2022").replace("firms-2023", "firms")) == [
        "b.yaml:2:7: the report id 'town-2022' is already used at a.yaml:2:7",
        "b.yaml:12:17: the fact id 'firms' is already used at a.yaml:12:17",
    ]


def test_problems_of_several_files_are_in_the_order_of_files_and_lines(tmp_path) -> None:
    broken = changed("year: 2022", "year: x").replace("id: growth", "id: A")
    found = problems(tmp_path, b=broken, a=broken, c=": [")
    assert [problem.split(": ")[0] for problem in found] == [
        *("a.yaml:5:9", "a.yaml:17:17", "b.yaml:5:9", "b.yaml:17:17", "c.yaml:1:1"),
    ]


def test_the_folder_is_named_as_it_was_given(tmp_path, monkeypatch) -> None:
    write(tmp_path / "known", r="")
    monkeypatch.chdir(tmp_path)
    assert load(Path("known")).problems[0].file == "known/r.yaml"


def test_a_file_of_100_mb(tmp_path) -> None:
    write(tmp_path, r=REPORT, big="")
    os.truncate(tmp_path / "big.yaml", 100 * 1024 * 1024)
    assert problems(tmp_path) == ["big.yaml:1:1: the file is larger than 64 MB: split it"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (REPORT.encode("gb18030"), "3:10: the file is not UTF-8 (byte 0xC4), it looks like GBK: save it as UTF-8"),
        (REPORT.encode("utf-16"), "1:1: the file is UTF-16, not UTF-8: save it as UTF-8"),
        (REPORT.encode() + "末".encode() + b"\xff", "22:2: the file is not UTF-8 (byte 0xFF): save it as UTF-8"),
        (b"a: \x00", "1:4: the character U+0000 cannot be seen and is not allowed: delete it"),
    ],
)
def test_a_wrong_encoding(tmp_path, content, expected) -> None:
    assert problems(tmp_path, r=content) == [f"r.yaml:{expected}"]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path) -> None:
    assert problems(tmp_path, r=b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode()) == []


def test_what_is_no_readable_file(tmp_path) -> None:
    write(tmp_path, r=REPORT)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert problems(tmp_path) == [
        "folder.yaml:1:1: this is a folder, not a file: rename it or take it away",
        "gone.yaml:1:1: this link points to a file that does not exist: repair or remove it",
        f"loop.yaml:1:1: the file cannot be read: {os.strerror(errno.ELOOP)}",
        "pipe.yaml:1:1: this is not an ordinary file: take it away",
    ]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FileNotFoundError(2, "gone"), "no such file: check the name"),
        (PermissionError(13, "denied"), "the file may not be read: check its permissions"),
        (OSError(5, "disk on fire"), "the file cannot be read: disk on fire"),
    ],
)
def test_a_file_that_fails_while_it_is_read(tmp_path, monkeypatch, error, expected) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    write(tmp_path, r=REPORT)
    monkeypatch.setattr(Path, "open", fail)
    assert problems(tmp_path) == [f"r.yaml:1:1: {expected}"]


def test_a_file_name_that_is_no_text(tmp_path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\x1b.yaml"
    with open(path, "wb"):  # noqa: PTH123 (the name is bytes)
        pass
    (problem,) = load(tmp_path).problems
    assert str(problem).encode().endswith(rb"\xff\x1b.yaml:1:1: the file is empty: fill it or take it away")


def test_knowledge_cannot_be_changed(tmp_path) -> None:
    fact = read_knowledge(write(tmp_path, r=REPORT)).facts[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        fact.figure = "1"


def test_reading_knowledge_with_errors_raises_one_line(tmp_path) -> None:
    write(tmp_path, r=changed("year: 2022", "year: x").replace("id: growth", "id: A"))
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/r.yaml:5:9: 'year' must be four digits, from 1900 to 2100 (and 1 more); "
        "run `shushuo check` to see everything"
    )
    assert [problem.line for problem in caught.value.problems] == [5, 17]
    assert isinstance(caught.value, AnsweringError)


def test_what_a_draft_has_left_open_is_warned_of(tmp_path) -> None:
    (problem,) = load(write(tmp_path, r=re.sub("publisher: .*", 'publisher: "?"', REPORT))).problems
    assert problem.severity is Severity.WARNING
    assert problem.message == "'publisher' is not filled in: write who published the report"


def test_reading_knowledge_passes_over_warnings(tmp_path) -> None:
    write(tmp_path, r=changed("增长7%。", "增长7%"))
    assert load(tmp_path).problems[0].severity is Severity.WARNING
    assert len(read_knowledge(tmp_path).facts) == 2


def test_a_problem_as_text() -> None:
    assert str(Problem("r.yaml", 2, 3, "wrong")) == "r.yaml:2:3: wrong"
    assert str(Problem("r.yaml", 2, 3, "odd", Severity.WARNING)) == "r.yaml:2:3: warning: odd"

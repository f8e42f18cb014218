from pathlib import Path

import pytest

from bot.answering.knowledge import snapshot
from bot.answering.knowledge.folder import Loaded, load
from bot.answering.knowledge.snapshot import fingerprint, read_folder, read_with, version_of
from tests.support.reports.town_report import REPORT, changed, write

RICHER = changed("3.6万家，", "3.7万家，").replace("figure: 3.6万家", "figure: 3.7万家").replace("36,000", "37,000")
OTHER = REPORT.replace("town-2022", "town-2023").replace("id: firms", "id: f-2023").replace("id: growth", "id: g-2023")


def test_a_folder(tmp_path) -> None:
    found = read_folder(write(tmp_path, r=REPORT))
    assert found.knowledge == load(tmp_path).knowledge
    assert found.version == version_of(found.knowledge)
    assert found.fingerprint == fingerprint(tmp_path) != ""
    assert (found.problems, found.total) == ((), 0)


def test_a_folder_with_errors_and_warnings_tells_the_errors(tmp_path) -> None:
    found = read_folder(write(tmp_path, r=changed("增长7%。", "增长7%").replace("id: growth", "id: firms")))
    assert found.knowledge is None
    assert found.version == ""
    assert [(problem.line, problem.column) for problem in found.problems] == [(17, 17)]
    assert found.total == 1


def test_warnings_are_told_where_there_are_no_errors(tmp_path) -> None:
    found = read_folder(write(tmp_path, r=changed("增长7%。", "增长7%")))
    assert found.knowledge
    assert [problem.line for problem in found.problems] == [10]


def test_the_fingerprint_follows_the_files_that_count(tmp_path) -> None:
    seen = {fingerprint(write(tmp_path, r=REPORT))}
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".r.yaml.swp").write_text("x", encoding="utf-8")
    (tmp_path / ".r.yaml").write_text("x", encoding="utf-8")
    assert {fingerprint(tmp_path)} == seen
    write(tmp_path, r=RICHER)
    seen.add(fingerprint(tmp_path))
    write(tmp_path, b=OTHER)
    seen.add(fingerprint(tmp_path))
    (tmp_path / "b.yaml").rename(tmp_path / "c.yml")
    seen.add(fingerprint(tmp_path))
    (tmp_path / "gone.yaml").symlink_to("nowhere")
    seen.add(fingerprint(tmp_path))
    seen.add(fingerprint(tmp_path / "nowhere"))
    assert len(seen) == 6
    assert "" in seen


def test_files_that_change_while_they_are_read_are_read_again(tmp_path, monkeypatch) -> None:
    write(tmp_path, r=REPORT)
    texts = iter(["report: [", RICHER])

    def load_while_somebody_writes(folder: Path) -> Loaded:
        loaded = load(folder)
        if text := next(texts, None):
            write(tmp_path, r=text, b=OTHER)
        return loaded

    monkeypatch.setattr(snapshot, "load", load_while_somebody_writes)
    found = read_folder(tmp_path)
    assert [fact.figure for fact in found.knowledge.facts if fact.id == "firms"] == ["3.7万家"]
    assert len(found.knowledge.reports) == 2


def test_files_that_never_stop_changing_are_refused(tmp_path, monkeypatch) -> None:
    write(tmp_path, r=REPORT)
    sizes = iter(range(1, 1000))

    def load_while_somebody_writes(folder: Path) -> Loaded:
        loaded = load(folder)
        (tmp_path / "r.yaml").write_text(REPORT + "\n" * next(sizes), encoding="utf-8")
        return loaded

    monkeypatch.setattr(snapshot, "load", load_while_somebody_writes)
    found = read_folder(tmp_path)
    assert found.knowledge is None
    message = "its files change while they are read: reload when they are saved"
    assert [str(problem) for problem in found.problems] == [f"{tmp_path}:1:1: {message}"]


@pytest.mark.parametrize("ending", ["yaml", "yml"])
def test_a_document_takes_the_place_of_the_file_with_its_report(tmp_path, ending) -> None:
    write(tmp_path, other=OTHER)
    (tmp_path / f"any-name.{ending}").write_text(REPORT, encoding="utf-8")
    found = read_with(RICHER.encode(), tmp_path)
    assert (found.name, found.replaces) == (f"any-name.{ending}", True)
    assert [fact.figure for fact in found.knowledge.facts] == ["3.7万家", "7%", "3.6万家", "7%"]
    assert found.fingerprint == fingerprint(tmp_path)
    assert load(tmp_path).knowledge != found.knowledge


def test_a_file_with_errors_is_repaired_by_one_of_its_name(tmp_path) -> None:
    write(tmp_path, **{"town-2022": "report: [", "other": OTHER})
    found = read_with(REPORT.encode(), tmp_path)
    assert (found.name, found.replaces) == ("town-2022.yaml", True)
    assert found.knowledge


def test_a_name_that_is_taken_by_another_report(tmp_path) -> None:
    write(tmp_path, **{"town-2023": REPORT})
    found = read_with(OTHER.encode(), tmp_path)
    assert found.knowledge is None
    assert str(found.problems[0]).startswith(f"{tmp_path}/town-2023.yaml:1:1: a file of another kind is called ")


def test_a_report_is_never_called_as_the_lexicon(tmp_path) -> None:
    found = read_with(OTHER.replace("town-2023", "lexicon").encode(), write(tmp_path, r=REPORT))
    assert found.knowledge is None
    assert "lexicon.yaml already" in str(found.problems[0])


def test_errors_between_a_document_and_the_folder_name_the_files_as_they_would_be(tmp_path) -> None:
    found = read_with(OTHER.replace("f-2023", "firms").encode(), write(tmp_path, r=REPORT))
    assert [str(problem) for problem in found.problems] == [
        f"{tmp_path}/town-2023.yaml:12:17: the fact id 'firms' is already used at {tmp_path}/r.yaml:12:17"
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (changed("year: 2022", "year: x"), "document.yaml:5:9: 'year' must be four digits"),
        ("report: [", "document.yaml:2:1: "),
        ("", "document.yaml:1:1: "),
        (changed("id: town-2022", "id: ../../town"), "document.yaml:2:7: "),
        ("fillers: [请问]", "document.yaml:1:1: "),
        (b"\xff\xfe", "document.yaml:1:1: the file is UTF-16"),
    ],
)
def test_a_document_with_errors_of_its_own(tmp_path, document, expected) -> None:
    content = document if isinstance(document, bytes) else document.encode()
    found = read_with(content, write(tmp_path, r=REPORT))
    assert found.knowledge is None
    assert str(found.problems[0]).startswith(expected)
    assert found.name == ""


def test_a_document_for_a_folder_that_is_gone(tmp_path) -> None:
    found = read_with(REPORT.encode(), tmp_path / "gone")
    assert found.knowledge
    assert (found.name, found.replaces, found.fingerprint) == ("town-2022.yaml", False, "")

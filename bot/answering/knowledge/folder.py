"""Loading a knowledge folder: every file read, put into its form and checked."""

from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bot.answering.exceptions import KnowledgeError

from .checks import check_lexicon, check_reports
from .document import Document, PendingProblem, limited, located
from .model import Knowledge, Lexicon
from .problem import MOST_PROBLEMS, Problem, Severity
from .report_file import ReportFile, read_lexicon, read_report
from .text_file import problem_of, read_text, shown
from .yaml_reader import read_tree

LEXICON = "lexicon.yaml"


class Loaded(NamedTuple):
    """What a folder holds: `knowledge` is None where one of the problems is an error.

    `files`: the reports with their places in the files, but for those whose form is not good. `reports`: how many there
    are in all.
    """

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]
    files: tuple[ReportFile, ...] = ()
    reports: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the knowledge from being used."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def read_knowledge(folder: Path) -> Knowledge:
    """The knowledge of a folder, warnings set aside. Raises `KnowledgeError` where it has errors."""
    loaded = load(folder)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.errors)
    return loaded.knowledge


def load(folder: Path) -> Loaded:
    """The knowledge of a folder and all its problems, in the order of the files and of the lines in them.

    Never raises for what is in the folder; `problems` name files as `folder` names the folder.
    """
    paths = _files(folder)
    return Loaded(None, (paths,)) if isinstance(paths, Problem) else _loaded(paths)


def load_file(path: Path) -> Loaded:
    """The knowledge of one report file and all its problems."""
    return _loaded([path])


def counts(path: Path) -> bool:
    """Whether loading looks at a file of a folder; the hidden ones are editors' locks and backups."""
    return path.suffix in {".yaml", ".yml"} and not path.name.startswith(".")


def _files(folder: Path) -> list[Path] | Problem:
    """The files that count, in the order of their names."""
    try:
        paths = sorted(path for path in folder.iterdir() if counts(path))
    except FileNotFoundError:
        return problem_of(folder, "no such folder: name the one that holds the knowledge files")
    except NotADirectoryError:
        return problem_of(folder, "this is a file: name the folder that holds the knowledge files")
    except OSError as error:
        return problem_of(folder, f"the folder cannot be read: {error.strerror or type(error).__name__}")
    if all(path.name == LEXICON for path in paths):
        return problem_of(folder, "no report here: put a report file (such as report.yaml) into this folder")
    return paths


def _loaded(paths: list[Path]) -> Loaded:
    problems: list[Problem] = []
    pending: list[PendingProblem] = []
    files: list[ReportFile] = []
    lexicon = Lexicon()
    for path in paths:
        if len(problems) + len(pending) >= MOST_PROBLEMS:
            break
        text = read_text(path)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        document = Document(shown(path), text)
        content, wrong = read_tree(document.file, text)
        problems += wrong
        if content is None:
            continue
        read = read_lexicon(document, content) if path.name == LEXICON else read_report(document, content)
        if isinstance(read, list):
            pending += read
        elif isinstance(read, Lexicon):
            pending += limited(check_lexicon(document, read))
            lexicon = read
        else:
            files.append(read)
    problems += located(limited(chain(pending, check_reports(files))))
    order = {shown(path): index for index, path in enumerate(paths)}
    problems.sort(key=lambda problem: (order[problem.file], problem.line, problem.column, problem.message))
    reports = tuple(file.report for file in files)
    facts = tuple(fact for file in files for fact, _ in file.facts())
    loaded = Loaded(
        Knowledge(reports, facts, lexicon), tuple(problems), tuple(files), sum(path.name != LEXICON for path in paths)
    )
    return loaded._replace(knowledge=None) if loaded.errors else loaded

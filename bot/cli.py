"""The commands. What they do lives elsewhere; here is who does it, and what their errors say."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering.exceptions import AnsweringError
from bot.arguments import WRONG_USAGE, Run, parser
from bot.errors import OperatingError, UsageError
from bot.terminal.streams import input_lines, make_output_safe, printable, show, write_utf_8

# Each command imports what it needs when it runs: `shushuo ask` is to start fast, without Telegram and the database.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer

    from .settings import Settings

DONE, NOT_SO, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; raises SystemExit for --help and for arguments that are none."""
    make_output_safe()
    try:
        options = parser(_COMMANDS, _run_or_chat, _version).parse_args(arguments)
        code: int = options.command(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        _drop_output()
        return NOT_SO
    except OSError as error:
        return _complain(f"{error.filename or 'output'}: {error.strerror}")
    except (UsageError, AnsweringError) as error:
        return _complain(str(error))
    except OperatingError as error:
        return _complain(str(error), NOT_SO)
    return code


def _ask(options: argparse.Namespace) -> int:
    # What reading and indexing make lives to the end; looking through it, now and at the end, is a sixth of the time
    # that one answer takes.
    gc.disable()
    from bot.answering.conversation import Conversation
    from bot.terminal.rendering import answer_json, answer_text, examples_of, explanation_text

    answerer = _answerer(_knowledge_folder(options))
    knowledge, examples = answerer.knowledge, partial(examples_of, answerer)
    told = answer_json if options.json else answer_text
    gc.freeze()
    gc.enable()
    if options.json:
        write_utf_8()
    for question in options.questions or input_lines():
        answer = Conversation(answerer).reply(question, 0.0)
        show(told(answer, knowledge, examples))
        if options.explain:  # beside the JSON, which stays one object a line
            show(explanation_text(answerer.explain(question)), error=options.json)
    return DONE


def _chat(options: argparse.Namespace) -> int:
    return _converse(_knowledge_folder(options), json=options.json)


def _chart(options: argparse.Namespace) -> int:
    from bot.terminal.charting import write_chart

    _must_be_new(options.out)
    line = write_chart(_answerer(_knowledge_folder(options)), options.question, options.out)
    if line is None:
        how = "ask for all of a kind, as 列出所有增速 does"
        return _complain(f"the answer has no three values to compare; {how}", NOT_SO)
    show(line)
    return DONE


def _run(options: argparse.Namespace) -> int:
    return _serve(_settings(options))


def _run_or_chat(options: argparse.Namespace) -> int:
    settings = _settings(options)
    return _serve(settings) if settings.telegram_bot_token else _converse(settings.knowledge_dir)


def _check(options: argparse.Namespace) -> int:
    from bot.answering.evaluation import question_files
    from bot.answering.examining import examine, fact_rows
    from bot.answering.knowledge.folder import load
    from bot.answering.knowledge.problem import Severity
    from bot.terminal.checking import counts_text, fact_json, next_step, problem_json, table_lines
    from bot.terminal.drafting import compare

    if options.article and not options.article.is_file():
        raise UsageError(f"{options.article}: there is no such file; give the text of the article")
    folder = _knowledge_folder(options)
    loaded = load(folder)
    if options.json:
        write_utf_8()
    if options.facts and loaded.knowledge:
        rows = fact_rows(loaded)
        for line in map(fact_json, rows) if options.json else table_lines(rows):
            show(line)
        return DONE
    problems = [*loaded.problems, *examine(loaded), *(compare(loaded, options.article) if options.article else ())]
    for problem in problems:
        show(problem_json(problem) if options.json else printable(str(problem)))
    if not options.json:
        show(counts_text(loaded, problems))
        show(next_step(problems, compared=options.article is not None, graded=bool(question_files(folder))))
    return NOT_SO if any(problem.severity is Severity.ERROR for problem in problems) else DONE


def _draft(options: argparse.Namespace) -> int:
    from bot.drafting.articles.details import Details
    from bot.terminal.drafting import counts_text, draft_article

    if options.out:
        _must_be_new(options.out)
    wanted = Details(options.id, options.title, options.subject, options.year, options.publisher)
    made = draft_article(options.article, wanted, options.like)
    if options.out:
        with options.out.open("x", encoding="utf-8") as file:
            file.write(made.text)
    else:
        write_utf_8()
        show(made.text.rstrip("\n"))
    show(counts_text(made), error=not options.out)
    return DONE


def _eval(options: argparse.Namespace) -> int:
    from bot.answering.conversation import last_answer
    from bot.answering.evaluation import grade, read_questions, rows_by_kind, shortfalls, totals
    from bot.terminal.checking import missed_lines, score_lines

    questions = read_questions(options.questions)
    answerer = _answerer(_knowledge_folder(options))
    graded = list(grade(questions, partial(last_answer, answerer)))
    kinds, sums = rows_by_kind(graded), totals(graded)
    short = shortfalls([*kinds, *sums], dict(options.min))
    for line in (*score_lines(kinds, sums), *(missed_lines(graded) if options.missed else ()), *short):
        show(line)
    return NOT_SO if short else DONE


def _new(options: argparse.Namespace) -> int:
    from bot.drafting.articles.details import Details
    from bot.operating.new_folder import must_be_new, new_folder
    from bot.terminal.drafting import counts_text, draft_article
    from bot.terminal.session import menus_locale

    must_be_new(options.folder)
    made = draft_article(options.article, Details(year=options.year)) if options.article else None
    for name in new_folder(options.folder, made.text if made else None, menus_locale().language):
        show(printable(name))
    if made:
        show(counts_text(made))
    return DONE


def _suggest(options: argparse.Namespace) -> int:
    from bot.answering.knowledge.folder import read_knowledge
    from bot.answering.suggesting import suggestions
    from bot.operating.bot_memory import asked_in_vain
    from bot.terminal.checking import suggestion_lines

    folder = _knowledge_folder(options)
    knowledge = read_knowledge(folder)
    asked = asked_in_vain(_database_url(options), options.days)
    for line in suggestion_lines(suggestions(knowledge, asked, folder), len(asked), options.days):
        show(line)
    return DONE


def _announce(options: argparse.Namespace) -> int:
    from bot.operating.bot_memory import announce, fact_payload, listed, text_of, text_payload

    settings = _settings(options)
    if options.list:
        lines, done = listed(settings), True
    else:
        text = text_of(options.file) if options.file else options.text
        payload = text_payload(text) if options.fact is None else fact_payload(settings, options.fact)
        lines, done = announce(settings, payload, options.at, silent=options.silent, dry_run=options.dry_run)
    for line in lines:
        show(line)
    return DONE if done else NOT_SO


def _rehearse(options: argparse.Namespace) -> int:
    from bot.rehearsal.rehearsing import rehearse

    host, port = options.listen
    return rehearse(host, port, _knowledge_folder(options), options.data)


def _backup(options: argparse.Namespace) -> int:
    from bot.operating.copies import backup

    show(printable(backup(_database_url(options), options.file)))
    return DONE


def _migrate_database(options: argparse.Namespace) -> int:
    from bot.operating.copies import migrate_database

    for line in migrate_database(options.source, options.target):
        show(printable(line))
    return DONE


def _version(_: argparse.Namespace) -> int:
    from bot import version

    show(f"shushuo {version()}")
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    from bot.operating.doctor import examine

    has_errors = False
    for finding in examine(options.knowledge):
        show(printable(str(finding)))
        has_errors |= finding.level == "error"
    return NOT_SO if has_errors else DONE


def _database_url(options: argparse.Namespace) -> str:
    """Whatever is wrong with the other settings: a backup is to be made without a token, too."""
    from .settings import ENV_FILE, examine_settings

    settings, problems = examine_settings(options.knowledge)
    for name in (str(ENV_FILE), "DATABASE_URL"):
        if name in problems:
            raise UsageError(problems[name])
    return settings.database


def _settings(options: argparse.Namespace) -> Settings:
    from .settings import load_settings

    return load_settings(options.knowledge)


def _serve(settings: Settings) -> int:
    gc.disable()  # what is imported lives to the end: looking through it would be a sixth of the start
    from .serving.service import run

    gc.freeze()
    gc.enable()
    return run(settings)


def _converse(folder: Path, *, json: bool = False) -> int:
    from bot.terminal.session import chat, chat_json

    (chat_json if json else chat)(_answerer(folder))
    return DONE


def _answerer(folder: Path) -> Answerer:
    from bot.answering.answerer import Answerer
    from bot.answering.knowledge.folder import read_knowledge

    return Answerer(read_knowledge(folder))


_WITH_KNOWLEDGE = (_chat, _ask, _chart, _check, _draft, _eval, _new, _suggest)
_WITH_TELEGRAM = (_run, _announce, _rehearse, _doctor, _backup, _migrate_database)
# By their names: `migrate-database` runs `_migrate_database`.
_COMMANDS: dict[str, Run] = {
    run.__name__.strip("_").replace("_", "-"): run for run in (*_WITH_KNOWLEDGE, *_WITH_TELEGRAM)
}


def _knowledge_folder(options: argparse.Namespace) -> Path:
    """The folder with the reports, as in `bot.settings`, whose import would take longer than answering does."""
    folder = options.knowledge or os.environ.get("KNOWLEDGE_DIR")
    if not folder and Path(".env").is_file():
        from dotenv import dotenv_values

        try:
            folder = dotenv_values(".env", encoding="utf-8-sig").get("KNOWLEDGE_DIR")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(".env: cannot be read; write it as UTF-8 text, one NAME=value a line") from error
    return Path(folder or "knowledge")


def _must_be_new(file: Path) -> None:
    if file.exists():
        raise UsageError(f"{file}: is there already, and is not overwritten: name another file")


def _complain(message: str, code: int = WRONG_USAGE) -> int:
    _drop_output()
    show(f"shushuo: {printable(message)}", error=True)
    return code


def _drop_output() -> None:
    """What is left in the buffer cannot be written; without this, the interpreter would try once more as it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

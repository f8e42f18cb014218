"""The arguments of the commands: what they are called, what they take, and what a wrong one says."""

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from bot.terminal.streams import printable

Run = Callable[[argparse.Namespace], int]
WRONG_USAGE = 2


class Parser(argparse.ArgumentParser):
    """Takes --knowledge, and has errors of one line, as all errors here are."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        # Every argument that is added asks for a formatter, which without a width imports much to find the terminal's.
        super().__init__(formatter_class=partial(argparse.HelpFormatter, width=80), **options)
        folder = "the folder with the reports (default: KNOWLEDGE_DIR, else knowledge)"
        self.add_argument("--knowledge", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=folder)

    def format_help(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.prog}: {printable(message)}; see {self.prog} --help\n")


def parser(commands: Mapping[str, Run], otherwise: Run, version: Run) -> Parser:
    """The parser of the whole command line. `commands`: what each name runs; `otherwise`: what no command runs."""
    whole = Parser(
        prog="shushuo",
        description="Answers questions about a published report in the report's own figures. "
        "Without a command: run where a Telegram token is set, else chat.",
        epilog="Exit codes: 0 done; 1 what was asked for is not so; 2 wrong usage or configuration.",
        allow_abbrev=False,
    )
    whole.set_defaults(command=otherwise, knowledge=None)
    whole.add_argument("--version", action="store_const", dest="command", const=version, help="print the version")
    # `prog` is what argparse would find by itself, but it would import the formatter of the help to find it.
    subparsers = whole.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser, prog=whole.prog)

    def add(name: str, summary: str, note: str = "") -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}. {note}"
        command: Parser = subparsers.add_parser(name, help=summary, description=description, allow_abbrev=False)
        command.set_defaults(command=commands[name])
        return command

    add("run", "serve Telegram", "Settings come from the environment and .env.")
    chat = add("chat", "answer in the terminal", "Type /help there; leave with /quit, Ctrl-D or Ctrl-C.")
    chat.add_argument("--json", action="store_true", help="a message a line in, a JSON object a line out")
    describe_ask(add("ask", "answer the questions given, or one a line from standard input"))
    chart = add("chart", "draw the comparable values of an answer", "Exit code 1 where it has fewer than three.")
    chart.add_argument("question", metavar="QUESTION", help="one that several values answer: a list, or several things")
    chart.add_argument("--out", type=Path, required=True, metavar="FILE.png", help="a new file for the picture")
    describe_check(add("check", "validate the knowledge", "Exit code 1 where it has an error; warnings are none."))
    describe_draft(add("draft", "write the first version of a report file from an article"))
    describe_eval(add("eval", "grade the answers to a file of questions", "Prints a row a kind, and the totals."))
    new = add("new", "make a folder for a bot of your own", "Writes over nothing.")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="a new one, or one without such files")
    new.add_argument("article", type=Path, nargs="?", metavar="ARTICLE", help="to draft its report from")
    new.add_argument("--year", type=year, metavar="YEAR", help="the year that it tells of; else what the text says")
    proposes = "propose synonyms that would have answered what was asked in vain"
    suggest = add("suggest", proposes, "Changes nothing.")
    suggest.add_argument("--days", type=int, default=30, metavar="N", help="of the last N days (default: 30)")
    queues = "queue an announcement to all who have subscribed"
    describe_announce(add("announce", queues, "Works whether the bot runs or not."))
    apart = "Nothing leaves this machine. The settings are the rehearsal's own, and the knowledge is a copy."
    rehearse = add("rehearse", "meet the whole bot in a browser, without Telegram", apart)
    where = "where the page is (default: 127.0.0.1:8090); other machines need the key in the address that is printed"
    rehearse.add_argument("--listen", type=listen, default="127.0.0.1:8090", metavar="HOST:PORT", help=where)
    data = "keep the database and the copy of the knowledge in DIR/rehearsal (default: in a temporary folder)"
    rehearse.add_argument("--data", type=Path, metavar="DIR", help=data)
    examined = "the settings, Telegram, the database, the knowledge, the clock and the disk"
    add("doctor", f"examine {examined}", "Changes nothing. Exit code 1 where there is an error.")
    backup = add("backup", "copy the SQLite database to a file", "The bot may run meanwhile.")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new one, or an older backup, which is replaced")
    migrate = add("migrate-database", "copy one database to another, empty one", "Stop the bot before.")
    for name, metavar in (("source", "FROM"), ("target", "TO")):
        migrate.add_argument(name, metavar=metavar, help="an address as DATABASE_URL has it")
    return whole


def describe_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help="each argument is one question")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    explain = "show which words matched what (with --json: on standard error)"
    parser.add_argument("--explain", action="store_true", help=explain)


def describe_check(parser: argparse.ArgumentParser) -> None:
    article = "compare with the printed text too: every sentence verbatim, every number told or left out on purpose"
    parser.add_argument("--article", type=Path, metavar="FILE", help=article)
    parser.add_argument("--facts", action="store_true", help="print how each fact is read, unless there are errors")
    parser.add_argument("--json", action="store_true", help="print one JSON object a problem or fact, and no counts")


def describe_draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", type=Path, metavar="ARTICLE", help="a .txt, .md, .html, .docx or .pdf file")
    for name in ("id", "title", "subject", "publisher"):
        parser.add_argument(f"--{name}", metavar=name.upper(), help=f"the report's {name}; else what the text says")
    parser.add_argument("--year", type=year, metavar="YEAR", help="the year that it tells of; else what the text says")
    parser.add_argument("--like", type=Path, metavar="FILE", help="an older report: what recurs keeps its id and names")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it, a new file (default: print it)")


def describe_eval(parser: argparse.ArgumentParser) -> None:
    lines = 'lines like {"q": "...", "expect": [{"figure": "...", "sentence": "...", "id": "..."}], "kind": "..."}'
    least = "exit code 1 where a total or kind, such as right or claim, scores less; may be repeated"
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help=lines)
    parser.add_argument("--min", type=minimum, action="append", default=[], metavar="KEY=VALUE", help=least)
    parser.add_argument("--missed", action="store_true", help="list the missed questions with what was answered")


def describe_announce(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--fact", metavar="ID", help="a fact as a card, for each chat in its language")
    what.add_argument("--text", metavar="TEXT", help="a plain text of at most 4096 characters")
    what.add_argument("--file", type=Path, metavar="FILE", help="the text of a UTF-8 file")
    what.add_argument("--list", action="store_true", help="list the last announcements and what became of them")
    moment = 'when, such as "2026-12-01 09:00" in the time zone of TIMEZONE (default: now)'
    parser.add_argument("--at", metavar="TIME", help=moment)
    parser.add_argument("--silent", action="store_true", help="send without a sound")
    parser.add_argument("--dry-run", action="store_true", help="print what would be sent, and queue nothing")


def year(text: str) -> int:
    if not (text.isdigit() and len(text) == len("2030")):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write four digits such as 2030")
    return int(text)


def listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write HOST:PORT such as 127.0.0.1:8090")
    return host, int(port)


def minimum(text: str) -> tuple[str, float]:
    key, _, value = text.partition("=")
    try:
        least = float(value)
    except ValueError:
        least = -1
    if not key or not 0 <= least <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no minimum; write KEY=VALUE such as right=0.95")
    return key, least

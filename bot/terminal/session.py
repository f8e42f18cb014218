"""A conversation over standard input and output: with line editing at a terminal, line by line in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from time import monotonic

from bot.answering.answer import Answer, Language, Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation
from bot.answering.knowledge.model import Fact
from bot.chat.texts import Locale, locale_for, locale_of, locale_of_reply

from .rendering import (
    PLAIN,
    Style,
    answer_json,
    answer_lines,
    examples_of,
    fact_lines,
    label,
    numbered_lines,
    say,
    style_for,
)
from .streams import input_lines, printable, show, write_utf_8

Lines = list[str]
Section = tuple[Fact, ...]


def menus_locale() -> Locale:
    """The locale of the shell where it names a language; simplified Chinese, the report's language, elsewhere."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = named.partition(".")[0]
    return Locale.SIMPLIFIED if code.casefold() in ("", "c", "posix") else locale_of(code)


def chat(answerer: Answerer) -> None:
    """Converses until /quit, the end of the input, or Ctrl-C."""
    session = Session(Partner(answerer), menus_locale(), style_for(sys.stdout))
    try:
        lines = input_lines()
        if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            from .prompting import typed_lines  # noqa: PLC0415 - line editing is slow to import, and a pipe needs none

            _show(session.greeting())
            lines = typed_lines(lambda: session.prompt)
        for line in lines:
            reply = session.reply(line)
            if reply is None:
                break
            _show(reply)
    except KeyboardInterrupt:
        _show([])


def chat_json(answerer: Answerer) -> None:
    """Answers each line of standard input in a line of JSON, until it ends."""
    write_utf_8()
    partner = Partner(answerer)
    for line in input_lines():
        show(answer_json(partner.answer(line), partner.knowledge, partner.examples))


def _show(lines: list[str]) -> None:
    if lines:
        show("\n".join([*lines, ""]))


class Partner:
    """Answers in a session: by the clock, from one knowledge, remembering what was said before."""

    def __init__(self, answerer: Answerer) -> None:
        self.knowledge = answerer.knowledge
        self.examples = partial(examples_of, answerer)
        self._conversation = Conversation(answerer)

    def answer(self, text: str) -> Answer:
        """The answer to a line."""
        return self._conversation.reply(text, monotonic())

    def chosen(self, fact: Fact) -> None:
        """Has the conversation go on from a fact that was picked."""
        self._conversation.chosen(fact.id, monotonic())


class Session:
    """Remembers the locale and the last list that was shown, so that a number picks from it.

    `menus`: the locale of everything but answers, which follow their questions, until /lang fixes both.
    """

    def __init__(self, partner: Partner, menus: Locale, style: Style = PLAIN) -> None:
        self._partner = partner
        self._reports = partner.knowledge.reports
        self._facts = partner.knowledge.facts
        self._menus = menus
        self._fixed: Locale | None = None
        self._last = menus  # the locale of the last answer
        self._style = style
        self._picks: tuple[Callable[[], Lines], ...] = ()
        self._listed = menus

    @property
    def prompt(self) -> str:
        return say(self._menus, "prompt")

    def greeting(self) -> Lines:
        """What the report is, and questions that it answers."""
        titles = say(self._menus, "comma").join(printable(report.title) for report in self._reports)
        examples = [f"  {example}" for example in self._partner.examples(self._menus)]
        hint = [say(self._menus, "hint"), *examples] if examples else []
        return [
            *say(self._menus, "greeting", titles=titles).splitlines(),
            *hint,
            *say(self._menus, "help").splitlines(),
        ]

    def reply(self, line: str) -> Lines | None:
        """The lines to show, or None to leave."""
        text = line.strip()
        if not text:
            return []
        if text.startswith("/"):
            return self._command(*text.split(maxsplit=1))
        number = _number(text)
        if number is not None and 0 < number <= len(self._picks):
            return self._picks[number - 1]()
        # Digits of a number that can only be meant for the list; a longer one may be a figure that is asked about.
        if number is not None and self._picks and len(text) <= 2:
            return [say(self._listed, "no_pick", count=len(self._picks))]
        return self._ask(line)

    def _command(self, command: str, argument: str = "") -> Lines | None:
        match command.casefold():
            case "/quit":
                return None
            case "/help":
                return say(self._menus, "help").splitlines()
            case "/lang":
                return self._speak(argument.casefold())
            case "/topics":
                return self._topic(argument) if argument else self._topics()
            case _:
                return [say(self._menus, "no_command", command=printable(command))]

    def _speak(self, code: str) -> Lines:
        if code not in tuple(Language):
            return [say(self._menus, "languages")]
        self._menus = self._fixed = locale_for(Language(code), self._menus)
        return [say(self._menus, "language")]

    def _ask(self, question: str) -> Lines:
        answer = self._partner.answer(question)
        if any(map(str.isalpha, question)):  # a mere number is of no language
            self._last = locale_of_reply(answer, self._menus)
        locale = self._fixed or self._last
        offered = answer.nearest if answer.outcome is Outcome.NONE else [match.fact for match in answer.matches]
        lines = answer_lines(
            answer, self._partner.knowledge, locale=locale, style=self._style, examples=self._partner.examples
        )
        if answer.outcome is Outcome.TALK or (answer.outcome is Outcome.ANSWER and len(answer.listed) < 2):
            self._picks = ()
            return lines
        has_more = answer.first + len(offered) < len(answer.listed)
        return [*lines, *self._offer(offered, locale), *([say(locale, "more")] if has_more else [])]

    def _offer(self, facts: Sequence[Fact], locale: Locale) -> Lines:
        self._picks, self._listed = tuple(partial(self._pick, fact, locale) for fact in facts), locale
        return [say(locale, "pick")] if facts else []

    def _pick(self, fact: Fact, locale: Locale) -> Lines:
        self._partner.chosen(fact)
        return fact_lines(fact, locale, self._style)

    def _topics(self) -> Lines:
        sections = self._sections()
        self._picks, self._listed = tuple(partial(self._list, section) for section in sections), self._menus
        lines = []
        for number, section in enumerate(sections, 1):
            title = printable(section[0].section)
            if len(self._reports) > 1:
                title = f"《{printable(section[0].report.title)}》 {title}"
            labels = say(self._menus, "comma").join(label(fact, self._menus) for fact in section)
            lines.append(f"  {number}. {say(self._menus, 'topic', section=title, count=len(section))}")
            lines.append(f"     {self._style.faint}{labels}{self._style.end}")
        return [*lines, say(self._menus, "pick")]

    def _topic(self, argument: str) -> Lines:
        sections = self._sections()
        number = _number(argument.strip())
        if number is None or not 0 < number <= len(sections):
            return [say(self._menus, "no_topic", count=len(sections))]
        return self._list(sections[number - 1])

    def _list(self, section: Section) -> Lines:
        lines = numbered_lines(section, self._menus, self._style)
        return [printable(section[0].section), *lines, *self._offer(section, self._menus)]

    def _sections(self) -> list[Section]:
        return [tuple(facts) for _, facts in groupby(self._facts, lambda fact: (fact.report.id, fact.section))]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None

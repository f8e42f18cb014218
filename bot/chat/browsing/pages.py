"""The pages that people leaf through: sections, the facts of a section, a fact. Each is one message."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answering.knowledge.model import Fact
from bot.chat.buttons import key_of
from bot.chat.callback_data import CallbackData, Chosen, FactPageButton, ListButton, Listed
from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import cut, one_line, units
from bot.chat.rendering import facts as stated
from bot.chat.rendering import figure, label, report_line
from bot.chat.replies import Reply
from bot.chat.texts import Locale, texts

from .contents import Contents, Section, paged
from .sharing import Sharing

_LONGEST_TEXT: Final = 60
_LONGEST_FIGURE: Final = 24
_LONGEST_ID: Final = 64
_MOST_NEIGHBOURS: Final = 20

Row = list[InlineKeyboardButton]


class Pages:
    """Makes every page from the contents; `choose` picks a fact by chance."""

    def __init__(
        self, contents: Contents, sharing: Sharing, choose: Callable[[Sequence[Fact]], Fact] = secrets.choice
    ) -> None:
        self._contents = contents
        self._sharing = sharing
        self._choose = choose

    def of_list(self, button: ListButton, locale: Locale) -> Reply | None:
        """The page that a button leads to; None where the knowledge no longer has it."""
        if button.listed is Listed.SECTIONS:
            return self.topics(locale, button.page)
        section = self._contents.section(button.key)
        return self._section(section, button.page, locale) if section else None

    def of_fact(self, button: FactPageButton, locale: Locale) -> Reply | None:
        """The page that a button leads to; None where the knowledge no longer has it."""
        if button.chosen is Chosen.RANDOM:
            return self.random(locale, but=button.key)
        fact = self._contents.fact(button.key)
        return self.fact(fact, locale) if fact else None

    def topics(self, locale: Locale, number: int = 0) -> Reply:
        """The sections of one report; every page that does not fit one message has a next one."""
        pages = self._contents.pages
        if not pages:
            return Reply.plain(texts(locale)("browse-empty"))
        number = min(number, len(pages) - 1)
        page = pages[number]
        rows = [[_to_section(section, locale)] for section in page]
        heading = [Piece(report_line(page[0].report, locale), ("b",))]
        return _reply(
            [*heading, Piece(f"\n\n{texts(locale)('browse-sections')}")],
            [
                *rows,
                _neighbour_pages(ListButton(Listed.SECTIONS, locale.language), number, len(pages), locale),
            ],
        )

    def fact(self, fact: Fact, locale: Locale, *, by_chance: bool = False) -> Reply:
        """The fact with its source, its id, and the other facts of its sentence."""
        neighbours = self._contents.neighbours(fact)[:_MOST_NEIGHBOURS]
        say = texts(locale)
        pieces = [
            *stated([fact], locale),
            Piece(f"\n\n{say('browse-id')} "),
            Piece(cut(one_line(fact.id), _LONGEST_ID), ("code",)),
        ]
        if neighbours:
            pieces.append(Piece(f"\n\n{say('browse-neighbours')}"))
        another = FactPageButton(Chosen.RANDOM, locale.language, key_of(fact))
        rows = [[_to_fact(other, locale)] for other in neighbours]
        rows += [[_button(say("browse-another"), another)]] if by_chance else []
        rows.append([self._back(fact, locale), self._sharing.button((fact,), locale)])
        return _reply(pieces, rows)

    def random(self, locale: Locale, but: str = "") -> Reply:
        """A fact by chance, other than the one whose key is `but` where there is another."""
        facts = self._contents.facts
        others = [fact for fact in facts if key_of(fact) != but] or facts
        if not others:
            return self.topics(locale)
        return self.fact(self._choose(others), locale, by_chance=True)

    def which_id(self, locale: Locale) -> Reply:
        """How to write /fact, with an id of the knowledge as an example."""
        facts = self._contents.facts
        if not facts:
            return self.topics(locale)
        return Reply.plain(texts(locale)("browse-which-id", id=facts[0].id))

    def unknown(self, id_: str, locale: Locale) -> Reply:
        """That no fact has this id, and the facts whose ids are most like it."""
        say = texts(locale)
        like = self._contents.like(id_)
        asked = cut(one_line(id_), _LONGEST_ID)
        offer = say("browse-like") if like else say("browse-see-topics")
        rows = [[_to_fact(fact, locale)] for fact in like]
        return _reply([Piece(f"{say('browse-no-such-id', id=asked)} {offer}")], rows)

    def _section(self, section: Section, number: int, locale: Locale) -> Reply:
        pages = paged(section.facts)
        number = min(number, len(pages) - 1)
        say = texts(locale)
        pieces = [
            Piece(cut(one_line(section.title), 4 * _LONGEST_TEXT), ("b",)),
            Piece(f"\n{report_line(section.report, locale)}\n\n{say('browse-facts', count=len(section.facts))}"),
        ]
        topics = ListButton(Listed.SECTIONS, locale.language, self._contents.page_of(section))
        return _reply(
            pieces,
            [
                *([_to_fact(fact, locale)] for fact in pages[number]),
                _neighbour_pages(_list_of(section, locale), number, len(pages), locale),
                [_button(say("browse-back-to-topics"), topics)],
            ],
        )

    def _back(self, fact: Fact, locale: Locale) -> InlineKeyboardButton:
        section = self._contents.section_of(fact)
        number = next(number for number, page in enumerate(paged(section.facts)) if fact in page)
        return _button(texts(locale)("browse-back-to-section"), _list_of(section, locale, number))


def _reply(pieces: Sequence[Piece], rows: Sequence[Row]) -> Reply:
    filled = [row for row in rows if row]
    return Reply(to_html(pieces), InlineKeyboardMarkup(filled) if filled else None)


def _neighbour_pages(button: ListButton, number: int, count: int, locale: Locale) -> Row:
    """The buttons to the page before and the page after; none where there is only one page."""
    say = texts(locale)
    row: Row = []
    if number > 0:
        row.append(_button(say("browse-previous"), replace(button, page=number - 1)))
    if number + 1 < count:
        row.append(_button(say("browse-next"), replace(button, page=number + 1)))
    return row


def _list_of(section: Section, locale: Locale, page: int = 0) -> ListButton:
    return ListButton(Listed.FACTS, locale.language, page, section.key)


def _to_section(section: Section, locale: Locale) -> InlineKeyboardButton:
    count = f" ({len(section.facts)})"
    return _button(cut(section.title, _LONGEST_TEXT - len(count)) + count, _list_of(section, locale))


def _to_fact(fact: Fact, locale: Locale) -> InlineKeyboardButton:
    value = cut(figure(fact, locale), _LONGEST_FIGURE)
    name = cut(label(fact, locale), _LONGEST_TEXT - units(value) - len(" · "))
    return _button(f"{name} · {value}", FactPageButton(Chosen.NAMED, locale.language, key_of(fact)))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(one_line(text), callback_data=data.pack())

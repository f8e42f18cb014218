"""Browsing: /topics, /fact, /random, /about, links to a fact, and the pages that these and their buttons show."""

import secrets
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.ext import filters

from bot import version
from bot.answering.answer import Language
from bot.answering.knowledge.model import Fact

from .buttons import (
    PAYLOAD,
    CallbackData,
    FactButton,
    Placement,
    button,
    key_in,
    key_of,
    keyboard,
    page_buttons,
    share_button,
)
from .charts import chart_row
from .library import Edition, Library, ReportSection, paged
from .messages import (
    Context,
    Handler,
    OnMessage,
    Reply,
    answer_press,
    on_command,
    on_press,
    reader_of,
    send_below,
    show,
)
from .rendering import LIMIT, cut, figure, label, one_line, report_line, to_html, units
from .rendering import facts as stated
from .texts import Locale, locale_for, texts

# In a group, other bots know these commands too: they are this one's where they name it. A channel's post that Telegram
# brings into its discussion group speaks to nobody there.
_NEW = (
    filters.UpdateType.MESSAGE
    & (filters.ChatType.PRIVATE | (filters.ChatType.GROUPS & filters.Regex(r"\A/\w+@")))
    & ~(filters.IS_AUTOMATIC_FORWARD | filters.VIA_BOT)
)
_LONGEST_TEXT = 60
_LONGEST_ID = 64


class ListKind(StrEnum):
    """What is listed: the sections of the reports, or the facts of one."""

    SECTIONS = "t"
    FACTS = "s"


class ListButton(CallbackData):
    """Leads to a page of a list, numbered from 0. `key`: of the section, empty for the list of sections."""

    listed: ListKind
    language: Language
    page: int = 0
    key: str = ""


class Pages:
    """Makes every page from an edition, in the words of `locale`; `bot` is the one that shows them."""

    def __init__(self, edition: Edition, locale: Locale, bot: Bot) -> None:
        self._contents = edition.contents
        self._answerer = edition.answerer
        self._locale = locale
        self._say = texts(locale)
        self._bot = bot

    def behind(self, button: ListButton | FactButton) -> Reply | None:
        """The page that a button leads to; None where the knowledge no longer has it."""
        match button:
            case ListButton(listed=ListKind.SECTIONS):
                return self.topics(button.page)
            case FactButton(placement=Placement.RANDOM_PAGE):
                return self.random(but=button.key)
            case ListButton():
                section = next((one for one in self._contents.sections if one.key == button.key), None)
                return self._section(section, button.page) if section else None
            case FactButton():
                fact = self._contents.fact(button.key)
                return self.fact(fact) if fact else None

    def topics(self, number: int = 0) -> Reply:
        """The sections of one report; every page that does not fit one message has a next one."""
        pages = self._contents.pages
        if not pages:
            return Reply.plain(self._say("browse-empty"))
        number = min(number, len(pages) - 1)
        page = pages[number]
        heading = to_html(report_line(page[0].report, self._locale), "b")
        to = partial(ListButton, ListKind.SECTIONS, self._locale.language)
        pages_row = page_buttons(to, number - 1, number + 1, len(pages), self._locale)
        rows = []
        for section in page:
            count = f" ({len(section.facts)})"
            rows.append([button(cut(section.title, _LONGEST_TEXT - len(count)) + count, self._list_of(section))])
        rows.append(pages_row)
        return Reply(heading + to_html(f"\n\n{self._say('browse-sections')}"), keyboard(rows))

    def fact(self, fact: Fact, *, by_chance: bool = False) -> Reply:
        """The fact with its source, its id, and the other facts of its sentence."""
        neighbours = self._contents.neighbours(fact)[:20]
        called, id_ = f"\n\n{self._say('browse-id')} ", one_line(fact.id, _LONGEST_ID)
        others = f"\n\n{self._say('browse-neighbours')}" if neighbours else ""
        html = stated([fact], self._locale, LIMIT - units(called + id_ + others))
        html += to_html(called) + to_html(id_, "code") + to_html(others)
        rows = [[self._to_fact(other)] for other in neighbours]
        if by_chance:
            another = FactButton(Placement.RANDOM_PAGE, self._locale.language, key_of(fact))
            rows.append([button(self._say("browse-another"), another)])
        section = self._contents.section_of(fact)
        back = self._list_of(section, next(n for n, page in enumerate(paged(section.facts)) if fact in page))
        share = share_button((fact,), self._locale, self._bot)
        return Reply(html, keyboard([*rows, [button(self._say("browse-back-to-section"), back), share]]))

    def random(self, but: str = "") -> Reply:
        """A fact by chance, other than the one whose key is `but` where there is another."""
        facts = self._contents.facts
        others = [fact for fact in facts if key_of(fact) != but] or facts
        return self.fact(secrets.choice(others), by_chance=True) if others else self.topics()

    def with_id(self, asked: str) -> Reply:
        """The fact with this id, or the facts whose ids are most like it; without one, how to write /fact."""
        contents = self._contents
        if not asked:
            facts = contents.facts
            return Reply.plain(self._say("browse-which-id", id=facts[0].id)) if facts else self.topics()
        # Ids have small letters only; people and their keyboards write others.
        if fact := contents.fact(asked) or contents.fact(asked.lower()):
            return self.fact(fact)
        like = contents.like(asked)
        unknown = self._say("browse-no-such-id", id=one_line(asked, _LONGEST_ID))
        offer = self._say("browse-like" if like else "browse-see-topics")
        return Reply.plain(f"{unknown} {offer}", keyboard([self._to_fact(fact)] for fact in like))

    def _section(self, section: ReportSection, number: int) -> Reply:
        pages = paged(section.facts)
        number = min(number, len(pages) - 1)
        count = self._say("browse-facts", count=len(section.facts))
        heading = to_html(one_line(section.title, 4 * _LONGEST_TEXT), "b")
        html = heading + to_html(f"\n{report_line(section.report, self._locale)}\n\n{count}")
        page = next(n for n, page in enumerate(self._contents.pages) if section in page)
        topics = ListButton(ListKind.SECTIONS, self._locale.language, page)
        rows = [
            *([self._to_fact(fact)] for fact in pages[number]),
            chart_row(pages[number], self._answerer, self._locale),
            page_buttons(partial(self._list_of, section), number - 1, number + 1, len(pages), self._locale),
            [button(self._say("browse-back-to-topics"), topics)],
        ]
        return Reply(html, keyboard(rows))

    def _list_of(self, section: ReportSection, page: int = 0) -> ListButton:
        return ListButton(ListKind.FACTS, self._locale.language, page, section.key)

    def _to_fact(self, fact: Fact) -> InlineKeyboardButton:
        value = cut(figure(fact, self._locale), 24)
        name = cut(label(fact, self._locale), _LONGEST_TEXT - units(value) - len(" · "))
        return button(f"{name} · {value}", FactButton(Placement.PAGE, self._locale.language, key_of(fact)))


class BrowsingHandler:
    """Shows the pages of the reports. `source_url`: the address of the source code, for /about."""

    def __init__(self, library: Library, source_url: str | None) -> None:
        self._library = library
        self._source_url = source_url

    def handlers(self) -> list[Handler]:
        return [
            on_command("topics", self._shows(lambda pages, _: pages.topics()), _NEW),
            on_command("random", self._shows(lambda pages, _: pages.random()), _NEW),
            on_command("fact", self._shows(Pages.with_id), _NEW),
            on_command(
                "start",
                self._shows(lambda pages, payload: pages.with_id(key_in(payload))),
                _NEW & filters.Regex(PAYLOAD),
                has_args=1,
            ),
            on_command("about", self._about, _NEW),
            on_press(ListButton, self._pressed),
            on_press(FactButton, self._pressed, lambda button: button.placement.is_page),
        ]

    def _shows(self, page: Callable[[Pages, str], Reply]) -> OnMessage:
        """Work that sends a page; `page` makes it, given what stands behind the command."""

        async def send(message: Message, context: Context) -> None:
            pages = Pages(self._library.now, reader_of(message.from_user), message.get_bot())
            await send_below(message, page(pages, " ".join(context.args or ())))

        return send

    async def _pressed(self, query: CallbackQuery, button: ListButton | FactButton) -> None:
        """Makes the message with the pressed button the page; says so where the knowledge no longer has it."""
        locale = locale_for(button.language, reader_of(query.from_user))
        page = Pages(self._library.now, locale, query.get_bot()).behind(button)
        await answer_press(query, None if page else texts(locale)("gone"))
        if page is not None:
            await show(query, page)

    async def _about(self, message: Message, _: Context) -> None:
        """The reports, their publishers, and exactly which program and which knowledge answer."""
        locale = reader_of(message.from_user)
        say = texts(locale)
        edition = self._library.now
        knowledge = edition.knowledge
        counts = Counter(fact.report.id for fact in knowledge.facts)
        reports = "\n".join(
            say("about-report", report=report_line(report, locale), facts=counts[report.id])
            for report in knowledge.reports[:10]
        )
        text = say(
            "about",
            version=version(),
            # Fluent fills in no value longer than 2500 characters.
            reports=cut(reports, 2000),
            facts=len(knowledge.facts),
            knowledge=edition.version,
        )
        url = self._source_url
        source = InlineKeyboardMarkup([[InlineKeyboardButton(say("about-source"), url=url)]]) if url else None
        await send_below(message, Reply.plain(text, source))

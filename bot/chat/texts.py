"""What the bot says in Telegram, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.answering.answer import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language; the names in braces are filled in by whoever shows them."""

    comma: str
    how_many: str
    what: str
    source: str
    citation: str
    report: str
    which: str
    unknown: str
    place: str
    period: str
    nearest: str
    examples: str
    welcome: str
    help: str
    unknown_command: str
    text_only: str
    gone: str
    trouble: str


TEXTS: Final = MappingProxyType(
    {
        Language.CHINESE: Texts(
            comma="、",
            how_many="{label}是多少？",
            what="{label}是什么？",
            source="",
            citation="{section} ·《{title}》，{publisher}，{year}年",
            report="《{title}》，{publisher}，{year}年",
            which="您问的是哪一项？请点选：",
            unknown="报告没有说到这一点。",
            place="报告讲的是{covered}，没有说到“{asked}”。",
            period="报告讲的是{covered}年，没有“{asked}”的数据。",
            nearest="报告里相近的内容：",
            examples="可以这样问：",
            welcome=(
                "您好，我是数说。我用报告里的数字回答问题，每次都附上原句；报告没有说的，我就说没有。\n\n"
                "我读过的报告：\n{reports}\n\n"
                "直接把问题发给我就行，用中文、英文或拼音都可以，比如："
            ),
            help=(
                "直接发来问题，一句话或几个关键词都行，中文、英文、拼音都可以。\n"
                "• 回答里有数字、时间、报告的原句和出处。\n"
                "• 问得可能有几种意思时，我列出选项，点一下就好。\n"
                "• 报告没有说的，我不猜。\n\n"
                "/start 我读过哪些报告，可以怎样问\n"
                "/help 显示本说明"
            ),
            unknown_command="没有这个命令，请看 /help。",
            text_only="我只读得懂文字，请把问题打成字发给我。",
            gone="这一条已经不在报告的资料里了，请重新提问。",
            trouble="抱歉，出了点问题，没能答上来，请稍后再问一次。",
        ),
        Language.ENGLISH: Texts(
            comma=", ",
            how_many="{label}: how much?",
            what="{label}: what is it?",
            source="Source (Chinese):",
            citation="{section} · 《{title}》, {publisher}, {year}",
            report="《{title}》, {publisher}, {year}",
            which="Which one do you mean? Please tap:",
            unknown="The report does not say that.",
            place="The report covers {covered}; it does not speak of “{asked}”.",
            period="The report covers {covered}; it has no figures for “{asked}”.",
            nearest="What it says nearby:",
            examples="You could ask:",
            welcome=(
                "Hello, I am Shushuo. I answer in the report's own figures and quote the sentence each time; "
                "what the report does not say, I do not make up.\n\n"
                "What I have read:\n{reports}\n\n"
                "Just send me your question, in English, Chinese or pinyin, for example:"
            ),
            help=(
                "Send me a question: a sentence or a few keywords, in English, Chinese or pinyin.\n"
                "• An answer has the figure, its period, the report's own sentence and where it stands.\n"
                "• Where a question can mean several things, I list them: tap one.\n"
                "• What the report does not say, I do not guess.\n\n"
                "/start which reports I have read, and how to ask\n"
                "/help this text"
            ),
            unknown_command="There is no such command; please see /help.",
            text_only="I can only read text: please type your question.",
            gone="This is no longer part of what I have read; please ask again.",
            trouble="Sorry, something went wrong and I could not answer. Please ask again later.",
        ),
    }
)

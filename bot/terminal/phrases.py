"""What the terminal says in Chinese and in English."""

from types import MappingProxyType
from typing import Final

from bot.answering.answer import Language


class Phrases:
    """The texts in Chinese; the names in braces are filled in by whoever shows them."""

    prompt = "数说> "
    citation = "——《{title}》 {section}"
    which = "您问的是哪一项？"
    place = "报告讲的是{covered}，没有说到“{asked}”。"
    period = "报告讲的是{covered}年，没有“{asked}”的数据。"
    unknown = "报告没有说到这一点。"
    missing = "报告没有说：{parts}"
    nearest = "相近的内容："
    comma = "、"
    greeting = "数说：用报告里的数字回答问题，并给出原句。\n报告：{titles}"
    hint = "可以这样问："
    help = (
        "想在浏览器里看按钮、群组和公告：make rehearse\n"
        "直接输入问题即可；列出选项后，输入编号。\n"
        "/topics      报告的各部分及其内容；/topics 2 列出第 2 部分\n"
        "/lang zh|en  固定用中文或英文回复\n"
        "/help        显示本说明\n"
        "/quit        离开（也可按 Ctrl-D 或 Ctrl-C）"
    )
    topic = "{section}（{count} 项）"
    no_topic = "没有这一部分：请输入 /topics 加 1 到 {count} 的编号。"
    pick = "输入编号查看。"
    more = "输入“更多”看后面的。"
    no_pick = "没有这个编号：列表是 1 到 {count}。"
    language = "好，以后都用中文。"
    languages = "请输入 /lang zh（中文）或 /lang en（英文）。"
    no_command = "没有 {command} 这个命令；输入 /help 查看说明。"


class English(Phrases):
    """The same texts in English."""

    prompt = "shushuo> "
    citation = "— 《{title}》, {section}"
    which = "Which one do you mean?"
    place = "The report covers {covered}; it does not speak of “{asked}”."
    period = "The report covers {covered}; it has no figures for “{asked}”."
    unknown = "The report does not say that."
    missing = "The report does not say: {parts}"
    nearest = "What it says nearby:"
    comma = ", "
    greeting = "Shushuo answers in the report's own figures, and quotes the sentence.\nReport: {titles}"
    hint = "You could ask:"
    help = (
        "To see it with buttons, groups and announcements, in a browser: make rehearse\n"
        "Type a question; after a list, type a number.\n"
        "/topics      the sections of the report with their facts; /topics 2 lists section 2\n"
        "/lang zh|en  always answer in Chinese or in English\n"
        "/help        this text\n"
        "/quit        leave (so do Ctrl-D and Ctrl-C)"
    )
    topic = "{section} ({count})"
    no_topic = "No such section: type /topics and a number from 1 to {count}."
    pick = "Type a number to see it."
    more = "Type more to see the next ones."
    no_pick = "No such number: the list goes from 1 to {count}."
    language = "English from now on."
    languages = "Type /lang zh (Chinese) or /lang en (English)."
    no_command = "There is no command {command}; type /help for those there are."


PHRASES: Final = MappingProxyType({Language.CHINESE: Phrases(), Language.ENGLISH: English()})

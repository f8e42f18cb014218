"""Cuts the text of an article into sections and sentences, verbatim but for line breaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.drafting.reading.plain import is_chinese

_SENTENCE_END = re.compile(
    r"[。！？!?]+[”’」』）)]*|(?<=[A-Za-z0-9%)\]])\.[”’\"')]*(?=\s+[A-Z“‘\"•$£€\d]|\s*$)|(?<=[\u4e00-\u9fff])\.(?=\s*$)"
)
# Behind these, a full stop ends no sentence: an initial, U.S., Inc.; unless such a word as The follows.
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Inc|Co|Corp|Ltd|vs|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)
_OPENS = re.compile(r"\s+(?:The|This|That|These|Those|In|At|On|A|An|It|Of|For|But|And|However|More|Some|There)\b")
_MARKER = re.compile(
    r"(?:#{1,6}\s|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[一二三四五六七八九十]{1,3}[章节部编]|[（(]?\d{1,2}[）)、．.](?!\d))"
)
_CELLS = re.compile(r"\S(?:\t|\s{2,}|\s?\|\s?)\S")
_NUMBER_CELL = re.compile(r"(?<![\u4e00-\u9fffA-Za-z])[-−]?\d[\d,.]*%?(?![\u4e00-\u9fffA-Za-z])")
# A row that tells how much one thing is: 馆藏图书 | 186.4万册
_PAIR = re.compile(r"[^|\d]*[\u4e00-\u9fff][^|\d]*\|\s*[-−]?\d[\d,.]*\s*[万亿]?[\u4e00-\u9fff%％‰][^|\d]*")
_WHEN = r"(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
# What a web page puts around an article: when it was put there, where it is from, how often it was read.
_FURNITURE = re.compile(
    rf"[\s【\[（(]*(?:{_WHEN}(?:\s*{_CLOCK})?[\s】\]）)]*(?:$|[\s|]\S.{{0,40}}$)|{_CLOCK}\s*$"
    r"|(?:(?:发布|更新|发表|印发|成文)?(?:时间|日期)|(?:信息|文章|稿件|新闻)?来源|作者|记者|(?:责任)?编辑|审核|索引号|发文字号"
    r"|(?:浏览|阅读|点击|访问|查看)(?:次数|人数|量|数)?|字号|字体|打印|分享|收藏|责编|Published|Updated|Posted|Source|Views|Share)"
    r"(?:到|本页)?\s*(?:[:：|【\[（(】\])）].*|$))",
)
# What a report file cannot have in a text.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_LONGEST_HEADING = 40
_WIDEST = 130  # characters of a line at which texts are cut that are cut at all
_WRAPPED_AT = 0.6  # of the widest line: one that is shorter ends a paragraph
_BULLET = re.compile(r"[•*·#|]|[-–] |\(?\d{1,2}[.)] ")
_WRAPPED = re.compile(r"[^\n.:;?!]{40}[^.:;?!\n]\n[ \t]*[a-z]")  # a line of an English text that is cut at its margin
_ROW = re.compile(r"^[A-Za-z][^\d:,.;]*(?:\s+[+–−-]?\s*\d[\d,.]*%?){2,}$")  # Employed 1,300 + 58
_DATED = re.compile(r"\b(?:19|20)\d\d(?:[-–/]\d\d)?$")
_LONGEST_ENGLISH_HEADING = 100
# A line of a list: College of Arts: 31 graduates (5%); Red 1 – 71%; Shops (up 5 per cent).
_ITEM = re.compile(r"^[•*·-]\s|[:–—]\s*\D{0,3}\d|\(\D{0,8}\d[^)]*\)|^\d[\d.,]*%")
_COMMAS, _SHORTEST_PIECE = "，、,", 4
_SHORT_PROSE = 20  # characters of a line that may be a caption, whatever it ends with
_LONGEST_CAPTION = 59  # characters of a caption that may stand within a sentence
_LONG, _SHORTEST_PART = 200, 20  # of a sentence that is cut at its semicolons
_LONGEST = 2000  # of a sentence of any kind


@dataclass
class Section:
    """A heading and the sentences below it, each paragraph a list of its own."""

    title: str
    paragraphs: list[list[str]] = field(default_factory=list)


@dataclass
class Outline:
    """The sections that have sentences, and the lines that are in none: of tables, and headings above nothing."""

    sections: list[Section]
    others: list[str]


def outline(text: str, title: str) -> Outline:
    """The parts of an article; sentences before any heading are in a section that is called as the article."""
    found, others = [Section(title)], []
    for line in _lines(UNSEEN.sub(" ", text)):
        if _is_outside(line):
            others.append(" ".join(line.split()))
        elif _is_heading(line):
            found.append(Section(" ".join(line.lstrip("#").split()) or title))
        else:
            found[-1].paragraphs.append(list(_sentences(" ".join(line.split()))))
    others += [section.title for section in found if not section.paragraphs]
    return Outline([section for section in found if section.paragraphs], others)


def _lines(text: str) -> Iterator[str]:
    """The lines with something on them; a sentence that goes on below a caption or an empty line is one."""
    held, captions = "", list[str]()
    if not is_chinese(text):
        yield from _english_lines(text)
        return
    for line in filter(None, map(str.strip, text.splitlines())):
        is_marked = bool(_MARKER.match(line))
        if held and not is_marked and _goes_on(held, line):
            yield from captions
            yield f"{held}{' ' if held[-1].isascii() and line[0].isascii() else ''}{line}"
            held, captions = "", []
        elif held and not is_marked and sum(map(len, [*captions, line])) <= _LONGEST_CAPTION:
            captions.append(line)
        else:
            yield from filter(None, [held, *captions])
            held, captions = (line if _is_broken_off(line) else ""), []
            yield from [] if held else [line]
    yield from filter(None, [held, *captions])


def _english_lines(text: str) -> Iterator[str]:
    """The lines with something on them, each a paragraph or a heading; those that were cut at a margin are joined."""
    lines = list(map(str.strip, text.splitlines()))
    widest = max(map(len, lines), default=0)
    if widest > _WIDEST or not _WRAPPED.search(text):
        yield from filter(None, lines)
        return
    held = ""
    for before, line in pairwise(["", *lines, ""]):
        is_cut = len(before) > _WRAPPED_AT * widest and not _BULLET.match(line)
        if held and line and (is_cut or (line[0].islower() and not _SENTENCE_END.search(held[-2:]))):
            held = f"{held} {line}"
        elif line:
            yield from filter(None, [held])
            held = line
    yield from filter(None, [held])


def _goes_on(held: str, line: str) -> bool:
    """Whether a line goes on with a sentence; within a word, a short line is rather a caption."""
    is_prose = bool(_SENTENCE_END.search(line)) and (held[-1] in _COMMAS or len(line) > _SHORT_PROSE)
    return is_prose or len(line) > _LONGEST_HEADING


def _is_broken_off(line: str) -> bool:
    """Whether a line ends within a sentence: at a comma, or too long for a heading."""
    if _is_outside(line) or len(line) < _SHORTEST_PIECE:
        return False
    return line[-1] in _COMMAS or (len(line) > _LONGEST_HEADING and line[-1] not in "。！？!?.；;：:”’）)")


def _is_outside(line: str) -> bool:
    """Whether a line is of no section: a row of a table, or what a page puts around an article."""
    return _is_row(line) or bool(_FURNITURE.match(line) and not _SENTENCE_END.search(line))


def _is_row(line: str) -> bool:
    """Whether a line is one of a table, unless it tells by itself how much one thing is."""
    if not is_chinese(line) and (_ROW.match(line) or (line.startswith("|") and line.endswith("|"))):
        return True
    if " | " in line:
        return not _PAIR.fullmatch(line)
    return bool(_CELLS.search(line)) and len(_NUMBER_CELL.findall(line)) > 1 and not _SENTENCE_END.search(line)


def _is_heading(line: str) -> bool:
    if line.startswith("#") or " | " in line:
        return line.startswith("#")
    if not is_chinese(line):
        is_prose = _SENTENCE_END.search(line) or line[-1] in ";,:" or (_ITEM.search(line) and not _DATED.search(line))
        return len(line) <= _LONGEST_ENGLISH_HEADING and not is_prose
    if len(line) > _LONGEST_HEADING:
        return False
    ends = _SENTENCE_END.search(line)
    if marker := _MARKER.match(line):
        return not ends or (ends.end() == len(line) and not re.search(r"\d.*[，,]", line[marker.end() :]))
    return not ends and line[-1] not in "；;，,：:"


def _sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        if _ABBREVIATED.search(paragraph, start, end.end()) and not _OPENS.match(paragraph, end.end()):
            continue
        yield from _parts(paragraph[start : end.end()].strip())
        start = end.end()
    yield from _parts(paragraph[start:].strip())


def _parts(sentence: str) -> Iterator[str]:
    """A sentence, or where it is very long what its semicolons part, or else its commas."""
    if len(sentence) <= _LONG:
        yield from filter(None, [sentence])
    elif len(sentence) <= _LONGEST:
        yield from _joined(re.findall("[^；;]+[；;]?", sentence), _SHORTEST_PART)
    else:
        pieces = re.findall(rf"[^，,；;]{{1,{_LONGEST}}}[，,；;]?", sentence)
        yield from _joined(pieces, _LONG)


def _joined(pieces: Sequence[str], least: int) -> Iterator[str]:
    """Pieces in their order, together where they would be shorter than `least`."""
    part = ""
    for piece in pieces:
        part += piece
        if len(part) >= least:
            yield part.strip()
            part = ""
    yield from filter(None, [part.strip()])

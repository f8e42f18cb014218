"""Other names of a fact, by which people ask for it as well."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answering.language.vocabulary import Vocabulary

from .facts import Told
from .labels import label_of, other_name, subject_text
from .reading import words as w
from .reading.clauses import COMPLETED
from .reading.plain import is_chinese, overlap, plain
from .reading.subjects import JOINS

MOST = 4
_LONGEST, _LONGEST_ENGLISH = 30, 70
_WHOLE = re.compile(r"((?:(?<![占居列在比于较])全[国省市区县镇乡校]|我国))(?![0-9])[^，。；、]*\Z")
_ASIDE = re.compile(
    r"([\u4e00-\u9fff]{2})[（(]((?!不?含|包|其中|以下|简称|下同)[\u4e00-\u9fff]{1,6}|[A-Za-z&]{2,8})[）)](?=([\u4e00-\u9fff]?))"
)
_CUMULATED = re.compile(r"(累计)[^，。；、\d]{0,10}\Z")
_OTHER_WORDS = {
    "增速": ("增长率", "增幅"),
    "增幅": ("增速", "增长率"),
    "涨幅": ("上涨幅度", "增长率"),
    "降幅": ("下降幅度", "减幅"),
    "增加数": ("增加量",),
    "减少数": ("减少量",),
    "的比重": ("的比例",),
    "占比": ("比重", "比例"),
    "的位次": ("的排名", "的名次"),
}
_STATES = ("在校", "专任", "在岗", "常住")
_SIZES = ("余额", "总额", "总量", "金额", "数量", "规模", "总数")


def keywords_of(facts: Sequence[Told], vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Up to four names for each fact; one that several could have is that of the first, if that is called most like it.

    So the whole, which is told first, has it, and not its parts.
    """
    wanted = [list(dict.fromkeys([*_fuller(one), *_names(one, vocabulary)])) for one in facts]
    longer = defaultdict[str, list[int]](list)
    for one, names in zip(facts, wanted, strict=True):
        for name in names:
            longer[plain(name)].append(len(one.label) - len(name))
    taken = {plain(one.label) for one in facts}

    def may_have(one: Told, name: str) -> bool:
        by, longest = longer[plain(name)], _LONGEST if is_chinese(name) else _LONGEST_ENGLISH
        is_own = by[0] == len(one.label) - len(name) and all(other > by[0] for other in by[1:])
        is_whole = "、" not in name and name.count("“") == name.count("”")
        return is_own and is_whole and plain(name) not in taken and 0 < len(name) <= longest

    own = ([name for name in names if may_have(one, name)] for one, names in zip(facts, wanted, strict=True))
    return [tuple(names[:MOST]) or (one.label,) for one, names in zip(facts, own, strict=True)]


def _names(one: Told, vocabulary: Vocabulary) -> list[str]:
    """Names of a figure, the best first."""
    if one.reading.label:
        return list(one.reading.names)
    reading, label = one.reading, one.label
    subject, lead = subject_text(reading), reading.lead
    names: list[str] = []
    if lead.share_word not in ("", COMPLETED):
        names.append(f"{subject}占比")
    elif lead.base and not reading.change_of:
        names.append(label_of(replace(reading, lead=replace(lead, base=""))))
    elif subject.endswith(_SIZES) and not lead.change:
        names.append(subject[:-2])
    names += _shorter(one, vocabulary) if label.startswith(subject) else []
    if not lead.change and not lead.share_word:
        names.append(subject)
    if lead.leading:
        names.append(f"{lead.leading}{label}")  # 争取专项债券
    if lead.change == "up" and label.endswith(("增加数", "增加量", "增加额")):
        names.insert(1, f"新增{subject}")
    if whole := _WHOLE.search(one.before):
        names.insert(1, f"{whole[1].replace('我', '全')}{label}")  # 我国累计建成茶厂5家: 全国茶厂数
    names[1:1] = [name + label[overlap(name, label) :] for name in one.within if name not in label]
    brief = names[0] if names and lead.base and not reading.change_of else label
    told = _told_otherwise(brief, subject)
    return [*names, *told[:1], *_called(one, vocabulary), *told[1:]]


def _told_otherwise(label: str, subject: str) -> list[str]:
    """A label with other words for how it is told: 茶园面积增长率, 茶厂数量."""
    if label == f"{subject}数" and label[-2] not in "人次":
        return [f"{subject}数量", f"{subject}总数"]
    word = next((word for word in _OTHER_WORDS if label.endswith(word) and label != word), "")
    return [label.removesuffix(word) + other for other in _OTHER_WORDS.get(word, ())]


def _called(one: Told, vocabulary: Vocabulary) -> Iterator[str]:
    """The label with another name, or the other usual order, of what is measured."""
    label, pieces = one.label, one.reading.subject
    for before, piece in pairwise(("", *pieces)):
        if before and piece.startswith(_STATES) and piece not in _STATES:
            yield label.replace(before + piece, piece[:2] + before + piece[2:])  # 小学 | 在校生: 在校小学生
    for piece in reversed(pieces):
        if (name := other_name(piece, vocabulary)) and piece in label:
            yield label.replace(piece, name)


def _fuller(one: Told) -> Iterator[str]:
    """The label with what its sentence says in brackets, or that a figure is of all."""
    label = one.label
    for aside in _ASIDE.finditer(one.before):
        name, said, behind = aside.groups()
        at = label.find(name) + len(name)
        if name not in label or not one.before.endswith(label[:at], 0, aside.end(1)):
            continue
        if said.isascii():
            yield said + label[at:]  # 生产总值（GDP）增速
        elif label.startswith(behind or "?", at):
            yield label[:at] + said + label[at:]  # 执业（助理）医师数
    if total := _CUMULATED.search(one.before):
        yield f"{total[1]}{label}"


def _shorter(one: Told, vocabulary: Vocabulary) -> list[str]:
    """The label without some of its words."""
    reading, subject = one.reading, subject_text(one.reading)
    told, names = one.label[len(subject) :], []
    known = [vocabulary.words.get(plain(piece)) for piece in reading.subject]
    starts = [at for at in range(len(known) - 1, 0, -1) if (word := known[at]) is not None and word.senses]
    shorter = ["".join(reading.subject[at:]) for at in starts if len(reading.subject[at]) > 1]
    names += [name + told for name in shorter if name not in w.GENERIC]
    is_one = bool(reading.subject[2:]) and len(reading.subject[-1]) > 1 and JOINS.isdisjoint(reading.subject)
    first = known[0] if known else None
    # A name that the vocabulary lacks, or that of a place.
    if is_one and len(reading.subject[0]) > 1 and (first is None or first.roles.get("place", "").isdigit()):
        names.insert(0, f"{reading.subject[0]}{reading.subject[-1]}{told}")  # 甲镇茶园面积: 甲镇面积
    return names

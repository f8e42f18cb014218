"""Names what a figure tells, as people say it, and in English word by word."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import FOLDER, Vocabulary
from bot.answering.language.word_lists import listed, sections

from .reading import words as w
from .reading.clauses import COMPLETED, RATIO
from .reading.figures import COUNTED
from .reading.plain import overlap, plain
from .reading.reading import Reading

_TRADED = ("出口", "进口", "进出口", "零售", "销售", "贸易", "成交", "交易", "外资")
_PERSONS = tuple("人员生者师士民童儿工手商力客")
_BY_YEAR = re.compile(r"(?:比|较)(?:上|去|前一)年(?:同期|末)?|同比")
_WHOLE_WORDS = {"增": "增加", "减": "减少", "降": "下降", "升": "提高", "低于": "下降", "高于": "提高"}
_PLACES = re.compile("[省市县]?(?:[、和与及]|$)")
_MARKS = re.compile(r"[“”‘’「」\"'\s，,。；;]")
_BY_UNIT = {unit: unit for unit in ("人次", "场次", "班次", "架次", "台次", "车次", "件次")}
_BY_UNIT |= dict.fromkeys(("小时", "分钟", "秒"), "时间")
_ENDINGS = (
    ("money", _TRADED, "额"),
    ("area", ("指标", "用地"), ""),
    ("area", "", "面积"),
    ("length", "", "长度"),
    ("duration", "成立", "周年"),
    ("visits", "", "人次"),
    ("times_count", "", "次数"),
)
_DEEDS = {"销售": "销量", "生产": "产量"}
_WHO_DO_SO = tuple("企业 公司 人员 基地 线 点 店 商 单位 车间 平台 环节 业 方式 许可证".split())
_HELD = frozenset("场期届批")  # units of what takes place, such as lectures
_RATE_NOUNS = ("增速", "增幅", "降幅", "涨幅", "增长率", "跌幅")
_RATES = ("percent", "permille", "times")
_CHANGES = {"up": "Growth of", "down": "Fall of", "either": "Change of"}
_AMOUNTS = {"up": "Increase in", "down": "Decrease in", "either": "Change in"}
_ACRONYMS = frozenset("gdp gnp gni cpi ppi pmi r&d eu usa uk ai it ip co2 so2 pm2.5 pm10 5g 4g iptv wto".split())
_DOUBLED = re.compile(r"\b(\w{4,})\w* (?:\w+ )?\1")  # kindergarten kindergarteners
_LEFT_OUT = frozenset(["的", "、", "和", "与", "及", "总", "数", "额", "共", "各级各类", "“", "”"])
_PHRASE = re.compile("[的了在]|[大小多少高低]$")


def label_of(reading: Reading) -> str:
    """The label of a figure, "" where nothing says what it is."""
    if reading.label:
        return reading.label
    subject, lead = subject_text(reading), reading.lead
    if reading.change_of:
        how = f"{lead.versus}的" if lead.versus else (lead.base or "比上年") + _WHOLE_WORDS.get(lead.word, lead.word)
        rate, said = label_of(reading.change_of), lead.subject[-1].text if lead.subject else ""
        ending = next((noun for noun in _RATE_NOUNS if rate.endswith(noun)), "")
        if ending and said in _RATE_NOUNS:
            rate = rate.removesuffix(ending).removesuffix("同比") + said  # 同比下降5%，增速 | 回落2个百分点
        return f"{rate}{how}幅度"
    if not subject:
        return ""
    is_named = subject.startswith(tuple(filter(None, _PLACES.split(reading.place)))) or reading.place in subject
    place = "" if is_named else reading.place
    # 南京银行, of which 银行总资产 is told
    return place + subject[overlap(place, subject) :] + _told(reading, subject)


def subject_text(reading: Reading) -> str:
    """What is measured, in one piece."""
    subject = _MARKS.sub("", "".join(_as_noun(reading.subject)))
    if reading.lead.lasting:
        return f"{subject}连续{_MARKS.sub('', reading.tail)}"
    return (subject + _MARKS.sub("", reading.tail)).removeprefix("的").removesuffix("的")


def _as_noun(subject: Sequence[str]) -> Sequence[str]:
    """A deed and what it is done to, by the name of how much of that there is: 茶车 | 销量 for 销售 | 茶车."""
    verb, things = next(iter(subject), ""), "".join(subject[1:])
    is_done = verb in _DEEDS and len(things) > 1 and not things.endswith((*w.MEASURES, *_WHO_DO_SO))
    return (things, _DEEDS[verb]) if is_done else subject


def _told(reading: Reading, subject: str) -> str:
    """How it is told."""
    lead = reading.lead
    if lead.share_word == COMPLETED:
        return f"完成{lead.share_of}的比例"
    if lead.share_word == RATIO:
        return lead.share_of + RATIO
    if lead.share_word:
        of = lead.share_of or reading.whole
        share = f"占{of}的{lead.share_word}" if of else "占比"
        return f"{share}{_change(reading)}" if lead.change else share
    if lead.multiple_of:
        how = "恢复到" if lead.word.startswith("恢复") else "相当于"
        return f"{how}{lead.multiple_of}的{'倍数' if reading.figure.family == 'times' else '比例'}"
    if reading.figure.ordinal:
        return f"在{lead.rank_among}的位次" if lead.rank_among else "位次"
    return _change(reading) if lead.change else _level(reading, subject)


def _change(reading: Reading) -> str:
    lead, family, base = reading.lead, reading.figure.family, reading.lead.base.replace("的", "")
    if lead.versus:
        return f"{lead.versus}的{'数额' if family == 'money' else '幅度'}"
    if lead.named_change:
        return f"{base}{lead.word}"
    if family == "times":
        return f"{base}{lead.word}倍数"
    if family not in ("percent", "permille"):
        suffix = "数" if family in COUNTED else {"points": "幅度", "money": "额"}.get(family, "量")
        return f"{base}{_WHOLE_WORDS.get(lead.word, lead.word)}{suffix}"
    noun = "涨幅" if "涨" in lead.word else {"up": "增速", "down": "降幅"}.get(lead.change, "变化幅度")
    if _BY_YEAR.fullmatch(base):
        return f"同比{noun}" if base == "同比" else noun
    return f"{base}{noun.replace('增速', '增幅') if base[:1] in ('比', '较', '与') else noun}"


def _level(reading: Reading, subject: str) -> str:
    """What a name ends with that says what is counted or measured, where it does not by itself."""
    family, unit = reading.figure.family, reading.figure.numbers[-1].unit
    if reading.lead.lasting or reading.is_part:
        return f"的{unit.removeprefix('个')}数" if reading.lead.lasting else "的比重"
    is_degree = family == "person" and subject.endswith("度")  # 大学文化程度 | 5人
    if subject.endswith(w.MEASURES) and not (is_degree or (family == "money" and subject.endswith(_TRADED))):
        return ""
    if family == "ratio" or unit in _BY_UNIT:
        return "之比" if family == "ratio" else _BY_UNIT[unit]
    if family in COUNTED or unit in _HELD:
        return "人数" if unit in ("人", "名") and not subject.endswith(_PERSONS) else "数"
    return next((ending for kind, ends, ending in _ENDINGS if kind == family and subject.endswith(ends)), "")


def english_label(reading: Reading, vocabulary: Vocabulary) -> str:
    """What a figure tells in English, "" where the vocabulary lacks a word of it."""
    lead = reading.lead
    if reading.change_of or lead.multiple_of or lead.rank_among:
        return ""
    tokens = tokenise(plain(subject_text(reading)), vocabulary)
    words = _english_words(reading.subject, vocabulary) if not reading.tail else []
    words = words or _english_words([token.text for token in tokens], vocabulary)
    if not words:
        return ""
    name = " ".join(word.upper() if word in _ACRONYMS else word for word in " ".join(dict.fromkeys(words)).split())
    if _DOUBLED.search(name):
        return ""
    if lead.share_word:
        return f"Share of {name}"
    if lead.change:
        change = _CHANGES[lead.change] if reading.figure.family in _RATES else _AMOUNTS[lead.change]
        return f"{change} {name}"
    return name[0].upper() + name[1:]


def _english_words(subject: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    found: list[str] = []
    for piece in subject:
        if piece not in _LEFT_OUT:
            found += english_names(piece, vocabulary)
    return found if all(found) else []


def english_names(piece: str, vocabulary: Vocabulary) -> list[str]:
    """The first English name of each concept that a piece of a label says, "" for one that has none."""
    word = vocabulary.words.get(plain(piece))
    if word is None or len(word.senses) != 1:
        return [""]
    return [next(filter(str.isascii, _names().get(concept, ())), "") for concept in word.senses[0]]


def other_name(piece: str, vocabulary: Vocabulary) -> str:
    """Another Chinese name of what a piece of a label says, one that is like it: 固投 for 固定资产投资; "" for none."""
    word = vocabulary.words.get(plain(piece))
    if word is None or len(word.senses) != 1 or len(word.senses[0]) != 1:
        return ""
    concept = word.senses[0][0]
    names = [concept, *(name for name in _names().get(concept, ()) if not name.isascii())]
    return next((name for name in names if _is_like(plain(piece), name)), "")


def _is_like(piece: str, name: str) -> bool:
    """Whether a name is a short or a long form of another one, or differs in a few characters.

    What has the other one within it rather is another thing, or a phrase: 注册机动车, 收的案子.
    """
    short, long = sorted((piece, name), key=len)
    if long.startswith(short) or long.endswith(short) or piece in name or _PHRASE.search(name):
        return False
    if len(short) == len(long):
        return short[0] == long[0] and sum(map(str.__eq__, short, long)) * 2 > len(short)
    rest = iter(long)
    return len(short) > 1 and all(char in rest for char in short)


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in FOLDER.glob("*.ini") if not path.stem.startswith("everyday")):
        for concept, names in sections(path).get("concepts", {}).items():
            found.setdefault(concept, []).extend(listed(names))
    return found

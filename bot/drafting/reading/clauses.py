"""Reads what stands around a figure: what is measured and how it is told before it, and what it counts behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary

from . import words as w
from .figures import Figure
from .subjects import cleaned, leading_verb, tokens_of

_NOUNS = ("速", "率", "幅", "幅度", "速度")  # how words of change end that are nouns
_VERSUS = re.compile(
    r"(?:高于|低于|快于|慢于|高出|低出|超出|大于|小于|好于|优于)(.+)|[比较](.+)(?<![提降加减放])[高低快慢]"
)
_RATE_OF = ("的比例", "的比重", "的占比")
_BASE = re.compile(r"(?:比|较|自)(?!重|例|率).+|(?:与|和|同|跟).+(?:相比|比较)|.{2,}(?:以来|相比|比较)")
_BEFORE_BASES = frozenset("比较自与和同跟")
_AVERAGE = re.compile(
    r"(?:[一二两三四五六七八九十\d]+年)?(?:年均|年平均|平均|复合年|年复合|年均复合)|十年|[两三四五]年|[一二两三四五六七八九十\d]+年半?[间来内]"
)
_ADVERBS = re.compile(
    r"(?:净|下|上|则|逆势|剧|猛|骤|锐|暴|陡|飙|亦|仅|一度|更是|虽然|已然|甚至|(?<![平年])均|各|共|又|再|都|也|将|约|还|同步|大幅|小幅|略有|略|逐年|明显|不断|进一步|累计|名义|实际|继续|由|可)+\Z"
)
_OF_EACH = re.compile("[人户日月年]均|平均")
_SHARE_WORDS = re.compile(r"的?(?:比重|比例|份额|百分比|比率)\Z")
_RATIO_TO = re.compile("((?:与|和|同)[^，。；]{2,14})之比")
_SHARE_WITHIN = re.compile(r"在(?P<whole>[^，。；]{2,16}?)[中里]的?(?:占比|比重|比例|份额)\Z")
_RELATIONS = {
    "times": re.compile(r"(?:达到|达|为|是|约为|相当于|等于)(?P<multiple>[^，。；]{2,14}?)的?(?:近|约|超)?\Z"),
    "percent": re.compile(
        r"(?:(?P<word>恢复[到至]|达到|是)(?P<multiple>[^，。；]{2,14}?(?:年|期|月|季度|水平))|相当于(?P<whole>[^，。；]{2,14}?))"
        r"[的 ]*\Z"
    ),
}
_RANK_AMONG = re.compile(
    r"(?:位列|位居|稳居|居|列|排名|排在|排|名列|跃居|升至|成为|是)(?P<rank>[\u4e00-\u9fff][^，。；]{0,10}?)?的?\Z"
)
_TAKES_UP = re.compile("占(?!比|有|地(?!区)|用(?!水|电))[了到据去]?|所占")
COMPARED = frozenset("比较与和同跟自")
_TAIL = re.compile(r"[^，。；：！？;,.:!?（）()]*")
_UNTIL = re.compile(r"(?:\d{1,2}[时点])?[至到\-—～~]")
_PREDICATE = re.compile(r"[^，。；：！？,;:!?（）()\d]{1,26}(?=[，。；！？,;!?]|$)")
LIST_JOIN = re.compile(
    r"[\s、,，和与及]{0,3}|[、和与及](?:增[长加]|下[降滑跌]|[上回微]升|[回下]落|上[涨浮]|提[高升]|减少|降低)"
)
BOUNDARY = re.compile(r"[，。；！？;!?（）()]|——|,(?!\d{3}(?!\d))|[:：](?!\d|\Z)|(?<![\d为达是])[:：]")  # 占比为：5%
BOUNDS = ("以上", "以下", "以内")
COMPLETED = "完成"  # how a share is called of what was to be done
RATIO = "之比"  # how a share is called that is one to what is no whole


@dataclass
class Lead:
    """What a clause says before a figure.

    `subject`: what is measured, as tokens. `change`: "", up, down or either, with the `word` for it; `base`: what it is
    compared with, as printed (同比, 比2005年); `versus`: the comparison with another thing (高于全市平均水平).
    `share_of`: what the figure is a share of, and `share_word` how that is called. `came`: the level that a change came
    to. `named_change`: the change is a noun (增速为). `lasting`: the figure is how long something went on (连续).
    `leading`: the verb that comes first, "" for none, so that whose it is was said before.
    """

    subject: list[Token] = field(default_factory=list)
    change: str = ""
    word: str = ""
    base: str = ""
    versus: str = ""
    share_of: str = ""
    share_word: str = ""
    multiple_of: str = ""
    rank_among: str = ""
    came: bool = False
    named_change: bool = False
    lasting: bool = False
    leading: str = ""


def lead_of(text: str, start: int, figure: Figure, vocabulary: Vocabulary) -> Lead:
    """What the part of a sentence from `start` says of the figure behind it; the tokens have its offsets."""
    before = text[: figure.start]
    tokens = tokens_of(text, start, figure.start, vocabulary)
    periods = periods_among(tokens)
    lead = Lead()
    tokens = _without_base([token for token in tokens if token not in periods])
    pattern = _RANK_AMONG if figure.ordinal else _RELATIONS.get(figure.family)
    if pattern and (match := pattern.search(before, start)):
        found = match.groupdict(default="")
        lead.word, lead.rank_among = found.get("word", ""), found.get("rank", "")
        lead.multiple_of = found.get("multiple", "") or found.get("whole", "")
        tokens = [token for token in tokens if token.end <= match.start()]
    tokens = _without_trail(tokens, lead)
    if not tokens:
        return lead
    ways = [_versus, _lasting, _change, _share]
    ways = ways[::-1] if before.endswith("的") else ways  # 占贷款增量的 | 5%
    rests = (way(text, tokens, lead, figure) for way in ways)
    rest = next((rest for rest in rests if rest is not None), tokens)
    if lead.change and figure.family == "points" and rest:
        share = _share(text, rest, lead, figure)  # 占全省比重提升 | 2个百分点
        rest = rest if share is None else share
    lead.subject = cleaned(_of_whole(rest))
    # A blank stands there for the name of the report's own place.
    lead.leading = leading_verb(rest) if text[start : start + 1] != " " else ""
    at = next((at for at, token in enumerate(lead.subject) if token.text in ("由", "从")), None)
    if at is not None:  # 合作社由十年前的 | 不足百个, 发展到目前的 | 1735个
        lead.subject, lead.came, lead.change = lead.subject[:at], True, ""
    return lead


def _without_base(tokens: list[Token]) -> list[Token]:
    """What is counted since a time, without that time: 较 | 2029年 | 12月 | 新增茶农."""
    behind = list(dropwhile(lambda one: one.span is not None, tokens[1:]))
    is_since = tokens[:1] and tokens[0].text in COMPARED and 0 < len(behind) < len(tokens) - 1
    return behind if is_since and "change" not in behind[-1].roles else tokens


def _of_whole(tokens: list[Token]) -> list[Token]:
    """The part that is told of, without what it is a part of: 常住人口中的 | 出生人口."""
    behind = [*(one.is_content or one.is_unknown for one in tokens[1:]), False]
    among = (at for at, one in enumerate(tokens) if at and one.text == "中" and not behind[at])
    at = next(among, len(tokens))
    return tokens[at + 1 :] if cleaned(tokens[at + 1 :]) else tokens[:at]


def periods_among(tokens: Sequence[Token]) -> list[Token]:
    """The periods among tokens but for those that something is compared with, and numbers in names: 1966产品线."""
    found: list[Token] = []
    is_base = False
    for before, token in zip([None, *tokens], tokens, strict=False):
        opens = before and (before.text in COMPARED or ("base" in before.roles and before.text[0] in COMPARED))
        is_base = bool(opens or (is_base and before and before.span))  # 较 | 去年 | 全年
        if token.span and not is_base:
            found.append(token)
    return found


def together(tokens: Sequence[Token], last: Token, text: str) -> tuple[Token, ...]:
    """A period with what it goes on from: 2021年 | 前三季度."""
    found = [last]
    for token in reversed(tokens):
        between = text[token.end : found[0].start].strip() if token.end <= found[0].start else "?"
        is_range = token.span and token.span.months and _UNTIL.fullmatch(between)  # 5月1日至 | 5月3日
        if not between or is_range:
            found.insert(0, token)
    return tuple(found)


def _versus(text: str, tokens: list[Token], lead: Lead, _: Figure) -> list[Token] | None:
    for at, token in enumerate(tokens):
        match = _VERSUS.fullmatch(text, token.start, tokens[-1].end)
        if match and not text.endswith(_RATE_OF, token.start, tokens[-1].end):  # 优于Ⅲ类的比例
            lead.versus, lead.change = match.group().replace(" ", ""), "either"
            return tokens[:at]
    return None


def _lasting(_text: str, tokens: list[Token], lead: Lead, _: Figure) -> list[Token] | None:
    lead.lasting = tokens[-1].text == "连续"
    since = next((at for at, one in enumerate(tokens) if one.text in ("自", "从")), len(tokens) - 1)
    return tokens[:since] if lead.lasting else None


def _change(text: str, tokens: list[Token], lead: Lead, figure: Figure) -> list[Token] | None:
    last, rest = tokens[-1], _without_adverbs(tokens[:-1])
    if last.roles.get("change", "same") == "same" or last.text in ("差距", "差"):
        return None
    noun = last.text.endswith(_NOUNS)
    is_rate = figure.family == "percent" and bool(rest) and "base" in rest[-1].roles  # 同比增长仅为5%
    if not lead.came or noun or is_rate:
        lead.came = False
        lead.change, lead.word, lead.named_change = last.roles["change"], last.text.removesuffix("了"), noun
    at = _base_at(text, rest)
    if at is not None:
        base = text[rest[at].start : rest[-1].end].replace(" ", "")
        lead.base = _ADVERBS.sub("", base)
        rest = rest[:at]
    return _without_adverbs(rest)


def _without_adverbs(tokens: list[Token]) -> list[Token]:
    while tokens and _ADVERBS.fullmatch(tokens[-1].text):
        tokens = tokens[:-1]
    return tokens


def _base_at(text: str, tokens: Sequence[Token]) -> int | None:
    """Where what something is compared with begins, if the tokens end with that: 茶叶产量 | 比上年."""
    return next((at for at in range(len(tokens)) if _is_base(text, tokens[at:])), None)


def _is_base(text: str, tokens: Sequence[Token]) -> bool:
    stretch = text[tokens[0].start : tokens[-1].end].replace(" ", "")
    is_one = tokens[0].text in _BEFORE_BASES or stretch[0] not in _BEFORE_BASES  # 自营茶馆
    is_base = (is_one and _BASE.fullmatch(stretch)) or _AVERAGE.fullmatch(stretch)
    return "base" in tokens[0].roles or bool(is_base)


def _share(text: str, tokens: list[Token], lead: Lead, figure: Figure) -> list[Token] | None:
    if against := _RATIO_TO.match(text, tokens[0].start, tokens[-1].end):
        lead.share_of, lead.share_word = against[1].replace(" ", ""), RATIO
        return []
    if within := _SHARE_WITHIN.search(text, tokens[0].start, tokens[-1].end):
        lead.share_of, lead.share_word = within["whole"].replace(" ", ""), "比重"
        return [token for token in tokens if token.end <= within.start()]
    at = next((at for at, token in enumerate(tokens) if _TAKES_UP.match(token.text)), None)
    if at is None and figure.family == "percent" and text.endswith("的", 0, figure.start):
        at = next((at for at, token in enumerate(tokens) if token.text == "完成"), None)  # 完成计划的 | 80%
    if at is None:
        return None
    is_done = tokens[at].text.startswith("完成")
    of = _TAKES_UP.sub("", text[tokens[at].start : tokens[-1].end].replace(" ", "").removeprefix("完成"), count=1)
    word = _SHARE_WORDS.search(of)
    lead.share_word = COMPLETED if is_done else word.group().lstrip("的") if word else "比重"
    lead.share_of = (of[: word.start()] if word else of).rstrip("的")
    return tokens[:at]


def _without_trail(tokens: list[Token], lead: Lead) -> list[Token]:
    """Without the verbs right before the figure; notes whether they tell a level that something came to."""
    while tokens:
        last = tokens[-1]
        is_verb = not w.TRAILING.isdisjoint((last.text, last.text.removesuffix("了")))
        if not is_verb and not last.is_stop:
            break
        lead.came = lead.came or "came" in last.roles
        tokens = tokens[:-1]
    return tokens


def tail_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """What is counted, where it stands right behind its figure: 482个 | 农家书屋. "" where it does not."""
    behind = _TAIL.match(text, start, end)
    stop = behind.end() if behind else start
    tokens = tokens_of(text, start, stop, vocabulary)
    while tokens and tokens[0].text in ("的", "为", "是"):
        tokens = tokens[1:]
    kept = list(_counted(tokens))
    while kept and not (kept[-1].is_content or kept[-1].is_unknown or "aspect" in kept[-1].roles):
        kept.pop()
    found = text[kept[0].start : kept[-1].end] if kept else ""
    return found if len(found) > 1 else ""


def _counted(tokens: Sequence[Token]) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        names = token.is_content or token.is_unknown or "place" in token.roles
        is_noun = names and "change" not in token.roles
        goes_on = at and (token.text in "、和“”" or token.roles.get("aspect") == "level")
        ends_word = len(tokens) == at + 2 and len(tokens[-1].text) == 1 and not tokens[-1].is_stop  # 建设 | 点
        is_of_each = bool(at) and _OF_EACH.match(token.text)  # 486名法官 | 人均结案
        if (
            (token.text in w.VERBS and not ends_word)
            or token.text in "被把将"
            or not (is_noun or goes_on)
            or is_of_each
        ):
            return
        yield token


def predicate(text: str, figure: Figure, until: int) -> str:
    """The rest of the clause behind a figure, up to the next one, without what joins it to that."""
    match = _PREDICATE.match(text, figure.end)
    return text[figure.end : min(match.end(), until)].strip().rstrip("、和与及") if match else ""

"""By what kind a message calls the things of a list, and whether it asks for each of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.answering.language.english import stem
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary, Word
from bot.answering.matching.frames import said_by
from bot.answering.matching.observation import COUNTED, Observation, read

from .orders import Order
from .values import family
from .words import OR, is_join

# What asks for each of several things.
EACH = Token("各", 0, 0, Word(roles={"join": "each"}))
# Kinds of places, of which a list has nothing but facts that name some.
PLACES = frozenset(
    "省 省份 市 直辖市 州 市州 州市 地市 县 县市 市县 区 县区 区县 镇 乡 乡镇 镇街 街道 国 国家 洲 大洲".split()
)
_PLACE_ENDS = frozenset("省市州县区镇乡街")
_COUNTIES = "县区市"  # which are of one level, whatever they are called: 区县
_BEHIND_HEAD = re.compile(" (?:of|in|for|without|with|by|at|from|per|to|on|than) ")  # of an English name
_SORTS = "种类"  # how words for kinds end that are called so without them: 税种 are 契税 and others
INDUSTRIES = frozenset(["行业"])
_INDUSTRY = re.compile(".*(?<![企就失创毕职专作学事产营开停])业")
_WHICH = Word(roles={"ask": "name"})
_ALL_OF = Word(roles={"ask": "name", "list": "all"})
ALL = frozenset(["所有", "全部"])
_HOW_MANY = frozenset(["几", "有几", "多少", "有多少"])
_THERE_ARE = frozenset(["有", "有没有"])
_ANY = frozenset(["什么", "吗", "么", "?"])
_SUCH = frozenset(["的", "的吗"])
_WHICH_ONE = frozenset(["哪个", "哪一个", "哪家", "谁", "哪类"])


def asks_for_each(tokens: Sequence[Token]) -> bool:
    """Whether a message asks for each of several things: 分别, 各类, 都是多少, 由哪几块组成."""
    all_are = any(
        other.roles.get("ask") == "number" and one.text in {"都是", "都有"} for one, other in pairwise(tokens)
    )
    return all_are or any(map(says_each, tokens))


def lists_data(heard: Observation) -> bool:
    """Whether a message asks for all data: 和出口有关的数字."""
    return any(token.roles.get("list") == "about" for token in heard.tokens)


def says_each(token: Token) -> bool:
    """Whether a word says that each of several things is meant: 各级, 分别."""
    return "each" in (token.roles.get("join"), token.roles.get("list")) or token.text.startswith("各")


def is_of_kind(text: str, kind: Token) -> bool:
    """Whether a text calls its thing by a kind with its last word: 第一产业, or College of colleges."""
    if kind.text.isascii():
        head = _BEHIND_HEAD.split(text)[0]
        return bool(head) and stem(head.rsplit(maxsplit=1)[-1]) == stem(kind.text)
    if kind.text in INDUSTRIES:
        return bool(_INDUSTRY.fullmatch(text))
    return text.endswith((kind.text, kind.text.rstrip(_SORTS) or kind.text))


def is_of_places(label: str, named: Iterable[str], kind: Token) -> bool:
    """Whether a label names a place of a kind: one of the gazetteer, of which `named` has the keys, or 望山区."""
    ends = "".join(_PLACE_ENDS.intersection(kind.text))
    if any(key.isdigit() if ends else key.isupper() == kind.text.startswith("国") for key in named):
        return True  # a country is no city
    ends = _COUNTIES if len(ends) > 1 and set(ends) <= set(_COUNTIES) else ends
    return bool(ends) and re.match(f"(?![全各本我该共][{ends}])[\u4e00-\u9fff]{{2,3}}[{ends}]", label) is not None


def some_of_a_kind(heard: Observation) -> Observation:
    """A question for those of a kind as one that asks which ones: 有没有下降的, 有几个指标下降了, 所有增速."""
    tokens = heard.tokens
    if tokens and tokens[0].text in ALL and not heard.asks:
        return read([Token(tokens[0].text, 0, tokens[0].end, _ALL_OF), *tokens[1:]])
    data = next((at for at, token in enumerate(tokens) if token.roles.get("list") == "data"), 0)
    if data > 1 and tokens[data - 2].text in _HOW_MANY and any("change" in token.roles for token in tokens[data:]):
        which = Token("哪些", tokens[data - 2].start, tokens[data - 1].end, _WHICH)
        return read([*tokens[: data - 2], which, *tokens[data:]])
    are = next((at for at, token in enumerate(tokens) if token.text in _THERE_ARE), len(tokens))
    told = [token for token in tokens[are + 1 :] if token.text not in _ANY]
    such = next((at for at, token in enumerate(told) if token.text in _SUCH), 0)
    if not such or "change" not in told[such - 1].roles or any("ask" in token.roles for token in told):
        return heard
    which = Token("哪些", tokens[are].start, tokens[are].end, _WHICH)
    return read([*tokens[:are], which, *told[:such], *told[such + 1 :]])


def _may_call(token: Token) -> bool:
    """Whether a word may call things by their kind."""
    is_word = said_by(token) or token.is_unknown or token.roles.keys() == {"talk"}  # 主题 of 各类主题
    is_other = token.quantity or token.roles.keys() & {"change", "aspect"} or token.roles.get("list") == "all"
    return bool(is_word) and not is_other


def kinds_among(tokens: Sequence[Token], counts: Sequence[Token]) -> Iterator[Token]:
    """The words that call by their kind what is told apart: 城市 of 各城市, 哪些城市 and 几种城市."""
    for at, (before, token) in enumerate(pairwise(tokens), 1):
        if not _may_call(token):
            continue
        asks_which = before.roles.get("ask") == "name"
        if token.text.isascii():  # which natural parks
            first = next((one for one in reversed(tokens[:at]) if not (one.text.isascii() and _may_call(one))), token)
            is_last = not any(one.text.isascii() and _may_call(one) for one in tokens[at + 1 : at + 2])
            asks_which = is_last and first.roles.get("ask") == "name"
        # 城市里哪个 is one of the cities.
        behind = [one.text for one in tokens[at + 1 : at + 3] if one.text != "里"]
        is_among = (token.is_content or token.is_entry) and not _WHICH_ONE.isdisjoint(behind[:1])
        # 分区域看 says by what the facts are told apart.
        is_dimension = before.text in {"分", "按"} and behind[:1] in (["看"], ["分"], ["来看"], ["统计"])
        if asks_which or is_among or is_dimension or says_each(before) or before in counts:
            yield token


# ---- tokens as a list means them


def counts_things(token: Token, vocabulary: Vocabulary) -> bool:
    """Whether a number says how many things there are: 三个, 五大类."""
    quantity = token.quantity
    if quantity is None or quantity.ordinal or quantity.value not in range(2, 20):
        return False
    return quantity.unit == "大" or family(quantity.unit, vocabulary) in COUNTED - {""}


def is_about(token: Token) -> bool:
    """Whether a word names what is measured."""
    if token.is_unknown:
        return len(token.text) > 1
    return token.is_content and "subject" not in token.roles


def spelt_out(tokens: Sequence[Token], vocabulary: Vocabulary, order: Order | None) -> list[Token]:
    """Tokens with 收支 as 收入、支出 where nothing is joined, and 各 for 几种."""
    found = list(tokens)
    is_joined = any(map(is_join, tokens))
    asks_which = any(token.roles.get("ask") in ("name", "who") for token in tokens)
    asks_kind = any("ask" in one.roles and kind.is_content for one, kind in pairwise(tokens))  # 是哪个国家
    lists_all = order or asks_which or any(token.roles.get("list") == "all" or says_each(token) for token in tokens)
    for at in range(len(tokens) - 1, -1, -1):
        token, before, behind = tokens[at], tokens[max(at - 1, 0) : at], tokens[at + 1 : at + 2]
        if order and (token.text in OR or token.text == "还是"):
            # Behind it is one thing: mining, or power, gas and water.
            found[at:] = [Token("、", token.start, token.end), *(one for one in found[at + 1 :] if not is_join(one))]
        elif (
            "pair" in token.roles
            and not (is_joined or asks_kind)
            and (order or not asks_which)
            # 进出口哪个多 is of two things, but 哪个市的进出口多 of one.
            and not any(says_each(one) or one.roles.get("ask") in ("name", "who") for one in tokens[:at])
        ):
            one, other = (Token(word, 0, 0, vocabulary.words.get(word)) for word in token.roles["pair"].split())
            found[at : at + 1] = [one, Token("、", 0, 0), other]
        elif lists_all and token.text == "几" and any("unit" in one.roles for one in behind):
            is_amount = any("change" in one.roles for one in before)  # 各多了几个
            found[at : at + 2] = tokens[at : at + 2] if is_amount else [EACH]
    return found

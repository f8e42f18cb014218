"""By what kind a message calls the things of a list, and whether it asks for each of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from bot.answering.language.english import is_plural, stem
from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import COURTESIES, Token
from bot.answering.language.vocabulary import Vocabulary, Word, key_of
from bot.answering.matching.entries import concepts_of
from bot.answering.matching.frames import named_by, said_by
from bot.answering.matching.index import Index
from bot.answering.matching.observation import COUNTED, Observation, read

from .orders import Order
from .values import family
from .words import OR, is_join

# What asks for each of several things.
EACH = Token("各", 0, 0, Word(roles={"join": "each"}))
_ALL_OF = Word(roles={"ask": "name", "list": "all"})
_WHICH = Word(roles={"ask": "name"})
_MAY_ASK = frozenset(["talk", "join", "follow", "claim"])  # roles of what may stand before a verb that asks
_THERE_ARE = frozenset(["有", "有没有"])
_ALL = frozenset(["所有", "全部"])
_HOW_MANY = frozenset(["几", "有几", "多少", "有多少"])
_ANY = frozenset(["什么", "吗", "么", "?"])
_SUCH = frozenset(["的", "的吗"])
_MOST_BEHIND = 2  # such ones, and what they are
# Kinds of places, of which a list has nothing but facts that name some.
PLACES = frozenset("省 省份 市 直辖市 州 市州 州市 地市 县 县市 市县 区 县区 区县 国 国家 洲 大洲".split())
AMONG = frozenset("里中")
_OR = frozenset([*OR, "还是"])
_LEVELS = re.compile("[两二三四五六七八九][级类]")
_BEHIND_HEAD = re.compile(" (?:of|in|for|without|with|by|at|from|per|to|on|than) ")  # of an English name
_SORTS = "种类"  # how words for kinds end that are called so without them: 税种 are 契税 and others
_WHICH_ONE = frozenset(["哪个", "哪一个", "哪家", "谁", "哪几个", "哪几家", "哪几类", "哪几种"])
_ANY_KIND = frozenset("项块面分样目")  # the ends of 哪块 and others, which say of no kind what they ask for


def asks_for_each(tokens: Sequence[Token]) -> bool:
    """Whether a message asks for each of several things: 分别, 各类, 都是多少, 由哪几块组成."""
    all_are = any(
        other.roles.get("ask") == "number" and (one.text in {"都是", "都有"} or one.text + other.text[:1] == "都有")
        for one, other in pairwise(tokens)
    )
    return all_are or any(map(says_each, tokens))


def lists_data(heard: Observation) -> bool:
    """Whether a message asks for all data: all the export figures, 和出口有关的数字."""
    lists = {token.roles.get("list") for token in heard.tokens}
    return "about" in lists or {"data", "all"} <= lists


def says_each(token: Token) -> bool:
    """Whether a word says that each of several things is meant: 各级, 分别, but not 各项数据, which are all data."""
    lists = token.roles.get("list")
    return "each" in (token.roles.get("join"), lists) or (token.text.startswith("各") and lists != "about")


def is_of_kind(text: str, kind: Token) -> bool:
    """Whether a text calls its thing by a kind with its last word: 第一产业, or College of colleges."""
    if kind.text.isascii():
        head = _BEHIND_HEAD.split(text)[0]
        return bool(head) and stem(head.rsplit(maxsplit=1)[-1]) == stem(kind.text)
    return text.endswith((kind.text, kind.text.rstrip(_SORTS) or kind.text))


def with_nouns(heard: Observation) -> Observation:
    """A message in which `list` asks for one only where it begins a clause, or one is asked to: not the list price."""
    found = list(heard.tokens)
    for at, (before, token) in enumerate(pairwise(heard.tokens), 1):
        is_asked = before.is_stop or before.roles.keys() & _MAY_ASK or before.roles.get("filler") in COURTESIES
        if token.text == "list" and token.word and not is_asked:
            roles = {role: how for role, how in token.roles.items() if role != "list"}
            found[at] = Token(token.text, token.start, token.end, token.word._replace(roles=roles))
    return heard if found == heard.tokens else read(found)


def all_of_a_kind(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which an English question for things of a kind asks for all of them: which rates, which sectors."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if token.text.isascii() and token.roles.get("ask") == "name":
            head = _head(tokens, at + 1)
            if is_plural(tokens[head].text) and head > at:
                found[at] = Token(token.text, token.start, token.end, _ALL_OF)
    return found


def some_of_a_kind(heard: Observation) -> Observation:
    """A question for those of a kind as one that asks which ones: 有没有下降的, 有什么减少的吗, 有几个指标下降了."""
    tokens = heard.tokens
    if tokens and tokens[0].text in _ALL and not heard.asks:  # 所有增速
        return read([Token(tokens[0].text, 0, tokens[0].end, _ALL_OF), *tokens[1:]])
    data = next((at for at, token in enumerate(tokens) if token.roles.get("list") == "data"), 0)
    counted = [token.text for token in tokens[max(data - 2, 0) : data]]
    if len(counted) > 1 and counted[0] in _HOW_MANY and any("change" in token.roles for token in tokens[data:]):
        which = Token("哪些", tokens[data - 2].start, tokens[data - 1].end, _WHICH)
        return read([*tokens[: data - 2], which, *tokens[data:]])
    are = next((at for at, token in enumerate(tokens) if token.text in _THERE_ARE), len(tokens))
    told = [token for token in tokens[are + 1 :] if token.text not in _ANY]
    such = next((at for at, token in enumerate(told) if token.text in _SUCH), 0)
    is_told = such > 0 and (told[such - 1].quantity or "change" in told[such - 1].roles)
    is_else = any("ask" in one.roles for one in told) or any("change" in one.roles for one in told[such:])
    if not is_told or is_else or len(told) - such > _MOST_BEHIND:
        return heard
    which = Token("哪些", tokens[are].start, tokens[are].end, _WHICH)
    return read([*tokens[:are], which, *told[:such], *told[such + 1 :]])


def _head(tokens: Sequence[Token], start: int) -> int:
    """Where the last word of an English name is: origins of visitor origins; before it, where none starts there."""
    at = start
    while at < len(tokens) and tokens[at].text.isascii() and (_may_call(tokens[at]) or "place" in tokens[at].roles):
        is_either = at + 2 < len(tokens) and tokens[at + 1].text == "or"  # which northern or coastal cities
        at += 1 + is_either
    return min(max(at - 1, start - 1), len(tokens) - 1)


def _may_call(token: Token) -> bool:
    """Whether a word may call things by their kind."""
    is_rate = token.text.isascii() and "measure" in token.roles  # which rates
    is_word = said_by(token) or token.is_unknown or token.roles.keys() == {"talk"} or is_rate  # 主题 of 各类主题
    is_other = token.quantity or token.roles.keys() & {"change", "aspect"} or token.roles.get("list") == "all"
    return bool(is_word) and not is_other


def _leads_to_kind(token: Token) -> bool:
    """Whether an English word may stand between the question word and a kind, or is that: types of, natural, parks."""
    is_of = token.roles.get("filler") == "en_vague" and token.text.endswith(" of")
    return token.text.isascii() and (is_of or _may_call(token))


def kinds_among(tokens: Sequence[Token], counts: Sequence[Token]) -> Iterator[Token]:
    """The words that call by their kind what is told apart: 城市 of 各城市, 四座城市里哪个, 哪些城市 and 几种城市."""
    for at, token in enumerate(tokens):
        of_each_kind = at > 0 and tokens[at - 1].text in {"各种", "各类"} and "aspect" in token.roles  # 各种规模
        if not (_may_call(token) or of_each_kind):
            continue
        before, behind = tokens[at - 1] if at else None, [one.text for one in tokens[at + 1 : at + 3]]
        asks_which = before and (before.roles.get("ask") == "name" or before.text[0] == "哪")
        if token.text.isascii():
            first = next((i for i in range(at, -1, -1) if not _leads_to_kind(tokens[i])), -1)
            lists = first >= 0 and tokens[first].roles.get("list") == "all" and is_plural(token.text)
            asks_which = first >= 0 and (tokens[first].roles.get("ask") == "name" or lists)
            asks_which = asks_which and at == _head(tokens, at)
        is_which = before and asks_which and (before.text[-1] not in _ANY_KIND or token.is_content)
        # 城市里哪个 is one of the cities, and 城市里哪类 a kind of them.
        asked = at + 1 + (behind[:1] == ["里"])
        is_noun = token.is_content or token.is_entry
        is_among = is_noun and any(one.text in _WHICH_ONE for one in tokens[asked : asked + 1])
        # 甲厂哪个产品产量最大 is one of the products.
        is_among = is_among and list(map(_may_call, tokens[asked + 1 : asked + 3])) != [True, True]
        is_among = is_among or (token.text in PLACES and behind[:1] == ["里"])
        if is_which or is_among or (before and (says_each(before) or before in counts)):
            yield token


# ---- tokens as a list means them


def pulled_apart(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """Tokens with English words that join two things as these: doctors and nurses."""
    found: list[Token] = []
    for token in tokens:
        texts = re.split("( and )", token.text) if token.is_content else []
        words = [vocabulary.words.get(key_of(text.strip())) for text in texts]
        if len(words) > 1 and all(words):
            starts = accumulate(map(len, texts), initial=token.start)
            apart = zip(texts, starts, words, strict=False)
            found += [Token(text.strip(), start, start + len(text), word) for text, start, word in apart]
        else:
            found.append(token)
    return found


def counts_things(token: Token, vocabulary: Vocabulary) -> bool:
    """Whether a number says how many things there are: 三个, 五大类."""
    quantity = token.quantity
    is_few = quantity is not None and not quantity.ordinal and quantity.value in range(2, 20)
    return (
        is_few
        and quantity is not None
        and (quantity.unit == "大" or family(quantity.unit, vocabulary) in COUNTED - {""})
    )


def is_about(token: Token) -> bool:
    """Whether a word names what is measured."""
    if token.is_unknown:
        return len(token.text) > 1
    is_of_share = token.text.isascii() and token.roles.get("aspect") == "share"
    return token.is_content and not is_of_share and "subject" not in token.roles and "place" not in token.roles


def spelt_out(tokens: Sequence[Token], index: Index, order: Order | None) -> list[Token]:
    """Tokens with 收支 as 收入、支出 where nothing is joined, 八大类 as one word, and 各 for 几种."""
    found = list(tokens)
    is_joined = any(map(is_join, tokens))
    is_of_data = any(token.roles.get("list") == "data" for token in tokens)
    asks_which = any(token.roles.get("ask") in ("name", "who") for token in tokens)
    is_of_kind = any("ask" in one.roles and (kind.is_content or kind.is_unknown) for one, kind in pairwise(tokens))
    lists_all = order or asks_which or any(token.roles.get("list") == "all" or says_each(token) for token in tokens)
    for at in range(len(tokens) - 1, -1, -1):
        token, behind = tokens[at], tokens[at + 1 : at + 3]
        if order and token.text in _OR:
            # Behind it is one thing: mining, or power, gas and water.
            found[at:] = [Token("、", token.start, token.end), *(one for one in found[at + 1 :] if not is_join(one))]
        elif (
            "pair" in token.roles
            and not (is_joined or is_of_kind or is_of_data)
            # 进出口哪个多 is of two things, but 哪个市的进出口多 and 进出口最多的是哪个市 of one.
            and not any(says_each(t) or t.roles.get("ask") in ("name", "who") for t in tokens[:at])
            and not (order and any(counts_things(one, index.vocabulary) for one in tokens[:at]))
            and (order if asks_which else sum(map(is_about, tokens)) < 2 or not _is_named(token, index))
        ):
            one, other = (Token(w, 0, 0, index.vocabulary.words.get(w)) for w in token.roles["pair"].split())
            found[at : at + 1] = [one, Token("、", 0, 0), other]
        elif token.quantity and token.quantity.value > 1 and behind and behind[0].roles.get("list") == "noun":
            found[at : at + 2] = [EACH, Token(token.text + behind[0].text, token.start, behind[0].end)]
        elif lists_all and token.text == "几" and behind and "unit" in behind[0].roles:
            rest = tokens[at + 2 : at + 4]
            # 几种作物, 几类里, 几个降幅里, 分几种,各占多少, but not 有几家, nor 各多了几个
            is_amount = at > 0 and "change" in tokens[at - 1].roles
            measures = rest and not rest[0].roles.keys().isdisjoint(("rate", "kind", "measure"))
            is_of_some = not rest or measures or rest[0].text in AMONG or rest[0].is_stop or any(map(is_about, rest))
            if is_of_some and not is_amount:
                found[at : at + 2] = [EACH]
    return found


def counted_apart(tokens: Sequence[Token], index: Index) -> Iterator[Token]:
    """Tokens with numbers for words of levels that no fact is called by: 三级 of 三级法院."""
    for token in tokens:
        is_level = _LEVELS.fullmatch(token.text) and index.named.isdisjoint(concepts_of([token]))
        number = quantities(f"{token.text[0]}个") if is_level else []
        yield Token(token.text, token.start, token.end, quantity=number[0]) if number else token


def _is_named(token: Token, index: Index) -> bool:
    """Whether some figure is called by a word, and is no ratio of the things that it joins."""
    concepts = [concept for sense in (token.word.senses if token.word else ()) for concept in sense]
    return any("ratio" not in entry.aspect.forms for entry in named_by(concepts, index))

"""Small talk, and talk about the bot and the report, told by the classes of words that a message is made of."""

import re
from itertools import chain

from bot.answering.answer import Topic
from bot.answering.matching.entries import concepts_of
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.parts import parts_of

from .telling import written_unit
from .words import spoken

# What a message has the bot do, other than to look up, to list or to work out a figure.
_ERRAND = re.compile(
    "(?:请|麻烦|可以|能)?(?:帮|给|替)我(?:写|订|预订|买|翻译|画|叫|点|唱|讲|编|打|发|推荐|设|播|放)|推荐(?:一|个|几)"
)
_SUM = re.compile("[0-9一二三四五六七八九十]+(?:加上?|减去?|乘以?|除以|[+×*÷/])[0-9一二三四五六七八九十]+(?:等于|是|=)")
# What a message talks about: the first topic of which it has all classes of words and one of the question words, if any
# are named.
_TOPICS: tuple[tuple[Topic, frozenset[str], frozenset[str]], ...] = (
    (Topic.RELEASED, frozenset(["released"]), frozenset()),
    (Topic.RELEASED, frozenset(["author"]), frozenset(["time"])),
    (Topic.SECTIONS, frozenset(["sections"]), frozenset()),
    (Topic.PUBLISHER, frozenset(["trust"]), frozenset()),
    (Topic.YEAR, frozenset(["date"]), frozenset()),
    (Topic.ABILITY, frozenset(["doing"]), frozenset()),
    (Topic.USAGE, frozenset(["usage"]), frozenset()),
    (Topic.WHO, frozenset(["you", "summary"]), frozenset()),
    (Topic.PUBLISHER, frozenset(["author", "report"]), frozenset()),
    (Topic.PUBLISHER, frozenset(["title", "report"]), frozenset()),
    (Topic.WHO, frozenset(["you", "author"]), frozenset()),
    (Topic.PUBLISHER, frozenset(["author"]), frozenset(["who", "name", "what"])),
    (Topic.YEAR, frozenset(["report"]), frozenset(["time"])),
    (Topic.YEAR, frozenset(["summary"]), frozenset(["time"])),
    (Topic.ABILITY, frozenset(["able", "you"]), frozenset(["what", "name", "overview", "yesno", "number"])),
    (Topic.ABILITY, frozenset(["able"]), frozenset(["what", "name"])),
    (Topic.ABILITY, frozenset(["report"]), frozenset(["name"])),
    (Topic.SUMMARY, frozenset(["summary"]), frozenset()),
    (Topic.SUMMARY, frozenset(["report"]), frozenset(["what"])),
    (Topic.WHO, frozenset(["you"]), frozenset(["who", "what", "yesno", "name"])),
)
_BRIEF = (Topic.WRONG, Topic.AGAIN, Topic.THANKS)
_ALONE = {frozenset(["author"]): Topic.PUBLISHER, frozenset(["doubt"]): Topic.AGAIN}  # where nothing else is said
_THIS = frozenset("这 这个 这是 this".split())
_SMALL_TALK = (Topic.THANKS, Topic.GOODBYE, Topic.GREETING)


def topic_of(asked: Observation, index: Index) -> Topic | None:
    """What a message talks about; None where it may ask for a figure."""
    # What a report measures is no talk of the bot: 机器人呢 after the output of cars.
    talks = (token for token in asked.tokens if "talk" in token.roles)
    classes = {token.roles["talk"] for token in talks if index.named.isdisjoint(concepts_of([token]))}
    if not classes:
        return _asked_of_this(asked)
    # 关于深圳有哪些数字 asks for the figures of one of the places that a report tells of. Only its own name has a code.
    codes = [token.roles.get("place", "") for token in asked.places if "subject" not in token.roles]
    if _tells_of_a_figure(asked) or any(code.isdigit() or code.isupper() for code in codes):
        return None
    about = [part for part in parts_of(asked.content, index) if "talk" not in part.token.roles]
    if not about:
        if _says_only_talk(asked) and (topic := _ALONE.get(frozenset(classes))):
            return topic
        brief = (topic for topic in _BRIEF if topic in classes and asked.asks <= {"yesno"})
        found = (topic for topic, needed, words in _TOPICS if needed <= classes and (not words or words & asked.asks))
        if topic := next(chain(brief, found), None):
            return topic
    if any(part.in_force for part in about) or not asked.asks <= {"yesno", "overview"}:
        return None
    otherwise = Topic.WHO if "you" in classes and not about else None
    return next((topic for topic in _SMALL_TALK if topic in classes), otherwise)


def _asked_of_this(asked: Observation) -> Topic | None:
    """What a message that names nothing at all asks of the report, or of whom it talks to: 这是哪年的, 这是什么."""
    if asked.content or _tells_of_a_figure(asked):
        return None
    is_what = asked.asks == {"what"} and any(token.text in _THIS for token in asked.tokens)
    return Topic.YEAR if asked.asks == {"time"} else Topic.WHO if is_what else None


def _says_only_talk(asked: Observation) -> bool:
    """Whether a message has no words but those of talk, and such as say nothing."""
    return all(token.is_stop or token.roles.keys() & {"talk", "filler", "claim"} for token in asked.tokens)


def _tells_of_a_figure(asked: Observation) -> bool:
    aspect = asked.aspect
    when = any(token.span is not None and token.roles.get("period") != "now" for token in asked.tokens)
    tells_how = aspect.change or aspect.base or aspect.forms - {"level"} or written_unit(asked.tokens)[0]
    tells_how = tells_how or asked.asks & {"percent", "points", "money"}
    return bool(asked.quantities or when or tells_how or any("measure" in token.roles for token in asked.tokens))


def is_about_the_bot(heard: Observation) -> bool:
    """Whether a message has the bot do a thing or a sum, or asks whether it does, which no report says: 你吃饭了吗."""
    text = "".join(token.text for token in heard.tokens)
    if _ERRAND.match(text) or _SUM.match(text):
        return True
    first = next((token for token in spoken(heard.tokens) if "follow" not in token.roles), None)
    is_plain = not (heard.quantities or heard.aspect.change or heard.aspect.forms or heard.spans)
    is_doubt = any(token.roles.get("claim") == "tag" for token in heard.tokens)
    return bool(first and first.roles.get("talk") == "you" and is_plain and heard.asks <= {"yesno"} and is_doubt)

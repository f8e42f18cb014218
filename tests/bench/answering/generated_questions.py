"""Questions to a generated knowledge, as people ask: plain, chatty, mistyped, vague, English, beside the point."""

from itertools import cycle, islice
from random import Random

from bot.answering.knowledge.model import Fact, Knowledge

_SLIPS = "的是在有和不了我他上"


def questions(knowledge: Knowledge, count: int, seed: int = 2021) -> list[str]:
    """`count` questions, about equally many of each kind."""
    choice = Random(seed)  # noqa: S311 - the same questions each time is the point
    kinds = islice(cycle(_KINDS), count)
    return [kind(choice.choice(knowledge.facts), choice) for kind in kinds]


def _mistyped(fact: Fact, choice: Random) -> str:
    """Two characters swapped, one dropped, or one wrong."""
    text, at = fact.label, choice.randrange(len(fact.label) - 1)
    middle = choice.choice((text[at + 1] + text[at], text[at + 1], choice.choice(_SLIPS) + text[at + 1]))
    return f"{text[:at]}{middle}{text[at + 2 :]}多少"


def _mistyped_english(fact: Fact, choice: Random) -> str:
    at = choice.randrange(1, len(fact.en.label))
    return f"how much is {fact.en.label[: at - 1]}{fact.en.label[at:]}"


_KINDS = (
    lambda fact, _: f"{fact.label}是多少？",
    lambda fact, choice: choice.choice(fact.keywords),
    lambda fact, choice: f"你好，想请教一下，今年{choice.choice(fact.keywords)}大概是个什么水平啊，写材料急用，谢谢",
    _mistyped,
    lambda fact, _: min(fact.keywords, key=len),  # the industry without the district: many facts fit
    lambda fact, _: f"What was the {fact.en.label}?",
    _mistyped_english,
    lambda fact, _: f"{fact.label}和增速分别是多少",
    lambda fact, _: f"1998年{fact.label}",
    lambda fact, _: f"{fact.section.removesuffix('的产业')}彩票销售点的平均面积有多大",
)

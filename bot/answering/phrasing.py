"""How a person would ask for a fact: the words of its names, without those that the question says in its own way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.knowledge.model import Fact
from bot.answering.language.english import stem
from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary
from bot.answering.matching.entries import Entry
from bot.answering.matching.observation import COUNTED

from .answer import Language
from .conversation.values import family
from .naming import label_of

_BRACKETS = re.compile(r" ?[（(]([^（）()]*)[）)]")
_ABBREVIATION = re.compile("[A-Z][A-Z0-9.&-]+")
_OF = frozenset("of in the".split())
_YEAR = re.compile("[0-9]{4}(?:年(?![末底初]))?")
_ANNIVERSARY = "周年"
_YEARS = frozenset(["年", _ANNIVERSARY])  # of which nobody asks how much they are
_LARGE = "大"  # the measure word of 两大平台, by which nobody asks how many they are
_DATE = re.compile("的?(?:时间|日期|年份)$|^(?:[Dd]ate|[Tt]ime|[Yy]ear) of ")
_RANK = re.compile("的?(?:排名|位次|名次)$|^[Rr]ank of (?:the )?")
_TITLES = frozenset("《“‘\"'")
_REST = re.compile(" (?:of|in|among|for|with|by|that|as|to|on|since|per|at) .*")
_PARTICIPLE = re.compile(
    "^(?:being|out|in|up|aside|paid|set|put|made|sent|spent|built|brought|bought|left)$|(?:ed|[^d]en|ing|ld)$"
)
_PLURALS = frozenset("cattle children men people personnel poultry sheep staff women".split())
# English names of what has an amount, and of what is known by an acronym.
_MEASURES = frozenset(
    map(
        stem,
        "added amount area assets balance budget capacity consumption cost coverage deficit density deposits earnings"
        " expectancy expenditure exports funds growth fall imports income index investment length level number"
        " output percentage population premiums price production profit proportion rate ratio receipts revenue sales"
        " savings share size spending speed subsidies surplus taxes temperature total trade turnover value volume wages"
        " weight yield".split(),
    )
)
_ACRONYMS = re.compile(r"\b(?:cpi|fdi|gdp|gni|gnp|ict|pmi|ppi|r&d)\b", re.IGNORECASE)
_LONGEST = 24  # of a name, in characters; a Latin one may have twice as many


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question for a fact in parts.

    `form`: amount or amounts, figure where a name says no amount, count, up, down, rank, when, what or whats, or
    itself: `what` is a question already.
    `unit`: the measure word of a count. `period`: in Chinese, where the year alone does not say it.
    """

    form: str
    what: str
    unit: str = ""
    period: str = ""


def is_plain(fact: Fact) -> bool:
    """Whether people may well ask how much it is: it has a period, and a number that does not count years."""
    is_number = bool(fact.period and fact.figure[:1].isdigit())
    return is_number and all(found.unit not in _YEARS for found in quantities(fact.figure))


def phrasings(entry: Entry, language: Language, vocabulary: Vocabulary) -> Iterator[Phrasing]:
    """The questions that a person may ask for a fact, the most natural first, by its label and then its keywords."""
    fact = entry.fact
    if any(quantity.unit == _ANNIVERSARY for quantity in entry.quantities):
        return
    period = _YEAR.sub("", fact.period or "") if language is Language.CHINESE else ""
    if any(token.span is None for token in tokens_of(period, vocabulary)):
        period = ""  # 以来 of 2020年以来
    for name in _names(fact, language):
        tokens = tokens_of(name, vocabulary)
        phrasing = _phrasing(entry, tokens, name, vocabulary)
        if period and phrasing.form != "when" and not any(token.span for token in tokens):
            yield Phrasing(phrasing.form, phrasing.what, phrasing.unit, period)
        yield phrasing


def brief_label(fact: Fact, language: Language) -> str:
    """The label of a fact without what stands in brackets, or as the abbreviation that stands there: GDP."""
    text = label_of(fact, language)
    for found in _BRACKETS.finditer(text):
        if _ABBREVIATION.fullmatch(found[1]):
            text = found[1] + text[found.end() :]
            break
    return _with_capitals(_BRACKETS.sub("", text))


def tokens_of(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a name, which stand at the same places in it as in its small letters."""
    return tokenise(text.lower(), vocabulary)


def _names(fact: Fact, language: Language) -> list[str]:
    keywords = fact.en.keywords if language is Language.ENGLISH else fact.keywords
    names = [brief_label(fact, language), *map(_with_capitals, keywords)]
    return [name for name in names if len(name) <= _LONGEST * (2 if name.isascii() else 1)]


def _with_capitals(name: str) -> str:
    """A name with its acronyms as they are written."""
    return _ACRONYMS.sub(lambda found: found[0].upper(), name)


def _phrasing(entry: Entry, tokens: Sequence[Token], name: str, vocabulary: Vocabulary) -> Phrasing:
    aspect = entry.aspect
    if named := _of_a_name(entry, tokens, name) or _by_its_end(entry, name):
        return named
    if aspect.change in ("up", "down") and not aspect.forms and (rest := _without(tokens, name, "change")):
        # 农村快于城市的幅度 has the change within, and is no growth of that.
        tells_more = any("change" in token.roles for token in tokens_of(rest, vocabulary))
        return Phrasing("amount", name) if tells_more else Phrasing(aspect.change, rest)
    if counted := _counted(entry, tokens, name, vocabulary):
        return counted
    if name.isascii() and not _says_an_amount(name):
        return Phrasing("figure", name)
    return Phrasing("amounts" if _is_plural(name) else "amount", name)


def _of_a_name(entry: Entry, tokens: Sequence[Token], name: str) -> Phrasing | None:
    """The question for what no number tells."""
    if tokens and tokens[0].roles.get("ask") in ("who", "name", "what") and name.isascii():
        return Phrasing("itself", name)
    figure = entry.fact.figure
    is_of_large = _unit(entry) == _LARGE and not figure.endswith(_LARGE)  # 两大平原改革试验方案
    if not (entry.aspect.unit == "name" or figure[0] in _TITLES or is_of_large):
        return None
    is_list = _is_plural(name) if name.isascii() else "、" in figure
    return Phrasing("whats" if is_list else "what", name)


def _by_its_end(entry: Entry, name: str) -> Phrasing | None:
    """The question for a time or a rank, which takes the place of the word for it: when of 竣工时间."""
    form, word = ("when", _DATE) if entry.is_date else ("rank", _RANK)
    rest = word.sub("", name)
    is_meant = (entry.is_date or entry.aspect.unit == "rank") and rest not in ("", name)
    return Phrasing(form, rest) if is_meant else None


def _counted(entry: Entry, tokens: Sequence[Token], name: str, vocabulary: Vocabulary) -> Phrasing | None:
    """The question for how many there are; None where none are counted, or an English name is of one thing."""
    unit, aspect = _unit(entry), entry.aspect
    if family(unit, vocabulary) not in COUNTED or aspect.forms - {"level"} or aspect.change:
        return None
    counted = _without(tokens, name, "aspect") or name
    counted = (counted.removesuffix(unit) if len(unit) > 1 else counted) or name  # 游客 of 游客人次
    if name.isascii():
        return Phrasing("count", _as_said(counted)) if _is_plural(counted) else None
    return Phrasing("count", counted, "个" if unit == _LARGE else unit) if unit else None


def _unit(entry: Entry) -> str:
    return entry.quantities[0].unit if entry.quantities else ""


def _is_plural(name: str) -> bool:
    """Whether an English name is one of several things: industrial projects, imports of tea, bonds secured."""
    words, _ = _noun_and_participles(name)
    is_plural = words[-1].lower() in _PLURALS or re.search("[^su]s$", words[-1])
    return name.isascii() and bool(is_plural) and not words[0].endswith("'s")


def _says_an_amount(name: str) -> bool:
    """Whether an English name has an amount as it is: value added, imports of tea, GDP; but not books lent."""
    words, _ = _noun_and_participles(name)
    return words[-1].isupper() or stem(words[-1].lower()) in _MEASURES


def _as_said(name: str) -> str:
    """An English name of several things, as it is said behind how many: projects were started."""
    words, participles = _noun_and_participles(name)
    said = [*words, "were", *participles] if participles else words
    return " ".join(said) + name[len(_REST.sub("", name)) :]


def _noun_and_participles(name: str) -> tuple[list[str], list[str]]:
    """The words of an English name up to its noun, and those behind it, without what follows: projects, started."""
    words, behind = _REST.sub("", name).split(), list[str]()
    while len(words) > 1 and words[-1].lower() not in _PLURALS and _PARTICIPLE.search(words[-1]):
        behind.insert(0, words.pop())
    return words, behind


def _without(tokens: Sequence[Token], name: str, role: str) -> str:
    """A name without the words of a role at its end, or of an English one at its beginning: GDP of GDP增速."""
    end = len(tokens)
    while end and (not tokens[end - 1].roles.keys().isdisjoint((role, "base")) or tokens[end - 1].text == "的"):
        end -= 1
    start = 0
    if name.isascii() and tokens[0].roles.get(role):
        start = 1
        while start < end and tokens[start].text in _OF:
            start += 1
    is_shorter = start < end and (start or end < len(tokens))
    return name[tokens[start].start : tokens[end - 1].end] if is_shorter else ""

"""How a person would ask for a fact: the words of its names, without those that the question says in its own way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.knowledge.model import Fact
from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary
from bot.answering.matching.entries import Entry
from bot.answering.matching.observation import COUNTED

from .answer import Language
from .conversation.values import family

_BRACKETS = re.compile(r" ?[（(]([^（）()]*)[）)]")
_ABBREVIATION = re.compile("[A-Z][A-Z0-9.&-]+")
_OF = frozenset("of in the".split())
_YEAR = re.compile("[0-9]{4}(?:年(?![末底初]))?")
_YEARS = frozenset(["年", "周年"])  # of which nobody asks how much they are
_DATE = re.compile("的?(?:时间|日期|年份)$|^(?:[Dd]ate|[Tt]ime|[Yy]ear) of ")
_RANK = re.compile("的?(?:排名|位次|名次)$|^[Rr]ank of (?:the )?")
_TITLES = frozenset("《“‘\"'")
_REST = re.compile(" (?:of|in|among|for|with|by|that|as|to|on|since|per|at) .*")
_PARTICIPLE = re.compile("^being$|^out$|^in$|ed$|en$|ing$|ld$")
_LONGEST = 24  # of a name, in characters; a Latin one may have twice as many


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question for a fact in parts.

    `form`: amount or amounts, count, up, down, rank, when, what or whats, or itself: `what` is a question already.
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
    text = fact.en.label if language is Language.ENGLISH and fact.en.label else fact.label
    for found in _BRACKETS.finditer(text):
        if _ABBREVIATION.fullmatch(found[1]):
            text = found[1] + text[found.end() :]
            break
    return _BRACKETS.sub("", text)


def tokens_of(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a name, which stand at the same places in it as in its small letters."""
    return tokenise(text.lower(), vocabulary)


def _names(fact: Fact, language: Language) -> list[str]:
    keywords = fact.en.keywords if language is Language.ENGLISH else fact.keywords
    names = [brief_label(fact, language), *keywords]
    return [name for name in names if len(name) <= _LONGEST * (2 if name.isascii() else 1)]


def _phrasing(entry: Entry, tokens: Sequence[Token], name: str, vocabulary: Vocabulary) -> Phrasing:
    aspect = entry.aspect
    unit = entry.quantities[0].unit if entry.quantities else ""
    if tokens and tokens[0].roles.get("ask") in ("who", "name", "what") and name.isascii():
        return Phrasing("itself", name)
    if aspect.unit == "name" or entry.fact.figure[0] in _TITLES:
        is_list = _is_plural(name) if name.isascii() else "、" in entry.fact.figure
        return Phrasing("whats" if is_list else "what", name)
    if named := _by_its_end(entry, name):
        return named
    if aspect.change in ("up", "down") and not aspect.forms and (stem := _without(tokens, name, "change")):
        # 农村快于城市的幅度 has the change within, and is no growth of that.
        tells_more = any("change" in token.roles for token in tokens_of(stem, vocabulary))
        return Phrasing("amount", name) if tells_more else Phrasing(aspect.change, stem)
    if family(unit, vocabulary) in COUNTED and not (aspect.forms - {"level"} or aspect.change):
        counted = _without(tokens, name, "aspect") or name
        counted = (counted.removesuffix(unit) if len(unit) > 1 else counted) or name  # 游客 of 游客人次
        if _is_plural(counted) if name.isascii() else unit:
            return Phrasing("count", counted, "" if name.isascii() else unit)
    return Phrasing("amounts" if _is_plural(name) else "amount", name)


def _by_its_end(entry: Entry, name: str) -> Phrasing | None:
    """The question for a time or a rank, which takes the place of the word for it: when of 竣工时间."""
    form, word = ("when", _DATE) if entry.is_date else ("rank", _RANK)
    stem = word.sub("", name)
    is_meant = (entry.is_date or entry.aspect.unit == "rank") and stem not in ("", name)
    return Phrasing(form, stem) if is_meant else None


def _is_plural(name: str) -> bool:
    """Whether an English name is one of several things: industrial projects, imports of tea, bonds secured."""
    words = _REST.sub("", name).split()
    while len(words) > 1 and _PARTICIPLE.search(words[-1]):
        words.pop()
    return name.isascii() and bool(re.search("[^su]s$", words[-1])) and not words[0].endswith("'s")


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

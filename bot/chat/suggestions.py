"""What a person may ask: questions for facts, and what an answer can be followed by; each proven by asking it."""

import re
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from functools import cached_property
from itertools import chain, islice

from cachetools import LRUCache

from bot.answering.answer import Language, Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation
from bot.answering.knowledge.model import Fact
from bot.answering.language.tokens import Token
from bot.answering.phrasing import Phrasing, brief_label, is_plain, phrasings, tokens_of

from .texts import Locale, texts

_MOST = 3
_TRIED = 6  # wordings of a question, and facts that may follow another one
_REMEMBERED = 2_000
_ONE_OF = re.compile("[^ ]+(?: [^ ]+)?(?<!s) of |.* (?:index|level|number|rate|ratio|share)$")


class Suggestions:
    """Suggests what to ask of a knowledge; made once a knowledge."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._questions: MutableMapping[tuple[str, Locale], str] = LRUCache(_REMEMBERED)
        self._following: MutableMapping[tuple[str, Language], tuple[tuple[Fact, str], ...]] = LRUCache(_REMEMBERED)

    def examples(self, locale: Locale, popular: Iterable[str] = ()) -> dict[str, Fact]:
        """Up to three questions with their facts, of different sections where there are several; `popular` first."""
        facts, index = self._answerer.knowledge.facts, self._answerer.index
        known = (facts[index.numbers[id_]] for id_ in popular if id_ in index.numbers)
        spread = sorted(facts[:: max(len(facts) // 20, 1)], key=lambda fact: not is_plain(fact))
        found, sections = dict[str, Fact](), set[tuple[str, str]]()
        for fact in chain(known, self._openers, spread):
            section = fact.report.id, fact.section
            if section in sections and len(self._openers) > len(sections):
                continue
            if text := self.question(fact, locale):
                sections.add(section)
                found.setdefault(text, fact)
            if len(found) == _MOST:
                break
        return found

    @cached_property
    def _openers(self) -> list[Fact]:
        """The plain figure of each section with the shortest label, or any fact; plain ones come first."""
        sections: dict[tuple[str, str], list[Fact]] = {}
        for fact in self._answerer.knowledge.facts:
            sections.setdefault((fact.report.id, fact.section), []).append(fact)
        found = (min(section, key=lambda fact: (not is_plain(fact), len(fact.label))) for section in sections.values())
        return sorted(found, key=lambda fact: not is_plain(fact))

    def question(self, fact: Fact, locale: Locale) -> str:
        """The most natural question that is answered with this very fact; empty where none is."""
        key = fact.id, locale
        if key not in self._questions:
            asked = dict.fromkeys(self._wordings(fact, locale))
            proven = (text for text in list(asked)[:_TRIED] if self._tells(fact, text))
            self._questions[key] = next(proven, "")
        return self._questions[key]

    def after(self, fact: Fact, language: Language) -> tuple[tuple[Fact, str], ...]:
        """Up to three facts that a person may go on to from this one, each with the words that do so."""
        key = fact.id, language
        if key not in self._following:
            # Of a row of buttons, in Latin letters, of which a Chinese character takes two.
            found, room = list[tuple[Fact, str]](), 48
            for other, text in islice(self._neighbours(fact, language), _TRIED):
                width = sum(1 if char.isascii() else 2 for char in text)
                if len(found) < _MOST and width <= room and self._tells(other, text, after=fact):
                    found.append((other, text))
                    room -= width
            self._following[key] = tuple(found)
        return self._following[key]

    def _tells(self, fact: Fact, text: str, after: Fact | None = None) -> bool:
        conversation = Conversation(self._answerer)
        if after:
            conversation.chosen(after.id, 0.0)
        answer = conversation.reply(text, 0.0)
        is_plain = answer.outcome is Outcome.ANSWER and answer.verdict is None
        return is_plain and [match.fact.id for match in answer.matches] == [fact.id]

    def _wordings(self, fact: Fact, locale: Locale) -> Iterator[str]:
        language = locale.language
        if language is Language.ENGLISH and not (fact.en.label or fact.label.isascii()):
            return
        entry = self._answerer.index.entry_of(fact)
        for phrasing in phrasings(entry, language, self._answerer.vocabulary):
            text = _said(phrasing, locale)
            if len(text) <= 60:
                yield text

    def _neighbours(self, fact: Fact, language: Language) -> Iterator[tuple[Fact, str]]:
        """The facts that go on with the same name, then the others of the sentence, with what sets each apart."""
        index, vocabulary = self._answerer.index, self._answerer.vocabulary
        entry, label = index.entry_of(fact), brief_label(fact, language)
        said = {token.text for token in tokens_of(f"{label} {fact.label} {fact.en.label}", vocabulary)}
        found: list[tuple[tuple[bool, bool, int], Fact, str]] = []
        for at in range(max(entry.number - _TRIED, 0), min(entry.number + _TRIED + 1, len(index))):
            other, far = index.entry(at), abs(at - entry.number)
            if not far or other.fact.report is not fact.report:
                continue
            name = brief_label(other.fact, language)
            apart = _apart(name, label, [t for t in tokens_of(name, vocabulary) if t.text not in said])
            if apart or other.sentence == entry.sentence:
                is_alike = (other.aspect.unit, other.aspect.change) == (entry.aspect.unit, entry.aspect.change)
                found.append(((not apart, not is_alike, far), other.fact, apart or name))
        for _, other_fact, text in sorted(found, key=lambda one: one[0]):
            yield other_fact, text[:1].upper() + text[1:]


def _apart(name: str, label: str, new: Sequence[Token]) -> str:
    """What a name says of the same thing as a label, by its words that are new: 增速. Empty for another thing."""
    telling = [token for token in new if not token.is_stop]
    while telling and telling[-1].roles.get("filler") == "en_function1":
        telling.pop()
    goes_on = any("change" in token.roles or token.roles.get("aspect", "level") != "level" for token in telling)
    others = any(token.is_content or token.is_unknown for token in telling)
    return name[telling[0].start : telling[-1].end] if goes_on and (name.startswith(label) or not others) else ""


def _said(phrasing: Phrasing, locale: Locale) -> str:
    """A question in the words of a locale."""
    say, what = texts(locale), f"{phrasing.period}{phrasing.what}"
    if phrasing.form == "itself":
        return say("ask-itself", what=what)
    if locale is Locale.ENGLISH:
        first, _, second = what.removeprefix("The ").partition(" ")
        is_name = first[1:2].isupper() or first.endswith("'s") or (second[:1].isupper() and second[1:2].islower())
        what = f"{first if is_name else first.lower()} {second}".rstrip()
        # The number of schools grows, and schools and tourism do.
        has_article = _ONE_OF.match(what) if phrasing.form in ("up", "down", "figure") else phrasing.form != "count"
        if has_article and (first[0].islower() or not first.endswith("'s")):
            what = say("ask-the", what=what)
    return say(f"ask-{phrasing.form}", what=what, unit=phrasing.unit)

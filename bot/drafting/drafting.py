"""Drafts the report file of an article."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.answering.exceptions import AnsweringError
from bot.answering.knowledge.article import is_same
from bot.answering.knowledge.model import Fact
from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary

from .articles.details import Details, aliases_of
from .articles.sections import outline
from .draft import Doubt, Draft
from .facts import Told, distinct, doubts_of, told, with_owners
from .ids import Ids
from .keywords import keywords_of
from .labels import english_label, subject_text
from .names import names_of
from .periods import Periods
from .reading.plain import is_chinese, plain
from .reading.reader import Reader
from .recurring import Recurring, in_year
from .yaml_writer import DraftFact, DraftSentence, report_file

_AROUND = 4  # characters on both sides by which a number that is left out is recognised
_OFTEN = 3  # times that a name begins a clause, that of the title among them
_NO_FIGURE = "the article tells no figure, so that there is nothing to ask for: give another one"
_NO_PROSE = "no sentence of the article tells a figure: write what its tables and headings say in whole sentences"
_PLACES = "省市县区州镇乡村"
_OWN = re.compile(rf"[全我][{_PLACES}校院行]|[本该](?:校|院|行)")  # how a text calls what it is about
_FIRM = re.compile(r"(?<!\w)[本该]?(?:公司|集团)")


class NothingToDraftError(AnsweringError):
    """A text has no figure that a question could ask for; the text is one line that says so."""


def draft(
    text: str,
    details: Details,
    vocabulary: Vocabulary,
    like: Sequence[Fact] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Draft:
    """The first version of the report file of an article; what `details` leaves open is marked to be filled in.

    `like`: the facts of an older report, whose ids and labels those that recur keep. `progress`: told how many
    sentences are done, and how many there are.
    Raises `NothingToDraftError` where there would be no fact.
    """
    title = details.title or ""
    article = outline(text, title)
    prose = ((section.title, section.paragraphs) for section in article.sections)
    drafted = [(title, [list(map(DraftSentence, one)) for one in paragraphs]) for title, paragraphs in prose]
    periods = Periods(text, title, details.year or 0, vocabulary)
    subject = details.subject or ""
    nickname = "" if subject else _named(text, title, vocabulary)
    aliases = list(filter(None, [*aliases_of(subject), nickname]))
    reader = Reader(vocabulary, [subject, *aliases], text)
    recurring = Recurring(like, vocabulary)
    headed = [("" if heading == title else heading, paragraphs) for heading, paragraphs in drafted]
    figures = list(_figures(headed, reader, periods, progress))
    for one in figures:
        one.like = recurring.take(one.label)
        if one.like:
            one.label = in_year(one.like.label, (details.year or 0) - one.like.report.year)
    kept = distinct(with_owners(figures), periods.usual)
    if not kept:
        raise NothingToDraftError(_NO_PROSE if any(map(quantities, article.others)) else _NO_FIGURE)
    ids = Ids(details.id or "")
    doubts: list[Doubt] = []
    english = {""}
    for one, keywords in zip(kept, keywords_of(kept, vocabulary), strict=True):
        fact = _fact(one, keywords, vocabulary)
        if fact.english in english and not one.like:
            fact.english = ""  # what two facts are called tells neither
        english.add(fact.english)
        fact.id = recurring.id_in(one.like, details.id or "", ids.prefix) if one.like else ""
        fact.id = ids.take(fact.id) if fact.id else ids.of(_words(one))
        fact.doubts = () if one.like else doubts_of(one, chinese=is_chinese(text))
        one.sentence.facts.append(fact)
        doubts += [Doubt(fact.id, fact.label, why) for why in fact.doubts]
    flat = [(title, [one for paragraph in paragraphs for one in paragraph]) for title, paragraphs in drafted]
    sentences = [sentence for _, found in flat for sentence in found]
    _add_names(sentences, [subject, *aliases], ids, periods, vocabulary)
    left_out = dict.fromkeys(phrase for one in sentences for phrase in _left_out(one))
    left_out |= dict.fromkeys(line for line in article.others if quantities(line) and line != title)
    facts = sum(len(sentence.facts) for sentence in sentences)
    aliases += [name for name in _own_names(text, subject) if name not in aliases]
    return Draft(report_file(details, aliases, flat, list(left_out)), len(figures), facts, tuple(doubts))


def _named(text: str, title: str, vocabulary: Vocabulary) -> str:
    """The name in a title that the vocabulary lacks, and that begins clauses of the text, "" for none: a firm's."""
    names = [title[one.start : one.end] for one in tokenise(plain(title), vocabulary) if one.is_unknown]
    times = {name: len(re.findall(rf"(?<!\w){re.escape(name)}", text)) for name in names if is_chinese(name[1:])}
    name = max(times, key=lambda name: times[name], default="")
    return name if times.get(name, 0) >= _OFTEN else ""


def _own_names(text: str, subject: str) -> list[str]:
    """How a text calls what it is about without its name: a place by its kind, a firm where clauses begin so often."""
    names = sorted(set(_OWN.findall(text)))
    if not subject:
        return names
    if subject[-1] in _PLACES:
        return [name for name in names if name[-1] == subject[-1]]
    firms = Counter(_FIRM.findall(text))
    return [
        *(name for name in names if name[-1] not in _PLACES),
        *(name for name, times in firms.items() if times >= _OFTEN),
    ]


def _fact(one: Told, keywords: tuple[str, ...], vocabulary: Vocabulary) -> DraftFact:
    """The fact that a figure makes, still without an id."""
    if one.like is None:
        return DraftFact("", one.label, one.figure, one.period, keywords, english_label(one.reading, vocabulary))
    english = one.like.en
    return DraftFact("", one.label, one.figure, one.period, one.like.keywords, english.label, english.keywords)


def _words(one: Told) -> list[str]:
    """The words of a label, of which the id is made."""
    subject = subject_text(one.reading)
    return [*one.reading.subject, one.label.replace(subject, "")] if subject in one.label else [one.label]


def _figures(
    headed: Sequence[tuple[str, Sequence[Sequence[DraftSentence]]]],
    reader: Reader,
    periods: Periods,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Told]:
    count = sum(len(paragraph) for _, paragraphs in headed for paragraph in paragraphs)
    done = 0
    for heading, paragraphs in headed:
        reader.begin_section(heading)
        for paragraph in paragraphs:
            reader.begin_paragraph()
            before = ""
            for sentence in paragraph:
                yield from told(sentence, reader, periods, heading, before)
                before += sentence.text
                done += 1
                if progress:
                    progress(done, count)


def _add_names(
    sentences: Iterable[DraftSentence], own: Sequence[str], ids: Ids, periods: Periods, vocabulary: Vocabulary
) -> None:
    """Adds the names that no figure of their sentence is called by already."""
    taken = {fact.label for sentence in sentences for fact in sentence.facts}
    for sentence in sentences:
        told = sorted((sentence.text.find(fact.figure), fact.label) for fact in sentence.facts)
        is_read = is_chinese(sentence.text)
        found = names_of(sentence.text, told, own, periods.year, vocabulary) if is_read else ()
        for name in found:
            if name.label not in taken and name.figure not in {fact.figure for fact in sentence.facts}:
                taken.add(name.label)
                fact = DraftFact(ids.of([name.label]), name.label, name.figure, periods.usual, name.keywords)
                sentence.facts.append(fact)


def _left_out(sentence: DraftSentence) -> Iterator[str]:
    """Phrases around the numbers of a sentence that none of its facts has."""
    texts = (text for fact in sentence.facts for text in (fact.figure, fact.label, fact.period, *fact.keywords))
    has = [number for text in texts for number in quantities(text)]
    packed = "".join(sentence.text.split())
    for number in quantities(packed):
        if not any(is_same(number, other) for other in has):
            yield packed[max(0, number.start - _AROUND) : number.end + _AROUND]

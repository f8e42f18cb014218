"""Where a fact's figure stands in the sentence that is quoted for it."""

import re
from difflib import SequenceMatcher

from .model import Fact

# What a longer label says after this many characters names nothing; the limit bounds the search.
_LONGEST_NAME = 100
_NUMERAL = "0-9零一二三四五六七八九十百千两"
# A figure that begins with a numeral is not the tail of a longer number: 5项 does not stand in 15项 or 2.5项.
_NO_NUMBER_BEFORE = rf"(?<![{_NUMERAL}])(?<![0-9][.,])"
_NO_NUMBER_AFTER = rf"(?![{_NUMERAL}])(?![.,][0-9])"


def figure_span(fact: Fact) -> tuple[int, int]:
    """Start and end of the figure in the fact's sentence; (0, 0) where it does not stand there.

    Where it stands several times, it is the first one after the label's words (the longest stretch that label and
    sentence share), because a name comes before its figure; where none follows them, the last one.
    """
    spans = _spans(_whole_number(fact.figure), fact.sentence) or _spans(re.escape(fact.figure), fact.sentence)
    if len(spans) < 2:
        return next(iter(spans), (0, 0))
    named = _named_at(fact)
    return next((span for span in spans if span[0] >= named), spans[-1])


def _spans(pattern: str, sentence: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, sentence)]


def _whole_number(figure: str) -> str:
    before = _NO_NUMBER_BEFORE if re.match(f"[{_NUMERAL}]", figure) else ""
    after = _NO_NUMBER_AFTER if re.search(f"[{_NUMERAL}]$", figure) else ""
    return before + re.escape(figure) + after


def _named_at(fact: Fact) -> int:
    """Where the longest stretch of the label that stands in the sentence begins; of several the first."""
    label = fact.label[:_LONGEST_NAME]
    return SequenceMatcher(None, fact.sentence, label, autojunk=False).find_longest_match().a

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
    figure, sentence = re.escape(fact.figure), fact.sentence
    before = _NO_NUMBER_BEFORE if re.match(f"[{_NUMERAL}]", fact.figure) else ""
    after = _NO_NUMBER_AFTER if re.search(f"[{_NUMERAL}]$", fact.figure) else ""
    found = list(re.finditer(before + figure + after, sentence)) or list(re.finditer(figure, sentence))
    spans = [match.span() for match in found]
    if len(spans) < 2:
        return next(iter(spans), (0, 0))
    named = SequenceMatcher(None, sentence, fact.label[:_LONGEST_NAME], autojunk=False).find_longest_match().a
    return next((span for span in spans if span[0] >= named), spans[-1])

"""Finds what a clause puts forward for the next one to tell of: 古籍是家底：藏书5册; 甲厂居首，产茶6吨."""

import re

from bot.answering.language.vocabulary import Vocabulary

from .subjects import Subject, cleaned, is_bearer, is_measured, is_name, tokens_of

_STANDS = re.compile(
    r"(?:[位排]?(?:居|列|名)(?:首位?|[全]?[\u4e00-\u9fff]{0,2}第[一二三四五六七八九十\d]+位?)|领跑|领先|次之|紧随其后|紧跟其后)[，,]\Z"
)
_IS = re.compile("(?:是|则是|也是|仍是)[^，。；：:]*[：:]\\Z|[：:]\\Z")
_NOT = re.compile("[\\d一二三四五六七八九十]|其[中他]|如下|分别|包括|依次|情况")


def announced(text: str, start: int, end: int, vocabulary: Vocabulary) -> Subject:
    """The name in a clause that ends at `end` with its mark, () where it puts none forward."""
    closing = _STANDS.search(text, start, end) or _IS.search(text, start, end)
    if closing is None or _NOT.search(text, start, closing.start()):
        return ()
    tokens = cleaned(tokens_of(text, start, closing.start(), vocabulary))
    names = tuple(one.text for one in tokens)
    return names if names and all(map(is_name, tokens)) and is_bearer(tokens) and not is_measured(names) else ()

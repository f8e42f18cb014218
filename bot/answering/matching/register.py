"""In which register a question is put: in the terms of reports, or as people talk."""

from bot.answering.language.tokens import COURTESIES, Token

from .observation import LISTS, Observation

_TALK = ("了", "的")  # how words end that are said rather than written: 卖了, 男的
_TALKING = 3  # known words of talk
_PLAIN = ("en_function", "en_verbs", "en_prose", "en_degree", "en_report")
_SAYING_LITTLE = frozenset(["filler", "ask"])


def is_formal(question: Observation) -> bool:
    """Whether a question in Chinese is in the terms of reports, so that what these leave unexplained is another thing.

    Who asks in everyday words, or mistypes, calls things otherwise than a report does; a single such word says little.
    """
    others = in_talk(question)
    return bool(question.asks) and len(others) <= 1 and all(map(_may_be_term, others))


def is_talk(question: Observation) -> bool:
    """Whether a question is put as people talk, who call things by words of their own."""
    return sum(not token.is_unknown for token in in_talk(question)) >= _TALKING


def in_talk(question: Observation) -> list[Token]:
    """The words of a question that are put as people talk, and not as reports are; 请问 stands outside of it."""
    said = (token for token in question.tokens if token.roles.get("filler") not in COURTESIES)
    return [token for token in said if not _is_term(token)]


def _is_term(token: Token) -> bool:
    """Whether a word names a thing or a measure as reports do, or leads from one to the other."""
    if token.text in LISTS["terms"]:
        return True
    if token.text.isascii():
        filler = token.roles.get("filler", "")
        return not filler or filler.startswith(_PLAIN)
    if token.text.endswith(_TALK) or token.word is None:
        return bool(token.quantity or token.span or token.is_stop)
    return bool(token.word.senses) or not (token.word.everyday or token.roles.keys() & _SAYING_LITTLE)


def _may_be_term(token: Token) -> bool:
    """Whether a word may be of either register: a plain one, and what is too rare to tell."""
    is_plain = token.word is not None and bool(token.word.everyday)
    return (is_plain or token.is_unknown) and not token.text.endswith(_TALK)

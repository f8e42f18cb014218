"""Of which holiday an article tells, where its title names one."""

from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary

from .reading.plain import plain

_ONE = "春节"  # of the holidays of the vocabulary


class Holidays:
    """The holiday that an article tells of, from the one in its title on: 国庆.

    An article whose title names none may mention one, and tells of the whole time all the same.
    """

    def __init__(self, title: str, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known = {_ONE, *vocabulary.exclusive.get(_ONE, ())}
        self._last = self._named(title)

    def labelled(self, label: str, before: str) -> str:
        """A label with the holiday that its figure tells of; `before`: what the article says up to the figure."""
        if not self._last:
            return label
        self._last = self._named(before) or self._last
        return label if self._named(label) else self._last + label

    def _named(self, text: str) -> str:
        """The last holiday that a text names, "" for none."""
        tokens = tokenise(plain(text), self._vocabulary)
        senses = [sense for token in tokens if token.word for sense in token.word.senses]
        return next((concept for sense in reversed(senses) for concept in sense if concept in self._known), "")

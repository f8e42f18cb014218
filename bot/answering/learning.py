"""What the facts' own keywords add to the lexicon's words."""

from __future__ import annotations

from collections.abc import Iterable

from . import cells as reading
from .segmentation import parts, unknown_words
from .vocabulary import Vocabulary


def learn(phrases: Iterable[str], vocabulary: Vocabulary) -> None:
    """Adds the words of normalised phrases that the vocabulary lacks, and finds out which words are made of others.

    The shortest phrases come first, so that the longer ones fall into words that are known by then.
    """
    for phrase in sorted(set(phrases), key=lambda text: (len(text), text)):
        if _is_short_name(phrase, vocabulary):
            vocabulary.add_key(phrase, len(phrase))
            continue
        for word in unknown_words(phrase, vocabulary):
            vocabulary.add_key(*reading.key_of(word.text))
    _find_compounds(vocabulary)


def _is_short_name(phrase: str, vocabulary: Vocabulary) -> bool:
    """Whether a keyword of two or three characters is a name of its own (算谷), not a word and a particle."""
    if not 2 <= len(phrase) <= 3 or not reading.is_chinese(phrase) or phrase in vocabulary.entries:
        return False
    known = [vocabulary.entries.get(char) for char in phrase]
    return not all(entry and entry.content for entry in known)


def _find_compounds(vocabulary: Vocabulary) -> None:
    """Tells the vocabulary which concepts are made of others, judged by the first word of each."""
    for concept, name in enumerate(vocabulary.concepts):
        entry = vocabulary.entries.get(name)
        if entry and entry.concept == concept and len(name) > 2 and reading.is_chinese(name) and not (entry.topic or entry.place):
            made_of = parts(name, vocabulary)
            if made_of:
                vocabulary.parts[concept] = made_of

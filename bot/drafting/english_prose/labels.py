"""Names of figures in English: what is measured, and how it is told."""

import re
from dataclasses import dataclass, replace

_QUOTES = str.maketrans("’‘“”", "''\"\"")
_SPACES = re.compile(r"\s+")
_DOUBLED = re.compile(r"\b(of|in|the|by|for|from|to|at|on) (?:\1 )+")
_LEADING = re.compile(
    r"(?i)^(?:(?:the|a|an|its|their|his|her|our|and|or|of|that|there|but|with|this|these|those|while|also|some|all)"
    r"\b|[,.\s•*-])+ ?"
)
_TRAILING = re.compile(
    r"[\s,.;:–—-]+$|(?:\s|^)(?:and|or|of|in|at|by|to|from|with|for|on|the|a|an|as|than|that|which|over|per|was|were|"
    r"is|are|respectively)$"
)
_PRONOUN = re.compile(r"^(?:it|they|this|that|these|those|he|she|we|there|you)$", re.IGNORECASE)
# In per cent, and in another unit.
_HOW_TOLD = {"up": ("Growth in", "Increase in"), "down": ("Fall in", "Decrease in")}
_HOW_TOLD |= {"change": ("Change in", "Change in"), "share": ("Share of", "Share of")}
_MOST = 5
_HEAD = re.compile(
    r"(?i)^(?:(?:total|average|overall|annual|monthly|median|estimated) )*"
    r"(?:number|level|amount|percentage|rate|size|total) of (?:the )?"
)
_SHORT = re.compile(r"\s(?:that|who|which|in|on|at|by|from|for|with|to|among|as)\s.*")
_YEAR_BEFORE = re.compile(r"(?i)(?:in )?(?:the )?(?:last|previous|prior|preceding) year(?:['’]s)?|the year before")
_CHANGES = {"up": ("growth", "increase"), "down": ("fall", "decrease"), "change": ("change", "change")}


@dataclass(frozen=True)
class Told:
    """What a figure is told of, and how.

    `core`: what is measured; `counted`: what is counted of it, in one word or two; `kind`: level, up, down, change or
    share. `extra`: what it is compared with, or of which of two times it is.
    """

    core: str
    kind: str = "level"
    counted: str = ""
    extra: str = ""
    is_carried: bool = False

    def as_level(self) -> "Told":
        return replace(self, kind="level", extra="")


def label(told: Told, *, is_relative: bool) -> str:
    """The name of a figure; `is_relative`: it is a percentage, or percentage points."""
    core = cleaned(told.core)
    if not core:
        return ""
    word = _HOW_TOLD.get(told.kind, ("", ""))[0 if is_relative else 1]
    text = f"{word} {core}" if word else core
    text = cleaned(f"{text} {_apart(told)}".strip())
    return text[:1].upper() + text[1:]


def _apart(told: Told) -> str:
    """What tells a figure from others; another year by words that are no period of the report's own."""
    if told.kind in _CHANGES:
        return f"from {told.extra}" if told.extra else ""
    return _YEAR_BEFORE.sub("a year earlier", told.extra)


def cleaned(text: str) -> str:
    """A name without what leads up to it, and what it was broken off before."""
    return cleaned_tail(_LEADING.sub("", cleaned_tail(text)))


def cleaned_tail(text: str) -> str:
    """What is said behind a name, without what it was broken off before."""
    text = _SPACES.sub(" ", text.replace(" ,", ",").replace("**", "").translate(_QUOTES)).strip(" ,.;:–—")
    text = text.replace('"', "") if text.count('"') == 1 else text
    while (shorter := _TRAILING.sub("", text)) != text:
        text = shorter
    return _DOUBLED.sub(r"\1 ", text)


def is_pronoun(text: str) -> bool:
    return bool(_PRONOUN.match(text.strip()))


def keywords(told: Told, *, is_relative: bool) -> list[str]:
    """Other names of a figure: the thing in few words, with how it is told, and the other way round."""
    core = cleaned(told.core)
    names = list(dict.fromkeys(filter(None, _names(core))))
    if told.kind in _CHANGES and names:
        noun, amount = _CHANGES[told.kind]
        first = f"percentage {amount} in" if is_relative else f"{amount} in"
        names = [f"{name} {noun if is_relative else amount}" for name in names[:3]] + [f"{first} {names[0]}"]
    elif told.kind == "share":
        names = [f"percentage of {name}" for name in names]
    names = [f"{name} {_apart(told)}".strip() for name in names]
    return [name[:1].upper() + name[1:] for name in dict.fromkeys(names) if name.lower() != core.lower()][:_MOST]


def _names(core: str) -> list[str]:
    """What is measured, in fewer words: the shortest first."""
    plain = _HEAD.sub("", core)
    head, _, owner = plain.partition(" of ")
    short, whose = cleaned(_SHORT.sub("", head)), cleaned(_SHORT.sub("", owner))
    if whose:
        return [f"{whose} {short}", whose if " " not in short else short, plain]
    return [" ".join(short.split()[-2:]), short, plain]

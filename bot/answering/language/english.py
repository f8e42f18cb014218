"""English words: a light stemmer, enough to bring a question's inflections to a keyword's."""

import re
from functools import lru_cache

_SUFFIXES = tuple(
    {
        "izations": "ize", "ization": "ize", "ations": "ate", "ation": "ate", "ies": "y", "ches": "ch", "shes": "sh",
        "sses": "ss", "ied": "y", "ing": "", "ed": "", "ly": "", "s": "",
    }.items()
)  # fmt: skip
# Forms that no rule brings to their word, and a few that one would bring to another: trained is no train.
_IRREGULAR = {
    form: word
    for word, forms in {
        "bear": "bore", "build": "built", "buy": "bought", "calf": "calves", "catch": "caught", "child": "children",
        "clothes": "clothing", "crisis": "crises", "die": "died dying", "dig": "dug", "drive": "drove driven",
        "eat": "ate eaten", "fall": "fell fallen", "fly": "flew flown flies", "goose": "geese", "grow": "grew grown",
        "half": "halves", "hold": "held", "lend": "lent", "make": "made", "owe": "owed owing", "pay": "paid",
        "ride": "rode ridden", "rise": "rose risen", "sell": "sold", "send": "sent", "shrink": "shrank shrunk",
        "sow": "sown", "spend": "spent", "steal": "stole stolen", "take": "took taken", "teach": "taught",
        "thief": "thieves", "tooth": "teeth", "trained": "training", "use": "used using", "wear": "wore worn",
        "wife": "wives", "win": "won", "write": "wrote written",
    }.items()
    for form in forms.split()
}  # fmt: skip
# Words that end as if they were inflected.
_WHOLE = frozenset(
    "assembly clothes contracted customs daily early engineering evening family glasses goods morning news packaging "
    "reply trained".split()
)
# British spellings, by the American ones that a name may also be written with.
_SPELLINGS = {
    "labour": "labor", "harbour": "harbor", "neighbour": "neighbor", "colour": "color", "honour": "honor",
    "behaviour": "behavior", "tumour": "tumor", "centre": "center", "fibre": "fiber", "theatre": "theater",
    "metre": "meter", "litre": "liter", "licence": "license", "defence": "defense", "programme": "program",
    "aluminium": "aluminum", "sulphur": "sulfur", "paediatric": "pediatric", "gynaecol": "gynecol",
    "haemo": "hemo", "anaem": "anem", "leukaem": "leukem", "diarrhoea": "diarrhea", "jewellery": "jewelry",
    "plough": "plow", "artefact": "artifact", "enroll": "enrol", "travell": "travel", "cancell": "cancel",
    "counsell": "counsel",
}  # fmt: skip
# How derived words end, in the order in which these stand behind each other, with how many letters have to remain.
_DERIVED = {
    "ing": 4, "ness": 4, "s": 5, "ment": 5, "al": 5, "ic": 5, "ist": 5, "ian": 5, "ia": 5, "ion": 5, "er": 4, "or": 5,
}  # fmt: skip
_BRITISH = re.compile("|".join(_SPELLINGS))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word: companies → compani, invested → invest, revitalisation → revitaliz."""
    word = word.removesuffix("'s").removesuffix("’s").rstrip("'’")
    word = word.replace("isation", "ization").replace("ise", "ize") if len(word) > 6 else word
    word = _BRITISH.sub(lambda spelling: _SPELLINGS[spelling[0]], word)
    word = _IRREGULAR.get(word, word)
    if word.endswith("men") and len(word) > 4:
        word = word[:-2] + "an"
    if word in _WHOLE:
        return _bare(word)
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and _may_lose(word, suffix):
            word = word[: -len(suffix)] + replacement
            break
    return _bare(word)


def is_plural(word: str) -> bool:
    """Whether a lower-case word is written as a plural: cities, but not status, city's, or 城市."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and stem(word) != word


@lru_cache(maxsize=4096)
def root(word: str) -> str:
    """What a lower-case word shares with those that are derived from it, or it from them: campers and camping."""
    found = stem(word)
    for ending, least in _DERIVED.items():
        if found.endswith(ending) and len(found) - len(ending) >= least:
            found = found.removesuffix(ending)
    return found


def _may_lose(word: str, suffix: str) -> bool:
    """Whether what remains can be a word: three letters, a vowel among them (not in spring, speed, gas, focus)."""
    rest = word[: -len(suffix)]
    whole = word.endswith(("ss", "us", "is", "eed", "pply"))
    return len(rest) >= 3 and any(vowel in rest for vowel in "aeiouy") and not whole


def _bare(word: str) -> str:
    """The word without a silent e, a doubled last consonant, or a final y that would be an i in the plural."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lse0123456789":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word

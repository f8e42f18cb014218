"""Mends what people mistype: a token that the reports do not know, where one that they know looks or sounds like it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby, pairwise
from operator import add

from .dictionary import chinese_names, chinese_words
from .english import stem
from .periods import EN_MONTHS
from .pinyin import FUNCTION_WORDS, LONGEST, PinyinReader, by_sound, readings, sounds
from .tokens import KINDS_OF_PLACES, SCALES, Token, is_kind_of_place, tokenise
from .vocabulary import NOT, Vocabulary, words_of

_MOST_TOKENS = 4
_FEW_READINGS = 3  # a phrase of so many characters may be read in all ways that these have: 净曾 for 净增
_SURE_BY_LOOK = 4  # a phrase of as many characters is recognised with one of them wrong, however that one sounds
_LONGEST_WORD = 4  # characters of a word of the dictionary that a slip leaves as it is
_SHORT = 5  # letters of a word that many others are like
_LATIN_SLIP = 3  # the shortest Latin word in which two letters may be swapped
_SURE = {"ask", "change", "base"}
_KEPT = ("degree", "base", "change", "aspect", "compare", "ask", "place", "subject")
_FIXED = frozenset("各每哪计一二三四五六七八九十")  # no slips, nor parts of a phrase
_TOLD_BY = "增下减降涨同环"  # how those begin that are no everyday talk


class Repairer:
    """The phrases of the reports in force, by their characters and by their sounds; made when first needed."""

    def __init__(
        self,
        names: Callable[[], Iterable[Sequence[Token]]],
        tokens: Callable[[], Iterable[Token]],
        vocabulary: Vocabulary,
        known_sounds: Callable[[], Mapping[str, tuple[str, ...]]],
    ) -> None:
        """`names`: of all facts, as tokens; `tokens`: those of all of them; `known_sounds`: those of many words."""
        self._names, self._tokens, self._vocabulary = names, tokens, vocabulary
        self._known_sounds = known_sounds
        self._pinyin = PinyinReader(self._in_force, self._words, vocabulary, known_sounds)

    def prepare(self) -> None:
        """Makes what the first mistyped question would otherwise wait for."""
        _ = self._by_sound, self._pinyin.by_sound, self._by_end, self._sure_pairs, self._latin_words, self._latin_known

    def repaired(self, text: str, tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
        """The tokens of the text as it was probably meant; the same where nothing has to be mended."""
        if typed := self._pinyin.written_out(text, tokens):
            text, tokens = typed, tokenise(typed, vocabulary)
        is_doubtful = any(map(self._is_doubtful, tokens))
        if told := self._telling(text, tokens):
            text, tokens = told, tokenise(told, vocabulary)
        mended = self._mended(text, tokens) if is_doubtful else text
        if mended == text:
            mended = self._unswapped(text, tokens, vocabulary) or text
        return tokens if mended == text else tokenise(mended, vocabulary)

    def _is_doubtful(self, token: Token) -> bool:
        is_single_change = len(token.text) == 1 and "change" in token.roles  # 升 of 在校升
        return token.is_unknown or is_single_change or (token.is_content and token.text not in self._known)

    def _unswapped(self, text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> str:
        """The text with two neighbouring characters swapped, where that gives one more sure word; empty for none."""
        if not (swaps := list(self._swaps(text, tokens))):
            return ""
        best, fewest, sure = "", len(_loose(tokens)), self._sure_in(tokens)
        for meant in swaps:
            cut = tokenise(meant, vocabulary)
            left = len(_loose(cut))
            if left < fewest and sure < self._sure_in(cut):
                best, fewest = meant, left
        return best

    def _swaps(self, text: str, tokens: Sequence[Token]) -> Iterator[str]:
        """The text with each two neighbouring characters swapped of which a sure word may come, but no word itself."""
        loose = _loose(tokens)
        kept = (token for token in tokens if token.quantity or token.span or token.is_stop or "ask" in token.roles)
        fixed = {at for token in kept for at in range(token.start, token.end)}
        for at in sorted((loose | {at + 1 for at in loose}) - {0, len(text)}):
            if not fixed.isdisjoint((at - 1, at)):
                continue
            written = text[at - 1 : at + 1]
            around = text[max(at - 2, 0) : at - 1] + written[::-1] + text[at + 1 : at + 2]
            may_be = not self._sure_pairs.isdisjoint(map(add, around, around[1:]))
            if may_be and written not in self._phrases and written not in chinese_words():
                yield text[: at - 1] + written[::-1] + text[at + 1 :]

    def _sure_in(self, tokens: Sequence[Token]) -> set[str]:
        """The words of the reports among some tokens, and those that ask, compare or name what these are about."""
        words = (token for token in tokens if len(token.text) > 1)
        return {w.text for w in words if w.text in self._known or w.text in self._subjects or w.roles.keys() & _SURE}

    @cached_property
    def _sure_pairs(self) -> frozenset[str]:
        """The neighbouring characters of the words that are sure."""
        telling = chain.from_iterable(map(self._vocabulary.having.__getitem__, _SURE))
        sure = chain(self._known, self._subjects, telling)
        return frozenset(chain.from_iterable(map(add, name, name[1:]) for name in sure if not name.isascii()))

    def _telling(self, text: str, tokens: Sequence[Token]) -> str:
        """The text with words for how figures are told for two characters that sound so: 曾长; empty for none."""
        parts, end = list[str](), 0
        for one, two in pairwise(tokens):
            written = one.text + two.text
            if len(written) != 2 or one.end != two.start or one.start < end or one.is_content or two.is_content:
                continue
            meant = next(filter(None, map(self._telling_by_sound.get, readings(written))), "")
            if meant and not any(written in phrase for phrase in self._phrases):
                parts += [text[end : one.start], meant]
                end = two.end
        return "".join([*parts, text[end:]]) if parts else ""

    def _mended(self, text: str, tokens: Sequence[Token]) -> str:
        doubtful = [self._is_doubtful(token) for token in tokens]
        at, parts, end = 0, [], 0
        while at < len(tokens):
            found = self._window(text, tokens, at, doubtful)
            behind, phrase = found or (at + 1, text[tokens[at].start : tokens[at].end])
            parts += [text[end : tokens[at].start], phrase]
            end, at = tokens[behind - 1].end, behind
        return "".join([*parts, text[end:]])

    def _window(self, text: str, tokens: Sequence[Token], at: int, doubtful: Sequence[bool]) -> tuple[int, str] | None:
        """The longest stretch of tokens from `at` that is a phrase of the reports with a slip, and that phrase."""
        if tokens[at].text.isascii():
            word = self._latin(tokens[at]) if tokens[at].is_unknown else ""
            return (at + 1, word) if word else None
        last = at
        while last < min(at + _MOST_TOKENS, len(tokens)) and not _is_fixed(tokens[last]):
            if is_kind_of_place(tokens, last):
                break
            last += 1
        for behind in range(last, at, -1):
            if True not in doubtful[at:behind]:
                return None
            window = tokens[at:behind]
            written = text[window[0].start : window[-1].end]
            if not 2 <= len(written) <= LONGEST + 1:
                continue
            phrase = self._phrase(written, window)
            # 书 of 书库 is no slip for 数.
            ends = phrase[-1:] != written[-1] and any(token.is_unknown for token in tokens[behind : behind + 1])
            if phrase and not (ends and text[window[-1].end - 1 :][:2] in chinese_words()):
                return behind, phrase
        return None

    def _sounding_like(self, written: str, *, any_reading: bool) -> str:
        """The phrase that sounds like a stretch, a short one by any reading of its characters; empty for none."""
        read = [sounds(written), *(readings(written) if any_reading and len(written) <= _FEW_READINGS else ())]
        return next(filter(None, map(self._by_sound.get, read)), "")

    def _is_slip_in(self, known: str, window: Sequence[Token], phrase: str, same: int) -> bool:
        """Whether a stretch with one known word is a slip for one word of the reports, but for one character the same.

        火车 is known for what it is, and no slip for 货车; but 天燃气 is one for 天然气, and 在校升 for 在校生.
        """
        is_word = len(window) > 1 and (phrase in self._known or phrase in self._vocabulary.words)
        is_cut_wrong = known in phrase or any(len(token.text) == 1 for token in window)
        return is_word and is_cut_wrong and same == len(phrase) - 1

    def _phrase(self, written: str, window: Sequence[Token]) -> str:
        said = [token for token in window if token.is_content or token.is_unknown]
        known = said[0].text if len(said) == 1 and said[0].is_content else ""
        is_plain = FUNCTION_WORDS.isdisjoint(token.text for token in window)
        sounding = self._sounding_like(written, any_reading=is_plain)
        same = sum(map(str.__eq__, written, sounding))
        if sounding and (len(written) > 2 or same) and (not known or self._is_slip_in(known, window, sounding, same)):
            return sounding
        if known or not is_plain or len(written) < _SURE_BY_LOOK or not any(token.is_unknown for token in window):
            return ""
        # 进出口降了, 占进出口, 投资比, 几亿: what tells of changes or shares, compares, asks or is a place is kept.
        kept = [token.text for token in window if not token.roles.keys().isdisjoint(_KEPT)]
        # One slip leaves the first character or the last one as it is.
        ends = [(at, written[at], length) for at in (0, -1) for length in range(len(written) - 1, len(written) + 2)]
        alike = list(chain.from_iterable(self._by_end.get(end, ()) for end in ends))
        slips = _with_a_slip(written, alike)
        near = [p for p in slips if not _is_another_word(window, p)]
        phrase = min((p for p in near if all(text in p for text in kept)), default="")
        return phrase if len(phrase) >= _SURE_BY_LOOK else ""

    def _latin(self, token: Token) -> str:
        word = token.text
        if len(word) < _LATIN_SLIP or not word.isalpha():
            return ""
        is_word = stem(word) in chinese_names()
        for said, words in ((word, self._latin_words), (stem(word), {} if is_word else self._latin_known)):
            near = chain.from_iterable(words.get(length, ()) for length in range(len(said) - 1, len(said) + 2))
            best = min(_with_a_slip(said, list(near)), default="")
            # What is no word may be a short one of the reports, at least with a letter too few.
            is_own = not is_word and words is self._latin_words and best[:1] == word[0]
            is_short = is_own and (len(best) > len(word) or len(word) == _SHORT)
            if best and (len(said) > _SHORT or sorted(best) == sorted(said) or is_short):
                return best
        return ""

    @cached_property
    def _phrases(self) -> frozenset[str]:
        """Neighbouring tokens of a name, as they are written there, and the words within those that are long."""
        found = set[str]()
        for tokens in self._names():
            for first in range(len(tokens)):
                text = ""
                for token in tokens[first : first + _MOST_TOKENS]:
                    text += token.text
                    if len(text) > LONGEST or _is_fixed(token) or text.isascii():
                        break
                    if len(text) > 1:
                        found.add(text)
        return frozenset(found)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(token.text for token in self._tokens())

    @cached_property
    def _said(self) -> frozenset[str]:
        """All words and phrases of the reports in force."""
        return self._phrases | self._known | self._subjects

    def _in_force(self) -> frozenset[str]:
        return self._said

    def _words(self) -> frozenset[str]:
        return self._known

    @cached_property
    def _by_sound(self) -> Mapping[tuple[str, ...], str]:
        """The phrases, and what the reports are about, by their sounds; of those that sound alike, a phrase."""
        words = [*sorted(self._subjects), *sorted(self._phrases)]
        return {said: phrase for phrase, said in by_sound(words, self._known_sounds()).items()}

    @cached_property
    def _subjects(self) -> frozenset[str]:
        """What the reports are about is called, and the levels of places: 全市."""
        having = self._vocabulary.having
        levels = [name for name in having["place"] if name.startswith("全")]
        return frozenset(name for name in (*having["subject"], *levels) if len(name) > 1)

    @cached_property
    def _telling_by_sound(self) -> Mapping[tuple[str, ...], str]:
        """The words of two characters for how figures are told, such as 增长, by their sounds."""
        told = chain.from_iterable(map(self._vocabulary.having.__getitem__, ("base", "kind")))
        telling = [n for n in told if len(n) == 2 and n[0] in _TOLD_BY and n[1] not in FUNCTION_WORDS]
        return {said: name for name, said in by_sound(telling, self._known_sounds()).items()}

    @cached_property
    def _by_end(self) -> Mapping[tuple[int, str, int], Sequence[str]]:
        """The phrases by the place of their first or last character, by this character, and by their length."""
        found: defaultdict[tuple[int, str, int], list[str]] = defaultdict(list)
        for phrase in self._phrases:
            if len(phrase) >= _SURE_BY_LOOK - 1:
                for at in (0, -1):
                    found[at, phrase[at], len(phrase)].append(phrase)
        return found

    @cached_property
    def _latin_words(self) -> Mapping[int, Sequence[str]]:
        names = {token.text for token in self._tokens() if token.text.isascii()}
        words = {word for name in names for word in words_of(name) if len(word) >= _LATIN_SLIP}
        return _by_length(words.union(EN_MONTHS))

    @cached_property
    def _latin_known(self) -> Mapping[int, Sequence[str]]:
        return _by_length({word for word in self._vocabulary.words if word.isascii() and len(word) > _LATIN_SLIP})


def _loose(tokens: Sequence[Token]) -> set[int]:
    """The places of the Chinese characters that stand alone, or in text that nothing knows."""
    words = (token for token in tokens if not (token.is_stop or token.text.isascii()))
    alone = (token for token in words if len(token.text) == 1 or token.is_unknown)
    return {at for token in alone for at in range(token.start, token.end)}


def _with_a_slip(written: str, words: Sequence[str]) -> list[str]:
    """The words that differ from what is written by one slip."""
    if not words:
        return []
    from rapidfuzz import process  # noqa: PLC0415 - what is written well does not wait for it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(written, words, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [word for word, _, _ in found]


def _is_fixed(token: Token) -> bool:
    """Whether a token is a sign, a number, its scale, a period or 各, and no part of a phrase: 万 of 多少万人."""
    is_number = token.quantity is not None or token.text in SCALES
    return token.is_stop or is_number or token.span is not None or token.text in _FIXED


def _is_another_word(window: Sequence[Token], phrase: str) -> bool:
    """Whether a phrase differs within a word that is written well: 外国人口 is no slip for 全国人口."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    written = "".join(token.text for token in window)
    slips = Levenshtein.editops(written, phrase)
    changed = [one.src_pos for one in slips]
    # 东盟出口 is no 东盟进出口: what stands on both sides is written well.
    words = [t for t in window if len(t.text) > 1 and (t.is_content or t.roles.keys() & {"place", "subject"})]
    borders = {token.start - window[0].start for token in words} & {t.end - window[0].start for t in words}
    if any(one.tag == "insert" and one.src_pos in borders for one in slips):
        return True
    if any(one.tag == "delete" and written[one.src_pos] in KINDS_OF_PLACES for one in slips):
        return True  # 青山县 | 环境
    # The last character says of what kind a thing is, the first one which: 团险 is no 个险.
    if any(t.is_unknown and len(t.text) == 2 and t.start - window[0].start in changed for t in window) and words:
        return True
    if any(written[at : at + 1] in NOT or written[at : at + 1].isdigit() for at in changed):
        return True  # CR4 is no slip for CR8
    if changed and sorted(written) == sorted(phrase):  # two characters are swapped
        return written[changed[0] : changed[0] + 2] in chinese_words()
    kept = [(start, end) for start, end in _words_in(written, window) if written[start:end] not in phrase]
    return any(start <= at < end for at in changed for start, end in kept)


def _words_in(written: str, window: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the words of two characters or more begin and end in a text, by its tokens and by the dictionary."""
    for token in window:
        if token.is_content and len(token.text) > 1:
            yield token.start - window[0].start, token.end - window[0].start
    for start in range(len(written) - 1):
        ends = range(start + 2, min(start + _LONGEST_WORD, len(written)) + 1)
        yield from ((start, end) for end in ends if written[start:end] in chinese_words())


def _by_length(words: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """Those of some words that have letters alone, by their length."""
    letters = sorted(filter(str.isalpha, words), key=len)
    return {length: list(some) for length, some in groupby(letters, key=len)}

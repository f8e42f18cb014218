"""The names of facts are cut once, before the words that they alone have are known, and read by these all the same."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.language.pieces import Cutter
from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary
from bot.answering.matching.names import Names

_PARTS = (
    "迎来 首家 电影院 影院 家电 开门 开门营业 粮食 产量 增速 泉坪 泉坪区 坪区 学校 的 quanping grain output of".split()
)
_KNOWN = "电影院 影院 家电 粮食 产量 学校 grain output".split()
_NAMES = st.lists(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4), min_size=1, max_size=3)


@given(facts=st.lists(_NAMES, min_size=1, max_size=4), between=st.sampled_from(["", " "]))
@example(facts=[[["首家", "影院"]], [["首家", "电影院"]]], between="")  # no 家电, once 首家 is known
def test_names_are_read_by_the_words_that_others_have(facts: list[list[list[str]]], between: str) -> None:
    texts = ["\n".join(between.join(parts) for parts in names) for names in facts]
    vocabulary = Vocabulary()
    for word in _KNOWN:
        vocabulary.add_concept(word, [])
    names = Names(texts, vocabulary, Cutter(vocabulary, len))
    told = [[token.text for token in tokens] for tokens in names.names()]
    assert told == [[t.text for t in tokenise(name, vocabulary)] for text in texts for name in text.split("\n")]
    assert {text for tokens in told for text in tokens} == {token.text for token in names.tokens()}

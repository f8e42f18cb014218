"""Text as people, and as nobody, would write it, and what holds for the answer to any of it."""

from hypothesis import strategies as st

from bot.answering.answer import Answer, Outcome

ANY_TEXT = st.text(alphabet=st.characters() | st.characters(categories=["Cs", "Cf", "Cc", "Mn", "So"]))
"""Any code points, lone surrogates, format and control characters and emoji among them."""

_PIECES = [
    *"茶叶业企果园面积多少是的和、，？湖第一二两三十百千万亿元%年月前至",
    *"０１２3456789.-— ",
    *["GDP", "GDP增速", "tea", "companies", "how many", "last year", "Songzhou", "chaye", "qiye", "zhi", "a"],
    *["地區生產總值", "春茶产量", "去年", "同期的几倍", "2019年", "1—11月", "三季度末", "青岗", "全市", "分别", "各"],
]
NEAR_TEXT = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
"""Pieces of questions in any order, which reach deeper than any code points do."""

TEXT = NEAR_TEXT | ANY_TEXT


def assert_sound(answered: Answer, question: str) -> None:
    """What the replies rely on, whatever was asked."""
    assert answered.question == question
    assert (answered.outcome is Outcome.NONE) == (not answered.matches) == (answered.reason is not None)
    assert len(answered.matches) <= 6
    assert len(answered.nearest) <= 3
    assert all(0 < match.score <= 1 for match in answered.matches)
    assert len({match.fact.id for match in answered.matches}) == len(answered.matches)

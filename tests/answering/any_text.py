"""Text as people, and as nobody, would write it: strategies for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

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

"""Words of a question that no report may mend to something else."""

import pytest

from bot.answering.answerer import general_vocabulary
from bot.answering.language.normalize import normalize
from bot.answering.language.tokens import tokenise, with_proper_names


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("华为的利润是多少", ["华为"]),
        ("多少书库", []),
        ("how much did Huawei earn", ["huawei"]),
        ("HOW MUCH DID HUAWEI EARN", []),
        ("2030年蔻萌的产量", ["蔻萌"]),
        ("问问蔻萌的产量", []),
        ("“丰收”小麦的产量", ["丰收"]),
    ],
)
def test_names_are_marked(message: str, names: list[str]) -> None:
    tokens = with_proper_names(tokenise(normalize(message), general_vocabulary()), message)
    assert [token.text for token in tokens if token.is_proper] == names

from hypothesis import given
from hypothesis import strategies as st

from bot.serving.transport.limits import Allowance


@given(
    st.lists(st.floats(0, 5), min_size=1, max_size=60),
    st.integers(1, 5),
    st.sampled_from([0.5, 1.0, 4.0]),
)
def test_no_minute_has_more_than_allowed(pauses: list[float], burst: int, interval: float) -> None:
    allowance, now, moments = Allowance(interval, burst), 0.0, []
    for pause in pauses:
        now += pause
        moments.append(now + allowance.wait("a", now))
        allowance.take("a", moments[-1])
    for start in moments:
        within = [moment for moment in moments if start <= moment < start + 60 - 1e-6]
        assert len(within) <= burst + 60 / interval

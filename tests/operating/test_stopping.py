"""Commands that are stopped while they copy."""

import os
import signal

import pytest

from bot.operating.stopping import stoppable


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_what_asks_whether_to_stop(number: signal.Signals) -> None:
    before, done = signal.getsignal(number), []

    def work() -> None:
        with stoppable() as check:
            for step in range(9):
                check()
                done.append(step)
                if step == 3:
                    os.kill(os.getpid(), number)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == [0, 1, 2, 3]
    assert signal.getsignal(number) is before

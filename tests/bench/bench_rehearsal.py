"""The rehearsal: from the command to the first answer on the page, and messages shown in a chat that has many."""

import sys
import time
from statistics import median

from playwright.sync_api import Page

from tests.bench.bench_timing import percentile, table, verdict
from tests.support.processes.rehearsal_browser import CHROMIUM, chromium, rehearsal

# Milliseconds from sending each of `count` messages to the frame that shows it, by the browser's clock.
_SENDING = """async count => {
  const log = document.querySelector("#log"), field = document.querySelector("#field"), taken = [];
  for (let number = 0; number < count; number++) {
    const shown = new Promise((resolve) => new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(resolve);
    }).observe(log, { childList: true, subtree: true }));
    const begun = performance.now();
    field.value = `${number}`;
    field.form.requestSubmit();
    await shown;
    taken.push(performance.now() - begun);
  }
  return taken;
}"""


def rehearsing(rounds: int = 5, messages: int = 1_000, measured: int = 200) -> None:
    """At most 3 s to the first answer, and 50 ms for 95 of 100 messages beside `messages` others."""
    if CHROMIUM is None:
        sys.stdout.write("\nRehearsal: not measured, chromium is not installed\n")
        return
    starts = []
    with chromium() as browser:
        for _ in range(rounds):
            page = browser.new_page()
            begun = time.perf_counter()
            with rehearsal() as address:
                page.goto(address)
                _ask(page)
                starts.append(time.perf_counter() - begun)
                # Where the bot does not hear what is not meant for it.
                page.get_by_role("navigation").get_by_role("button", name="Group", exact=True).click()
                taken = page.evaluate(_SENDING, messages + measured)[messages:] if len(starts) == rounds else []
            page.close()
    rows = [
        (f"to the first answer (median of {rounds}), s", verdict(median(starts), 3)),
        (f"a message beside {messages} others (p95 of {measured}), ms", verdict(percentile(taken, 0.95), 50)),
    ]
    table("Rehearsal", ("time", "measured"), rows)


def _ask(page: Page) -> None:
    page.get_by_role("textbox", name="Message").fill("前三季度GDP是多少")
    page.keyboard.press("Enter")
    page.get_by_role("log").get_by_text("1106.8亿元").first.wait_for()

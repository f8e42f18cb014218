"""`make pictures`: photographs the rehearsal for the READMEs, and keeps what is said in the pictures beside them."""

import asyncio

from tests.pictures.conversation import FOLDER, QUESTIONS, held
from tests.support.processes.rehearsal_browser import chromium, rehearsal

_WIDTH = 960
_LANGUAGES = {"en": "English", "zh": "简体中文"}


def main() -> None:
    for language in QUESTIONS:
        said = asyncio.run(held(language))
        (FOLDER / f"conversation.{language}.txt").write_text(said, encoding="utf-8", newline="\n")
    with chromium() as browser:
        for language, questions in QUESTIONS.items():
            with rehearsal() as address:
                page = browser.new_page(locale=language, viewport={"width": _WIDTH, "height": 800})
                page.goto(address)
                page.get_by_label("Language").select_option(_LANGUAGES[language])
                for number, question in enumerate(questions, 1):
                    page.get_by_role("textbox", name="Message").fill(question)
                    page.keyboard.press("Enter")
                    page.get_by_role("article").nth(2 * number - 1).wait_for()
                around = page.evaluate("innerHeight - document.querySelector('#log').clientHeight")
                whole = page.evaluate("document.querySelector('#log').scrollHeight")
                page.set_viewport_size({"width": _WIDTH, "height": around + whole})
                page.screenshot(path=FOLDER / f"conversation.{language}.png", animations="disabled")


if __name__ == "__main__":
    main()

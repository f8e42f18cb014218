"""Drafts in a process of its own: `python -m bot.drafting.worker NAME` takes the file and gives the draft as JSON.

What somebody sends may take any time and memory to read, and must end no other process.
"""

import json
import resource
import signal
import sys
from dataclasses import asdict
from typing import Final

from bot.answering.answerer import general_vocabulary
from bot.answering.exceptions import AnsweringError
from bot.answering.worker import yield_to_others

from .articles.article_reader import read_article
from .articles.details import details_of
from .draft import MOST_SECONDS, Draft
from .drafting import draft

_NO_YEAR: Final = "does not say which year it tells of: write that into its title, such as 2030年, and send it again"
_MOST_MEMORY: Final = 2 * 1024**3


def drafted(name: str, data: bytes) -> Draft | str:
    """The draft for an article with the details that its text tells, or one line that says why there is none."""
    try:
        text = read_article(name, data)
        details = details_of(text)
        made = draft(text, details, general_vocabulary())
    except AnsweringError as error:
        return str(error)
    except MemoryError:
        return f"{name}: it takes too much memory to read: give its text alone"
    return made if details.year else f"{name}: {_NO_YEAR}"


def main(name: str) -> None:
    yield_to_others()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # ends in silence where nobody waits for the draft any more
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    found = drafted(name, sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(found if isinstance(found, str) else asdict(found)))


if __name__ == "__main__":
    main(sys.argv[1])

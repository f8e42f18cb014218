"""Extracts the text of a file: `python -m bot.drafting.articles.text_extraction SUFFIX`, the file on standard input.

A process of its own, as what it reads was made by others: it limits its own time and memory. It writes the text, or
with the exit code `REFUSED` one of the keys of `WHY`.
"""

import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from typing import Any

# Each file asks for one library; `shushuo` itself starts without them.
# ruff: noqa: PLC0415

REFUSED = 3
WHY = {
    "locked": "is protected by a password: save it without one",
    "pictures": "its pages are pictures without text: give a PDF with text, or recognise the text first (OCR)",
    "no-word": "is no Word document, or a damaged one: open it in Word and save it again as .docx",
    "no-pdf": "is no PDF, or a damaged one: print it to PDF again, or save it as text",
    "packed": "unpacks to more than an article can be: save it as text",
}
_MOST_CHARACTERS = 2_000_000  # more are no article, and not worth the time
_MOST_UNPACKED = 200 * 1024 * 1024
_MEMORY, _SECONDS = 1024 * 1024 * 1024, 50
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_UNSEEN = ("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select")
_BLOCKS = "p div li tr section article blockquote table ul ol dl dt dd td th header main pre figcaption title".split()
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-—–\s]*")
_BROWSER_MARGIN = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4},? \d{1,2}:\d\d.*|(?:https?|file)://\S+(?: \d+/\d+)?")
_PRINTED_PAGE = 4  # lines; a page of fewer has no margins that are known
_WIDEST_CELL = 40  # characters; a table with wider ones but lays out a page
_FULL = 0.8  # of the width of a page, from which on a line goes on in the next one
_WIDTH_AT = 0.9  # the share of lines that are narrower than the page


class RefusedError(Exception):
    """A file has no text that can be extracted; the text is a key of `WHY`."""


def decoded(data: bytes) -> str | None:
    """The text of bytes in an encoding that Chinese or English text has; None where they are none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return None


def extracted(suffix: str, data: bytes) -> str:
    """The text of a file, a paragraph a line; headings begin with #. Raises `RefusedError`."""
    return {".docx": _word, ".pdf": _pdf}.get(suffix, _html)(data)[:_MOST_CHARACTERS]


def _html(data: bytes) -> str:
    from lxml import etree, html

    charset = _CHARSET.search(data, 0, 4096)
    text = None
    with suppress(LookupError, UnicodeDecodeError):
        text = data.decode(charset[1].decode()) if charset else None
    text = text or decoded(data) or ""
    try:
        tree: Any = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    except (etree.ParserError, ValueError):
        return ""
    for element in tree.xpath("//" + " | //".join(_UNSEEN) + " | //comment()"):
        element.drop_tree()
    for row in list(tree.iter("tr")):
        cells = [" ".join(cell.text_content().split()) for cell in row.iterchildren("td", "th")]
        if len(cells) > 1 and max(map(len, cells)) <= _WIDEST_CELL:
            for child in list(row):
                row.remove(child)
            row.text = " | ".join(cells)
    for element in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "br", *_BLOCKS):
        before = "\n# " if element.tag[0] == "h" and element.tag[1:].isdigit() else "\n"
        element.text = f"{before if element.tag != 'br' else ''}{(element.text or '').lstrip()}"
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line.strip("# "))


def _word(data: bytes) -> str:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED:
                raise RefusedError("packed")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise RefusedError("no-word") from error
    lines = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            lines += [" | ".join(_cells([cell.text for cell in row.cells])) for row in part.rows]
        else:
            name = (part.style.name or "") if part.style else ""
            lines.append(f"# {part.text}" if re.match("(?i)heading|title|标题", name) else part.text)
    return "\n".join(line for line in lines if line.strip("# \t"))


def _cells(texts: Sequence[str]) -> Iterator[str]:
    """The cells of a row; one that is merged stands there as often as it is wide."""
    for before, text in pairwise(["", *texts]):
        if text != before:
            yield " ".join(text.split())


def _pdf(data: bytes) -> str:
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("locked" if "password" in str(error).lower() else "no-pdf") from error
    pages = []
    length = 0
    for page in document:
        text = page.get_textpage().get_text_bounded()
        pages.append(_without_browser([" ".join(line.split()) for line in text.splitlines() if line.strip()]))
        length += len(text)
        if length > _MOST_CHARACTERS:
            break
    if not any(pages):
        raise RefusedError("pictures" if len(document) else "no-pdf")
    return "\n".join(_paragraphs(list(chain.from_iterable(_without_margins(pages)))))


def _without_browser(lines: list[str]) -> list[str]:
    """The lines of a page without what a browser prints around them: the time, the title, the address."""
    while lines and _BROWSER_MARGIN.fullmatch(lines[-1]):
        lines = lines[:-1]
    while lines and _BROWSER_MARGIN.fullmatch(lines[0]):
        lines = lines[1:]
    return lines


def _without_margins(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The lines of each page, but for page numbers and what most pages begin or end with."""
    edges = Counter(_PAGE_NUMBER.sub("", line) for page in pages for line in {*page[:1], *page[-1:]})
    repeated = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    for page in pages:
        ends = (0, len(page) - 1) if len(page) >= _PRINTED_PAGE else ()
        margins = [at for at in ends if _PAGE_NUMBER.fullmatch(page[at]) or _PAGE_NUMBER.sub("", page[at]) in repeated]
        yield [line for at, line in enumerate(page) if at not in margins]


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines as wide as the page, each joined with the next one."""
    widths = sorted(map(len, lines))
    width = widths[min(len(widths) - 1, int(len(widths) * _WIDTH_AT))] if widths else 0
    paragraph = ""
    for line in lines:
        space = " " if paragraph and paragraph[-1].isascii() and line[0].isascii() else ""
        paragraph = f"{paragraph}{space}{line}"
        if len(line) < _FULL * width:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _limit() -> None:
    """Bounds the memory and time of this process, where the system can."""
    with suppress(ImportError):
        import resource

        for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def main(suffix: str) -> int:
    """Does what the module's docstring says; returns the exit code."""
    data = sys.stdin.buffer.read()
    _limit()
    try:
        answer, code = extracted(suffix, data), 0
    except RefusedError as error:
        answer, code = str(error), REFUSED
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

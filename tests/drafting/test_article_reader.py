import io
import sys
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drafting.articles import article_reader
from bot.drafting.articles.article_reader import LARGEST, SUFFIXES, UnreadableArticleError, read_article

TEXT = "茶园面积3.2万亩，同比增长8%。"


def _word(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.add_heading("茶园添新绿", 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "茶园", "3.2"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _pdf(pages: list[list[str]]) -> bytes:
    """A PDF with these lines on its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"1 0 0 1 50 {780 - 14 * at} Tm ({line}) Tj" for at, line in enumerate(lines))
        stream = f"BT /F1 10 Tf {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_people_save(encoding: str) -> None:
    assert read_article("a.TXT", TEXT.encode(encoding)) == TEXT


def test_spaces_that_print_puts_between_numbers_and_words_are_left_out() -> None:
    printed = "# 2024 年茶园\n截至 2024 年末，茶园有 5 716 座，同比增长 8% 以上。\n茶园\t12\t13\n"
    typed = "# 2024年茶园\n截至2024年末，茶园有5716座，同比增长8%以上。\n茶园\t12\t13\n"
    assert read_article("a.txt", printed.encode()) == typed


def test_html_is_read_without_what_is_no_article() -> None:
    page = (
        '<html><head><meta charset="gbk"><script>x()</script></head><body><nav>首页</nav><h2>茶园</h2>'
        f"<div>{TEXT[:6]}<b>{TEXT[6:9]}</b>{TEXT[9:]}<br>第二段。</div><!-- 7 --><footer>版权</footer></body></html>"
    )
    assert read_article("a.html", page.encode("gbk")).splitlines() == ["# 茶园", TEXT, "第二段。"]


def test_the_cells_of_a_row_stand_in_one_line_unless_they_lay_out_a_page() -> None:
    row, page = "<tr><th>茶园<td>3.2<b>万亩</b></tr>", f"<tr><td>茶</td><td><p>{TEXT}<p>{TEXT}{TEXT}</td></tr>"
    read = read_article("a.html", f'<meta charset="utf-8"><table>{row}{page}</table>'.encode())
    assert read.splitlines() == ["茶园 | 3.2万亩", "茶", TEXT, TEXT * 2]


def test_markdown_is_read_without_its_marks() -> None:
    marked = (
        "# 茶\n\n> 茶园**面积3.2万亩**，[同比](http://a.b)*增长*8%。\n- 茶厂`5`家。\n* [x] 茶馆~~6~~家\n\n"
        "| 茶农 | 9人 |\n|:---|---:|\n---\n```\n4 * 5 * 6 \\*\n"
    )
    read = list(filter(None, read_article("a.md", marked.encode()).splitlines()))
    assert read == ["# 茶", TEXT, "茶厂5家。", "茶馆6家", "茶农 | 9人", "4 * 5 * 6 *"]
    assert read_article("a.txt", b"- **5**") == "- **5**"


@pytest.mark.parametrize("mark", ["*a", "[a", "`a ", "_a ", "[a](b", "| ", "> "])
def test_no_marks_hold_up_the_reading(mark: str) -> None:
    assert len(read_article("a.md", f"茶{mark * 100_000}".encode())) > 1


def test_a_word_document_is_read_with_its_headings_and_tables() -> None:
    assert read_article("a.docx", _word(TEXT)).splitlines() == ["# 茶园添新绿", TEXT, "茶园 | 3.2"]


def test_a_pdf_is_read_with_its_lines_joined_and_without_its_margins() -> None:
    long = "The tea gardens of the town covered thirty-two thousand mu in the year, which is"
    pages = [["Yearbook", long, f"eight percent more than before {at}.", "Next.", f"- {at} -"] for at in range(3)]
    read = read_article("a.pdf", _pdf(pages)).splitlines()
    assert read == [line for at in range(3) for line in (f"{long} eight percent more than before {at}.", "Next.")]


def test_a_page_that_a_browser_has_printed_is_read_without_its_address_and_time() -> None:
    lines = ["Tea in the town", "The tea gardens grew.", "11/29/30, 1:53 PM Tea", "https://town.example/tea 1/1"]
    assert read_article("a.pdf", _pdf([lines])).splitlines() == lines[:2]


def test_three_hundred_pages_are_read() -> None:
    assert read_article("a.pdf", _pdf([[f"Page {at} of many."] for at in range(300)])).count("Page") == 300


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"MZ", "not an article that can be read: give one of .txt,"),
        ("a.txt", b"", "holds no text"),
        ("a.md", b" \n\t", "holds no text"),
        ("a.txt", bytes(range(256)) * 16, "is no text: save it as UTF-8"),
        ("a.txt", bytes(LARGEST + 1), "is larger than 20 MB"),
        ("a.html", b"<p></p>", "holds no text"),
        ("a.docx", b"PK\x03\x04", "is no Word document, or a damaged one"),
        ("a.docx", _word("a")[:3000], "is no Word document, or a damaged one"),
        ("a.pdf", b"%PDF-1.4 rubbish", "is no PDF, or a damaged one"),
        ("a.pdf", _pdf([[], []]), "its pages are pictures without text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, data: bytes, why: str) -> None:
    with pytest.raises(UnreadableArticleError) as refused:
        read_article(name, data)
    assert str(refused.value).startswith(f"{name}: {why}")
    assert "\n" not in str(refused.value)


def test_what_unpacks_to_more_than_an_article_can_be_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("word/document.xml", bytes(201 * 1024 * 1024))
    with pytest.raises(UnreadableArticleError, match=r"^a\.docx: unpacks to more than an article can be"):
        read_article("a.docx", packed.getvalue())


@pytest.mark.parametrize(
    ("program", "why"),
    [("import time; time.sleep(60)", "takes longer than"), ("bytearray(10**12)", "cannot be read, it may be damaged")],
)
def test_a_file_holds_up_nobody(program: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_reader, "SECONDS", 0.5)
    monkeypatch.setattr(article_reader, "COMMAND", (sys.executable, "-c", program))
    with pytest.raises(UnreadableArticleError, match=why):
        read_article("a.pdf", b"%PDF-1.4")


@settings(max_examples=10)
@given(
    name=st.sampled_from(SUFFIXES),
    data=st.binary(max_size=2000),
    begin=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<p>"]),
)
def test_whatever_the_bytes_there_is_text_or_one_line(name: str, data: bytes, begin: bytes) -> None:
    try:
        told = read_article(f"a{name}", begin + data)
    except UnreadableArticleError as error:
        told = str(error)
        assert "\n" not in told
    assert told.strip()

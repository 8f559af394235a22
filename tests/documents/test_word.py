"""The DOCX of each paper: every word of the PDF in the same order, with Word's own headings,
tables and pages.
"""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from lxml import etree, html

from pledge_app.documents.sandbox import word_in_child
from pledge_app.papers.decree.reading import read
from pledge_app.papers.printing.paper import render, render_html
from pledge_app.papers.word.writer import render_word
from tests.documents.examples import EXAMPLES
from tests.documents.examples_agreement import example_agreement

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEAVES = {"p", "h1", "h2", "h3", "div", "th", "td", "li"}


@pytest.fixture(scope="module", params=sorted(EXAMPLES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def content_of(kind: str) -> Any:
    return {**EXAMPLES[kind](), "public_url": "https://thidua.example/kiem-tra/QD237K4M"}


def tidy(text: str) -> str:
    """White space of any kind is one space; open room for a number is none."""
    return re.sub(r"[\s\xa0]+", " ", unicodedata.normalize("NFC", text)).strip()


def paragraphs_of_html(page: str) -> list[str]:
    """The text of each innermost block, top to bottom; the running marks stand in the header."""
    body = html.document_fromstring(page).body
    found = []
    for block in body.iter(*LEAVES):
        if any(child.tag in LEAVES | {"table"} for child in block.iterdescendants(etree.Element)):
            continue
        if block.get("class") != "marks" and tidy(block.text_content()):
            found.append(tidy(block.text_content()))
    return found


def part(data: bytes, name: str = "word/document.xml") -> Any:
    """A part of the package, read without the library that wrote it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return etree.fromstring(package.read(name))


def said(paragraph: Any) -> Iterator[str]:
    for piece in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        yield piece.text or "" if piece.tag == f"{W}t" else " "


def paragraphs_of_word(data: bytes) -> list[str]:
    return [text for block in part(data).iter(f"{W}p") if (text := tidy("".join(said(block))))]


def test_the_paragraphs_are_those_of_the_paper_one_by_one(kind: str) -> None:
    content = content_of(kind)
    assert paragraphs_of_word(render_word(kind, content)) == paragraphs_of_html(
        render_html(kind, content)
    )


def test_the_words_are_those_of_the_pdf(kind: str) -> None:
    """The PDF says table heads and page numbers again on each page; beyond them no letter more
    or less.

    A chart's own words are part of its picture in Word.
    """
    content = content_of(kind)
    if "chart" in content:
        content["chart"] = None
    word = render_word(kind, content)
    printed = " ".join(
        line.text for sheet in read(render(kind, content).pdf) for line in sheet.lines
    ).split()
    written = "".join(paragraphs_of_word(word)).replace(" ", "")
    marks = tidy(
        "".join(said(part(word, "word/header1.xml")))
        + " "
        + "".join(said(part(word, "word/header2.xml")))
    )
    assert not Counter(written) - Counter("".join(printed))
    assert [
        piece
        for piece in printed
        if piece not in written and piece not in marks.split() and not piece.isdigit()
    ] == []


@pytest.mark.parametrize("parties", [1, 2, 7, 13])
def test_an_agreement_of_any_size_says_the_same(parties: int) -> None:
    content = example_agreement(parties)
    assert paragraphs_of_word(render_word("agreement", content)) == paragraphs_of_html(
        render_html("agreement", content)
    )


def test_the_page_is_the_decree_s_in_times_new_roman(kind: str) -> None:
    made = docx.Document(io.BytesIO(render_word(kind, content_of(kind))))
    page = made.sections[0]
    assert [
        round(side.mm)
        for side in (
            page.page_width,
            page.page_height,
            page.left_margin,
            page.right_margin,
            page.top_margin,
            page.bottom_margin,
        )
        if side is not None
    ] == [210, 297, 30, 16, 20, 20]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml
    assert "PAGE" not in page.first_page_header._element.xml
    for style in made.styles:
        fonts = style.element.findall(f".//{W}rFonts")
        if style.name in {row.style.name for row in made.paragraphs if row.style is not None}:
            assert {value for font in fonts for value in font.attrib.values()} <= {
                "Times New Roman"
            }
    assert not [
        run
        for row in made.paragraphs
        for run in row.runs
        if run.font.name not in (None, "Times New Roman")
    ]
    assert made.core_properties.title == content_of(kind)["title"]


def test_headings_are_headings_and_tables_are_tables(kind: str) -> None:
    page, made = (
        html.document_fromstring(render_html(kind, content_of(kind))),
        docx.Document(io.BytesIO(render_word(kind, content_of(kind)))),
    )
    for level in ("1", "2", "3"):
        assert [
            tidy(row.text)
            for row in made.paragraphs
            if row.style is not None and row.style.name == f"Heading {level}"
        ] == [tidy(row.text_content()) for row in page.iter(f"h{level}")]
    real = [
        table
        for table in made.tables
        if table.style is not None and table.style.name == "Table Grid"
    ]
    assert [len(table.rows) for table in real] == [
        len(list(table.iter("tr"))) for table in page.iter("table")
    ]
    for table in real:
        assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
        assert all(row._tr.find(f".//{W}cantSplit") is not None for row in table.rows)


def test_text_that_looks_like_markup_stays_text() -> None:
    content = {
        **content_of("minutes"),
        "proceedings": ["<b>&amp;</b> {{ 7*7 }} </w:t>", "=1+1", "a\u0301n"],
    }
    found = paragraphs_of_word(render_word("minutes", content))
    assert "<b>&amp;</b> {{ 7*7 }} </w:t>" in found
    assert "=1+1" in found
    assert "án" in found


def test_the_same_content_gives_the_same_bytes_and_the_child_makes_them_too(kind: str) -> None:
    content = content_of(kind)
    assert word_in_child(kind, content) == render_word(kind, content)

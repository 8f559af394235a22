"""Each paper against its kept HTML, text and picture.

After a wanted change look at the pages, make a new edition if papers already frozen
would change, then write the goldens anew:  GOLDEN=write python -m pytest
tests/documents/test_goldens.py
"""

import io
import os
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from pledge_app.papers.decree.checker import check_make_up, check_paper
from pledge_app.papers.decree.reading import read
from pledge_app.papers.printing.paper import PrintedPaper, render, render_html
from tests.documents.examples import EXAMPLES as MAIN
from tests.documents.examples_meeting import MEETING_EXAMPLES

EXAMPLES = {**MAIN, **MEETING_EXAMPLES}
GOLDEN = Path(__file__).parent / "golden"
WRITING = os.environ.get("GOLDEN") == "write"
DOTS = 40 / 72
"""40 dpi: enough to see a moved block, small enough to keep."""
SHORT_LAST_PAGE = {"quarter_report": [("empty", 3)]}
"""The length of a report is its author's: the example ends a little below a page's head."""
TOLERANCE = 4.0
"""Greatest mean difference of grey of a page, out of 255; a moved paragraph gives more than 10."""


@pytest.fixture(scope="module", params=sorted(EXAMPLES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def paper(kind: str) -> PrintedPaper:
    return render(kind, EXAMPLES[kind]())


def test_the_html_is_the_kept_one(kind: str) -> None:
    assert _kept(f"{kind}.html", render_html(kind, EXAMPLES[kind]())) == render_html(
        kind, EXAMPLES[kind]()
    )


def test_the_text_of_the_pdf_is_the_kept_one_and_nfc(kind: str, paper: PrintedPaper) -> None:
    text = "\n".join(line.text for sheet in read(paper.pdf) for line in sheet.lines) + "\n"
    assert unicodedata.is_normalized("NFC", text)
    assert _kept(f"{kind}.txt", text) == text


def test_the_pages_look_as_kept(kind: str, paper: PrintedPaper) -> None:
    strip = _picture(paper.pdf)
    place = GOLDEN / f"{kind}.png"
    if WRITING:
        strip.save(place, optimize=True)
    with Image.open(place) as kept:
        assert kept.size == strip.size
        # Both are blurred a little, so that anti-aliasing of another build does not count.
        blurred = [each.convert("L").filter(ImageFilter.GaussianBlur(1)) for each in (kept, strip)]
        assert ImageStat.Stat(ImageChops.difference(*blurred)).mean[0] < TOLERANCE


def test_the_paper_checker_finds_nothing(kind: str, paper: PrintedPaper) -> None:
    assert [str(finding) for finding in check_paper(paper.pdf, kind)] == []
    make_up = [(one.rule, one.page) for one in check_make_up(read(paper.pdf), kind)]
    assert make_up == SHORT_LAST_PAGE.get(kind, [])


def _kept(name: str, made: str) -> str:
    place = GOLDEN / name
    if WRITING:
        place.write_text(made, encoding="utf-8")
    return place.read_text(encoding="utf-8")


def _picture(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [page.render(scale=DOTS).to_pil().convert("L") for page in document]
    strip = Image.new(
        "L", (sum(page.width for page in pages), max(page.height for page in pages)), 255
    )
    left = 0
    for page in pages:
        strip.paste(page, (left, 0))
        left += page.width
    return strip

"""The pictures of a DOCX: Word shows PNG where the PDF has SVG."""

from __future__ import annotations

import io

import pypdfium2
import segno

from pledge_app.papers.printing.paper import print_html
from pledge_app.papers.word import ooxml

CHART_PAGE = (
    '<!DOCTYPE html><html lang="vi"><head><title>.</title></head><body><img alt="." '
    'src="asset:chart.svg"></body>'
    "</html>"
)
CHART_STYLE = (
    f"@page {{ size: {ooxml.PORTRAIT_MM}mm 110mm; margin: 0 }} body {{ margin: 0 }} "
    "img { width: 100%; max-height: 110mm; object-fit: contain }"
)
DPI = 200


def qr_png(address: str) -> bytes:
    """The QR code of an address."""
    stream = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        stream,
        kind="png",
        scale=8,
        border=1,
    )
    return stream.getvalue()


def chart_png(svg: bytes, css: str) -> bytes:
    """A chart as PNG of 200 dpi: Word's own SVG needs a picture beside it for everything older."""
    printed = print_html(CHART_PAGE, css + CHART_STYLE, {"chart.svg": svg})
    page = pypdfium2.PdfDocument(printed.pdf)[0]
    picture = page.render(scale=DPI / 72).to_pil().convert("L")
    inked = picture.point(lambda grey: 255 - grey).getbbox()
    stream = io.BytesIO()
    picture.crop(inked or (0, 0, 1, 1)).save(stream, "PNG", optimize=True)
    return stream.getvalue()

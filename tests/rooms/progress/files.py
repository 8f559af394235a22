"""Files as people send them."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image


def photo(shade: int = 200, size: tuple[int, int] = (1700, 2300)) -> bytes:
    """A JPEG of one shade."""
    stream = io.BytesIO()
    Image.new("RGB", size, (shade, 90, 60)).save(stream, "JPEG", dpi=(200, 200))
    return stream.getvalue()


def paper(pages: int = 1, mark: str = "") -> bytes:
    """A PDF of blank pages."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _n in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Subject"] = mark
        pdf.save(stream, min_version="1.7", deterministic_id=True)
    return stream.getvalue()


def with_script() -> bytes:
    """A PDF that would run JavaScript when it is opened."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        pdf.save(stream, min_version="1.7", deterministic_id=True)
    return stream.getvalue()

"""A scan from outside: accepted as PDF, JPEG or PNG, never believed by its name. Runs in the
child only.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import pikepdf
import pypdfium2
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from pledge_app.papers.errors import PaperError, Reason

LONGEST_NAME = 1000  # of a file, with its folders; only the end of a longer one is looked at
LARGEST_FILE = 20 * 1024 * 1024
MOST_PAGES = 200
MOST_PIXELS = 60_000_000
"""An A4 page at 600 dpi has 35 million."""
GOOD_DPI = 200
"""The decree's digitising standard; below it the user is warned, not refused."""
PREVIEW_SIDE = 1200
OLDEST_PDF = (1, 4)
A4_INCHES = (8.27, 11.69)
ENDINGS = {
    ".pdf",
    ".jpg",
    ".jpeg",
    ".png",
}

ACTIVE: dict[str, Reason] = {
    "/JS": "pdf_active",
    "/JavaScript": "pdf_active",
    "/OpenAction": "pdf_active",
    "/AA": "pdf_active",
    "/Launch": "pdf_active",
    "/SubmitForm": "pdf_active",
    "/ImportData": "pdf_active",
    "/GoToR": "pdf_active",
    "/GoToE": "pdf_active",
    "/Rendition": "pdf_active",
    "/Movie": "pdf_active",
    "/Sound": "pdf_active",
    "/XFA": "pdf_active",
    "/RichMedia": "pdf_active",
    "/EmbeddedFiles": "pdf_attachment",
    "/EmbeddedFile": "pdf_attachment",
    "/EF": "pdf_attachment",
    "/FileAttachment": "pdf_attachment",
    "/Encrypt": "pdf_encrypted",
}
ENDS_OF_PICTURES = {"image/png": (b"IEND", 8), "image/jpeg": (b"\xff\xd9", 2)}
"""How the last part of a picture begins, and its length."""
END_OF_PDF = b"%%EOF"
CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FOREIGN = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"%PDF-",
    b"<html",
    b"<script",
    b"<!doctype",
    b"<?php",
    b"#!/",
)
"""Beginnings of other kinds of file; none may follow the end of a scan."""


@dataclass(frozen=True)
class Upload:
    """What is stored: always a PDF. `dpi` is the coarsest page's, None when no page is a
    picture.
    """

    media_type: str
    data: bytes
    pages: int
    dpi: int | None
    dpi_warning: bool
    original_media_type: str


def inspect(data: bytes, declared_name: str) -> Upload:
    """The file as it may be stored, or PaperError with the reason."""
    if not data:
        raise PaperError("empty")
    if len(data) > LARGEST_FILE:
        raise PaperError("too_large", str(len(data)))
    if PurePath(declared_name.lower()).suffix not in ENDINGS:
        raise PaperError("kind", declared_name[-40:])
    if data.startswith(b"%PDF-"):
        return _inspect_pdf(data)
    if data.startswith(b"\xff\xd8\xff") or data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _inspect_image(data)
    raise PaperError("kind", data[:8].hex())


def _inspect_pdf(data: bytes) -> Upload:
    _before, mark, tail = data.rpartition(END_OF_PDF)
    if not mark:
        raise PaperError("broken", "no end of file mark")
    if tail.strip(b"\r\n\t \x00") or _is_archive(data):
        raise PaperError("polyglot", "bytes after the end of the PDF")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _inspect_open_pdf(pdf, data)
    except pikepdf.PasswordError as fault:
        raise PaperError("pdf_encrypted", str(fault)) from fault
    except pikepdf.PdfError as fault:
        raise PaperError("broken", str(fault)) from fault


def _inspect_open_pdf(pdf: pikepdf.Pdf, data: bytes) -> Upload:
    if pdf.is_encrypted:
        raise PaperError("pdf_encrypted")
    major, minor = (int(part) for part in pdf.pdf_version.split("."))
    if (major, minor) < OLDEST_PDF:
        raise PaperError("pdf_version", pdf.pdf_version)
    pages = len(pdf.pages)
    if pages == 0:
        raise PaperError("broken", "no page")
    if pages > MOST_PAGES:
        raise PaperError("too_many_pages", str(pages))
    _refuse_active(pdf)
    resolutions = [_page_dpi(page) for page in pdf.pages]
    dpi = min((one for one in resolutions if one is not None), default=None)
    return Upload(
        "application/pdf",
        data,
        pages,
        dpi,
        dpi is not None and dpi < GOOD_DPI,
        "application/pdf",
    )


def _refuse_active(pdf: pikepdf.Pdf) -> None:
    for thing in [pdf.trailer, *pdf.objects]:
        for name in _names(thing, 0):
            if name in ACTIVE:
                raise PaperError(ACTIVE[name], name)


def _names(thing: object, depth: int) -> Iterator[str]:
    """Every key of a dictionary, every name used as a kind (/S, /Type, /Subtype), direct parts
    too.
    """
    if depth > 60:
        raise PaperError("broken", "nested too deeply")
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in thing.items():
            yield str(key)
            if key in ("/S", "/Type", "/Subtype") and isinstance(value, pikepdf.Name):
                yield str(value)
            elif not getattr(value, "is_indirect", False):
                yield from _names(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                yield from _names(value, depth + 1)


def _page_dpi(page: pikepdf.Page) -> int | None:
    """Pixels of the page's widest picture over the page's width: a scan fills its page."""
    left, _, right, _ = (float(edge) for edge in page.mediabox)
    inches = abs(right - left) / 72
    widths = [int(image.get("/Width", 0)) for image in page.get_images().values()]
    return round(max(widths) / inches) if widths and inches else None


def _inspect_image(data: bytes) -> Upload:
    original = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    _refuse_tail(data, original)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    # Our own cap below is lower and is asked before any pixel is read.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PaperError("too_many_pixels", f"{picture.width}×{picture.height}")
            claimed = picture.info.get("dpi", (0, 0))[0]
            upright = _flattened(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, ZeroDivisionError) as fault:
        raise PaperError("broken", str(fault)) from fault
    dpi = _fitting_dpi(upright, float(claimed))
    return Upload(
        "application/pdf",
        _as_pdf(upright, dpi),
        1,
        round(dpi),
        dpi < GOOD_DPI - 1,
        original,
    )


def _refuse_tail(data: bytes, media_type: str) -> None:
    mark, length = ENDS_OF_PICTURES[media_type]
    end = data.rfind(mark) + length
    tail = data[end:].lower()
    is_followed = any(mark.lower() in tail for mark in FOREIGN)
    if is_followed or _is_archive(data):
        raise PaperError("polyglot", f"{len(tail)} bytes after the picture")


def _is_archive(data: bytes) -> bool:
    """Whether the end of a ZIP stands where a reader of ZIP looks for it."""
    return b"PK\x05\x06" in data[-66_000:]


def _flattened(picture: Image.Image) -> Image.Image:
    """Grey or colour without transparency, decoded pixel by pixel: nothing hidden in the file
    survives.
    """
    if picture.mode in ("1", "L", "I;16", "I"):
        return picture.convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")


def _fitting_dpi(picture: Image.Image, claimed: float) -> float:
    """What the file says, if that gives a page between A5 and A4; else the picture fills an A4
    page.
    """
    short, long = sorted(picture.size)
    fitting = max(short / A4_INCHES[0], long / A4_INCHES[1], 1.0)
    if fitting * 0.98 <= claimed <= fitting * 1.45:
        return claimed
    return fitting


def _as_pdf(picture: Image.Image, dpi: float) -> bytes:
    """One page of the picture's real size; the same picture gives the same bytes."""
    stream = io.BytesIO()
    picture.info = {}  # Pillow would write the old comment and profile again
    picture.save(stream, "JPEG", quality=90)
    width, height = (pixels * 72 / dpi for pixels in picture.size)
    with pikepdf.new() as pdf:
        image = pdf.make_stream(
            stream.getvalue(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=picture.width,
            Height=picture.height,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
            ColorSpace=pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB,
        )
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
        page.obj.Contents = pdf.make_stream(
            f"{width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do".encode()
        )
        whole = io.BytesIO()
        pdf.save(whole, deterministic_id=True, min_version="1.7")
    return whole.getvalue()


def preview(pdf: bytes) -> bytes:
    """The first page as a JPEG of at most PREVIEW_SIDE pixels: what is looked at inside our
    pages.
    """
    try:
        page = pypdfium2.PdfDocument(pdf)[0]
        longest_side = max(*page.get_size(), 1.0)
        bitmap = page.render(scale=PREVIEW_SIDE / longest_side)
        picture = bitmap.to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, OSError) as fault:
        raise PaperError("broken", str(fault)) from fault
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def safe_name(declared_name: str) -> str:
    """The name a user gave, fit to be shown: last part only, no control signs, at most 120
    characters.
    """
    path = declared_name[-LONGEST_NAME:].replace("\\", "/")
    name = CONTROLS.sub("", PurePath(path).name)
    return name[-120:]

"""Files from outside: what is taken, what is refused and why, in words."""

import io
from collections.abc import Callable
from typing import Any, get_args

import pikepdf
import pytest
from flask import Flask
from flask_babel import Babel
from PIL import Image

from pledge_app.documents.sandbox import inspect_upload_in_child, inspect_with_preview_in_child
from pledge_app.documents.sentences import sentence, warning
from pledge_app.papers.errors import PaperError, Reason
from pledge_app.papers.intake import inspection as uploads
from pledge_app.papers.intake.inspection import Upload, inspect
from pledge_app.papers.printing.paper import render
from tests.documents.examples import example_minutes

Name = pikepdf.Name


def picture(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "white" if mode == "RGB" else 0).save(stream, kind, **more)
    return stream.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, pages: int = 1, **more: Any) -> bytes:
    stream = io.BytesIO()
    saving: dict[str, Any] = {"min_version": "" if "force_version" in more else "1.6", **more}
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        made.save(stream, **saving)
    return stream.getvalue()


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def on_page(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = pikepdf.Dictionary(O=script())


def in_annotation(made: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=Name.Launch, F="calc.exe"),
    )
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(link)])


def leading_out(kind: Name) -> Callable[[pikepdf.Pdf], None]:
    """A link that does something elsewhere when it is pressed."""

    def change(made: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=kind, F="\\\\elsewhere\\share\\x.pdf"),
        )
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(link)])

    return change


def strange_width(made: pikepdf.Pdf) -> None:
    image = made.make_stream(b"x", Type=Name.XObject, Subtype=Name.Image, Width=Name.abc, Height=1)
    made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))


def in_name_tree(made: pikepdf.Pdf) -> None:
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", script()]))


def opening(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = script()


def attachment(made: pikepdf.Pdf) -> None:
    made.attachments["x.txt"] = b"hidden"


def form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=[])


REFUSED: dict[str, tuple[Reason, bytes, str]] = {
    "nothing": ("empty", b"", "a.pdf"),
    "a renamed program": ("kind", b"MZ\x90\x00" + b"\0" * 400, "scan.pdf"),
    "a program by its name": ("kind", pdf(), "scan.exe"),
    "a text": ("kind", b"hello", "scan.jpg"),
    "a GIF": ("kind", picture((9, 9), "GIF"), "scan.png"),
    "a PDF cut short": ("broken", pdf()[:200], "a.pdf"),
    "a PDF of noise": ("broken", b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n", "a.pdf"),
    "a picture cut short": ("broken", picture((900, 900), mode="RGB")[:60], "a.png"),
    "JavaScript on a page": ("pdf_active", pdf(on_page), "a.pdf"),
    "a launch in an annotation": ("pdf_active", pdf(in_annotation), "a.pdf"),
    "a form that sends itself": ("pdf_active", pdf(leading_out(Name.SubmitForm)), "a.pdf"),
    "a form that fetches": ("pdf_active", pdf(leading_out(Name.ImportData)), "a.pdf"),
    "a link to another machine": ("pdf_active", pdf(leading_out(Name.GoToR)), "a.pdf"),
    "JavaScript in the name tree": ("pdf_active", pdf(in_name_tree), "a.pdf"),
    "an open action": ("pdf_active", pdf(opening), "a.pdf"),
    "an XFA form": ("pdf_active", pdf(form), "a.pdf"),
    "JavaScript in an object stream": (
        "pdf_active",
        pdf(opening, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "a.pdf",
    ),
    "an attachment": ("pdf_attachment", pdf(attachment), "a.pdf"),
    "a password": (
        "pdf_encrypted",
        pdf(encryption=pikepdf.Encryption(user="u", owner="o")),
        "a.pdf",
    ),
    "an encryption without password": (
        "pdf_encrypted",
        pdf(encryption=pikepdf.Encryption(user="", owner="o")),
        "a.pdf",
    ),
    "an old PDF": ("pdf_version", pdf(force_version="1.3"), "a.pdf"),
    "a book": ("too_many_pages", pdf(pages=201), "a.pdf"),
    "a PDF that is a ZIP": (
        "polyglot",
        pdf() + b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\0" * 18,
        "a.pdf",
    ),
    "a picture that is a page": (
        "polyglot",
        picture((99, 99), "JPEG") + b"<script>alert(1)</script>",
        "a.jpg",
    ),
    "a picture that is a ZIP": (
        "polyglot",
        picture((99, 99)) + b"PK\x05\x06" + b"\0" * 18,
        "a.png",
    ),
    "too many points": ("too_many_pixels", picture((9000, 7000), mode="1"), "a.png"),
    "too many bytes": ("too_large", b"%PDF-1.7" + b"\0" * (uploads.LARGEST_FILE + 1), "a.pdf"),
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_it_is_refused_for_its_own_reason(what: str) -> None:
    reason, data, name = REFUSED[what]
    with pytest.raises(PaperError) as refusal:
        inspect(data, name)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "what", ["nothing", "a renamed program", "JavaScript on a page", "too many bytes"]
)
def test_the_child_gives_the_same_reason(what: str) -> None:
    reason, data, name = REFUSED[what]
    with pytest.raises(PaperError) as refusal:
        inspect_upload_in_child(data, name)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf(strange_width), "a.pdf"),
        (picture((1, 60_000)), "a.png"),
        (picture((60_000, 1)), "a.png"),
    ],
)
def test_a_file_that_the_libraries_stumble_over_is_called_unreadable(
    data: bytes, name: str
) -> None:
    with pytest.raises(PaperError) as refusal:
        inspect_with_preview_in_child(data, name)
    assert refusal.value.reason == "broken", (
        "no fault of the program: nobody need call the administrator"
    )


def test_our_own_paper_is_accepted_unchanged() -> None:
    paper = render("minutes", example_minutes())
    taken = inspect_upload_in_child(paper.pdf, "Biên bản đã ký.PDF")
    assert taken == Upload(
        "application/pdf", paper.pdf, paper.pages, None, False, "application/pdf"
    )


@pytest.mark.parametrize(
    ("data", "name", "dpi", "warned", "points"),
    [
        (picture((1654, 2339), dpi=(200, 200)), "a.png", 200, False, (595, 842)),
        (picture((2480, 3508), "JPEG", dpi=(300, 300)), "a.jpg", 300, False, (595, 842)),
        (picture((800, 1130), "JPEG"), "a.jpeg", 97, True, (595, 841)),
        (picture((3508, 2480), "JPEG", dpi=(72, 72)), "a.jpg", 300, False, (842, 595)),
        (picture((1654, 2339), mode="1", dpi=(200, 200)), "a.png", 200, False, (595, 842)),
        (picture((1654, 2339), mode="RGBA"), "a.png", 200, False, (595, 842)),
    ],
)
def test_a_picture_becomes_a_page_of_its_real_size(
    data: bytes, name: str, dpi: int, warned: bool, points: tuple[int, int]
) -> None:
    taken = inspect(data, name)
    assert (taken.media_type, taken.pages, taken.dpi_warning) == ("application/pdf", 1, warned)
    assert taken.dpi == pytest.approx(dpi, abs=1)
    with pikepdf.open(io.BytesIO(taken.data)) as made:
        box = [float(edge) for edge in made.pages[0].mediabox]
        assert box[2:] == pytest.approx(points, abs=3)
    assert inspect(data, name).data == taken.data
    assert inspect(taken.data, "again.pdf").dpi == pytest.approx(dpi, abs=1)


def test_what_hides_in_a_picture_does_not_survive() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (1654, 2339)).save(
        stream, "JPEG", comment=b"SECRET-MARK", exif=b"Exif\0\0SECRET-MARK"
    )
    assert b"SECRET-MARK" in stream.getvalue()
    assert b"SECRET-MARK" not in inspect(stream.getvalue(), "a.jpg").data


def test_a_coarse_scan_in_a_pdf_is_warned_of() -> None:
    coarse = inspect(picture((800, 1130), "JPEG"), "a.jpg").data
    assert inspect(coarse, "a.pdf").dpi_warning


def test_every_reason_has_a_vietnamese_sentence_that_says_what_to_do() -> None:
    app = Flask(__name__)
    Babel(app)
    with app.app_context():
        for reason in get_args(Reason):
            said = sentence(PaperError(reason))
            assert said.endswith(".")
            assert "ãy" in said  # "Hãy …" / "hãy …"
        assert "97 dpi" in warning(inspect(picture((800, 1130), "JPEG"), "a.jpg"))
        assert warning(inspect(pdf(), "a.pdf")) == ""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\scan\\bản ký.pdf", "bản ký.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\nb.pdf", "ab.pdf"),
    ],
)
def test_a_declared_name_is_only_shown(given: str, shown: str) -> None:
    assert uploads.safe_name(given) == shown

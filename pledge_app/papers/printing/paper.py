"""From frozen content to a paper: HTML by Jinja, PDF/A-3a and PDF/UA-1 by WeasyPrint, always the
same bytes.

Never call `render` in a request: it may take a second and must not share a process with sessions.
`sandbox.render_in_child` is the way in.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import segno
from defusedxml import ElementTree
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined, UndefinedError
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from pledge_app.papers.content.conform import conform
from pledge_app.papers.definition import TEMPLATES, Content, Edition
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.assets import ClosedFetcher, RefusedAddress
from pledge_app.papers.printing.measure import balanced, in_lines
from pledge_app.papers.registry import paper_of
from pledge_app.papers.vietnamese import FILTERS

POINTS_A_PIXEL = 0.75
# PDF/UA-1 needs its identification and the extension schema that allows it inside PDF/A, in the
# same rdf:RDF.
UA_METADATA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property>\
<rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq>\
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@dataclass(frozen=True)
class SignatureCell:
    """Room for one signature, between office and name. Points from the page's lower left; page
    from 1.
    """

    id: str
    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class PrintedPaper:
    pdf: bytes
    pages: int
    cells: tuple[SignatureCell, ...]


def render(kind: str, content: Content, *, template_version: int | None = None) -> PrintedPaper:
    """The PDF of `content`, by its paper's newest templates where no version is named.

    Raises PaperError: content, refused_address.
    """
    html = render_html(kind, content, template_version=template_version)
    style = css_text(edition_of(kind, template_version).shared)
    return print_html(html, style, pictures(content))


def render_html(kind: str, content: Content, *, template_version: int | None = None) -> str:
    """The paper's HTML, the first half of the one pipe. Raises PaperError("content")."""
    edition = edition_of(kind, template_version)
    checked = conform(kind, content)
    template = _environment(edition).get_template(f"pdf/{kind}.html")
    try:
        layout = edition.layout(checked)
        return template.render(
            c=checked,
            has_qr=_has_qr(checked),
            **layout,
        )
    except (ValueError, IndexError, UndefinedError) as fault:
        raise PaperError("content", f"{kind}: {fault}") from fault


def edition_of(kind: str, template_version: int | None = None) -> Edition:
    """The edition that prints a content. Raises PaperError("content") where it is not kept here."""
    paper = paper_of(kind)
    version = paper.template_version if template_version is None else template_version
    if version not in paper.editions:
        raise PaperError("content", f"template version {version!r} is not kept here")
    return paper.editions[version]


def print_html(html: str, css: str, images: Mapping[str, bytes]) -> PrintedPaper:
    """HTML of our own templates to PDF. Raises PaperError("refused_address")."""
    fetcher = ClosedFetcher(images)
    fonts = _fonts()
    try:
        source = HTML(
            string=html,
            url_fetcher=fetcher,
            base_url="asset:",
        )
        document = source.render(
            stylesheets=[_stylesheet(css)],
            font_config=fonts,
            pdf_variant="pdf/a-3a",
        )
        _claim_accessibility(document)
        raw = document.write_pdf(pdf_variant="pdf/a-3a")
    except RefusedAddress as refusal:
        raise PaperError("refused_address", str(refusal)) from refusal
    # Inside a picture WeasyPrint swallows the refusal and leaves the picture out.
    if fetcher.refused:
        raise PaperError("refused_address", ", ".join(fetcher.refused))
    return PrintedPaper(
        pdf=_plainly_saved(raw),
        pages=len(document.pages),
        cells=_cells(document),
    )


def pictures(content: Content) -> dict[str, bytes]:
    """The QR and the chart, by the names under which the templates ask for them."""
    by_name: dict[str, bytes] = {}
    if _has_qr(content):
        by_name["qr.svg"] = _qr_svg(content["public_url"])
    chart = content.get("chart")
    if chart:
        by_name["chart.svg"] = _svg(chart["svg"])
    return by_name


def _qr_svg(address: str) -> bytes:
    stream = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        stream,
        kind="svg",
        scale=4,
        border=1,
    )
    return stream.getvalue()


@cache
def css_text(shared: int) -> str:
    """The one style sheet of all papers that share a version of the frame."""
    return (shared_templates(shared) / "paper.css").read_text(encoding="utf-8")


def shared_templates(shared: int) -> Path:
    """The directory with what the papers share. A version that was used is kept for ever."""
    return TEMPLATES / "_shared" / f"v{shared}"


def _has_qr(content: Content) -> bool:
    return bool(content["show_qr"] and content["public_url"])


def _svg(text: str) -> bytes:
    """A picture that is one <svg> element without entities or document type."""
    try:
        root = ElementTree.fromstring(text, forbid_dtd=True)
    except Exception as fault:
        raise PaperError("content", f"chart.svg: {fault}") from fault
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise PaperError("content", "chart.svg is no <svg> element")
    return text.encode()


@cache
def _environment(edition: Edition) -> Environment:
    """Templates of all versions call each other "pdf/…", so that a version is a plain copy of
    its files: the paper's own first, then what papers share.
    """
    places = [edition.templates, shared_templates(edition.shared)]
    loader = PrefixLoader({"pdf": FileSystemLoader(places)})
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, in_lines=in_lines, balanced=balanced)
    return environment


@cache
def _fonts() -> FontConfiguration:
    """One per process and never shared between threads: Pango's font map is not safe there."""
    return FontConfiguration()


@cache
def _stylesheet(css: str) -> CSS:
    return CSS(
        string=css,
        font_config=_fonts(),
        url_fetcher=ClosedFetcher(),
        base_url="asset:",
    )


def _claim_accessibility(document: Document) -> None:
    plain = document.metadata.generate_rdf_metadata

    def with_accessibility(*arguments: object) -> bytes:
        whole: bytes = plain(*arguments)
        return whole.replace(b"</rdf:RDF>", UA_METADATA + b"</rdf:RDF>")

    document.metadata.generate_rdf_metadata = with_accessibility


def _cells(document: Document) -> tuple[SignatureCell, ...]:
    """Rectangles from the layout's anchors: CSS pixels from the top left to points from the
    lower left.
    """
    cells: list[SignatureCell] = []
    for number, page in enumerate(document.pages, start=1):
        for name, (x1, y1, x2, y2) in sorted(page.anchors.items()):
            if not name.startswith("sig-"):
                continue
            corners = (x1, page.height - y2, x2, page.height - y1)
            in_points = [round(corner * POINTS_A_PIXEL, 2) for corner in corners]
            cells.append(SignatureCell(name, number, *in_points))
    return tuple(cells)


def _plainly_saved(raw: bytes) -> bytes:
    """Without object streams: later signatures are then made and checked five times faster."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return stream.getvalue()

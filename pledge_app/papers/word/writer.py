"""A paper as DOCX, made from the HTML of the same snapshot as its PDF, so that no word of it can
differ.

Headings, tables, head rows and page numbers are Word's own; `ooxml.LOOKS` names the styles.
The reader of the HTML knows the classes of templates/papers; a class it does not know becomes plain
paragraphs, never lost text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pypdfium2
import segno
from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree, html

from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.paper import (
    css_text,
    edition_of,
    pictures,
    print_html,
    render_html,
)
from pledge_app.papers.word import ooxml

WRITER = 1
"""The version of this writer: one that would make other bytes stands beside it, under the next."""
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "table", "ul", "ol", "li"}
TABLE_SIZES = {"narrow": 12.0, "wide": 10.0}
HEAD_MM = (66.0, 98.0)
RECIPIENTS_MM = 68.0
Piece = tuple[str, bool, bool]
"""Text, bold, italic."""
Place = WordDocument | _Cell


def render_word(
    kind: str, content: Mapping[str, Any], *, template_version: int | None = None
) -> bytes:
    """The DOCX of `content`. Raises PaperError as `paper.render`."""
    edition = edition_of(kind, template_version)
    if edition.writer != WRITER:
        raise PaperError("content", f"DOCX writer {edition.writer!r} is not kept here")
    page = html.document_fromstring(render_html(kind, content, template_version=template_version))
    document = new_document()
    body = document.element.body
    for child in list(body):  # the template's own empty paragraph
        if not child.tag.endswith("sectPr"):
            body.remove(child)
    ooxml.set_styles(document)
    document.core_properties.title, document.core_properties.author = (
        content["title"],
        content["author"],
    )
    document.core_properties.language = "vi-VN"
    marks = [
        text for block in page.find_class("marks") for text in block.itertext() if text.strip()
    ]
    writer = _Writer(document, marks, content, css_text(edition.shared))
    ooxml.set_page(document.sections[0], marks)
    writer.children(page.body, document, ooxml.PORTRAIT_MM)
    return ooxml.same_bytes(document)


class _Writer:
    """Walks the HTML and writes blocks into the document or into a cell of a layout table."""

    def __init__(
        self,
        document: WordDocument,
        marks: list[str],
        content: Mapping[str, Any],
        css: str,
    ) -> None:
        self.document, self.marks, self.content = document, marks, content
        self.css = css
        self.made: list[Paragraph] = []
        self.by_class: dict[str, Callable[[Any, Place, float], None]] = {
            "marks": self._marks,
            "ink": self._ink,
            "head": self._head,
            "end": self._end,
            "parting": self._parting,
            "cells": self._cells,
            "recipients": self._recipients,
            "check": self._check,
            "addressed": self._addressed,
            "chart": self._chart,
            "keep": self._keep,
            "annex": self._annex,
        }

    def children(self, element: Any, place: Place, room: float, look: str = "") -> None:
        """Every block inside `element`; `room` is the width in millimetres."""
        for child in element.iterchildren(etree.Element):
            self.block(child, place, room, look)

    def block(self, element: Any, place: Place, room: float, look: str) -> None:
        """One block by its class, by its tag, or as what its children are."""
        names = element.get("class", "").split()
        own = next((self.by_class[name] for name in names if name in self.by_class), None)
        if own is not None:
            own(element, place, room)
        elif element.tag == "table":
            self._table(element, place, room)
        elif element.tag == "img":
            self._picture(element, place)
        elif any(child.tag in BLOCKS for child in element.iterchildren(etree.Element)):
            self.children(element, place, room, look)
        else:
            self._paragraph(
                element, place, room, _look_of(element, names, look), lead="lead" in names
            )

    # paragraphs

    def _paragraph(
        self, element: Any, place: Place, room: float, look: str, *, lead: bool = False
    ) -> None:
        lines = _lines(element, pre_line=look in ("office", "issuer"))
        if not any(text.strip() for line in lines for text, _b, _i in line):
            return
        found = self._new(place, look)
        for number, line in enumerate(lines):
            for text, bold, italic in line:
                run = found.add_run(text)
                run.bold, run.italic = bold or None, italic or None
            if number + 1 < len(lines):
                found.add_run().add_break()
        if lead:
            found.paragraph_format.keep_with_next = True
        if element.find_class("ruled"):
            self._rule(found, place, room, look)

    def _new(self, place: Place, look: str = "") -> Paragraph:
        found = ooxml.first_paragraph(place) if isinstance(place, _Cell) else None
        found = found if found is not None else place.add_paragraph()
        found.style = self.document.styles[ooxml.LOOKS[look].name if look else "Normal"]
        self.made.append(found)
        return found

    def _rule(self, above: Paragraph, place: Place, room: float, look: str) -> None:
        shape = ooxml.LOOKS[look]
        long = min(room, ooxml.width_mm(above.text, shape.size, bold=shape.bold))
        above.paragraph_format.keep_with_next = True
        ooxml.rule(self._new(place), long if look == "motto" else 0.4 * long, room)

    def _picture(self, element: Any, place: Place) -> None:
        if element.get("src") == "asset:qr.svg":
            data, width = _qr(self.content["public_url"]), Mm(19)
        else:
            data, width = (
                _raster(pictures(self.content)["chart.svg"], self.css),
                Mm(ooxml.PORTRAIT_MM),
            )
        found = self._new(place, "check")
        run = found.add_run()
        run.add_picture(io.BytesIO(data), width=width)
        ooxml.describe(run, element.get("alt", ""))

    # the classes of templates/papers

    def _marks(self, _element: Any, _place: Place, _room: float) -> None:
        """In the header of every page; see `set_page`."""

    def _ink(self, _element: Any, _place: Place, _room: float) -> None:
        """The room for ink and seal is the space before the name."""

    def _head(self, element: Any, place: Place, room: float) -> None:
        self._beside(element, place, [room - HEAD_MM[1], HEAD_MM[1]])

    def _end(self, element: Any, place: Place, room: float) -> None:
        self._gap(place, 10)
        self._beside(element, place, [RECIPIENTS_MM, room - RECIPIENTS_MM])

    def _parting(self, element: Any, place: Place, room: float) -> None:
        count = len(element)
        self._beside(element, place, [room / count] * count if count > 1 else [room])

    def _beside(self, element: Any, place: Place, widths: list[float]) -> None:
        """Blocks side by side: a table without lines."""
        blocks = list(element.iterchildren(etree.Element))[: len(widths)]
        table = self._grid(place, 1, widths)
        for block, cell, width in zip(blocks, table.rows[0].cells, widths, strict=False):
            self.block(block, cell, width, "")

    def _cells(self, element: Any, place: Place, room: float) -> None:
        signers = element.find_class("cell")
        if not signers:
            return
        if len(signers) == 1 and isinstance(place, _Cell):
            self.children(signers[0], place, room)
            return
        table = self._grid(place, 1, [room / len(signers)] * len(signers), apart=26)
        for signer, cell in zip(signers, table.rows[0].cells, strict=True):
            self.children(signer, cell, room / len(signers))

    def _recipients(self, element: Any, place: Place, room: float) -> None:
        self.children(element, place, room, "recipient")

    def _check(self, element: Any, place: Place, room: float) -> None:
        self.children(element, place, room, "check")

    def _addressed(self, element: Any, place: Place, room: float) -> None:
        first, *others = list(element.iterchildren(etree.Element))
        self.block(first, place, room, "addressed")
        for block in others:
            self.children(block, place, room, "addressee")

    def _chart(self, element: Any, place: Place, room: float) -> None:
        self.children(element, place, room, "chart")

    def _keep(self, element: Any, place: Place, room: float) -> None:
        """Never torn: everything but the last block holds on to what follows it."""
        start = last = len(self.made)
        for child in element.iterchildren(etree.Element):
            last = len(self.made)
            self.block(child, place, room, "")
        for paragraph in self.made[start:last]:
            paragraph.paragraph_format.keep_with_next = True

    def _annex(self, element: Any, _place: Place, _room: float) -> None:
        """A landscape section of its own, numbered from 1."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        ooxml.set_page(section, self.marks, landscape=True, restart=True)
        self.children(element, self.document, ooxml.LANDSCAPE_MM, "annex")

    # tables

    def _grid(
        self, place: Place, rows: int, widths: list[float], apart: float = 4, side: float = 1
    ) -> Table:
        if ooxml.after_a_table(place):
            self._gap(place, apart)
        table = place.add_table(rows, len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        ooxml.set_columns(table, widths)
        ooxml.small_margins(table, side)
        for row in table.rows:
            ooxml.keep_whole(row)
        return table

    def _gap(self, place: Place, points: float) -> None:
        shape = self._new(place).paragraph_format
        shape.line_spacing, shape.space_before, shape.keep_with_next = Pt(points), Pt(0), True

    def _table(self, element: Any, place: Place, room: float) -> None:
        """A real table: head rows repeat, rows stay whole."""
        lines = list(element.iter("tr"))
        widths = _widths(element, max(_span(line) for line in lines), room)
        table = self._grid(place, len(lines), widths, side=0.4)
        table.style = self.document.styles["Table Grid"]
        size = next(
            (TABLE_SIZES[name] for name in element.get("class", "").split() if name in TABLE_SIZES),
            13.0,
        )
        for number, line in enumerate(lines):
            row = table.rows[number]
            if line.getparent().tag == "thead":
                ooxml.repeat(row)
            self._row(line, row.cells, _head_size(line) or size)

    def _row(self, line: Any, cells: Any, size: float) -> None:
        column = 0
        for given in line.iterchildren("th", "td"):
            span = int(given.get("colspan", 1))
            cell = cells[column] if span == 1 else cells[column].merge(cells[column + span - 1])
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            column += span
            found = self._new(cell)
            shape = found.paragraph_format
            is_text = "text" in given.get("class", "").split() or (
                line.get("class") == "group" and column > 1
            )
            shape.alignment = ooxml.LEFT if is_text else ooxml.CENTRE
            shape.first_line_indent, shape.space_before, shape.line_spacing = Mm(0), Pt(2), 1.0
            shape.space_after = Pt(2)
            shape.keep_with_next = line.get("class") == "group" or None
            for pieces in _lines(given):
                for text, bold, italic in pieces:
                    run = found.add_run(text)
                    run.bold, run.italic, run.font.size = (
                        bold or given.tag == "th" or None,
                        italic or None,
                        Pt(size),
                    )


def _head_size(line: Any) -> float | None:
    """Points of a head row that is set smaller than its table; None elsewhere."""
    match = re.fullmatch(r"head-([0-9]+)", line.getparent().get("class", ""))
    return float(match[1]) if match else None


def _look_of(element: Any, names: list[str], inherited: str) -> str:
    """The style of a paragraph: its class, its tag, what it stands in, in this order; "" is body
    text.
    """
    if inherited == "annex":
        return "annex-note" if "note" in names else "annex"
    named = next((name for name in names if name in ooxml.LOOKS), "")
    return named or (element.tag if element.tag in ooxml.LOOKS else inherited)


def _lines(element: Any, *, pre_line: bool = False) -> list[list[Piece]]:
    """The text as lines of pieces; white space collapses as on the page, `pre_line` keeps the
    author's line ends.
    """
    lines: list[list[Piece]] = [[]]
    for text, bold, italic in _pieces(element, False, False):
        whole = text if pre_line else text.replace("\n", " ")
        for number, part in enumerate(re.split("\n|\x0b", whole)):
            if number:
                lines.append([])
            tidy = re.sub("[ \t\r\f]+", " ", part)
            if lines[-1] and lines[-1][-1][0].endswith(" "):
                tidy = tidy.lstrip(" ")
            if tidy and (lines[-1] or tidy.strip(" ")):
                lines[-1].append((tidy if lines[-1] else tidy.lstrip(" "), bold, italic))
    for line in lines:
        if line:
            line[-1] = (line[-1][0].rstrip(" "), line[-1][1], line[-1][2])
    return [line for line in lines if line]


def _pieces(element: Any, bold: bool, italic: bool) -> Iterator[Piece]:
    if element.get("class") == "room":
        yield "\xa0" * 7, bold, italic
    if element.text:
        yield element.text, bold, italic
    for child in element.iterchildren(etree.Element):
        if child.tag == "br":
            yield "\x0b", bold, italic
        yield from _pieces(
            child, bold or child.tag in ("strong", "b"), italic or child.tag in ("em", "i")
        )
        if child.tail:
            yield child.tail, bold, italic


def _span(line: Any) -> int:
    return sum(int(cell.get("colspan", 1)) for cell in line.iterchildren("th", "td"))


def _widths(element: Any, columns: int, room: float) -> list[float]:
    """Millimetres of each column: as given in the colgroup, the rest shared by those without a
    width.
    """
    given = [
        re.search(r"width: *([0-9.]+)mm", column.get("style", "")) for column in element.iter("col")
    ]
    fixed = [float(match[1]) if match else 0.0 for match in given][:columns]
    fixed += [0.0] * (columns - len(fixed))
    free = fixed.count(0.0)
    rest = max(room - sum(fixed), 20.0 * free)
    return [width or rest / free for width in fixed]


def _qr(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=8, border=1)
    return out.getvalue()


def _raster(svg: bytes, css: str) -> bytes:
    """A chart as PNG of 200 dpi: Word's own SVG needs a picture beside it for everything older."""
    page = (
        '<!DOCTYPE html><html lang="vi"><head><title>.</title></head><body><img alt="." '
        'src="asset:chart.svg"></body>'
        "</html>"
    )
    style = (
        f"@page {{ size: {ooxml.PORTRAIT_MM}mm 110mm; margin: 0 }} body {{ margin: 0 }} "
        "img { width: 100%; max-height: 110mm; object-fit: contain }"
    )
    pdf = pypdfium2.PdfDocument(print_html(page, css + style, {"chart.svg": svg}).pdf)
    out, picture = io.BytesIO(), pdf[0].render(scale=200 / 72).to_pil().convert("L")
    picture.crop(picture.point(lambda grey: 255 - grey).getbbox() or (0, 0, 1, 1)).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()

"""A paper as DOCX, made from the HTML of the same snapshot as its PDF, so that no word of it can
differ.

Headings, tables, head rows and page numbers are Word's own; `looks.LOOKS` names the styles.
The reader of the HTML knows the classes of templates/papers; a class it does not know becomes plain
paragraphs, never lost text.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import html

from pledge_app.papers.definition import Content
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.paper import css_text, edition_of, pictures, render_html
from pledge_app.papers.word import looks, ooxml
from pledge_app.papers.word.elements import (
    Element,
    Piece,
    children_of,
    classes_of,
    columns_of,
    head_size_of,
    holds_blocks,
    lines_of,
    look_of,
    marks_of,
    span_of,
    widths_of,
)
from pledge_app.papers.word.pictures import chart_png, qr_png

WRITER = 1
"""The version of this writer: one that would make other bytes stands beside it, under the next."""
TABLE_SIZES = {"narrow": 12.0, "wide": 10.0}
TABLE_SIZE = 13.0
HEAD_MM = (66.0, 98.0)
RECIPIENTS_MM = 68.0
Place = WordDocument | _Cell
BlockWriter = Callable[[Element, Place, float], None]


def render_word(kind: str, content: Content, *, template_version: int | None = None) -> bytes:
    """The DOCX of `content`. Raises PaperError as `paper.render`."""
    edition = edition_of(kind, template_version)
    if edition.writer != WRITER:
        raise PaperError("content", f"DOCX writer {edition.writer!r} is not kept here")
    page = html.document_fromstring(render_html(kind, content, template_version=template_version))
    document = ooxml.empty_document()
    looks.set_styles(document)
    document.core_properties.title = content["title"]
    document.core_properties.author = content["author"]
    document.core_properties.language = "vi-VN"
    marks = marks_of(page)
    writer = _Writer(
        document,
        marks,
        content,
        css_text(edition.shared),
    )
    ooxml.set_page(document.sections[0], marks)
    writer.children(page.body, document, ooxml.PORTRAIT_MM)
    return ooxml.same_bytes(document)


class _Writer:
    """Walks the HTML and writes blocks into the document or into a cell of a layout table."""

    def __init__(
        self,
        document: WordDocument,
        marks: list[str],
        content: Content,
        css: str,
    ) -> None:
        self.document = document
        self.marks = marks
        self.content = content
        self.css = css
        self.paragraphs: list[Paragraph] = []
        """Every paragraph written so far."""
        self.by_class: dict[str, BlockWriter] = {
            "marks": self._marks,
            "ink": self._ink,
            "head": self._head,
            "end": self._end,
            "parting": self._parting,
            "cells": self._cells,
            "recipients": self._inside("recipient"),
            "check": self._inside("check"),
            "addressed": self._addressed,
            "chart": self._inside("chart"),
            "keep": self._keep,
            "annex": self._annex,
        }

    def children(self, element: Element, place: Place, room: float, look: str = "") -> None:
        """Every block inside `element`; `room` is the width in millimetres."""
        for child in children_of(element):
            self.block(child, place, room, look)

    def block(self, element: Element, place: Place, room: float, look: str) -> None:
        """One block by its class, by its tag, or as what its children are."""
        write = self._writer_of(element)
        if write is not None:
            write(element, place, room)
        elif element.tag == "table":
            self._table(element, place, room)
        elif element.tag == "img":
            self._picture(element, place)
        elif holds_blocks(element):
            self.children(
                element,
                place,
                room,
                look,
            )
        else:
            self._paragraph(
                element,
                place,
                room,
                look_of(element, look),
            )

    def _writer_of(self, element: Element) -> BlockWriter | None:
        for name in classes_of(element):
            if name in self.by_class:
                return self.by_class[name]
        return None

    # paragraphs

    def _paragraph(self, element: Element, place: Place, room: float, look: str) -> None:
        lines = lines_of(element, pre_line=look in ("office", "issuer"))
        if not any(piece.text.strip() for line in lines for piece in line):
            return
        paragraph = self._new(place, look)
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run().add_break()
            for piece in line:
                _add(paragraph, piece)
        if "lead" in classes_of(element):
            paragraph.paragraph_format.keep_with_next = True
        if element.find_class("ruled"):
            self._rule(
                paragraph,
                place,
                room,
                look,
            )

    def _new(self, place: Place, look: str = "") -> Paragraph:
        paragraph = ooxml.first_paragraph(place) if isinstance(place, _Cell) else None
        if paragraph is None:
            paragraph = place.add_paragraph()
        paragraph.style = self.document.styles[looks.LOOKS[look].name if look else "Normal"]
        self.paragraphs.append(paragraph)
        return paragraph

    def _rule(self, above: Paragraph, place: Place, room: float, look: str) -> None:
        shape = looks.LOOKS[look]
        width = ooxml.width_mm(above.text, shape.size, bold=shape.bold)
        length = min(room, width)
        if look != "motto":
            length = 0.4 * length
        above.paragraph_format.keep_with_next = True
        ooxml.rule(self._new(place), length, room)

    def _picture(self, element: Element, place: Place) -> None:
        if element.get("src") == "asset:qr.svg":
            picture = qr_png(self.content["public_url"])
            width = Mm(19)
        else:
            picture = chart_png(pictures(self.content)["chart.svg"], self.css)
            width = Mm(ooxml.PORTRAIT_MM)
        run = self._new(place, "check").add_run()
        run.add_picture(io.BytesIO(picture), width=width)
        ooxml.describe(run, element.get("alt", ""))

    # the classes of templates/papers

    def _marks(self, _element: Element, _place: Place, _room: float) -> None:
        """In the header of every page; see `set_page`."""

    def _ink(self, _element: Element, _place: Place, _room: float) -> None:
        """The room for ink and seal is the space before the name."""

    def _head(self, element: Element, place: Place, room: float) -> None:
        self._beside(element, place, [room - HEAD_MM[1], HEAD_MM[1]])

    def _end(self, element: Element, place: Place, room: float) -> None:
        self._gap(place, 10)
        self._beside(element, place, [RECIPIENTS_MM, room - RECIPIENTS_MM])

    def _parting(self, element: Element, place: Place, room: float) -> None:
        count = len(element)
        self._beside(element, place, [room / count] * count if count > 1 else [room])

    def _beside(self, element: Element, place: Place, widths: list[float]) -> None:
        """Blocks side by side: a table without lines."""
        blocks = children_of(element)[: len(widths)]
        table = self._grid(place, 1, widths)
        for block, cell, width in zip(
            blocks,
            table.rows[0].cells,
            widths,
            strict=False,
        ):
            self.block(block, cell, width, "")

    def _cells(self, element: Element, place: Place, room: float) -> None:
        signers = element.find_class("cell")
        if not signers:
            return
        if len(signers) == 1 and isinstance(place, _Cell):
            self.children(signers[0], place, room)
            return
        table = self._grid(
            place,
            1,
            [room / len(signers)] * len(signers),
            apart=26,
        )
        for signer, cell in zip(signers, table.rows[0].cells, strict=True):
            self.children(signer, cell, room / len(signers))

    def _inside(self, look: str) -> BlockWriter:
        """The writer of a block whose children all have one look."""

        def write(element: Element, place: Place, room: float) -> None:
            self.children(element, place, room, look)

        return write

    def _addressed(self, element: Element, place: Place, room: float) -> None:
        first, *others = children_of(element)
        self.block(
            first,
            place,
            room,
            "addressed",
        )
        for block in others:
            self.children(
                block,
                place,
                room,
                "addressee",
            )

    def _keep(self, element: Element, place: Place, room: float) -> None:
        """Never torn: everything but the last block holds on to what follows it."""
        start = last = len(self.paragraphs)
        for child in children_of(element):
            last = len(self.paragraphs)
            self.block(child, place, room, "")
        for paragraph in self.paragraphs[start:last]:
            paragraph.paragraph_format.keep_with_next = True

    def _annex(self, element: Element, _place: Place, _room: float) -> None:
        """A landscape section of its own, numbered from 1."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        ooxml.set_page(
            section,
            self.marks,
            landscape=True,
            restart=True,
        )
        self.children(
            element,
            self.document,
            ooxml.LANDSCAPE_MM,
            "annex",
        )

    # tables

    def _grid(
        self,
        place: Place,
        rows: int,
        widths: list[float],
        apart: float = 4,
        side: float = 1,
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
        shape.line_spacing = Pt(points)
        shape.space_before = Pt(0)
        shape.keep_with_next = True

    def _table(self, element: Element, place: Place, room: float) -> None:
        """A real table: head rows repeat, rows stay whole."""
        rows = list(element.iter("tr"))
        columns = max(columns_of(row) for row in rows)
        table = self._grid(
            place,
            len(rows),
            widths_of(element, columns, room),
            side=0.4,
        )
        table.style = self.document.styles["Table Grid"]
        sizes = [TABLE_SIZES[name] for name in classes_of(element) if name in TABLE_SIZES]
        size = sizes[0] if sizes else TABLE_SIZE
        for number, row in enumerate(rows):
            written = table.rows[number]
            if row.getparent().tag == "thead":
                ooxml.repeat(written)
            self._row(row, written.cells, head_size_of(row) or size)

    def _row(self, row: Element, cells: Sequence[_Cell], size: float) -> None:
        is_group = row.get("class") == "group"
        column = 0
        for cell in row.iterchildren("th", "td"):
            span = span_of(cell)
            written = cells[column]
            if span > 1:
                written = written.merge(cells[column + span - 1])
            written.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            column += span
            is_text = "text" in classes_of(cell) or (is_group and column > 1)
            self._cell(
                cell,
                written,
                size,
                is_text=is_text,
                is_group=is_group,
            )

    def _cell(
        self,
        cell: Element,
        written: _Cell,
        size: float,
        *,
        is_text: bool,
        is_group: bool,
    ) -> None:
        paragraph = self._new(written)
        shape = paragraph.paragraph_format
        shape.alignment = looks.LEFT if is_text else looks.CENTRE
        shape.first_line_indent = Mm(0)
        shape.space_before = Pt(2)
        shape.line_spacing = 1.0
        shape.space_after = Pt(2)
        shape.keep_with_next = is_group or None
        for line in lines_of(cell):
            for piece in line:
                run = paragraph.add_run(piece.text)
                run.bold = piece.bold or cell.tag == "th" or None
                run.italic = piece.italic or None
                run.font.size = Pt(size)


def _add(paragraph: Paragraph, piece: Piece) -> None:
    run = paragraph.add_run(piece.text)
    run.bold = piece.bold or None
    run.italic = piece.italic or None

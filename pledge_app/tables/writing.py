"""XLSX of a table: numbers typed, text never a formula, the head frozen."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import xlsxwriter
from flask import Response, make_response
from werkzeug.http import dump_options_header

from pledge_app.kernel.text import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | Decimal | date | datetime | None
LONGEST_NAME, LONGEST_ENDING = 50, 5
"""Characters of a file's name as a whole, and of what follows its last point."""
LONGEST_CELL = 32_767
"""More than this and Excel refuses the whole file."""
Band = tuple[str, int, int]
"""A word over the columns first … last."""
BAND_ROW = 2
A4 = 9
"""The number of the paper size in the file."""
PLAIN_CELLS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
HEADING = {
    "bold": True,
    "text_wrap": True,
    "border": 1,
    "valign": "vcenter",
}


def xlsx(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    bands: Sequence[Band] = (),
    bold: Collection[int] = (),
    frozen: int = 2,
    guide: Sequence[tuple[str, str]] = (),
) -> bytes:
    """One sheet: `title` on top, `bands` and `head` under it, then all rows (those numbered in
    `bold`, from 0, bold). `guide`: a second sheet says how each column is filled in.

    Prints across one page's width, landscape, with the head and the first columns on every page.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, PLAIN_CELLS)
    sheet = book.add_worksheet("Bảng")
    sheet.write_string(
        0,
        0,
        title[:LONGEST_CELL],
        book.add_format({"bold": True, "font_size": 13}),
    )
    heading = book.add_format(HEADING)
    _write_bands(sheet, bands, heading)
    top = BAND_ROW + 1 if bands else BAND_ROW
    for column, word in enumerate(head):
        sheet.write_string(
            top,
            column,
            word,
            heading,
        )
    styles = [_styles(book, is_bold) for is_bold in (False, True)]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _write(
                sheet,
                top + 1 + number,
                column,
                value,
                styles[number in bold],
            )
    sheet.freeze_panes(top + 1, frozen)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, max(2, len(head) - 1), 14)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(BAND_ROW, top)
    sheet.repeat_columns(0, frozen - 1)
    if guide:
        _write_guide(book, guide, styles[False]["text"])
    book.close()
    return stream.getvalue()


def _write_guide(
    book: xlsxwriter.Workbook,
    guide: Sequence[tuple[str, str]],
    style: object,
) -> None:
    """A page with a line for each column: the word over it, and how it is filled in."""
    sheet = book.add_worksheet("Hướng dẫn")
    for line, words in enumerate(guide):
        for column, word in enumerate(words):
            sheet.write_string(
                line,
                column,
                word,
                style,
            )
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)


class Sheet(Protocol):
    """What xlsxwriter's sheet is asked for here; the library has no types."""

    def write_number(
        self,
        row: int,
        col: int,
        number: int | Decimal,
        style: object,
    ) -> int: ...
    def write_datetime(
        self,
        row: int,
        col: int,
        day: date,
        style: object,
    ) -> int: ...
    def write_string(
        self,
        row: int,
        col: int,
        string: str,
        style: object,
    ) -> int: ...
    def merge_range(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        data: str,
        style: object,
    ) -> int: ...


class Book(Protocol):
    """The same of its book."""

    def add_format(self, properties: Mapping[str, object]) -> object: ...


def _write_bands(sheet: Sheet, bands: Sequence[Band], heading: object) -> None:
    for word, first, last in bands:
        if first < last:
            sheet.merge_range(
                BAND_ROW,
                first,
                BAND_ROW,
                last,
                "",
                heading,
            )
        sheet.write_string(
            BAND_ROW,
            first,
            word,
            heading,
        )


def _styles(book: Book, is_bold: bool) -> dict[str, object]:
    shapes: dict[str, dict[str, object]] = {
        "text": {"text_wrap": True, "valign": "top"},
        "number": {"num_format": "#,##0.####", "valign": "top"},
        "whole": {"num_format": "#,##0", "valign": "top"},
        "day": {"num_format": "dd/mm/yyyy", "valign": "top"},
    }
    return {name: book.add_format({**shape, "bold": is_bold}) for name, shape in shapes.items()}


def _write(
    sheet: Sheet,
    line: int,
    column: int,
    value: Value,
    styles: Mapping[str, object],
) -> None:
    """Numbers and days typed; whatever else is text, never a formula or a link."""
    if isinstance(value, (int, Decimal)):
        style = styles["whole"] if value == int(value) else styles["number"]
        sheet.write_number(
            line,
            column,
            value,
            style,
        )
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(
            line,
            column,
            value,
            styles["day"],
        )
    elif value not in (None, ""):
        sheet.write_string(
            line,
            column,
            str(value)[:LONGEST_CELL],
            styles["text"],
        )


def download(data: bytes, name: str, media_type: str = XLSX) -> Response:
    """The bytes as a download under their Vietnamese name (RFC 6266)."""
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = disposition("attachment", name)
    return answer


def disposition(kind: str, name: str) -> str:
    """A Content-Disposition header under the name that `office_name` makes of `name`."""
    return dump_options_header(kind, {"filename": office_name(name)})


def office_name(name: str) -> str:
    """A file's name as the offices' document systems take it (QĐ 161/2025/QĐ-UBND, Ninh Bình): at
    most 50 of A-Z a-z 0-9 . _ -.

    A name that is too long loses words before its last one, which is its code, year or day.
    """
    stem, point, ending = name.rpartition(".")
    suffix = f".{_plain(ending)}" if point and 0 < len(_plain(ending)) <= LONGEST_ENDING else ""
    words = _plain(stem if suffix else name).replace("-", " ").replace(".", " ").split() or ["tep"]
    room = LONGEST_NAME - len(suffix)
    while len(words) > 2 and len("-".join(words)) > room:
        del words[-2]
    return "-".join(words)[:room].rstrip("-") + suffix


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9._]+", "-", fold(text)).strip("-._")

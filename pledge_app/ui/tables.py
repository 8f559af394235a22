"""XLSX of a table: numbers typed, text never a formula, the head frozen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from flask import Response, make_response
from werkzeug.http import dump_options_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | Decimal | date | datetime | None


def xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet: `title` on top, then the head, then all rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False, "remove_timezone": True})
    bold, wrap = book.add_format({"bold": True, "text_wrap": True, "border": 1}), book.add_format({"text_wrap": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    number = book.add_format({"num_format": "#,##0.####"})
    sheet = book.add_worksheet("Bảng")
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    for column, word in enumerate(head):
        sheet.write_string(2, column, word, bold)
    for line, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            if isinstance(value, (int, Decimal)):
                sheet.write_number(line, column, value, number)
            elif isinstance(value, (date, datetime)):
                sheet.write_datetime(line, column, value, day)
            elif value not in (None, ""):
                sheet.write_string(line, column, str(value), wrap)
    sheet.freeze_panes(3, 2)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, max(2, len(head) - 1), 16)
    book.close()
    return out.getvalue()


def download(data: bytes, name: str, media_type: str = XLSX) -> Response:
    """The bytes as a download under their Vietnamese name (RFC 6266)."""
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = disposition("attachment", name)
    return answer


def disposition(kind: str, name: str) -> str:
    """A Content-Disposition header that keeps the name's diacritics."""
    return dump_options_header(kind, {"filename": name})

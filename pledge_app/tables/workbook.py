"""The table in a workbook (.xlsx): its first sheet that is shown and holds something.

Pure, because it is done in a child process: `reading.read_table` is the way in. A hostile file is
refused before anything of it is unpacked.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Protocol, cast
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from pledge_app.child.refusals import Refusal
from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.text import PARTS, TextProblem, clean_line

CPU_SECONDS = 10  # somebody waits for the answer
MOST_UNPACKED = 24 * 1024 * 1024
MOST_PARTS = 300
MOST_ROWS = 6000
MOST_COLUMNS = 40
LONGEST_CELL = 500
# What openpyxl raises on broken or hostile files.
NOT_READABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
)


class SheetFault(StrEnum):
    """Why a file cannot be read as a table."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OLD_EXCEL = "old_excel"
    LOCKED = "locked"  # by a password
    NO_RESULT = "no_result"
    NOT_A_TABLE = "not_a_table"
    MACROS = "macros"
    TOO_MANY_ROWS = "too_many_rows"
    MARKS = "marks"
    TOO_HEAVY = "too_heavy"  # for the child that reads it
    BUSY = "busy"  # another file is being read


class WorkbookRefusal(Refusal):
    """Why a workbook is not read; `detail` names the cell, where one is the cause."""

    def __init__(self, fault: SheetFault, cell: str = "") -> None:
        super().__init__(fault.value, cell)


def perform(_task: JsonObject) -> tuple[JsonObject, bytes]:
    """The rows of the file that was given, as JSON. Raises WorkbookRefusal."""
    rows = rows_of(Path("task.bin").read_bytes())
    return {}, json.dumps(rows, ensure_ascii=False).encode()


class Cell(Protocol):
    """A cell: its value or the result of its formula, and how Excel shows it."""

    value: object
    data_type: str
    number_format: str


class Sheet(Protocol):
    """A sheet that is read row by row; the types of openpyxl do not know its iter_rows."""

    def reset_dimensions(self) -> None: ...
    def iter_rows(self, *, max_col: int) -> Iterator[tuple[Cell, ...]]: ...


def rows_of(data: bytes) -> list[list[str]]:
    """A rectangle of clean text, days as dd/mm/yyyy. Raises WorkbookRefusal."""
    _check_parts(data)
    try:
        for number, sheet in enumerate(_shown(data, results=True)):
            rows = _rows(sheet)
            if any(any(row) for row in rows):
                _check_results(data, number)
                return rows
    except WorkbookRefusal:
        raise
    except NOT_READABLE as error:
        raise WorkbookRefusal(SheetFault.NOT_A_TABLE) from error
    return []


def _shown(data: bytes, *, results: bool) -> list[Sheet]:
    """The sheets that are not hidden, with the results of their formulas or with the formulas
    themselves.
    """
    book = load_workbook(
        io.BytesIO(data),
        read_only=True,
        data_only=results,
        keep_links=False,
    )
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return cast(list[Sheet], shown)


def _rows(sheet: Sheet) -> list[list[str]]:
    """A rectangle.

    What the file says of its own size is not believed: other programs write it wrongly.
    """
    rows: list[list[str]] = []
    width = 0
    for number, row in enumerate(_cells(sheet), start=1):
        texts = [_shown_as(cell) for cell in row]
        filled = max((place for place, text in enumerate(texts, start=1) if text), default=0)
        if filled and number > MOST_ROWS:
            raise WorkbookRefusal(SheetFault.TOO_MANY_ROWS)
        rows.append(texts[:filled])
        width = max(width, filled)
    while rows and not rows[-1]:
        rows.pop()
    return [row + [""] * (width - len(row)) for row in rows]


def _check_results(data: bytes, number: int) -> None:
    """A formula whose result was never stored reads as blank: say so.

    A result may be blank, which is stored as such.

    Files without formulas are not read again.
    """
    if not _has_formulas(data):
        return
    formulas = _cells(_shown(data, results=False)[number])
    results = _cells(_shown(data, results=True)[number])
    for line, (row, result_row) in enumerate(zip(formulas, results, strict=False), start=1):
        for column, (cell, result) in enumerate(zip(row, result_row, strict=False), start=1):
            if cell.data_type == "f" and result.value is None and result.data_type != "str":
                raise WorkbookRefusal(SheetFault.NO_RESULT, f"{get_column_letter(column)}{line}")


def _cells(sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    sheet.reset_dimensions()
    return islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS * 2)


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.lower().startswith("xl/worksheets/")]
        return any(b"<f>" in part or b"<f " in part for part in map(archive.read, names))


def _check_parts(data: bytes) -> None:
    """What the archive says of itself; zipfile never gives out more than that."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    # RuntimeError: a password, an unknown compression
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise WorkbookRefusal(SheetFault.NOT_A_TABLE) from error
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names or any(part.flag_bits & 1 for part in parts):
        raise WorkbookRefusal(SheetFault.NOT_A_TABLE)
    if any("vbaproject" in name for name in names):
        raise WorkbookRefusal(SheetFault.MACROS)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookRefusal(SheetFault.TOO_LARGE)


def _shown_as(cell: Cell) -> str:
    """A share of 0.9806 that Excel shows as 98,06% is what people see, not what is stored."""
    value = cell.value
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and "%" in cell.number_format:
        return f"{_figure(cast(float, value) * 100)}%"
    return text_of(value)


def text_of(value: object) -> str:
    """A cell as text, as people in Vietnam type it. Raises WorkbookRefusal."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, float):
        value = _figure(value)
    if isinstance(value, str):
        value = value[: LONGEST_CELL * PARTS]  # cut before anything is done with it
    try:
        return clean_line(str(value), LONGEST_CELL * PARTS)[:LONGEST_CELL]
    except TextProblem as problem:
        raise WorkbookRefusal(SheetFault.MARKS) from problem


def _figure(value: float) -> str:
    """A number of a cell as people in Vietnam type it: 2.5 → "2,5"; what stands beyond fifteen
    digits is noise of Excel.
    """
    return format(Decimal(f"{value:.15g}").normalize(), "f").replace(".", ",")

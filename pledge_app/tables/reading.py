"""Tables that somebody uploads: XLSX, or CSV as UTF-8.

A hostile file is refused before anything of it is unpacked.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Literal, Protocol, cast, overload
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from flask_babel import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from pledge_app.kernel.text import PARTS, TextProblem, clean_line
from pledge_app.web.sent_json import read_json

LARGEST = 3 * 1024 * 1024
MOST_UNPACKED = 24 * 1024 * 1024
MOST_PARTS = 300
MOST_ROWS = 6000
MOST_COLUMNS = 40
LONGEST_CELL = 500
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a file with a password names its only part
ZIP = b"PK\x03\x04"
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


# A text of a cell and the name of its font → the text that is read.
Decode = Callable[[str, str], str]


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


class SheetError(ValueError):
    """The file is not taken; `sentence` says why and what to do."""

    def __init__(self, fault: SheetFault, cell: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.cell = cell  # "B3", where one cell is the cause

    @property
    def sentence(self) -> str:
        """For the screen."""
        return {
            SheetFault.EMPTY: _("Tệp không có dòng nào."),
            SheetFault.TOO_LARGE: _(
                "Tệp quá lớn (tối đa 3 MB). Hãy bỏ hình ảnh, trang thừa rồi lưu lại."
            ),
            SheetFault.OLD_EXCEL: _(
                "Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel và lưu lại dạng .xlsx."
            ),
            SheetFault.LOCKED: _(
                "Tệp Excel này có mật khẩu nên không đọc được. Hãy mở bằng Excel, bỏ mật khẩu "
                "(Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại."
            ),
            SheetFault.NO_RESULT: _(
                "Ô %(cell)s là công thức chưa có kết quả trong tệp. Hãy mở tệp bằng Excel, lưu "
                "lại rồi chọn tệp đó, hoặc thay công thức bằng giá trị.",
                cell=self.cell,
            ),
            SheetFault.NOT_A_TABLE: _(
                "Tệp này không phải bảng Excel (.xlsx) hoặc CSV UTF-8, hoặc đã hỏng. Hãy chọn tệp "
                "khác."
            ),
            SheetFault.MACROS: _("Tệp có chứa macro nên không được nhận. Hãy lưu lại dạng .xlsx."),
            SheetFault.TOO_MANY_ROWS: _(
                "Bảng có quá %(n)s dòng. Hãy chia thành nhiều tệp.",
                n=MOST_ROWS,
            ),
            SheetFault.MARKS: _(
                "Tệp có ô với quá nhiều dấu chồng lên một chữ nên không nhận được. Hãy sửa ô đó "
                "rồi gửi lại."
            ),
        }[self.fault]


def read_table(data: bytes, decode: Decode | None = None) -> list[list[str]]:
    """The rows of the first sheet that is shown and holds something, as clean text, days as
    dd/mm/yyyy.

    `decode` sees each text of an XLSX as it stands there, before it is cleaned. Empty rows at the
    end are left out. Raises SheetError.
    """
    if not data.strip(b"\xef\xbb\xbf \r\n\t"):
        raise SheetError(SheetFault.EMPTY)
    if len(data) > LARGEST:
        raise SheetError(SheetFault.TOO_LARGE)
    if data.startswith(OLD_EXCEL):
        raise SheetError(SheetFault.LOCKED if ENCRYPTED in data else SheetFault.OLD_EXCEL)
    rows = _xlsx(data, decode) if data.startswith(ZIP) else _csv(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise SheetError(SheetFault.EMPTY)
    if len(rows) > MOST_ROWS:
        raise SheetError(SheetFault.TOO_MANY_ROWS)
    return rows


def kept_table(carried: str) -> list[list[str]]:
    """The table that the page of a preview carried; anything else than rows of text is an empty
    one.

    Raises SheetError.
    """
    rows = read_json(carried)
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return []
    return [
        [_text(str(cell)) for cell in row[:MOST_COLUMNS]] for row in rows if isinstance(row, list)
    ]


class Font(Protocol):
    """The font of a cell; some files give it no name."""

    name: str | None


class Cell(Protocol):
    """A cell with its value, whether that is the result of a formula, and its font."""

    value: object
    data_type: str
    font: Font


class Sheet(Protocol):
    """A sheet that is read row by row; the types of openpyxl do not know its iter_rows."""

    def reset_dimensions(self) -> None: ...
    @overload
    def iter_rows(
        self,
        *,
        max_col: int,
        values_only: Literal[True],
    ) -> Iterator[tuple[object, ...]]: ...
    @overload
    def iter_rows(self, *, max_col: int) -> Iterator[tuple[Cell, ...]]: ...


def _xlsx(data: bytes, decode: Decode | None) -> list[list[str]]:
    _check_parts(data)
    try:
        for number, sheet in enumerate(_shown(data, results=True)):
            rows = _rows(sheet, decode)
            if any(any(row) for row in rows):
                _check_results(data, number)
                return rows
    except SheetError:
        raise
    except NOT_READABLE as error:
        raise SheetError(SheetFault.NOT_A_TABLE) from error
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


def _rows(sheet: Sheet, decode: Decode | None) -> list[list[str]]:
    """A rectangle.

    What the file says of its own size is not believed: other programs write it wrongly.
    """
    rows: list[list[str]] = []
    width = 0
    for number, row in enumerate(_values(sheet, decode), start=1):
        texts = [_text(cell) for cell in row]
        filled = max((place for place, text in enumerate(texts, start=1) if text), default=0)
        if filled and number > MOST_ROWS:
            raise SheetError(SheetFault.TOO_MANY_ROWS)
        rows.append(texts[:filled])
        width = max(width, filled)
    while rows and not rows[-1]:
        rows.pop()
    return [row + [""] * (width - len(row)) for row in rows]


def _values(sheet: Sheet, decode: Decode | None) -> Iterator[tuple[object, ...]]:
    if decode is not None:
        yield from (tuple(_decoded(cell, decode) for cell in row) for row in _cells(sheet))
        return
    sheet.reset_dimensions()
    yield from islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS * 2)


def _decoded(cell: Cell, decode: Decode) -> object:
    if not isinstance(cell.value, str):
        return cell.value
    return decode(cell.value[: LONGEST_CELL * PARTS], cell.font.name or "")


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
                raise SheetError(SheetFault.NO_RESULT, f"{get_column_letter(column)}{line}")


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
        raise SheetError(SheetFault.NOT_A_TABLE) from error
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names or any(part.flag_bits & 1 for part in parts):
        raise SheetError(SheetFault.NOT_A_TABLE)
    if any("vbaproject" in name for name in names):
        raise SheetError(SheetFault.MACROS)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetError(SheetFault.TOO_LARGE)


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            raise SheetError(SheetFault.NOT_A_TABLE)
        head = text.splitlines()[0]
        mark = max((",", ";", "\t"), key=head.count)
        return [
            [_text(cell) for cell in row[:MOST_COLUMNS]]
            for row in islice(csv.reader(io.StringIO(text), delimiter=mark), MOST_ROWS * 2)
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SheetError(SheetFault.NOT_A_TABLE) from error


def _text(value: object) -> str:
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
        raise SheetError(SheetFault.MARKS) from problem


def _figure(value: float) -> str:
    """A number of a cell as people in Vietnam type it: 2.5 → "2,5"; what stands beyond fifteen
    digits is noise of Excel.
    """
    return format(Decimal(f"{value:.15g}").normalize(), "f").replace(".", ",")

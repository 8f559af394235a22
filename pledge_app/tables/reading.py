"""Tables that somebody uploads: XLSX, or CSV as UTF-8.

A workbook is opened in a child process: what it unpacks to, nobody knows before.
"""

from __future__ import annotations

import csv
import io
from itertools import islice

from flask_babel import gettext as _

from pledge_app.child.refusals import Refusal
from pledge_app.child.starting import PATIENCE_SECONDS, Work, in_child, turn
from pledge_app.tables.workbook import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetFault,
    WorkbookRefusal,
    text_of,
)
from pledge_app.web.sent_json import read_json

WORKBOOKS = Work("pledge_app.tables.workbook", 20)
LARGEST = 3 * 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a file with a password names its only part
ZIP = b"PK\x03\x04"
LONGEST_PLACE = 10  # of a cell, as a child names it


class SheetError(ValueError):
    """The file is not taken; `sentence` says why and what to do."""

    def __init__(self, fault: SheetFault, cell: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.cell = cell[:LONGEST_PLACE]  # "B3", where one cell is the cause

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
            SheetFault.TOO_HEAVY: _(
                "Tệp quá nặng để đọc nên đã dừng; chưa có gì được ghi. Hãy chỉ để lại bảng cần "
                "nạp (bỏ định dạng, hình ảnh, trang thừa) trong một tệp mới rồi gửi lại."
            ),
            SheetFault.BUSY: _(
                "Máy chủ đang đọc tệp của người khác; chưa có gì được ghi. Hãy chờ vài giây rồi "
                "chọn tệp và gửi lại."
            ),
            SheetFault.MARKS: _(
                "Tệp có ô với quá nhiều dấu chồng lên một chữ nên không nhận được. Hãy sửa ô đó "
                "rồi gửi lại."
            ),
        }[self.fault]


def read_table(data: bytes) -> list[list[str]]:
    """The rows of the first sheet that is shown and holds something, as clean text, days as
    dd/mm/yyyy.

    Empty rows at the end are left out. A workbook takes a second: a view that goes on to write
    reads it while `looking()`. Raises SheetError.
    """
    if not data.strip(b"\xef\xbb\xbf \r\n\t"):
        raise SheetError(SheetFault.EMPTY)
    if len(data) > LARGEST:
        raise SheetError(SheetFault.TOO_LARGE)
    if data.startswith(OLD_EXCEL):
        raise SheetError(SheetFault.LOCKED if ENCRYPTED in data else SheetFault.OLD_EXCEL)
    rows = _workbook(data) if data.startswith(ZIP) else _csv(data)
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
        [_clean(str(cell)) for cell in row[:MOST_COLUMNS]] for row in rows if isinstance(row, list)
    ]


def _workbook(data: bytes) -> list[list[str]]:
    """Read in a child."""
    try:
        with turn(PATIENCE_SECONDS):
            _facts, rows = in_child(WORKBOOKS, {}, data)
    except Refusal as refusal:
        raise _error(refusal) from refusal
    found = read_json(rows.decode(errors="replace"))
    if not isinstance(found, list) or not all(isinstance(row, list) for row in found):
        raise SheetError(SheetFault.NOT_A_TABLE)
    return [[str(cell) for cell in row] for row in found]


def _error(refusal: Refusal) -> SheetError:
    """The fault that the child names; whatever else ended it is the file's."""
    if refusal.reason in set(SheetFault):
        return SheetError(SheetFault(refusal.reason), refusal.detail)
    too_heavy = refusal.reason in ("timeout", "memory")
    return SheetError(SheetFault.TOO_HEAVY if too_heavy else SheetFault.NOT_A_TABLE)


def _clean(cell: str) -> str:
    try:
        return text_of(cell)
    except WorkbookRefusal as refusal:
        raise _error(refusal) from refusal


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            raise SheetError(SheetFault.NOT_A_TABLE)
        head = text.splitlines()[0]
        mark = max((",", ";", "\t"), key=head.count)
        return [
            [_clean(cell) for cell in row[:MOST_COLUMNS]]
            for row in islice(csv.reader(io.StringIO(text), delimiter=mark), MOST_ROWS * 2)
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SheetError(SheetFault.NOT_A_TABLE) from error

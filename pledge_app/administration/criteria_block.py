"""The table of criteria that was pasted or chosen as a file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _

from pledge_app.campaigns.pasting import block_too_large
from pledge_app.criteria.block import LARGEST_BLOCK, BlockTooLarge, read_block
from pledge_app.kernel.errors import DomainError
from pledge_app.tables.reading import read_table
from pledge_app.tables.workbook import LONGEST_CELL

LONGEST_PASTED = 1200  # characters of one cell


def posted_table() -> list[list[str]]:
    """The table of the file, or the pasted one. SheetError; DomainError."""
    file = request.files.get("file")
    if file is not None and file.filename:
        table = read_table(file.read())
        for number, cells in enumerate(table, 1):
            _check_cells(number, cells, LONGEST_CELL - 1)  # what is longer was cut by the reader
        return table
    block = request.form.get("block", "")
    if len(block) > LARGEST_BLOCK:
        raise DomainError(_("Phần dán quá lớn. Hãy chia thành nhiều lần hoặc chọn tệp .xlsx."))
    for number, text in enumerate(block.split("\n"), 1):
        _check_cells(number, text.split("\t"), LONGEST_PASTED)
    try:
        return read_block(block, LONGEST_PASTED)
    except BlockTooLarge as problem:
        raise DomainError(block_too_large()) from problem


def _check_cells(number: int, cells: Sequence[str], most: int) -> None:
    """No cell of a row is longer than is read: nothing is cut off in silence."""
    if any(len(cell) > most for cell in cells):
        raise DomainError(
            _(
                "Dòng %(n)s có ô dài quá %(most)s ký tự. Hãy rút ngắn rồi dán lại.",
                n=number,
                most=most,
            )
        )

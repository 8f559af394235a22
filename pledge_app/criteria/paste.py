"""A block pasted from Excel: assigned figures, communes × criteria in either orientation. Pure.

Nothing is guessed: a cell that is not a number is named with its row and column, a head that fits no
commune or criterion is listed, and the rest is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pledge_app.kernel.numbers import NumberProblem, parse_number
from pledge_app.kernel.text import admit, clean_line, fold

LARGEST_BLOCK = 400_000  # characters; 200 criteria × 13 communes with long names need a tenth of it
_TYPE_WORDS = ("xa", "phuong", "thi tran", "dac khu", "ubnd", "uy ban nhan dan")
_LEADING_CODE = re.compile(r"^([0-9ivx]+(?:\.[0-9]+)*|[a-z])[.)]?\s+(?=\S)")
_YES_NO = {"dat": Decimal(1), "co": Decimal(1), "khong dat": Decimal(0), "chua dat": Decimal(0),
           "khong": Decimal(0)}


@dataclass(frozen=True)
class Head:
    """What a row or a column may stand for: `key` is given back, `names` are its spellings (name, code).

    `is_yes_no`: a criterion whose cells may say "Đạt" (1) or "Không đạt" (0).
    """

    key: str
    names: tuple[str, ...]
    is_yes_no: bool = False


class PasteFault(StrEnum):
    """Why a cell, or the whole block, was not taken. "point", "places", "long", "shape" are the numbers'."""

    POINT = "point"  # 1.5: was 1,5 meant?
    PLACES = "places"  # more than four decimals
    LONG = "long"
    SHAPE = "shape"  # no number at all
    NEGATIVE = "negative"
    TWICE = "twice"  # a second figure for the same commune and criterion
    EMPTY = "empty"  # the whole block: nothing pasted
    NO_HEADS = "no_heads"  # the whole block: no commune and criterion found in its first row and column
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class FaultyCell:
    """`row` and `column` count from 1 as in the pasted block; the names are as pasted."""

    row: int
    column: int
    row_name: str
    column_name: str
    text: str
    fault: PasteFault
    suggestion: str = ""


@dataclass(frozen=True)
class ReadCell:
    """A figure for a commune and a criterion, by their keys. Blank cells are not here: blank is not zero."""

    commune: str
    criterion: str
    value: Decimal
    row: int
    column: int


@dataclass(frozen=True)
class Preview:
    """What would be taken, and everything that would not. `fault` is about the whole block."""

    cells: tuple[ReadCell, ...] = ()
    faulty: tuple[FaultyCell, ...] = ()
    unmatched_rows: tuple[tuple[int, str], ...] = ()
    unmatched_columns: tuple[tuple[int, str], ...] = ()
    fault: PasteFault | None = None


def read_block(block: str) -> list[list[str]]:
    """Tab-separated text as Excel copies it → cells in one line each, a rectangle.

    Quoted cells may hold line breaks and tabs, "" inside quotes is a quote; NBSP is a space; empty
    columns and rows at the end are left out. A quote that is never closed is an ordinary character.
    Raises TextProblem for a block or a cell that is not looked at.
    """
    text = admit(block, LARGEST_BLOCK).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    rows = _rows(text)
    rows = [[clean_line(cell) for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((i for row in rows for i, cell in enumerate(row, start=1) if cell), default=0)
    return [(row + [""] * width)[:width] for row in rows]


def _rows(text: str) -> list[list[str]]:
    """Excel closes every quote it opens; where one stays open, quotes are ordinary characters."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), "excel-tab", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.split("\n")]


def read_assigned(block: str, communes: Sequence[Head], criteria: Sequence[Head]) -> Preview:
    """The figures of a block whose first row and first column(s) name communes and criteria.

    The orientation is the one in which more heads are found. Columns before the first figure (STT, code,
    name, unit of measure) may all help to name a row; a row above the heads (a title) is passed over.
    """
    if len(block) > LARGEST_BLOCK:
        return Preview(fault=PasteFault.TOO_LARGE)
    matrix = read_block(block)
    if not matrix:
        return Preview(fault=PasteFault.EMPTY)
    by_columns = _oriented(matrix, criteria, communes)
    by_rows = _oriented(matrix, communes, criteria)
    best = max(by_columns, by_rows, key=_Layout.found)
    if not (best.rows and best.columns):
        return Preview(fault=PasteFault.NO_HEADS)
    yes_no = frozenset(head.key for head in criteria if head.is_yes_no)
    return _read_cells(matrix, best, best is by_rows, yes_no)


@dataclass(frozen=True)
class _Layout:
    """Which lines of the block stand for what; indices from 0."""

    head_row: int
    rows: dict[int, str]
    columns: dict[int, str]
    names: dict[int, str]

    def found(self) -> int:
        return len(self.rows) * len(self.columns)


def _oriented(matrix: list[list[str]], row_heads: Sequence[Head], column_heads: Sequence[Head]) -> _Layout:
    row_index, column_index = _index(row_heads), _index(column_heads)
    found = [{c: key for c, cell in enumerate(row) if (key := _match(cell, column_index)) and c}
             for row in matrix[:5]]
    head_row = max(range(len(found)), key=lambda i: len(found[i]))
    columns = found[head_row]
    first = min(columns, default=0)
    rows, names = {}, {}
    for r, row in enumerate(matrix[head_row + 1:], start=head_row + 1):
        named = [cell for cell in row[:first] if cell]
        names[r] = max(named, key=len, default="")
        # The longest cell is the name; a bare "1" may be STT as well as a code, so it comes last.
        for cell in sorted(named, key=len, reverse=True):
            if key := _match(cell, row_index):
                rows[r] = key
                break
    return _Layout(head_row, rows, columns, names)


def _index(heads: Sequence[Head]) -> dict[str, str]:
    """Every folded spelling → key; a spelling that two heads share names neither."""
    index: dict[str, str] = {}
    shared: set[str] = set()
    for head in heads:
        for spelling in {s for name in head.names for s in (fold(name), _plain(name)) if s}:
            if index.setdefault(spelling, head.key) != head.key:
                shared.add(spelling)
    return {spelling: key for spelling, key in index.items() if spelling not in shared}


def _plain(name: str) -> str:
    """Without the type word of a unit: "UBND xã Hải Quang" → "hai quang"."""
    key = fold(name)
    for word in (*_TYPE_WORDS, *_TYPE_WORDS):
        key = key.removeprefix(word + " ")
    return key


def _match(cell: str, index: dict[str, str]) -> str | None:
    """By the whole cell, without its type word, without a leading code, or by that code alone."""
    key = fold(cell).rstrip(" :.")
    coded = _LEADING_CODE.match(key)
    tries = [key, _plain(key)]
    if coded:
        tries += [key[coded.end():], coded.group(1)]
    return next((index[t] for t in tries if t in index), None)


def _read_cells(matrix: list[list[str]], layout: _Layout, rows_are_communes: bool,
                yes_no: frozenset[str]) -> Preview:
    cells: list[ReadCell] = []
    faulty: list[FaultyCell] = []
    seen: set[tuple[str, str]] = set()
    heads = matrix[layout.head_row]
    for r, row_key in layout.rows.items():
        for c, column_key in layout.columns.items():
            text = matrix[r][c]
            pair = (row_key, column_key) if rows_are_communes else (column_key, row_key)
            read = _figure(text, pair[1] in yes_no)
            if isinstance(read, Decimal) and pair in seen:
                read = (PasteFault.TWICE, "")
            if isinstance(read, Decimal):
                seen.add(pair)
                cells.append(ReadCell(*pair, read, r + 1, c + 1))
            elif read is not None:
                faulty.append(FaultyCell(r + 1, c + 1, layout.names[r], heads[c], text, *read))
    first = min(layout.columns)
    return Preview(
        tuple(cells), tuple(faulty),
        tuple((r + 1, layout.names[r]) for r in range(layout.head_row + 1, len(matrix))
              if r not in layout.rows and any(matrix[r])),
        tuple((c + 1, heads[c]) for c in range(first, len(heads)) if c not in layout.columns))


def _figure(text: str, is_yes_no: bool) -> Decimal | tuple[PasteFault, str] | None:
    """The number; None for blank; otherwise why not. "100 %" is 100."""
    if is_yes_no and (said := _YES_NO.get(fold(text))) is not None:
        return said
    try:
        value = parse_number(text.removesuffix("%").strip())
    except NumberProblem as problem:
        return PasteFault(problem.reason), problem.suggestion
    return (PasteFault.NEGATIVE, "") if value is not None and value < 0 else value

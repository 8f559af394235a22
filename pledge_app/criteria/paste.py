"""A block pasted from Excel: figures of communes × criteria in either orientation. Pure.

Nothing is guessed: a cell that is not a number is named with its row and column, a head that fits
no commune or criterion is listed, one that contradicts itself is asked about, and the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pledge_app.criteria.heads import Head, Heads, NameCell, Named, is_figures, ordinals
from pledge_app.kernel.numbers import (
    ANY,
    BLANK_WORDS,
    NumberProblem,
    Shape,
    is_english,
    parse_figure,
    plain,
)
from pledge_app.kernel.text import admit, clean_line, fold

LARGEST_BLOCK = 400_000  # characters; 200 criteria × 13 communes with long names need a tenth of it
LONGEST_CELL = 300  # no name and no figure is longer; cut before it is normalised
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = (
    2000,
    200,
    60_000,
)  # of a block, the blank ones among them counted
MOST_ROWS_ABOVE = 30  # a letterhead has six to eight rows
_TAKE_BACK = ("xoa", "thu hoi")
_END_OF_CELL = re.compile("[\t\n]")


class PasteFault(StrEnum):
    """Why a cell that may be a number, or the whole block, was not taken."""

    NUMBER = "number"  # see FaultyCell.problem
    TWICE = "twice"  # a second figure for the same commune and criterion
    DASH = "dash"  # "-" is blank or zero: nobody has said yet
    EMPTY = "empty"  # the whole block: nothing pasted
    NO_HEADS = (
        "no_heads"  # the whole block: no commune and criterion found in its first rows and columns
    )
    TOO_LARGE = "too_large"


class Dash(StrEnum):
    """What "-" stands for in a block, as the one who pasted it declares."""

    ASK = ""
    BLANK = "blank"
    ZERO = "zero"


@dataclass(frozen=True)
class Declared:
    """What was said about a block beside it: the meaning of "-", and heads confirmed as (key,
    pasted text).
    """

    dash: Dash = Dash.ASK
    same: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class FaultyCell:
    """`row` and `column` count from 1 as in the pasted block; the names are as pasted."""

    row: int
    column: int
    row_name: str
    column_name: str
    text: str
    fault: PasteFault
    problem: NumberProblem | None = None


@dataclass(frozen=True)
class ReadCell:
    """A figure for a commune and a criterion, by their keys; None takes the figure back ("xóa").

    Blank cells are not here: blank is not zero. The names are as pasted.
    """

    commune: str
    criterion: str
    value: Decimal | None
    row: int
    column: int
    row_name: str
    column_name: str


@dataclass(frozen=True)
class AskedHead:
    """A row or a column whose name and code contradict each other; `key` is who may be meant."""

    number: int
    text: str
    key: str
    is_row: bool


@dataclass(frozen=True)
class Preview:
    """What would be taken, and everything that would not. `fault` is about the whole block."""

    cells: tuple[ReadCell, ...] = ()
    faulty: tuple[FaultyCell, ...] = ()
    asked: tuple[AskedHead, ...] = ()
    unmatched_rows: tuple[tuple[int, str], ...] = ()
    unmatched_columns: tuple[tuple[int, str], ...] = ()
    fault: PasteFault | None = None

    @property
    def has_dashes(self) -> bool:
        """Whether the meaning of "-" must be declared."""
        return any(cell.fault is PasteFault.DASH for cell in self.faulty)


class BlockTooLarge(ValueError):
    """A block has more rows, columns or cells than is read: MOST_ROWS, MOST_COLUMNS, MOST_CELLS."""


def read_block(block: str, longest: int = LONGEST_CELL) -> list[list[str]]:
    """Tab-separated text as Excel copies it → cells in one line each of at most `longest`
    characters, a rectangle.

    Quoted cells may hold line breaks and tabs, "" inside quotes is a quote; NBSP is a space; empty
    columns and rows at the end are left out. A quote that does not close right before a tab or a
    line's end is an ordinary character. Raises TextProblem for a block or a cell that is not looked
    at, BlockTooLarge before a rectangle is made.
    """
    text = admit(block, LARGEST_BLOCK).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    raw = [[cell[:longest].strip() for cell in row] for row in _rows(text)]
    width = _trimmed(raw)
    if len(raw) > MOST_ROWS or width > MOST_COLUMNS or len(raw) * width > MOST_CELLS:
        raise BlockTooLarge
    rows = [[clean_line(cell) for cell in row[:width]] for row in raw]
    width = _trimmed(rows)  # a cell may hold nothing but what cannot be seen
    return [(row + [""] * width)[:width] for row in rows]


def _trimmed(rows: list[list[str]]) -> int:
    """Take away the empty rows at the end; how many columns are filled."""
    while rows and not any(rows[-1]):
        rows.pop()
    return max(map(last_filled, rows), default=0)


def last_filled(row: Sequence[str]) -> int:
    """How many cells of a row count: up to the last one that holds something."""
    return max((number for number, cell in enumerate(row, start=1) if cell), default=0)


def _rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    may_be_quoted = True
    while at <= len(text):
        cell = None
        if may_be_quoted and text[at : at + 1] == '"':
            cell, end = _quoted(text, at + 1)
            may_be_quoted = end <= len(text)  # one that never closes: quotes are ordinary from here
        if cell is None:
            parted = _END_OF_CELL.search(text, at)
            end = parted.start() if parted else len(text)
            cell = text[at:end]
        rows[-1].append(cell)
        if text[end : end + 1] == "\n":
            rows.append([])
        at = end + 1
    return rows


def _quoted(text: str, at: int) -> tuple[str | None, int]:
    """(what stands between the quotes, the place behind them). None where they close inside a
    cell, or never: then the place lies past the end.
    """
    parts: list[str] = []
    while True:
        quote = text.find('"', at)
        if quote < 0:
            return None, len(text) + 1
        parts.append(text[at:quote])
        at = quote + 2
        if text[quote + 1 : at] != '"':
            whole = text[quote + 1 : at] in ("", "\t", "\n")
            return '"'.join(parts) if whole else None, quote + 1


def read_figures(
    block: str,
    communes: Sequence[Head],
    criteria: Sequence[Head],
    declared: Declared | None = None,
) -> Preview:
    """The figures of a block whose first row and first column(s) name communes and criteria.

    The orientation is the one in which more heads are found. Columns before the first figure (STT,
    code, name, unit of measure) all help to name a row; rows above the heads (a letterhead) are
    passed over.
    """
    if len(block) > LARGEST_BLOCK:
        return Preview(fault=PasteFault.TOO_LARGE)
    try:
        matrix = read_block(block)
    except BlockTooLarge:
        return Preview(fault=PasteFault.TOO_LARGE)
    if not matrix:
        return Preview(fault=PasteFault.EMPTY)
    said = declared or Declared()
    by_columns = _oriented(
        matrix,
        Heads(criteria),
        Heads(communes),
        said,
    )
    by_rows = _oriented(
        matrix,
        Heads(communes),
        Heads(criteria),
        said,
    )
    best = max(by_columns, by_rows, key=_Layout.found)
    if not best.found():
        return Preview(fault=PasteFault.NO_HEADS)
    shapes = {head.key: head.shape for head in criteria}
    return _Reader(
        matrix,
        best,
        best is by_rows,
        shapes,
        said.dash,
    ).preview()


@dataclass(frozen=True)
class _Layout:
    """Which lines of the block stand for what; indices from 0. `asked_*`: contradicting heads,
    by index.
    """

    head_row: int
    first_figure: int
    rows: Mapping[int, str]
    columns: Mapping[int, str]
    names: Mapping[int, str]
    asked_rows: Mapping[int, str]
    asked_columns: Mapping[int, str]

    def found(self) -> int:
        """How much of the block is recognised, what is asked about included."""
        return (len(self.rows) + len(self.asked_rows)) * (
            len(self.columns) + len(self.asked_columns)
        )


def _oriented(
    matrix: list[list[str]], row_heads: Heads, column_heads: Heads, said: Declared
) -> _Layout:
    found = [
        {
            c: named
            for c, cell in enumerate(row)
            if c and (named := column_heads.named_by([NameCell(cell)]))
        }
        for row in matrix[:MOST_ROWS_ABOVE]
    ]
    head_row = max(range(len(found)), key=lambda number: len(found[number]))
    heads = matrix[head_row]
    columns, asked_columns = _decided(found[head_row], dict(enumerate(heads)), said)
    first = min(found[head_row], default=0)
    below = matrix[head_row + 1 :]
    strange = {c for c in range(1, first) if is_figures([row[c] for row in below], heads[c])}
    first = min(strange, default=first)
    running = [ordinals([row[c] for row in below], heads[c]) for c in range(first)]
    names: dict[int, str] = {}
    named_rows: dict[int, Named] = {}
    for number, row in enumerate(below, start=head_row + 1):
        cells = [NameCell(row[c], heads[c], running[c]) for c in range(first) if row[c]]
        names[number] = " ".join(cell.text for cell in cells)
        if named := row_heads.named_by(cells):
            named_rows[number] = named
    rows, asked_rows = _decided(named_rows, names, said)
    return _Layout(
        head_row,
        first,
        rows,
        columns,
        names,
        asked_rows,
        asked_columns,
    )


def _decided(
    named: Mapping[int, Named], texts: Mapping[int, str], said: Declared
) -> tuple[dict[int, str], dict[int, str]]:
    """(who is certain, who is asked about), by index: what was confirmed is certain."""
    certain: dict[int, str] = {}
    asked: dict[int, str] = {}
    for number, one in named.items():
        doubtful = one.is_asked and (one.key, texts[number]) not in said.same
        (asked if doubtful else certain)[number] = one.key
    return certain, asked


class _Reader:
    """The cells of a block whose heads are known."""

    def __init__(
        self,
        matrix: list[list[str]],
        layout: _Layout,
        rows_are_communes: bool,
        shapes: Mapping[str, Shape],
        dash: Dash,
    ) -> None:
        self._matrix = matrix
        self._layout = layout
        self._rows_are_communes = rows_are_communes
        self._shapes = shapes
        self._dash = dash
        self._english = self._first_english(matrix[layout.head_row + 1 :])
        self._taken: set[tuple[str, str]] = set()
        self._cells: list[ReadCell] = []
        self._faulty: list[FaultyCell] = []

    def _first_english(self, rows: list[list[str]]) -> list[str]:
        """One cell that shows how the block is written, if there is one."""
        texts = [row[c] for row in rows for c in self._layout.columns if row[c]]
        return next(([text] for text in texts if is_english([text])), [])

    def preview(self) -> Preview:
        """Everything read."""
        for r, row_key in self._layout.rows.items():
            for c, column_key in self._layout.columns.items():
                pair = (row_key, column_key) if self._rows_are_communes else (column_key, row_key)
                self._read(r, c, pair)
        return Preview(
            tuple(self._cells),
            tuple(self._faulty),
            self._asked(),
            self._strange_rows(),
            self._strange_columns(),
        )

    def _read(self, r: int, c: int, pair: tuple[str, str]) -> None:
        text = self._matrix[r][c]
        names = (self._layout.names[r], self._matrix[self._layout.head_row][c])
        try:
            value = self._figure(text, self._shapes.get(pair[1], ANY))
        except NumberProblem as problem:
            self._faulty.append(
                FaultyCell(
                    r + 1,
                    c + 1,
                    *names,
                    text,
                    PasteFault.NUMBER,
                    problem,
                )
            )
            return
        if self._dash is Dash.ASK and plain(text) in BLANK_WORDS:
            self._faulty.append(
                FaultyCell(
                    r + 1,
                    c + 1,
                    *names,
                    text,
                    PasteFault.DASH,
                )
            )
            return
        takes_back = fold(text) in _TAKE_BACK
        if value is None and not takes_back:
            return
        if pair in self._taken:
            self._faulty.append(
                FaultyCell(
                    r + 1,
                    c + 1,
                    *names,
                    text,
                    PasteFault.TWICE,
                )
            )
            return
        self._taken.add(pair)
        self._cells.append(
            ReadCell(
                *pair,
                value,
                r + 1,
                c + 1,
                *names,
            )
        )

    def _figure(self, text: str, shape: Shape) -> Decimal | None:
        if fold(text) in _TAKE_BACK:
            return None
        if self._dash is Dash.ZERO and plain(text) in BLANK_WORDS:
            return Decimal(0)
        return parse_figure(text, shape, self._english)

    def _asked(self) -> tuple[AskedHead, ...]:
        layout = self._layout
        heads = self._matrix[layout.head_row]
        rows = [
            AskedHead(
                r + 1,
                layout.names[r],
                key,
                True,
            )
            for r, key in layout.asked_rows.items()
        ]
        columns = [
            AskedHead(
                c + 1,
                heads[c],
                key,
                False,
            )
            for c, key in layout.asked_columns.items()
        ]
        return tuple(rows + columns)

    def _strange_rows(self) -> tuple[tuple[int, str], ...]:
        """Rows with figures that belong to nobody; a row without figures (a group) has nothing
        to lose.
        """
        layout = self._layout
        known: Collection[int] = {*layout.rows, *layout.asked_rows}
        filled = range(layout.first_figure, len(self._matrix[0]))
        return tuple(
            (r + 1, name)
            for r, name in layout.names.items()
            if r not in known and any(self._matrix[r][c] for c in filled)
        )

    def _strange_columns(self) -> tuple[tuple[int, str], ...]:
        layout = self._layout
        known = {*layout.columns, *layout.asked_columns}
        heads = self._matrix[layout.head_row]
        return tuple(
            (c + 1, heads[c]) for c in range(layout.first_figure, len(heads)) if c not in known
        )


__all__ = [
    "LARGEST_BLOCK",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "AskedHead",
    "BlockTooLarge",
    "Dash",
    "Declared",
    "FaultyCell",
    "Head",
    "PasteFault",
    "Preview",
    "ReadCell",
    "read_block",
    "read_figures",
]

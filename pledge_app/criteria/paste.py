"""A block pasted from Excel: figures of communes × criteria in either orientation. Pure.

Nothing is guessed: a cell that is not a number is named with its row and column, a head that fits
no commune or criterion is listed, one that contradicts itself is asked about, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pledge_app.criteria.block import LARGEST_BLOCK, BlockTooLarge, read_block
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
from pledge_app.kernel.text import fold

MOST_ROWS_ABOVE = 30  # a letterhead has six to eight rows
_TAKE_BACK = ("xoa", "thu hoi")


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
    declaration = declared or Declared()
    by_columns = _oriented(
        matrix,
        Heads(criteria),
        Heads(communes),
        declaration,
    )
    by_rows = _oriented(
        matrix,
        Heads(communes),
        Heads(criteria),
        declaration,
    )
    best = max(by_columns, by_rows, key=_Layout.recognised)
    if not best.recognised():
        return Preview(fault=PasteFault.NO_HEADS)
    shapes = {head.key: head.shape for head in criteria}
    return _Reader(
        matrix,
        best,
        best is by_rows,
        shapes,
        declaration.dash,
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

    def recognised(self) -> int:
        """How much of the block is recognised, what is asked about included."""
        rows = len(self.rows) + len(self.asked_rows)
        columns = len(self.columns) + len(self.asked_columns)
        return rows * columns


def _oriented(
    matrix: list[list[str]],
    row_heads: Heads,
    column_heads: Heads,
    said: Declared,
) -> _Layout:
    by_row = [_named_columns(row, column_heads) for row in matrix[:MOST_ROWS_ABOVE]]
    head_row = max(range(len(by_row)), key=lambda number: len(by_row[number]))
    named_columns = by_row[head_row]
    heads = matrix[head_row]
    columns, asked_columns = _decided(named_columns, dict(enumerate(heads)), said)
    below = matrix[head_row + 1 :]
    first = _first_figure(below, heads, min(named_columns, default=0))
    running = [ordinals(_column(below, c), heads[c]) for c in range(first)]
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


def _named_columns(row: Sequence[str], heads: Heads) -> dict[int, Named]:
    """Who is named by the cells of a row, the first cell left out, by column."""
    named: dict[int, Named] = {}
    for c, cell in enumerate(row):
        named_by_cell = heads.named_by([NameCell(cell)]) if c else None
        if named_by_cell is not None:
            named[c] = named_by_cell
    return named


def _first_figure(below: Sequence[Sequence[str]], heads: Sequence[str], first: int) -> int:
    """The first column of figures: a column in front of `first` that nobody recognised may hold
    some too.
    """
    for c in range(1, first):
        if is_figures(_column(below, c), heads[c]):
            return c
    return first


def _column(rows: Sequence[Sequence[str]], c: int) -> list[str]:
    return [row[c] for row in rows]


def _decided(
    named: Mapping[int, Named],
    texts: Mapping[int, str],
    said: Declared,
) -> tuple[dict[int, str], dict[int, str]]:
    """(who is certain, who is asked about), by index: what was confirmed is certain."""
    certain: dict[int, str] = {}
    asked: dict[int, str] = {}
    for number, one in named.items():
        if one.is_asked and (one.key, texts[number]) not in said.same:
            asked[number] = one.key
        else:
            certain[number] = one.key
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
            AskedHead(c + 1, heads[c], key, False) for c, key in layout.asked_columns.items()
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

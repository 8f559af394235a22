"""Which column of a pasted table holds what: by its heading, or by its content. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from pledge_app.criteria.vocabulary import (
    Column,
    cadence_of,
    direction_of,
    head_of,
)

NAMING = (Column.NAME, Column.CODE, Column.SERIAL)
HEADS_WITHIN = 30  # a letterhead above the heads is rarely longer


def head_line(matrix: Sequence[Sequence[str]]) -> int | None:
    """The line that names a column of names and another one, or names alone; the fullest one
    wins.
    """
    best = None
    most = 0
    for place, cells in enumerate(matrix[:HEADS_WITHIN]):
        filled = [cell for cell in cells if cell]
        known = {head_of(cell) for cell in filled} - {None}
        if Column.NAME not in known:
            continue
        is_alone = len(known) == 1 and len(filled) > 1
        if len(known) > most and not is_alone:
            best = place
            most = len(known)
    return best


def titles_and_start(matrix: Sequence[Sequence[str]], top: int) -> tuple[list[str], int]:
    """The headings, two lines of them joined ("Điểm" over "Chuẩn", "Thưởng"), and where the rows
    begin.
    """
    heads = list(matrix[top])
    below = matrix[top + 1] if top + 1 < len(matrix) else []
    if not _are_second_heads(below, heads):
        return heads, top + 1
    joined = [
        f"{first} {second}".strip() for first, second in zip_longest(heads, below, fillvalue="")
    ]
    return joined, top + 2


def _are_second_heads(below: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a line only divides headings above it: two words or more, no figure, and nothing
    where a row has its code or name.
    """
    filled = [cell for cell in below if cell]
    if len(filled) < 2 or any(re.search("[0-9]", cell) for cell in filled):
        return False
    for head, cell in zip(heads, below, strict=False):
        if cell and head_of(head) in NAMING:
            return False
    return True


def numbers_columns(cells: Sequence[str]) -> bool:
    """A line (1), (2), (3) … or A, B, 1, 2 … below the heads."""
    filled = [cell.strip("() ") for cell in cells if cell]
    if len(filled) <= 2 or len(set(filled)) < len(filled):
        return False
    return all(re.fullmatch(r"[0-9]{1,2}|[A-E]", cell) for cell in filled)


def columns_by_heading(heads: Sequence[str], below: Sequence[Sequence[str]]) -> dict[int, Column]:
    """Place → column. A serial is the code where no column of codes stands; of two alike the
    first counts.

    Of two columns of names the first one, where it is filled only now and then (a merged cell), is
    the group's.
    """
    columns: dict[int, Column] = {}
    names = [place for place, cell in enumerate(heads) if cell and head_of(cell) is Column.NAME]
    if len(names) > 1:
        first = names[0]
        second = names[1]
        if _filled_count(below, first) * 5 < _filled_count(below, second) * 4:
            columns = {first: Column.GROUP, second: Column.NAME}
    for place, cell in enumerate(heads):
        column = head_of(cell) if cell else None
        if place not in columns and column is not None and column not in columns.values():
            columns[place] = column
    if Column.CODE not in columns.values():
        for place, column in columns.items():
            if column is Column.SERIAL:
                columns[place] = Column.CODE
    return columns


def _cells_of(matrix: Sequence[Sequence[str]], place: int) -> list[str]:
    """What stands in one column, without the blank cells."""
    cells = [line[place] for line in matrix if place < len(line)]
    return [cell for cell in cells if cell]


def _filled_count(matrix: Sequence[Sequence[str]], place: int) -> int:
    return len(_cells_of(matrix, place))


def columns_by_content(matrix: Sequence[Sequence[str]]) -> dict[int, Column]:
    """A table without heads: by what stands in each column."""
    width = max((len(cells) for cells in matrix), default=0)
    columns: dict[int, Column] = {}
    lengths = [_text_length(matrix, place) for place in range(width)]
    if not lengths:
        return columns
    name = lengths.index(max(lengths))
    columns[name] = Column.NAME
    for place in range(width):
        column = Column.CODE if place < name else _by_content(matrix, place)
        if place != name and column is not None and column not in columns.values():
            columns[place] = column
    return columns


def _text_length(matrix: Sequence[Sequence[str]], place: int) -> int:
    return sum(len(cell) for cell in _cells_of(matrix, place))


def _by_content(matrix: Sequence[Sequence[str]], place: int) -> Column | None:
    cells = _cells_of(matrix, place)
    if not cells:
        return None
    if all(direction_of(cell) for cell in cells):
        return Column.DIRECTION
    if all(cadence_of(cell) for cell in cells):
        return Column.CADENCE
    if all(re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", cell) for cell in cells):
        return Column.POINTS
    if all(len(cell) <= 30 for cell in cells):
        return Column.UNIT
    return None

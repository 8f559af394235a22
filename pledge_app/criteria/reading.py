"""A table of criteria as an office has it (Excel, a Word table, an XLSX) → rows as understood.
Pure.

Nothing is dropped: lines above the heads are given back, text that has no field of ours goes into
the note, a line that is only a remark stays as a row to be left out or taken in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pledge_app.criteria.card import Card
from pledge_app.criteria.card_reading import read_card
from pledge_app.criteria.columns import (
    columns_by_content,
    columns_by_heading,
    head_line,
    numbers_columns,
    titles_and_start,
)
from pledge_app.criteria.kinds import HAMLETS, Cadence, Direction, FigureKind, ValueKind
from pledge_app.criteria.nesting import nested
from pledge_app.criteria.vocabulary import (
    Column,
    Does,
    cadence_of,
    direction_of,
    does_of,
    kind_of,
)
from pledge_app.kernel.numbers import NumberProblem, parse_number
from pledge_app.kernel.roman import roman
from pledge_app.kernel.text import clean_line, fold

MOST_ROWS = 400
# a file reads back what it holds
LONGEST_NAME = 480
LONGEST_CODE = 16
LONGEST_UNIT = 60
LONGEST_NOTE = 480
TOTALS = ("tong cong", "tong diem", "tong so diem", "cong:")
_TOP_CODE = re.compile(r"^(?:[IVX]{1,5}|[A-ZĐ])[.)]?$")
_IN_NAME = re.compile(
    r"^(?:(?:tiêu "
    r"chuẩn|nhóm|phần|mục)\s+)?([0-9]+(?:\.[0-9]+)*|[IVX]{1,5}|[A-ZĐ]|[a-zđ]\.?[0-9]+(?:\.[0-9]+)*)"
    r"(?:[.):]\s*|\s+[-–]\s+)(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DraftRow:
    """One row as it stands in the form: everything as text, so that what is wrong can be shown
    and mended.

    `line` counts from 1 as in the pasted table, 0: made here or added by hand. `heard`: what
    reading had to say about it. `mark` "frame": only its name is known; "illustrative": a figure of
    the example.
    """

    line: int = 0
    does: Does = Does.CRITERION
    code: str = ""
    name: str = ""
    unit: str = ""
    kind: ValueKind = ValueKind.NUMBER
    direction: Direction = Direction.HIGHER
    cadence: Cadence = Cadence.CUMULATIVE
    points: str = ""
    note: str = ""
    heard: tuple[str, ...] = ()
    mark: str = ""
    counts: str = HAMLETS
    card: Card = Card()

    @property
    def figure_kind(self) -> FigureKind:
        """Its kind as the editor offers it."""
        return FigureKind(self.kind, self.counts)

    @property
    def is_blank(self) -> bool:
        """A spare row that nobody has written in."""
        return not (self.code or self.name or self.unit or self.points or self.note)


@dataclass(frozen=True)
class Reading:
    """`heads`: (heading as typed, what it is taken for, None: its text goes into the note).

    `above`: the lines before the heads. `is_guessed`: the table has no heads.
    """

    rows: tuple[DraftRow, ...] = ()
    heads: tuple[tuple[str, Column | None], ...] = ()
    above: tuple[str, ...] = ()
    is_guessed: bool = False
    left_out: int = 0  # rows beyond MOST_ROWS


@dataclass
class _Line:
    """A line of the table by our columns; `others`: (heading, text) of columns that we do not
    know.
    """

    number: int
    cells: dict[Column, str] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)

    def get(self, column: Column) -> str:
        return self.cells.get(column, "")

    @property
    def has_values(self) -> bool:
        valued = (Column.UNIT, Column.KIND, Column.DIRECTION, Column.CADENCE, Column.POINTS)
        return bool(self.others) or any(self.get(column) for column in valued)


def read_criteria(matrix: Sequence[Sequence[str]]) -> Reading:
    """The rows of a table. Empty rows are no rows; an empty table gives no rows."""
    top = head_line(matrix)
    titles, start = titles_and_start(matrix, top) if top is not None else ([], 0)
    if top is None:
        columns = columns_by_content(matrix)
    else:
        columns = columns_by_heading(titles, matrix[start:])
    heads = tuple((cell, columns.get(place)) for place, cell in enumerate(titles) if cell)
    outside = [*matrix[: top or 0]]
    if top is not None and start < len(matrix) and numbers_columns(matrix[start]):
        outside.append(matrix[start])
        start += 1
    filled = [
        (number, cells) for number, cells in enumerate(matrix[start:], start + 1) if any(cells)
    ]
    lines = [_line(number, cells, columns, titles) for number, cells in filled[: MOST_ROWS + 1]]
    rows = _rows(lines)
    beyond = max(0, len(rows) - MOST_ROWS)
    unread = len(filled) - len(lines)
    above = tuple(" · ".join(filter(None, cells)) for cells in outside if any(cells))
    return Reading(
        tuple(rows[:MOST_ROWS]),
        heads,
        above,
        top is None,
        beyond + unread,
    )


def with_codes(rows: Sequence[DraftRow]) -> list[DraftRow]:
    """Every row that counts has a code: a group the next Roman number, a criterion the next
    whole one.
    """
    taken = {row.code for row in rows if row.does is not Does.SKIP}
    reached = dict.fromkeys(Does, 1)  # no smaller number is free any more
    coded = []
    for row in rows:
        if row.code or row.does is Does.SKIP or row.is_blank:
            coded.append(row)
            continue
        number = reached[row.does]
        while _code(row.does, number) in taken:
            number += 1
        reached[row.does] = number + 1
        taken.add(_code(row.does, number))
        coded.append(replace(row, code=_code(row.does, number)))
    return coded


def _code(does: Does, number: int) -> str:
    return roman(number) if does is Does.GROUP else str(number)


def _line(
    number: int,
    cells: Sequence[str],
    columns: dict[int, Column],
    titles: Sequence[str],
) -> _Line:
    line = _Line(number)
    for place, cell in enumerate(cells):
        text = clean_line(cell)
        if not text:
            continue
        column = columns.get(place)
        if column is None:
            title = titles[place] if place < len(titles) else ""
            line.others.append((clean_line(title), text))
        else:
            line.cells[column] = text
    if not line.get(Column.NAME) and len(line.get(Column.CODE)) > LONGEST_CODE:
        line.cells[Column.NAME] = line.cells.pop(Column.CODE)  # a merged cell over code and name
    if not line.get(Column.CODE) and line.get(Column.NAME):
        _split_name(line)
    if re.fullmatch(r"[0-9]+(,[0-9]+)+", line.get(Column.CODE)):
        # Excel took 1.1 for a number
        line.cells[Column.CODE] = line.get(Column.CODE).replace(",", ".")
    return line


def _split_name(line: _Line) -> None:
    """ "1.1. Thu nhập" without a code of its own; "TIÊU CHUẨN 1. NHIỆM VỤ" keeps its words and no
    code.
    """
    name = line.get(Column.NAME)
    match = _IN_NAME.match(name)
    if match and match.start(1) == 0:
        line.cells[Column.CODE] = match.group(1)
        line.cells[Column.NAME] = name[match.end() :]


def _rows(lines: Sequence[_Line]) -> list[DraftRow]:
    has_values = any(line.has_values for line in lines)
    rows: list[DraftRow] = []
    group = ""
    for place, line in enumerate(lines):
        named = line.get(Column.GROUP)
        if named and fold(named) != fold(group):
            rows.append(_group_of_column(line.number, named))
        group = named or group
        following = lines[place + 1] if place + 1 < len(lines) else None
        rows.append(_row(line, following, has_values))
    told = {line.number for line in lines if line.get(Column.DOES)}
    levels = nested([(row.does, row.code, row.line in told) for row in rows])
    return with_codes([replace(row, does=does) for row, does in zip(rows, levels, strict=True)])


def _group_of_column(number: int, named: str) -> DraftRow:
    line = _Line(number, {Column.NAME: named})
    _split_name(line)
    return DraftRow(
        number,
        Does.GROUP,
        line.get(Column.CODE),
        line.get(Column.NAME),
    )


def _row(line: _Line, following: _Line | None, has_values: bool) -> DraftRow:
    does = does_of(line.get(Column.DOES)) or _does(line, following, has_values)
    heard: list[str] = []
    notes = [line.get(Column.NOTE)] if line.get(Column.NOTE) else []
    for title, text in line.others:
        notes.append(f"{title}: {text}" if title else text)
        heard.append(f"other|{title}|{text}")
    unit = line.get(Column.UNIT)
    kind, counts = _kind(line, heard, notes)
    direction = _direction(
        line,
        kind,
        heard,
        notes,
    )
    if direction is Direction.YES_NO and kind is ValueKind.NUMBER:
        kind = ValueKind.YES_NO
    if kind in (ValueKind.PERCENT, ValueKind.COUNTED_ROWS) and not unit and does is Does.CRITERION:
        unit = "%"
    card = read_card(
        line.cells,
        kind,
        heard,
        notes,
    )
    return DraftRow(
        line.number,
        does,
        line.get(Column.CODE).rstrip(".)"),
        line.get(Column.NAME),
        unit,
        kind,
        direction,
        _cadence(line, kind, heard, notes),
        _points(line),
        "; ".join(notes),
        tuple(heard),
        counts=counts,
        card=card,
    )


def _does(line: _Line, following: _Line | None, has_values: bool) -> Does:
    """A group, a criterion, or a remark in brackets that belongs to neither."""
    code = line.get(Column.CODE)
    name = line.get(Column.NAME)
    in_brackets = name.startswith("(") and name.endswith(")")
    if not code and not line.has_values and in_brackets:
        return Does.SKIP
    if not code and fold(name).startswith(TOTALS):
        return Does.SKIP
    letters = [letter for letter in name if letter.isalpha()]
    is_upper = len(letters) >= 4 and all(letter == letter.upper() for letter in letters)
    is_deep = "." in code.rstrip(".") or bool(re.match(r"[a-zđ]", code))
    if _TOP_CODE.match(code) or (is_upper and not is_deep):
        return Does.GROUP
    if line.has_values or not has_values or not name:
        return Does.CRITERION
    if following is None:
        return Does.CRITERION
    inside = code.rstrip(".") + "."
    is_continued = bool(code) and following.get(Column.CODE).startswith(inside)
    if is_continued or (not is_deep and following.has_values):
        return Does.GROUP
    return Does.CRITERION


def _kind(line: _Line, heard: list[str], notes: list[str]) -> FigureKind:
    typed = line.get(Column.KIND)
    unit = line.get(Column.UNIT)
    kind = kind_of(typed) if typed else None
    if typed and kind is None:
        heard.append(f"kind||{typed}")
        notes.append(typed)
    if kind is not None:
        return kind
    is_rate = not unit and fold(line.get(Column.NAME)).startswith("ty le ")
    if unit.startswith("%") or is_rate:
        return FigureKind(ValueKind.PERCENT)
    if unit and direction_of(unit) is Direction.YES_NO:
        return FigureKind(ValueKind.YES_NO)
    return FigureKind(ValueKind.NUMBER)


def _direction(
    line: _Line,
    kind: ValueKind,
    heard: list[str],
    notes: list[str],
) -> Direction:
    typed = line.get(Column.DIRECTION)
    direction = direction_of(typed) if typed else None
    if typed and direction is None:
        heard.append(f"direction||{typed}")
        notes.append(typed)
    if kind is ValueKind.YES_NO:
        return Direction.YES_NO
    if direction is not None:
        return direction
    if re.search(r"\b(khong|ko|k) de xay ra\b", fold(line.get(Column.NAME))):
        heard.append("zero||")
        return Direction.KEEP_ZERO
    return Direction.HIGHER


def _cadence(
    line: _Line,
    kind: ValueKind,
    heard: list[str],
    notes: list[str],
) -> Cadence:
    typed = line.get(Column.CADENCE)
    cadence = cadence_of(typed) if typed else None
    if typed and cadence is None:
        heard.append(f"cadence||{typed}")
        notes.append(typed)
    return cadence or (Cadence.CUMULATIVE if kind is ValueKind.NUMBER else Cadence.STATE)


def _points(line: _Line) -> str:
    """ "5 điểm", "5đ" → "5"; whatever else is no number stays as typed, to be asked about."""
    typed = line.get(Column.POINTS)
    bare = re.sub(
        r"\s*(?:điểm|đ)\.?$",
        "",
        typed,
        flags=re.IGNORECASE,
    )
    try:
        parse_number(bare)
    except NumberProblem:
        return typed
    return bare

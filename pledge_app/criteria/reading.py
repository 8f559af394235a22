"""A table of criteria as an office has it (Excel, a Word table, an XLSX) → rows as understood.
Pure.

Nothing is dropped: lines above the heads are given back, text that has no field of ours goes into
the note, a line that is only a remark stays as a row to be left out or taken in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pledge_app.criteria.kinds import HAMLETS, Cadence, Direction, FigureKind, ValueKind
from pledge_app.criteria.vocabulary import (
    Column,
    Does,
    cadence_of,
    direction_of,
    does_of,
    head_of,
    kind_of,
)
from pledge_app.kernel.numbers import NumberProblem, parse_number
from pledge_app.kernel.roman import roman
from pledge_app.kernel.text import clean_line, fold

MOST_ROWS = 400
LONGEST_NAME, LONGEST_CODE, LONGEST_UNIT, LONGEST_NOTE = (
    480,
    16,
    60,
    480,
)  # a file reads back what it holds
HEADS_WITHIN = 30  # a letterhead above the heads is rarely longer
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
    top = _head_line(matrix)
    titles, start = _titles(matrix, top) if top is not None else ([], 0)
    columns = _guessed(matrix) if top is None else _headed(titles, matrix[start:])
    heads = tuple((cell, columns.get(place)) for place, cell in enumerate(titles) if cell)
    outside = [*matrix[: top or 0]]
    if top is not None and start < len(matrix) and _counts_columns(matrix[start]):
        outside.append(matrix[start])
        start += 1
    filled = [
        (number, cells) for number, cells in enumerate(matrix[start:], start + 1) if any(cells)
    ]
    lines = [
        _line(
            number,
            cells,
            columns,
            titles,
        )
        for number, cells in filled[: MOST_ROWS + 1]
    ]
    rows = _rows(lines)
    left_out = max(0, len(rows) - MOST_ROWS) + len(filled) - len(lines)
    above = tuple(" · ".join(cell for cell in cells if cell) for cells in outside if any(cells))
    return Reading(
        tuple(rows[:MOST_ROWS]),
        heads,
        above,
        top is None,
        left_out,
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


def _head_line(matrix: Sequence[Sequence[str]]) -> int | None:
    """The line that names a column of names and another one, or names alone; the fullest one
    wins.
    """
    best, most = None, 0
    for place, cells in enumerate(matrix[:HEADS_WITHIN]):
        known = {head_of(cell) for cell in cells if cell} - {None}
        filled = sum(1 for cell in cells if cell)
        if Column.NAME in known and len(known) > most and (len(known) > 1 or filled == 1):
            best, most = place, len(known)
    return best


def _titles(matrix: Sequence[Sequence[str]], top: int) -> tuple[list[str], int]:
    """The headings, two lines of them joined ("Điểm" over "Chuẩn", "Thưởng"), and where the rows
    begin.
    """
    heads = list(matrix[top])
    below = matrix[top + 1] if top + 1 < len(matrix) else []
    named = [
        place
        for place, cell in enumerate(heads)
        if head_of(cell) in (Column.NAME, Column.CODE, Column.SERIAL)
    ]
    filled = [cell for cell in below if cell]
    is_second = filled and not any(place < len(below) and below[place] for place in named)
    if not is_second or any(re.search("[0-9]", cell) for cell in filled) or len(filled) < 2:
        return heads, top + 1
    width = max(len(heads), len(below))
    heads += [""] * (width - len(heads))
    joined = [
        f"{heads[place]} {below[place] if place < len(below) else ''}".strip()
        for place in range(width)
    ]
    return joined, top + 2


def _counts_columns(cells: Sequence[str]) -> bool:
    """A line (1), (2), (3) … or A, B, 1, 2 … below the heads."""
    filled = [cell.strip("() ") for cell in cells if cell]
    return (
        len(filled) > 2
        and all(re.fullmatch(r"[0-9]{1,2}|[A-E]", cell) for cell in filled)
        and (len(set(filled)) == len(filled))
    )


def _headed(heads: Sequence[str], below: Sequence[Sequence[str]]) -> dict[int, Column]:
    """Place → column. A serial is the code where no column of codes stands; of two alike the
    first counts.

    Of two columns of names the first one, where it is filled only now and then (a merged cell), is
    the group's.
    """
    columns: dict[int, Column] = {}
    names = [place for place, cell in enumerate(heads) if cell and head_of(cell) is Column.NAME]
    if len(names) > 1 and _filled(below, names[0]) * 5 < _filled(below, names[1]) * 4:
        columns = {names[0]: Column.GROUP, names[1]: Column.NAME}
    for place, cell in enumerate(heads):
        column = head_of(cell) if cell else None
        if place not in columns and column is not None and column not in columns.values():
            columns[place] = column
    if Column.CODE not in columns.values():
        columns = {
            place: Column.CODE if column is Column.SERIAL else column
            for place, column in columns.items()
        }
    return columns


def _filled(matrix: Sequence[Sequence[str]], place: int) -> int:
    return sum(1 for cells in matrix if place < len(cells) and cells[place])


def _guessed(matrix: Sequence[Sequence[str]]) -> dict[int, Column]:
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
    return sum(len(cells[place]) for cells in matrix if place < len(cells))


def _by_content(matrix: Sequence[Sequence[str]], place: int) -> Column | None:
    cells = [line[place] for line in matrix if place < len(line) and line[place]]
    if not cells:
        return None
    if all(direction_of(cell) for cell in cells):
        return Column.DIRECTION
    if all(cadence_of(cell) for cell in cells):
        return Column.CADENCE
    if all(re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", cell) for cell in cells):
        return Column.POINTS
    return Column.UNIT if all(len(cell) <= 30 for cell in cells) else None


def _line(
    number: int, cells: Sequence[str], columns: dict[int, Column], titles: Sequence[str]
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
        line.cells[Column.CODE] = line.get(Column.CODE).replace(
            ",", "."
        )  # Excel took 1.1 for a number
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
    return with_codes(rows)


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
    return DraftRow(
        line.number,
        does,
        line.get(Column.CODE).rstrip(".)"),
        line.get(Column.NAME),
        unit,
        kind,
        direction,
        _cadence(
            line,
            kind,
            heard,
            notes,
        ),
        _points(line),
        "; ".join(notes),
        tuple(heard),
        counts=counts,
    )


def _does(line: _Line, following: _Line | None, has_values: bool) -> Does:
    """A group, a criterion, or a remark in brackets that belongs to neither."""
    code, name = line.get(Column.CODE), line.get(Column.NAME)
    if not code and not line.has_values and name.startswith("(") and name.endswith(")"):
        return Does.SKIP
    if not code and fold(name).startswith(("tong cong", "tong diem", "tong so diem", "cong:")):
        return Does.SKIP
    letters = [letter for letter in name if letter.isalpha()]
    is_upper = len(letters) >= 4 and all(letter == letter.upper() for letter in letters)
    is_deep = "." in code.rstrip(".") or bool(re.match(r"[a-zđ]", code))
    if _TOP_CODE.match(code) or (is_upper and not is_deep):
        return Does.GROUP
    if line.has_values or not has_values or not name:
        return Does.CRITERION
    extends = (
        following is not None
        and bool(code)
        and following.get(Column.CODE).startswith(code.rstrip(".") + ".")
    )
    if extends or (not is_deep and following is not None and following.has_values):
        return Does.GROUP
    return Does.CRITERION


def _kind(line: _Line, heard: list[str], notes: list[str]) -> FigureKind:
    typed, unit = line.get(Column.KIND), line.get(Column.UNIT)
    kind = kind_of(typed) if typed else None
    if typed and kind is None:
        heard.append(f"kind||{typed}")
        notes.append(typed)
    if kind is not None:
        return kind
    if unit.startswith("%") or (not unit and fold(line.get(Column.NAME)).startswith("ty le ")):
        return FigureKind(ValueKind.PERCENT)
    is_yes_no = unit and direction_of(unit) is Direction.YES_NO
    return FigureKind(ValueKind.YES_NO if is_yes_no else ValueKind.NUMBER)


def _direction(line: _Line, kind: ValueKind, heard: list[str], notes: list[str]) -> Direction:
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


def _cadence(line: _Line, kind: ValueKind, heard: list[str], notes: list[str]) -> Cadence:
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

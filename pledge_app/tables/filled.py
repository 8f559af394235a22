"""Sheets that an office fills in: what a blank one looks like, its rows by column, what is wrong
with each, and the faulty rows as a file to put right.

Heads are Vietnamese whatever the screen speaks: they are read back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.text import fold
from pledge_app.tables.writing import Value, xlsx
from pledge_app.ui.typed_values import parse_day

WHY = "Lý do chưa nạp"
HEAD_WITHIN = 6  # rows from the top in which the head is looked for


@dataclass(frozen=True)
class Blank:
    """A sheet to fill in: its columns, those without which nothing can be read, how each is
    filled in, and rows as an example.
    """

    head: tuple[str, ...]
    needed: tuple[str, ...]
    guide: Mapping[str, str]
    example: Sequence[Sequence[Value]]

    def book(self, title: str) -> bytes:
        """The file to fill in: the head, the example, and a page that says how."""
        return xlsx(
            title,
            self.head,
            self.example,
            guide=tuple(self.guide.items()),
        )


@dataclass
class Line:
    """One row: its number in the file, its cells by column, what it would do, what is worth a
    look, what keeps it from being written.
    """

    number: int
    cells: Mapping[str, str]
    does: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def day(self, column: str) -> date | None:
        """The day of a cell; None: blank. Raises DomainError."""
        if not self[column]:
            return None
        try:
            return parse_day(self[column])
        except ValueError as error:
            raise DomainError(f"{column}: {error}") from error

    def wants(self, column: str) -> str:
        """The text of a cell that may not be blank. Raises DomainError."""
        if not self[column]:
            raise DomainError(_("Chưa ghi cột “%(name)s”.", name=column))
        return self[column]


@dataclass
class Filled:
    """A whole sheet. `fault`: nothing of it can be read, and why."""

    lines: list[Line]
    fault: str = ""

    @property
    def faulty(self) -> list[Line]:
        """The rows that keep the sheet from being written."""
        return [line for line in self.lines if line.faults]

    @property
    def faulty_first(self) -> list[Line]:
        """All rows, those that are wrong on top."""
        return sorted(self.lines, key=lambda line: not line.faults)

    @property
    def changing(self) -> list[Line]:
        """The rows that would write something."""
        return [line for line in self.lines if line.does and not line.faults]


def fill(blank: Blank, table: Sequence[Sequence[str]]) -> Filled:
    """The rows of a table under its head, by column; blank rows are passed over."""
    top = _top(blank.head, table)
    places = {fold(word): place for place, word in enumerate(table[top])} if table else {}
    missing = [word for word in blank.needed if fold(word) not in places]
    if missing:
        names = ", ".join(missing)
        return Filled([], _("Dòng đầu thiếu cột: %(names)s. Hãy dùng tệp mẫu.", names=names))
    lines = [
        Line(
            number,
            _cells(blank.head, places, row),
        )
        for number, row in enumerate(table[top + 1 :], top + 2)
        if any(row)
    ]
    return Filled(lines, "" if lines else _("Bảng chỉ có dòng tiêu đề."))


def _top(head: Collection[str], table: Sequence[Sequence[str]]) -> int:
    """Where the head is: below a title, as our own sheets have it."""
    words = {fold(word) for word in head}
    for place, row in enumerate(table[:HEAD_WITHIN]):
        if sum(fold(cell) in words for cell in row) >= 3:
            return place
    return 0


def _cells(
    head: Sequence[str],
    places: Mapping[str, int],
    row: Sequence[str],
) -> dict[str, str]:
    cells = {}
    for word in head:
        place = places.get(fold(word))
        if place is not None and place < len(row):
            cells[word] = row[place]
    return cells


@contextmanager
def row_by_row(line: Line) -> Iterator[None]:
    """Verbs on one row: what they refuse leaves nothing of the row and is said at it."""
    savepoint = db.session.begin_nested()
    try:
        yield
    except DomainError as error:
        savepoint.rollback()
        line.does.clear()
        line.faults += _sentences(error)
    else:
        savepoint.commit()


def _sentences(error: DomainError) -> list[str]:
    """The sentence, and what its problems add to it."""
    more = [problem.sentence for problem in error.problems]
    return [error.sentence, *(one for one in more if one != error.sentence)][:2]


def dry_run(act: Callable[[], None]) -> None:
    """Do it all by the same verbs, and take it back: the rows keep what they would do."""
    savepoint = db.session.begin_nested()
    try:
        act()
    finally:
        savepoint.rollback()


def faulty_book(
    title: str,
    head: Sequence[str],
    rows: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> bytes:
    """Only the rows that are wrong, each with why, under the same head: put right, the file is
    read again.
    """
    width = len(head)
    sheet = [
        [
            *row[:width],
            *[""] * (width - len(row)),
            " ".join(faults),
        ]
        for row, faults in rows
    ]
    return xlsx(title, [*head, WHY], sheet)

"""Assigned figures on the page: the table communes × criteria, and what a pasted block would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.campaigns import operations, queries
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.kinds import ValueKind
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.paste import FaultyCell, Head, PasteFault, Preview, read_assigned
from pledge_app.orgs.models import Body


@dataclass(frozen=True)
class Table:
    """The figures as they are; `values` by (unit id, criterion id)."""

    bodies: list[Body]
    criteria: list[Criterion]
    values: dict[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Taken:
    """A figure that would be written; `before` None: there was none."""

    body: Body
    criterion: Criterion
    before: Decimal | None
    after: Decimal


@dataclass(frozen=True)
class Reading:
    """What a block would do. `fault`: nothing of it can be used, and why. `faulty`: (place, sentence) of a cell."""

    taken: list[Taken]
    unchanged: int
    faulty: list[tuple[str, str]]
    unknown_rows: list[str]
    unknown_columns: list[str]
    fault: str = ""

    @property
    def figures(self) -> list[tuple[int, int, Decimal]]:
        """What the verb wants."""
        return [(row.body.unit_id, row.criterion.id, row.after) for row in self.taken]


def table(year: EmulationYear) -> Table:
    """The figures of a year: one column for each member of its clusters."""
    return Table(queries.member_bodies(year), queries.criteria_of(year), queries.assigned_to(year))


def read(year: EmulationYear, block: str) -> Reading:
    """Read a block against the year's communes and criteria. Writes nothing."""
    made = table(year)
    bodies = {str(body.unit_id): body for body in made.bodies}
    criteria = {str(row.id): row for row in made.criteria if not row.is_group}
    if not bodies or not criteria:
        return Reading([], 0, [], [], [], _(
            "Năm này chưa có bộ tiêu chí hoặc chưa có cụm thi đua nên chưa giao chỉ tiêu được."))
    preview = read_assigned(
        block, [Head(key, (body.name, body.full_name, body.short)) for key, body in bodies.items()],
        [Head(key, (row.name, row.code), row.kind is ValueKind.YES_NO) for key, row in criteria.items()])
    if preview.fault is not None:
        return Reading([], 0, [], [], [], _block_fault(preview.fault))
    return _compare(made, preview, bodies, criteria)


def _compare(made: Table, preview: Preview, bodies: dict[str, Body], criteria: dict[str, Criterion]) -> Reading:
    taken: list[Taken] = []
    unchanged = 0
    faulty = [(_place(cell), _cell_fault(cell)) for cell in preview.faulty]
    for cell in preview.cells:
        body, criterion = bodies[cell.commune], criteria[cell.criterion]
        before = made.values.get((body.unit_id, criterion.id))
        if wrong := operations.wrong_figure(criterion.kind, cell.value):
            faulty.append((_("Dòng %(r)s, cột %(c)s (%(body)s, %(name)s)", r=cell.row, c=cell.column, body=body.name,
                             name=criterion.name), wrong))
        elif before == cell.value:
            unchanged += 1
        else:
            taken.append(Taken(body, criterion, before, cell.value))
    return Reading(taken, unchanged, faulty,
                   [_("dòng %(n)s: %(name)s", n=n, name=name or _("(trống)")) for n, name in preview.unmatched_rows],
                   [_("cột %(n)s: %(name)s", n=n, name=name or _("(trống)")) for n, name in preview.unmatched_columns])


def _place(cell: FaultyCell) -> str:
    return _("Dòng %(r)s, cột %(c)s (%(row)s, %(column)s)", r=cell.row, c=cell.column, row=cell.row_name,
             column=cell.column_name)


def _cell_fault(cell: FaultyCell) -> str:
    sentences: dict[PasteFault, Callable[[], str]] = {
        PasteFault.POINT: lambda: _("“%(t)s”: ý bạn là %(s)s?", t=cell.text[:40], s=cell.suggestion),
        PasteFault.PLACES: lambda: _("“%(t)s”: nhiều nhất bốn chữ số sau dấu phẩy.", t=cell.text[:40]),
        PasteFault.LONG: lambda: _("“%(t)s”: số quá lớn.", t=cell.text[:40]),
        PasteFault.NEGATIVE: lambda: _("“%(t)s”: chỉ tiêu giao không được âm.", t=cell.text[:40]),
        PasteFault.TWICE: lambda: _("“%(t)s”: đã có một số khác cho cùng đơn vị và tiêu chí trong khối này.",
                                    t=cell.text[:40]),
    }
    return sentences.get(cell.fault, lambda: _("“%(t)s”: không phải là số.", t=cell.text[:40]))()


def _block_fault(fault: PasteFault) -> str:
    if fault is PasteFault.EMPTY:
        return _("Chưa dán nội dung nào.")
    if fault is PasteFault.TOO_LARGE:
        return _("Khối dán quá lớn. Hãy dán từng phần của bảng.")
    return _("Không nhận ra tên đơn vị và tiêu chí ở dòng đầu, cột đầu của khối. Hãy sao chép cả dòng tên đơn vị và "
             "cột tên (hoặc mã) tiêu chí từ Excel.")

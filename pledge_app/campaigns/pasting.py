"""A pasted block of figures, communes × criteria, as the page shows it before anything is written.

One grammar for assigned figures and for last year's results: criteria/paste.py reads, this file
puts what was read beside what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import request
from flask_babel import gettext as _

from pledge_app.criteria.block import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from pledge_app.criteria.heads import Head
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.paste import (
    AskedHead,
    Dash,
    Declared,
    FaultyCell,
    PasteFault,
    Preview,
    ReadCell,
    read_figures,
)
from pledge_app.criteria.shapes import shape_of
from pledge_app.kernel.canonical import content_sha256
from pledge_app.orgs.models import Body
from pledge_app.ui.typed_values import number_sentence

LONGEST_SHOWN = 60
SEEN = 16  # letters of a digest


@dataclass(frozen=True)
class Table:
    """The figures as they are; `values` by (unit id, criterion id)."""

    bodies: list[Body]
    criteria: list[Criterion]
    values: Mapping[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Taken:
    """A figure that would be written; `before` None: there was none; `after` None: it is taken
    back.

    `row` and `column`: what was pasted, to be compared with what it was understood as.
    """

    body: Body
    criterion: Criterion
    before: Decimal | None
    after: Decimal | None
    pasted: str


@dataclass(frozen=True)
class Question:
    """A row or column whose name and code contradict each other; `token` answers "it is that
    one".
    """

    place: str
    text: str
    understood: str
    token: str


@dataclass(frozen=True)
class Reading:
    """What a block would do.

    `fault`: nothing of it can be used, and why. `faulty`: (place, sentence) of a cell.
    """

    taken: list[Taken]
    unchanged: int
    faulty: list[tuple[str, str]]
    questions: list[Question]
    unknown: list[str]
    has_dashes: bool = False
    fault: str = ""

    @property
    def is_written(self) -> bool:
        """Whether the form asks to write, and what would be written is what its preview showed."""
        is_asked = request.form.get("then") == "write" and bool(self.taken) and not self.fault
        return is_asked and request.form.get("seen", "") == self.seen

    @property
    def is_overtaken(self) -> bool:
        """Whether the form asks to write what is another thing by now: it is shown anew."""
        return request.form.get("then") == "write" and bool(self.taken) and not self.is_written

    @property
    def status(self) -> int:
        """Of the page that shows it."""
        if self.fault:
            return 422
        return 409 if self.is_overtaken else 200

    @property
    def figures(self) -> list[tuple[int, int, Decimal | None]]:
        """What the verb wants."""
        return [(row.body.unit_id, row.criterion.id, row.after) for row in self.taken]

    @property
    def seen(self) -> str:
        """What the preview shows, in a few letters: with what was there, which others may change
        before it is written.
        """
        shown = [[row.body.unit_id, row.criterion.id, row.before, row.after] for row in self.taken]
        return content_sha256({"shown": shown})[:SEEN]


def refused(fault: str) -> Reading:
    """Nothing can be read."""
    return Reading(
        [],
        0,
        [],
        [],
        [],
        fault=fault,
    )


def declared(dash: str, tokens: list[str]) -> Declared:
    """What the form declares about the block; rubbish declares nothing."""
    same = frozenset(
        (key, text) for key, _colon, text in (token.partition(":") for token in tokens)
    )
    return Declared(Dash(dash) if dash in set(Dash) else Dash.ASK, same)


def read(
    table: Table,
    block: str,
    said: Declared,
    *,
    may_be_negative: bool,
    wrong: Callable[[Criterion, Decimal], str],
) -> Reading:
    """Read a block against a table.

    `wrong`: why a figure cannot be one of its criterion, or "". Writes nothing.
    """
    bodies = {str(body.unit_id): body for body in table.bodies}
    criteria = {str(row.id): row for row in table.criteria if not row.is_group}
    if not bodies or not criteria:
        return refused(
            _("Năm này chưa có bộ tiêu chí hoặc chưa có cụm thi đua nên chưa nhập chỉ tiêu được.")
        )
    preview = read_figures(
        block,
        [Head(key, (body.name, body.full_name, body.short)) for key, body in bodies.items()],
        [
            Head(
                key,
                (row.name,),
                (row.code,),
                shape_of(row, may_be_negative=may_be_negative),
            )
            for key, row in criteria.items()
        ],
        said,
    )
    if preview.fault is not None:
        return refused(_block_fault(preview.fault))
    return _compare(
        table,
        preview,
        bodies,
        criteria,
        wrong,
    )


def _compare(
    table: Table,
    preview: Preview,
    bodies: Mapping[str, Body],
    criteria: Mapping[str, Criterion],
    wrong: Callable[[Criterion, Decimal], str],
) -> Reading:
    taken: list[Taken] = []
    unchanged = 0
    faulty = [(_place(cell), _cell_fault(cell)) for cell in preview.faulty]
    for cell in preview.cells:
        body = bodies[cell.commune]
        criterion = criteria[cell.criterion]
        before = table.values.get((body.unit_id, criterion.id))
        why = wrong(criterion, cell.value) if cell.value is not None else ""
        if why:
            faulty.append((_place(cell), why))
        elif before == cell.value:
            unchanged += 1
        else:
            taken.append(
                Taken(
                    body,
                    criterion,
                    before,
                    cell.value,
                    _pasted(cell),
                )
            )
    questions = [_question(asked, bodies, criteria) for asked in preview.asked]
    return Reading(
        taken,
        unchanged,
        faulty,
        questions,
        _unknown(preview),
        preview.has_dashes,
    )


def _pasted(cell: ReadCell) -> str:
    return f"{_short(cell.row_name)} · {_short(cell.column_name)}"


def _unknown(preview: Preview) -> list[str]:
    nothing = _("(trống)")
    rows = [
        _("dòng %(n)s: %(name)s", n=n, name=name or nothing) for n, name in preview.unmatched_rows
    ]
    columns = [
        _("cột %(n)s: %(name)s", n=n, name=name or nothing) for n, name in preview.unmatched_columns
    ]
    return rows + columns


def _question(
    asked: AskedHead,
    bodies: Mapping[str, Body],
    criteria: Mapping[str, Criterion],
) -> Question:
    body = bodies.get(asked.key)
    criterion = criteria.get(asked.key)
    understood = ""
    if criterion is not None:
        understood = f"{criterion.code}. {criterion.name}"
    elif body is not None:
        understood = body.name
    place = _("Dòng %(n)s", n=asked.number) if asked.is_row else _("Cột %(n)s", n=asked.number)
    return Question(
        place,
        asked.text,
        understood,
        f"{asked.key}:{asked.text}",
    )


def _place(cell: FaultyCell | ReadCell) -> str:
    return _(
        "Dòng %(r)s, cột %(c)s (%(row)s, %(column)s)",
        r=cell.row,
        c=cell.column,
        row=_short(cell.row_name),
        column=_short(cell.column_name),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _cell_fault(cell: FaultyCell) -> str:
    typed = cell.text[:40]
    if cell.problem is not None:
        return _("“%(t)s”: %(why)s", t=typed, why=number_sentence(cell.problem))
    if cell.fault is PasteFault.DASH:
        return _(
            "“%(t)s” là để trống hay là 0? Hãy chọn ở mục bên dưới rồi xem trước lại.",
            t=typed,
        )
    return _("“%(t)s”: đã có một số khác cho cùng đơn vị và tiêu chí trong khối này.", t=typed)


def block_too_large() -> str:
    """What to do with a block that has more than is read at once."""
    return _(
        "Khối dán quá lớn (nhận nhiều nhất %(rows)s dòng, %(columns)s cột, %(cells)s ô, tính cả "
        "ô trống). Hãy chỉ chọn phần bảng cần dán, hoặc dán từng phần.",
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
        cells=MOST_CELLS,
    )


def _block_fault(fault: PasteFault) -> str:
    if fault is PasteFault.EMPTY:
        return _("Chưa dán nội dung nào.")
    if fault is PasteFault.TOO_LARGE:
        return block_too_large()
    return _(
        "Không nhận ra tên đơn vị và tiêu chí ở 30 dòng đầu và các cột đầu của khối. Hãy sao chép "
        "cả dòng tên đơn vị và cột tên (hoặc mã) tiêu chí từ Excel; tên phải đúng dấu và đúng loại "
        "(xã, phường, thị trấn)."
    )

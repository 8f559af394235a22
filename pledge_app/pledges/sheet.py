"""The sheet of a pledge as plain rows for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import (
    BASELINE_WORDS,
    card_lines,
    figure_words,
    item_word,
    measure_words,
)
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import exact_text
from pledge_app.pledges import entry
from pledge_app.pledges.cells import TEXTS, cell_labels, shown, token
from pledge_app.pledges.completeness import as_plain, cell_at_fault, sentence
from pledge_app.pledges.goal_cells import period_number, periods_of, stored_goals
from pledge_app.pledges.items import takes_items
from pledge_app.pledges.models import AdditionRequest, Pledge, Target
from pledge_app.pledges.rules import RowState, check_target, needs_reason
from pledge_app.pledges.snapshot import SentContent, SentTarget, grouped
from pledge_app.pledges.typed import Saved


@dataclass
class Cell:
    """One cell on the page. `id` is also its name in the form and the anchor of its faults."""

    id: str
    name: str
    label: str
    kind: str  # "number", "text", "yes_no", "computed"
    shown: str
    wrong: str = ""
    suggestion: str = ""  # what was probably meant
    theirs: str | None = None  # what somebody else stored meanwhile
    is_changed: bool = False  # since the last sending

    @property
    def words(self) -> str:
        """What it holds, to read."""
        return self.reads(self.shown)

    def reads(self, text: str) -> str:
        """`text` as a cell of this kind is read."""
        return (
            figure_words(Decimal(text), True)
            if self.kind == "yes_no" and text in ("0", "1")
            else text
        )


@dataclass
class ItemRow:
    """One counted row. `period`: the number of the period by whose end it is reached, or ""."""

    pid: str
    name: str
    state: str
    period: str


@dataclass
class GridRow:
    """One target on the page; `token` names the version and content that it was opened with."""

    pid: str
    code: str
    name: str
    measure: str
    token: str
    assigned: Decimal | None
    baseline: Decimal | None
    baseline_from: str  # where last year's result comes from, to read
    is_yes_no: bool
    direction: str
    cadence: str
    cells: list[Cell]
    items: list[ItemRow]
    card: list[tuple[str, str]]  # what is said of the criterion beside its figure, to read
    nearly_counts: bool  # "cơ bản đạt" counts as "đạt"
    counts: str  # what the items are, to read: "xóm"
    takes_items: bool  # items are typed here
    requests: list[AdditionRequest]
    hints: list[tuple[str, str]]  # (anchor, sentence): what sending will ask for
    is_lower: bool
    by: str = ""  # who stored the other text


@dataclass
class Group:
    """A group of criteria with its rows."""

    code: str
    name: str
    rows: list[GridRow]


def item_words() -> list[tuple[str, str]]:
    """The states that a counted row may have, as they are read."""
    return [
        (RowState.REACHED.value, _("Đạt")),
        (RowState.NEARLY.value, _("Cơ bản đạt")),
        (RowState.NOT_REACHED.value, _("Chưa đạt")),
    ]


def hints(target: Target) -> list[tuple[str, str]]:
    """What sending will ask for in this row, as (cell, sentence). A row not begun yet has none."""
    if target.goal is None and not any(row.state for row in target.items):
        return []
    return [
        (cell_at_fault(target, fault), sentence(fault, target))
        for fault in check_target(as_plain(target))
    ]


def totals(pledge: Pledge) -> dict[str, int]:
    """How far the sheet is: rows with a goal, rows in all, rows lower than assigned. One
    statement.
    """
    rows = db.session.execute(
        select(Target.goal, Target.assigned, Criterion.direction)
        .join(Target.criterion)
        .where(Target.pledge_id == pledge.id)
    ).all()
    return {
        "entered": sum(goal is not None for goal, _assigned, _direction in rows),
        "all": len(rows),
        "lower": sum(needs_reason(goal, assigned, direction) for goal, assigned, direction in rows),
    }


def is_lower(target: Target) -> bool:
    """The goal is lower than the assigned figure, in the sense of its direction."""
    return needs_reason(target.goal, target.assigned, target.criterion.direction)


def groups(
    pledge: Pledge,
    *,
    requests: Iterable[AdditionRequest] = (),
    saved: Saved | None = None,
    before: SentContent | None = None,
) -> list[Group]:
    """The rows of the page, group by group. `before` is the content that was last sent up."""
    asked: dict[int, list[AdditionRequest]] = {}
    for request in requests:
        asked.setdefault(request.target_id or 0, []).append(request)
    sent = {row["id"]: row for row in before["targets"]} if before is not None else {}
    return [
        Group(
            code,
            name,
            [
                _row(
                    target,
                    asked.get(target.id, []),
                    saved or Saved(),
                    sent.get(target.criterion.pid),
                )
                for target in targets
            ],
        )
        for code, name, targets in grouped(pledge)
    ]


def _row(
    target: Target,
    requests: list[AdditionRequest],
    saved: Saved,
    sent: SentTarget | None,
) -> GridRow:
    criterion = target.criterion
    labels = cell_labels(periods_of(target))
    return GridRow(
        pid=target.pid,
        code=criterion.code,
        name=criterion.name,
        measure=measure_words(criterion),
        token=token(target),
        assigned=target.assigned,
        baseline=target.baseline,
        is_yes_no=criterion.is_yes_no,
        baseline_from=str(BASELINE_WORDS.get(target.baseline_source, "")),
        direction=criterion.direction.value,
        cadence=criterion.cadence.value,
        cells=[
            _cell(
                target,
                name,
                label,
                saved,
                sent,
            )
            for name, label in labels.items()
        ],
        card=card_lines(criterion),
        nearly_counts=criterion.nearly_counts,
        counts=item_word(criterion, (row.name for row in target.items)),
        takes_items=takes_items(target),
        items=item_rows(target),
        requests=requests,
        hints=hints(target),
        is_lower=is_lower(target),
    )


def item_rows(target: Target) -> list[ItemRow]:
    """The counted rows as the page has them."""
    rows = []
    for item in target.items:
        number = period_number(target, item.period_id)
        state = item.state.value if item.state else ""
        rows.append(
            ItemRow(
                item.pid,
                item.name,
                state,
                "" if number is None else str(number),
            )
        )
    return rows


def _cell(target: Target, name: str, label: str, saved: Saved, sent: SentTarget | None) -> Cell:
    stored = shown(target, entry.entry_of(target))
    kind = "text" if name in TEXTS else "number"
    if name == "goal" and entry.is_counted(target):
        kind = "computed"
    elif name not in TEXTS and target.criterion.is_yes_no:
        kind = "yes_no"
    cell = Cell(
        id=f"{name}-{target.pid}",
        name=name,
        label=label,
        kind=kind,
        shown=stored[name],
    )
    faulty, theirs = saved.faulty.get(target.pid), saved.conflicts.get(target.pid)
    if (faulty or theirs) and kind != "computed":
        cell.shown = saved.typed[target.pid].get(name, cell.shown)
    if faulty:
        cell.wrong = faulty.errors.get(name, "")
        cell.suggestion = faulty.suggestions.get(name, "")
    if theirs and shown(target, theirs)[name] != cell.shown:
        cell.theirs = shown(target, theirs)[name]
    if sent is not None:
        cell.is_changed = (dict(sent).get(name) or "") != _as_sent(target, name)
    return cell


def _as_sent(target: Target, name: str) -> str:
    if name in TEXTS:
        return str(getattr(target, name))
    value = stored_goals(target)[name]
    return "" if value is None else exact_text(value)

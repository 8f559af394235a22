"""The sheet of a pledge as plain rows, and what somebody typed into it, understood cell by cell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.criteria.models import Criterion
from pledge_app.criteria.shapes import shape_of
from pledge_app.criteria.words import BASELINE_WORDS, ITEM_WORDS, figure_words
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import exact_text
from pledge_app.kernel.errors import Conflict
from pledge_app.kernel.numbers import NumberProblem, Shape, format_number, parse_figure
from pledge_app.kernel.text import LONGEST_TEXT, PARTS, TextProblem, clean_text
from pledge_app.kernel.versions import version_from
from pledge_app.pledges import entry
from pledge_app.pledges.completeness import FIELDS, as_plain, sentence
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.items import takes_items
from pledge_app.pledges.models import AdditionRequest, Pledge, Target
from pledge_app.pledges.rules import RowState, check_target, needs_reason
from pledge_app.pledges.snapshot import grouped
from pledge_app.ui.forms import beside, number_sentence, suggestions_of, text_sentence

NUMBERS = ("goal", "q1", "q2", "q3", "q4")
TEXTS = ("measures", "reason_lower")
CELLS = (*NUMBERS, *TEXTS)
Typed = Callable[[str], str | None]  # the text of a cell by its short name; None: it was not sent


@dataclass(frozen=True)
class Reading:
    """One row as understood. A faulty cell keeps its stored value in `entry` and its sentence in
    `errors`.

    `suggestions`: what was probably meant, by cell, to be taken as it is.
    """

    entry: RowEntry
    errors: Mapping[str, str]
    suggestions: Mapping[str, str] = field(default_factory=dict)


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
    """One counted row."""

    pid: str
    name: str
    state: str
    quarter: str


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


@dataclass
class Saved:
    """How a full save went: how many rows were written, and what was not."""

    written: int = 0
    faulty: dict[str, Reading] = field(default_factory=dict)  # by target pid
    conflicts: dict[str, RowEntry] = field(default_factory=dict)  # what was stored meanwhile
    typed: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # everything typed, by target pid

    @property
    def is_whole(self) -> bool:
        """Nothing was left out."""
        return not self.faulty and not self.conflicts


def cell_labels() -> dict[str, str]:
    """The head of each column, in its order."""
    return {
        "goal": _("Chỉ tiêu"),
        "q1": _("Quý I"),
        "q2": _("Quý II"),
        "q3": _("Quý III"),
        "q4": _("Quý IV"),
        "measures": _("Biện pháp"),
        "reason_lower": _("Lý do thấp hơn mức giao"),
    }


def item_words() -> list[tuple[str, str]]:
    """The states that a counted row may have, as they are read."""
    return [
        (RowState.REACHED.value, _("Đạt")),
        (RowState.NEARLY.value, _("Cơ bản đạt")),
        (RowState.NOT_REACHED.value, _("Chưa đạt")),
    ]


def token(target: Target) -> str:
    """Version and digest of a row: a row that comes back untouched is no change, whatever others
    did.
    """
    return f"{target.version}.{digest(target, entry.entry_of(target))}"


def digest(target: Target, row: RowEntry) -> str:
    """Twelve hex digits for the content of a row; a computed goal is no part of it."""
    goal = None if entry.is_counted(target) else row.goal
    said = [format_number(value) for value in (goal, *row.quarters)] + [
        row.reason_lower,
        row.measures,
    ]
    items = sorted(
        (key, state.value if state else "", quarter or 0)
        for key, (state, quarter) in row.items.items()
    )
    return hashlib.sha256(json.dumps([said, items]).encode("utf-8")).hexdigest()[:12]


def read_row(target: Target, typed: Typed) -> Reading:
    """Understand one row. Cells that were not sent keep what is stored."""
    stored = entry.entry_of(target)
    problems: dict[str, NumberProblem] = {}
    figures: dict[str, Decimal | None] = {}
    for name, value in zip(NUMBERS, (stored.goal, *stored.quarters), strict=True):
        text = None if name == "goal" and entry.is_counted(target) else typed(name)
        figures[name] = value
        if text is None or text == format_number(value):
            continue
        try:
            figures[name] = parse_figure(text, _shape(target), beside(typed(f"beside-{name}")))
        except NumberProblem as problem:
            problems[name] = problem
    texts, errors = _read_texts(stored, typed)
    errors |= {name: number_sentence(problem) for name, problem in problems.items()}
    errors |= _overtaken(target, stored, typed)
    goal, q1, q2, q3, q4 = (figures[name] for name in NUMBERS)
    read = RowEntry(goal=goal, quarters=(q1, q2, q3, q4), items=read_items(target, typed), **texts)
    return Reading(read, errors, suggestions_of(problems))


def _overtaken(target: Target, stored: RowEntry, typed: Typed) -> dict[str, str]:
    """The sentence for a goal typed into a sheet from before there were hamlets: it follows from
    them now.
    """
    text = typed("goal")
    if text is None or not entry.is_counted(target):
        return {}
    knows_hamlets = any(typed(f"state-{row.pid}") is not None for row in target.items)
    if knows_hamlets or text.strip() == format_number(stored.goal):
        return {}
    return {
        "goal": _(
            "Danh sách thôn, xóm vừa được ghi nên chỉ tiêu này tính từ mục tiêu từng nơi. Hãy "
            "tải lại trang rồi ghi mục tiêu từng thôn, xóm."
        )
    }


def _read_texts(stored: RowEntry, typed: Typed) -> tuple[dict[str, str], dict[str, str]]:
    """(the texts as understood, the sentences of those that are not)."""
    texts: dict[str, str] = {}
    errors: dict[str, str] = {}
    for name, kept in (("measures", stored.measures), ("reason_lower", stored.reason_lower)):
        sent = typed(name)
        try:
            texts[name] = kept if sent is None else clean_text(sent, LONGEST_TEXT)
        except TextProblem as problem:
            errors[name] = text_sentence(problem)
            texts[name] = kept
    return texts, errors


def _shape(target: Target) -> Shape:
    return shape_of(target.criterion, may_be_negative=False)


def read_items(target: Target, typed: Typed) -> dict[int, entry.ItemGoal]:
    """A word or quarter that the page does not offer leaves the stored one."""
    goals: dict[int, entry.ItemGoal] = {}
    for row in target.items:
        state, quarter = typed(f"state-{row.pid}"), typed(f"by-{row.pid}")
        known = state is not None and state in {"", *(word.value for word in RowState)}
        goals[row.id] = (
            (RowState(state) if state else None) if known else row.state,
            (int(quarter) if quarter else None)
            if quarter in {"", "1", "2", "3", "4"}
            else row.quarter,
        )
    return goals


def shown(row: RowEntry) -> dict[str, str]:
    """The cells of a row as they are read: "1.234,5"."""
    figures = dict(zip(NUMBERS, (row.goal, *row.quarters), strict=True))
    return {
        **{name: format_number(value) for name, value in figures.items()},
        "measures": row.measures,
        "reason_lower": row.reason_lower,
    }


def hints(target: Target) -> list[tuple[str, str]]:
    """What sending will ask for in this row, as (cell, sentence). A row not begun yet has none."""
    if target.goal is None and not any(row.state for row in target.items):
        return []
    return [
        (FIELDS[fault.field], sentence(fault, target.criterion))
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


def save_form(pledge: Pledge, typed: Mapping[str, str], *, actor: Actor, at: datetime) -> Saved:
    """Save every row of the one big form that was touched and is in order; say which were not.

    Raises Conflict when the pledge is no longer being entered and something in the form is new.
    """
    saved = Saved()
    for target in pledge.targets:
        names = [f"{name}-{target.pid}" for name in CELLS]
        saved.typed[target.pid] = {
            name.split("-", 1)[0]: typed[name][: LONGEST_TEXT * PARTS]
            for name in names
            if name in typed
        }
        reading = read_row(target, _from_form(typed, target.pid))
        version, _dot, opened = typed.get(f"ver-{target.pid}", "").partition(".")
        if not reading.errors and opened == digest(target, reading.entry):
            continue
        if reading.errors:
            saved.faulty[target.pid] = reading
            continue
        changed, items = entry.differences(target, reading.entry)
        theirs = entry.entry_of(target)
        try:
            entry.save_row(target, reading.entry, version=version_from(version), actor=actor, at=at)
        except Conflict:
            if pledge.state not in entry.ENTERING:
                raise
            saved.conflicts[target.pid] = theirs
        else:
            saved.written += bool(changed or items)
    return saved


def _from_form(typed: Mapping[str, str], pid: str) -> Typed:
    return lambda name: typed.get(name if name.startswith(("state-", "by-")) else f"{name}-{pid}")


def new_texts(pledge: Pledge, typed: Mapping[str, str]) -> dict[str, list[str]]:
    """What a form would have changed, under the names that people know: for the texts that are
    kept.
    """
    found: dict[str, list[str]] = {}
    for target in pledge.targets:
        found.update(new_cells(target, _from_form(typed, target.pid)))
    return found


def new_cells(target: Target, typed: Typed) -> dict[str, list[str]]:
    """The typed cells of one row that differ from what is stored, by "1. Sản phẩm OCOP – Chỉ
    tiêu".
    """
    stored, labels = shown(entry.entry_of(target)), cell_labels()
    head = f"{target.criterion.code}. {target.criterion.name}"
    reading = read_row(target, typed)
    understood = shown(reading.entry)
    return {
        f"{head} – {labels[name]}": [typed(name) or ""]
        for name in CELLS
        if typed(name) is not None and (name in reading.errors or understood[name] != stored[name])
    }


def sheet(
    pledge: Pledge,
    *,
    requests: Iterable[AdditionRequest] = (),
    saved: Saved | None = None,
    before: Mapping[str, Any] | None = None,
) -> list[Group]:
    """The rows of the page, group by group. `before` is the content that was last sent up."""
    asked: dict[int, list[AdditionRequest]] = {}
    for request in requests:
        asked.setdefault(request.target_id or 0, []).append(request)
    sent = {row["id"]: row for row in (before or {}).get("targets", [])}
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
    target: Target, requests: list[AdditionRequest], saved: Saved, sent: Mapping[str, Any] | None
) -> GridRow:
    criterion = target.criterion
    return GridRow(
        pid=target.pid,
        code=criterion.code,
        name=criterion.name,
        measure=criterion.unit_of_measure,
        token=token(target),
        assigned=target.assigned,
        baseline=target.baseline,
        is_yes_no=criterion.is_yes_no,
        baseline_from=str(BASELINE_WORDS.get(target.baseline_source, "")),
        direction=criterion.direction.value,
        cadence=criterion.cadence.value,
        cells=[_cell(target, name, label, saved, sent) for name, label in cell_labels().items()],
        counts=str(ITEM_WORDS[criterion.counts]),
        takes_items=takes_items(target),
        items=[
            ItemRow(row.pid, row.name, row.state.value if row.state else "", str(row.quarter or ""))
            for row in target.items
        ],
        requests=requests,
        hints=hints(target),
        is_lower=is_lower(target),
    )


def _cell(
    target: Target, name: str, label: str, saved: Saved, sent: Mapping[str, Any] | None
) -> Cell:
    stored = shown(entry.entry_of(target))
    kind = "text" if name in TEXTS else "number"
    if name == "goal" and entry.is_counted(target):
        kind = "computed"
    elif name not in TEXTS and target.criterion.is_yes_no:
        kind = "yes_no"
    cell = Cell(id=f"{name}-{target.pid}", name=name, label=label, kind=kind, shown=stored[name])
    faulty, theirs = saved.faulty.get(target.pid), saved.conflicts.get(target.pid)
    if (faulty or theirs) and kind != "computed":
        cell.shown = saved.typed[target.pid].get(name, cell.shown)
    if faulty:
        cell.wrong = faulty.errors.get(name, "")
        cell.suggestion = faulty.suggestions.get(name, "")
    if theirs and shown(theirs)[name] != cell.shown:
        cell.theirs = shown(theirs)[name]
    if sent is not None:
        cell.is_changed = (sent.get(name) or "") != _as_sent(target, name)
    return cell


def _as_sent(target: Target, name: str) -> str:
    value = getattr(target, name)
    if name in TEXTS:
        return str(value)
    return "" if value is None else exact_text(value)

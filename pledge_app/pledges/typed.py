"""What somebody typed into the sheet of a pledge, understood cell by cell, and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.campaigns.models import Period
from pledge_app.criteria.shapes import shape_of
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Conflict
from pledge_app.kernel.numbers import NumberProblem, Shape, format_number, parse_figure
from pledge_app.kernel.text import LONGEST_TEXT, PARTS, TextProblem, clean_text
from pledge_app.kernel.versions import version_from
from pledge_app.pledges import entry
from pledge_app.pledges.cells import cell_labels, digest, shown
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.goal_cells import (
    GOAL,
    by_cell,
    cell_name,
    period_ids,
    periods_of,
)
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.ui.typed_values import beside, number_sentence, suggestions_of, text_sentence

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


def read_row(target: Target, typed: Typed) -> Reading:
    """Understand one row. Cells that were not sent keep what is stored."""
    stored = entry.entry_of(target)
    problems: dict[str, NumberProblem] = {}
    figures: dict[str, Decimal | None] = {}
    periods = periods_of(target)
    for name, value in by_cell(periods, stored.goal, stored.split).items():
        text = None if name == GOAL and entry.is_counted(target) else typed(name)
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
    row = RowEntry(
        goal=figures.pop(GOAL),
        split=_split(periods, figures),
        items=read_items(target, typed),
        **texts,
    )
    return Reading(row, errors, suggestions_of(problems))


def _split(periods: Sequence[Period], figures: Mapping[str, Decimal | None]) -> dict[int, Decimal]:
    """The goals of periods by the id of the period, without those left blank."""
    split: dict[int, Decimal] = {}
    for period in periods:
        value = figures[cell_name(period)]
        if value is not None:
            split[period.id] = value
    return split


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
    """A word or period that the page does not offer leaves the stored one."""
    known_periods = period_ids(target)
    goals: dict[int, entry.ItemGoal] = {}
    for row in target.items:
        state = typed(f"state-{row.pid}")
        number = typed(f"by-{row.pid}")
        known = state is not None and state in {"", *(word.value for word in RowState)}
        goals[row.id] = (
            (RowState(state) if state else None) if known else row.state,
            row.period_id if number is None else known_periods.get(number, row.period_id),
        )
    return goals


def save_form(pledge: Pledge, typed: Mapping[str, str], *, actor: Actor, at: datetime) -> Saved:
    """Save every row of the one big form that was touched and is in order; say which were not.

    Raises Conflict when the pledge is no longer being entered and something in the form is new.
    """
    saved = Saved()
    cells = cell_labels(pledge.emulation_year.goal_periods)
    for target in pledge.targets:
        names = [f"{name}-{target.pid}" for name in cells]
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
        is_new = entry.changes_row(target, reading.entry)
        theirs = entry.entry_of(target)
        try:
            entry.save_row(
                target,
                reading.entry,
                version=version_from(version),
                actor=actor,
                at=at,
            )
        except Conflict:
            if pledge.state not in entry.ENTERING:
                raise
            saved.conflicts[target.pid] = theirs
        else:
            saved.written += is_new
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
    stored = shown(target, entry.entry_of(target))
    labels = cell_labels(periods_of(target))
    head = f"{target.criterion.code}. {target.criterion.name}"
    reading = read_row(target, typed)
    understood = shown(target, reading.entry)
    return {
        f"{head} – {labels[name]}": [typed(name) or ""]
        for name in labels
        if typed(name) is not None and (name in reading.errors or understood[name] != stored[name])
    }

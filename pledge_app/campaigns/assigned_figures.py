"""Figures that the level above assigns to bodies: checked, written, recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns import events
from pledge_app.campaigns.models import (
    AssignedFigure,
    EmulationYear,
)
from pledge_app.campaigns.operations import Figure, check_guides
from pledge_app.criteria.kinds import ValueKind
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import check


class FigureChange(NamedTuple):
    """What a figure was and what it is now; None: there was none, or there is none any more."""

    body_id: int
    criterion_id: int
    before: Decimal | None
    after: Decimal | None


def assign_figures(
    year: EmulationYear,
    figures: Iterable[Figure],
    *,
    actor: Actor,
    at: datetime,
) -> int:
    """Write figures; the number of those that changed.

    Pledges that have begun get the new figures too (pledges/assigned.py).
    """
    check_guides(year, actor)
    values = {(body_id, criterion_id): value for body_id, criterion_id, value in figures}
    _check_figures(year, values)
    known = {
        (row.body_id, row.criterion_id): row
        for row in db.session.scalars(
            select(AssignedFigure).where(AssignedFigure.emulation_year_id == year.id)
        )
    }
    changes: list[FigureChange] = []
    for (body_id, criterion_id), value in values.items():
        row = known.get((body_id, criterion_id))
        before = row.value if row is not None else None
        if before == value:
            continue
        changes.append(
            FigureChange(
                body_id,
                criterion_id,
                before,
                value,
            )
        )
        _store_figure(
            year,
            body_id,
            criterion_id,
            row,
            value,
        )
    if changes:
        db.session.flush()
        taken_back = sum(change.after is None for change in changes)
        record(
            "year.figures_assigned",
            year,
            actor=actor,
            at=at,
            unit_id=year.issuer.unit_id,
            figures=len(changes),
            taken_back=taken_back,
        )
        events.FIGURES_ASSIGNED(
            year.id,
            changes,
            actor=actor,
            at=at,
        )
    return len(changes)


def _store_figure(
    year: EmulationYear,
    body_id: int,
    criterion_id: int,
    row: AssignedFigure | None,
    value: Decimal | None,
) -> None:
    """Write one figure over its row; a blank takes the row away."""
    if row is None:
        row = AssignedFigure(
            emulation_year_id=year.id,
            body_id=body_id,
            criterion_id=criterion_id,
            value=value,
        )
        db.session.add(row)
    elif value is None:
        db.session.delete(row)
    else:
        row.value = value


def _check_figures(year: EmulationYear, wanted: Mapping[tuple[int, int], Decimal | None]) -> None:
    kinds: dict[int, ValueKind] = dict(
        db.session.execute(
            select(Criterion.id, Criterion.kind).where(
                Criterion.criteria_set_id == year.criteria_set_id
            )
        ).all()
    )
    for (_body_id, criterion_id), value in wanted.items():
        check(criterion_id in kinds, _("Tiêu chí không thuộc bộ tiêu chí của năm."))
        fault = wrong_figure(kinds[criterion_id], value) if value is not None else ""
        check(not fault, fault)


def wrong_figure(kind: ValueKind, value: Decimal) -> str:
    """Why a figure cannot be assigned for a criterion of this kind, or ""."""
    return _("Chỉ tiêu giao không được âm.") if value < 0 else wrong_value(kind, value)


def wrong_value(kind: ValueKind, value: Decimal) -> str:
    """Why a figure, promised or reached, cannot be one of a criterion of this kind, or ""."""
    if kind is ValueKind.YES_NO and value not in (0, 1):
        return _("Tiêu chí đạt/không đạt chỉ nhận Đạt hoặc Không đạt.")
    if kind is ValueKind.COUNTED_ROWS and value > 100:
        return _("Tỷ lệ không được quá 100 %.")
    return ""

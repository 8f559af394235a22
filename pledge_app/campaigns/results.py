"""Last year's results of the members of a year: what reports say, what the level above gives, which
of them is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns import events, pasting, policy, queries
from pledge_app.campaigns.assigned_figures import wrong_value
from pledge_app.campaigns.models import EmulationYear, LastResult
from pledge_app.campaigns.operations import Figure
from pledge_app.campaigns.pasting import Reading, Table, Taken
from pledge_app.criteria.baselines import Baseline, Given, Reported, baseline
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.paste import Declared
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, check

Place = tuple[int, int]  # body id, criterion id


@dataclass(frozen=True)
class Results:
    """The results by place: those used, and the two sources they come from."""

    table: Table
    used: dict[Place, Baseline]
    given: dict[Place, Given]
    reported: dict[Place, Reported]


def given_to(year: EmulationYear) -> dict[Place, Given]:
    """What the level above gave."""
    rows = db.session.execute(
        select(
            LastResult.body_id,
            LastResult.criterion_id,
            LastResult.value,
            LastResult.overrules,
        ).where(LastResult.emulation_year_id == year.id)
    )
    return {
        (body_id, criterion_id): Given(value, overrules)
        for body_id, criterion_id, value, overrules in rows
    }


def results(
    year: EmulationYear,
    body_ids: Iterable[int],
    criteria: Iterable[Criterion],
) -> tuple[dict[Place, Baseline], dict[Place, Given], dict[Place, Reported]]:
    """(used, given, reported) of bodies."""
    given = given_to(year)
    members = list(body_ids)
    actuals = events.BASELINES(members, year.year - 1)
    reported: dict[Place, Reported] = {}
    used: dict[Place, Baseline] = {}
    rows = [row for row in criteria if not row.is_group]
    for body_id in members:
        by_indicator = actuals.get(body_id, {})
        for criterion in rows:
            place = (body_id, criterion.id)
            if criterion.indicator_id in by_indicator:
                reported[place] = by_indicator[criterion.indicator_id]
            found = baseline(given.get(place), reported.get(place))
            if found.value is not None:
                used[place] = found
    return used, given, reported


def shown(year: EmulationYear) -> Results:
    """For the page: every member of the year."""
    bodies = queries.member_bodies(year)
    criteria = queries.criteria_of(year)
    used, given, reported = results(year, [body.id for body in bodies], criteria)
    values = {place: found.value for place, found in used.items() if found.value is not None}
    return Results(
        Table(bodies, criteria, values),
        used,
        given,
        reported,
    )


@dataclass(frozen=True)
class Pasted:
    """A block beside what is there. `kept`: rows that a confirmed report keeps as they are."""

    reading: Reading
    kept: list[Taken]


def read(
    year: EmulationYear,
    block: str,
    said: Declared,
    *,
    overrules: bool,
) -> Pasted:
    """Read a block; without `overrules` the result of a whole confirmed year stays. Writes
    nothing.
    """
    now = shown(year)
    reading = pasting.read(
        now.table,
        block,
        said,
        may_be_negative=True,
        wrong=lambda criterion, value: wrong_value(criterion.kind, value),
    )
    taken: list[Taken] = []
    kept: list[Taken] = []
    for row in reading.taken:
        place = (row.body.id, row.criterion.id)
        report = now.reported.get(place)
        if row.after is None and place not in now.given:
            continue
        is_kept = row.after is not None and report is not None and report.is_whole and not overrules
        (kept if is_kept else taken).append(row)
    unchanged = reading.unchanged + len(reading.taken) - len(taken) - len(kept)
    return Pasted(replace(reading, taken=taken, unchanged=unchanged), kept)


def give_results(
    year: EmulationYear,
    figures: Iterable[Figure],
    *,
    overrules: bool,
    actor: Actor,
    at: datetime,
) -> int:
    """Write last year's results; the number of those that changed. None takes a result back.

    Pledges that have begun get them too (pledges/baselines.py).
    """
    if not policy.guides(actor, year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa năm thi đua. Dữ liệu chưa thay đổi."))
    kinds = {row.id: row.kind for row in queries.criteria_of(year)}
    known = {
        (row.body_id, row.criterion_id): row
        for row in db.session.scalars(
            select(LastResult).where(LastResult.emulation_year_id == year.id)
        )
    }
    changed: set[Place] = set()
    for body_id, criterion_id, value in figures:
        check(criterion_id in kinds, _("Tiêu chí không thuộc bộ tiêu chí của năm."))
        fault = wrong_value(kinds[criterion_id], value) if value is not None else ""
        check(not fault, fault)
        place = (body_id, criterion_id)
        if _write(
            year,
            place,
            known.get(place),
            value,
            overrules,
        ):
            changed.add(place)
    if changed:
        db.session.flush()
        record(
            "year.results_given",
            year,
            actor=actor,
            at=at,
            unit_id=year.issuer.unit_id,
            figures=len(changed),
            overrules=overrules,
        )
        events.RESULTS_GIVEN(
            year.id,
            {body_id for body_id, _criterion_id in changed},
            actor=actor,
            at=at,
        )
    return len(changed)


def _write(
    year: EmulationYear,
    place: Place,
    row: LastResult | None,
    value: Decimal | None,
    overrules: bool,
) -> bool:
    """Whether anything changed."""
    if row is None:
        if value is None:
            return False
        body_id, criterion_id = place
        db.session.add(
            LastResult(
                emulation_year_id=year.id,
                body_id=body_id,
                criterion_id=criterion_id,
                value=value,
                overrules=overrules,
            )
        )
        return True
    if value is None:
        db.session.delete(row)
        return True
    if (row.value, row.overrules) == (value, overrules):
        return False
    row.value = value
    row.overrules = overrules
    return True

"""Units and bodies through time, read only."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pledge_app.kernel import clock
from pledge_app.orgs import office_queries, queries
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Unit
from pledge_app.orgs.words import level_word
from pledge_app.ui.paging import page_of

bp = Blueprint("orgs", __name__)


@bp.get("/don-vi")
def index() -> ResponseReturnValue:
    """The units of a day: filtered by name (without diacritics), level, and the unit above."""
    asked = queries.asked_for(request.args, today=clock.today())
    return render_template(
        "orgs/index.html",
        page=page_of(asked.units(), scalars=False),
        asked=asked.text,
        asked_day=request.args.get("ngay", "").strip() or f"{asked.day:%d/%m/%Y}",
        day_error=asked.day_error,
        level=asked.level,
        levels=[(one, level_word(one)) for one in UnitLevel],
        level_word=level_word,
        under=_named(asked.under) if asked.under is not None else None,
    ), 422 if asked.day_error else 200


@bp.get("/don-vi/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """One unit: names, parents, predecessors, successors, bodies with their office-holders,
    clusters by year.
    """
    unit = queries.find_unit(pid)
    today = clock.today()
    bodies = queries.bodies_of(unit)
    holdings = office_queries.holdings_of([body.id for body in bodies]) if bodies else []
    before = queries.predecessors(unit)
    after = queries.successors(unit)
    children = page_of(queries.units(on=queries.day_within(unit, today), under=unit), scalars=False)
    names = queries.names_on(
        {row.parent_id for row in unit.parents}
        | {row.predecessor_id for row in before}
        | {row.successor_id for row in after},
        today,
    )
    return render_template(
        "orgs/show.html",
        unit=unit,
        name=unit.names[-1].name,
        level_word=level_word,
        bodies=bodies,
        today=today,
        holdings={body.id: [row for row in holdings if row.body_id == body.id] for body in bodies},
        before=before,
        after=after,
        children=children,
        names=names,
        clusters=queries.clusters_of([body.id for body in bodies]) if bodies else [],
        unclear=unit.exists_to is not None and not after,
    )


def _named(unit: Unit) -> tuple[str, str]:
    return unit.pid, unit.names[-1].name

"""The one verb: everything that follows from the act, in one transaction. Frozen papers keep
their names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.accounts.operations import an_administrator_stays
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import canonical_json
from pledge_app.kernel.errors import Conflict, DomainError, Problem, check
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.models import (
    Body,
    Unit,
    UnitName,
    UnitParent,
)
from pledge_app.orgs.policy import administer
from pledge_app.reorganisation.consequences import end_units
from pledge_app.reorganisation.models import Kind, Reorganisation
from pledge_app.reorganisation.outlook import Outlook, foresee, title
from pledge_app.reorganisation.plan import Plan, bare, parent_of, renamed


def digest(outlook: Outlook) -> str:
    """What a preview showed: carried by its page, so that nothing else is carried out."""
    return hashlib.sha256(canonical_json(outlook.told).encode("utf-8")).hexdigest()[:32]


def carry_out(
    plan: Plan,
    *,
    seen: str,
    kept_roles: Collection[str],
    actor: Actor,
    at: datetime,
    today: date,
) -> Reorganisation:
    """Do all of it. `seen`: the digest of the preview; `kept_roles`: pids of grants that go on
    at the successor's body.
    """
    administer(actor)
    outlook = foresee(plan, today=today)
    _check_outlook(plan, outlook, seen, today)
    unit: Unit | None
    if plan.kind is Kind.RENAME:
        unit = _rename(plan, outlook)
    else:
        unit = _successor(plan)
        end_units(
            plan,
            outlook,
            unit,
            kept_roles,
            actor,
            at,
        )
    act = Reorganisation(
        kind=plan.kind,
        on_date=plan.on_date,
        basis=plan.basis,
        title=title(plan, outlook),
        unit=unit,
        told=outlook.told,
        made_by=actor.name,
        made_at=at,
    )
    db.session.add(act)
    db.session.flush()
    an_administrator_stays(today)
    record(
        "reorganisation.carried_out",
        act,
        actor=actor,
        at=at,
        unit_id=unit.id if unit else None,
        title=act.title,
        basis=plan.basis,
        on=plan.on_date,
    )
    return act


def _check_outlook(plan: Plan, outlook: Outlook, seen: str, today: date) -> None:
    if outlook.problems:
        raise DomainError(
            _("Chưa thực hiện được. Hãy xử lý các vướng mắc dưới đây trước."),
            outlook.problems,
        )
    check(
        plan.on_date <= today,
        _("Ngày hiệu lực chưa tới. Đến ngày đó mới thực hiện được."),
        [Problem(_("Ngày hiệu lực chưa tới."), "on_date")],
    )
    if digest(outlook) != seen:
        raise Conflict(_("Dữ liệu đã thay đổi từ lúc xem trước. Hãy xem trước lại rồi thực hiện."))


def _successor(plan: Plan) -> Unit | None:
    """The unit that takes over: one that is there, a new one, or none."""
    if plan.into is not None:
        return plan.into
    return _new_unit(plan) if plan.kind is Kind.MERGE else None


def _rename(plan: Plan, outlook: Outlook) -> Unit:
    unit = plan.units[0]
    old = outlook.names[plan.units[0].id]
    last = unit.names[-1]
    last.used_to = plan.on_date
    unit.names.append(_named(plan.name, plan.code or last.code, plan.on_date))
    for body, name in outlook.bodies:
        body.full_name = renamed(body.full_name, old, plan.name)
        body.place = (
            bare(plan.name) if body.place == bare(old) else renamed(body.place, old, plan.name)
        )
        body.name = name
    below = [
        row.id
        for row in db.session.query(UnitParent.unit_id)
        .filter_by(parent_id=unit.id)
        .with_entities(UnitParent.unit_id.label("id"))
    ]
    for body in db.session.query(Body).filter(Body.unit_id.in_(below)):
        body.superior_name = renamed(body.superior_name, old, plan.name)
    return unit


def _new_unit(plan: Plan) -> Unit:
    first = plan.units[0]
    unit = Unit(
        level=first.level,
        exists_from=plan.on_date,
        source=plan.basis,
    )
    unit.names = [_named(plan.name, plan.code, plan.on_date)]
    db.session.add(unit)
    db.session.flush()
    parent = plan.parent or parent_of(first, plan.on_date)
    if parent is not None:
        db.session.add(
            UnitParent(
                unit_id=unit.id,
                parent_id=parent.id,
                used_from=plan.on_date,
            )
        )
        db.session.flush()
    return unit


def _named(name: str, code: str | None, used_from: date) -> UnitName:
    return UnitName(
        name=name,
        code=code or None,
        search_key=fold(name),
        sort_key=sort_key(bare(name)),
        used_from=used_from,
    )

"""The one verb: everything that follows from the act, in one transaction. Frozen papers keep
their names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.accounts import sessions
from pledge_app.accounts.models import RoleGrant
from pledge_app.accounts.operations import an_administrator_stays
from pledge_app.agreements import operations as agreements
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import canonical_json
from pledge_app.kernel.errors import Conflict, DomainError, Problem, check
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.leads import succeed
from pledge_app.orgs.models import (
    Body,
    ClusterMembership,
    Succession,
    Unit,
    UnitName,
    UnitParent,
)
from pledge_app.orgs.policy import administer
from pledge_app.reorganisation.models import Kind, Reorganisation
from pledge_app.reorganisation.plan import (
    Outlook,
    Plan,
    bare,
    outlook,
    own_body,
    parent_of,
    renamed,
)


def digest(made: Outlook) -> str:
    """What a preview showed: carried by its page, so that nothing else is carried out."""
    return hashlib.sha256(canonical_json(made.told).encode("utf-8")).hexdigest()[:32]


def carry_out(
    plan: Plan, *, seen: str, kept_roles: Collection[str], actor: Actor, at: datetime, today: date
) -> Reorganisation:
    """Do all of it. `seen`: the digest of the preview; `kept_roles`: pids of grants that go on
    at the successor's body.
    """
    administer(actor)
    made = outlook(plan, today=today)
    if made.problems:
        raise DomainError(
            _("Chưa thực hiện được. Hãy xử lý các vướng mắc dưới đây trước."), made.problems
        )
    check(
        plan.on_date <= today,
        _("Ngày hiệu lực chưa tới. Đến ngày đó mới thực hiện được."),
        [Problem(_("Ngày hiệu lực chưa tới."), "on_date")],
    )
    if digest(made) != seen:
        raise Conflict(_("Dữ liệu đã thay đổi từ lúc xem trước. Hãy xem trước lại rồi thực hiện."))
    if plan.kind is Kind.RENAME:
        unit: Unit | None = _rename(plan, made)
    else:
        unit = (
            plan.into
            if plan.into is not None
            else _found(plan)
            if plan.kind is Kind.MERGE
            else None
        )
        _end_and_follow(plan, made, unit, kept_roles, actor, at)
    act = Reorganisation(
        kind=plan.kind,
        on_date=plan.on_date,
        basis=plan.basis,
        title=title(plan, made),
        unit=unit,
        told=made.told,
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


def title(plan: Plan, made: Outlook) -> str:
    """ "Nhập Xã A, Xã B thành Xã C"."""
    names = ", ".join(made.names[unit.id] for unit in plan.units)
    if plan.kind is Kind.ABOLISH:
        return f"Giải thể {names}"
    if plan.kind is Kind.RENAME:
        return f"Đổi tên {names} thành {plan.name}"
    return (
        f"Nhập {names} vào {plan.into.names[-1].name}"
        if plan.into is not None
        else f"Nhập {names} thành {plan.name}"
    )


def _rename(plan: Plan, made: Outlook) -> Unit:
    unit, old = plan.units[0], made.names[plan.units[0].id]
    last = unit.names[-1]
    last.used_to = plan.on_date
    unit.names.append(_named(plan.name, plan.code or last.code, plan.on_date))
    for body, name in made.bodies:
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


def _found(plan: Plan) -> Unit:
    first = plan.units[0]
    unit = Unit(level=first.level, exists_from=plan.on_date, source=plan.basis)
    unit.names = [_named(plan.name, plan.code, plan.on_date)]
    db.session.add(unit)
    db.session.flush()
    parent = plan.parent or parent_of(first, plan.on_date)
    if parent is not None:
        db.session.add(UnitParent(unit_id=unit.id, parent_id=parent.id, used_from=plan.on_date))
        db.session.flush()
    return unit


def _end_and_follow(
    plan: Plan,
    made: Outlook,
    unit: Unit | None,
    kept_roles: Collection[str],
    actor: Actor,
    at: datetime,
) -> None:
    heirs = (
        {body.id: _heir(plan, body, made, unit) for body, _name in made.bodies}
        if unit is not None
        else {}
    )
    for pledge in made.pledges:
        pledge.move("discontinue", actor=SYSTEM)
        record(
            "pledge.discontinued",
            pledge,
            actor=actor,
            at=at,
            unit_id=pledge.unit_id,
            reason=title(plan, made),
        )
    for party in made.drafts:
        agreement = party.agreement
        agreements.touch(agreement)
        record(
            "agreement.party_left",
            agreement,
            actor=actor,
            at=at,
            unit_id=agreement.lead_body.unit_id,
            body=party.body.name,
            reason=title(plan, made),
        )
        with db.session.no_autoflush:
            agreement.parties.remove(party)
            db.session.delete(party)
    _clusters(plan, made, heirs, actor, at)
    for holding in made.offices:
        holding.held_to = max(plan.on_date, holding.held_from)
    for grant in made.grants:
        _end_role(
            grant,
            heirs.get(grant.body_id) if grant.pid in kept_roles else None,
            plan.on_date,
            actor,
            at,
        )
    for below in made.below:
        _move_below(below, unit or plan.parent, plan)
    for body, _name in made.bodies:
        body.exists_to = plan.on_date
    for old in plan.units:
        _end(old, plan.on_date)
        if unit is not None:
            db.session.add(
                Succession(
                    predecessor_id=old.id,
                    successor_id=unit.id,
                    on_date=plan.on_date,
                    basis=plan.basis,
                )
            )
    db.session.flush()


def _heir(plan: Plan, body: Body, made: Outlook, unit: Unit) -> Body:
    """The successor's body of the same kind: its own, or a new one after the pattern of the old."""
    found = own_body(unit, body, plan.on_date)
    if found is not None:
        return found
    old, new = made.names[body.unit_id], unit.names[-1].name
    heir = Body(
        unit_id=unit.id,
        kind=body.kind,
        name=renamed(body.name, old, new),
        full_name=renamed(body.full_name, old, new),
        superior_name=body.superior_name,
        symbol=body.symbol,
        exists_from=plan.on_date,
        place=bare(new) if body.place == bare(old) else renamed(body.place, old, new),
    )
    db.session.add(heir)
    db.session.flush()
    return heir


def _clusters(
    plan: Plan, made: Outlook, heirs: dict[int, Body], actor: Actor, at: datetime
) -> None:
    for cluster in made.reviewed:
        if (heir := heirs.get(cluster.reviewer_body_id)) is not None:
            cluster.reviewer = heir
    for cluster, body in made.kept:
        succeed(cluster, body, None, on=plan.on_date, basis=plan.basis, actor=actor, at=at)
    for cluster, body in made.replaced:
        row = next(one for one in cluster.members if one.body_id == body.id)
        heir = heirs[body.id]
        if all(one.body_id != heir.id for one in cluster.members):
            cluster.members.append(ClusterMembership(body=heir, position=row.position))
            db.session.flush()
        succeed(cluster, body, heir, on=plan.on_date, basis=plan.basis, actor=actor, at=at)
        cluster.members.remove(row)
        db.session.delete(row)
        db.session.flush()
        for position, one in enumerate(sorted(cluster.members, key=lambda one: one.position), 1):
            one.position = position


def _end_role(grant: RoleGrant, heir: Body | None, on: date, actor: Actor, at: datetime) -> None:
    until = grant.held_to
    grant.held_to = max(on, grant.held_from)
    sessions.end_all(grant.user_id, at=at)
    record(
        "user.role_ended",
        grant.user,
        actor=actor,
        at=at,
        unit_id=grant.body.unit_id,
        role=grant.role.value,
        body=grant.body.name,
        on=on,
    )
    if heir is not None and not any(
        one.role is grant.role and one.body_id == heir.id and one.held_to is None
        for one in grant.user.grants
    ):
        grant.user.grants.append(
            RoleGrant(role=grant.role, body_id=heir.id, held_from=grant.held_to, held_to=until)
        )
        db.session.flush()
        record(
            "user.role_granted",
            grant.user,
            actor=actor,
            at=at,
            unit_id=heir.unit_id,
            role=grant.role.value,
            body=heir.name,
            held_from=grant.held_to,
        )


def _move_below(below: Unit, above: Unit | None, plan: Plan) -> None:
    ended = {unit.id for unit in plan.units}
    for row in below.parents:
        if row.parent_id in ended and (row.used_to is None or row.used_to > plan.on_date):
            row.used_to = plan.on_date
    if above is not None:
        db.session.add(UnitParent(unit_id=below.id, parent_id=above.id, used_from=plan.on_date))


def _end(unit: Unit, on: date) -> None:
    unit.exists_to = on
    dated: list[UnitName | UnitParent] = [*unit.names, *unit.parents]
    for row in dated:
        if row.used_to is None or row.used_to > on:
            row.used_to = on


def _named(name: str, code: str | None, used_from: date) -> UnitName:
    return UnitName(
        name=name,
        code=code or None,
        search_key=fold(name),
        sort_key=sort_key(bare(name)),
        used_from=used_from,
    )

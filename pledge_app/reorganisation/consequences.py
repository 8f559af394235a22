"""What follows for whatever belonged to a unit that ends: pledges, drafts of agreements, clusters,
offices and roles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from pledge_app.accounts import sessions
from pledge_app.accounts.models import RoleGrant
from pledge_app.agreements import operations as agreements
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.base import db
from pledge_app.orgs.leads import succeed
from pledge_app.orgs.models import (
    Body,
    ClusterMembership,
    Succession,
    Unit,
    UnitName,
    UnitParent,
)
from pledge_app.reorganisation.outlook import Outlook, title
from pledge_app.reorganisation.plan import Plan, bare, own_body, renamed


def end_units(
    plan: Plan,
    outlook: Outlook,
    unit: Unit | None,
    kept_roles: Collection[str],
    actor: Actor,
    at: datetime,
) -> None:
    """End the units of the plan; `unit` is their successor, None where they are abolished."""
    heirs: dict[int, Body] = {}
    if unit is not None:
        for body, _name in outlook.bodies:
            heirs[body.id] = _heir(plan, body, outlook, unit)
    _discontinue_pledges(plan, outlook, actor, at)
    _leave_drafts(plan, outlook, actor, at)
    _replace_in_clusters(plan, outlook, heirs, actor, at)
    _end_offices(plan, outlook, heirs, kept_roles, actor, at)
    for below in outlook.below:
        _move_below(below, unit or plan.parent, plan)
    for body, _name in outlook.bodies:
        body.exists_to = plan.on_date
    _end_old_units(plan, unit)
    db.session.flush()


def _end_offices(
    plan: Plan,
    outlook: Outlook,
    heirs: Mapping[int, Body],
    kept_roles: Collection[str],
    actor: Actor,
    at: datetime,
) -> None:
    """Offices and roles end with their bodies; kept roles go on at the heir."""
    for holding in outlook.offices:
        holding.held_to = max(plan.on_date, holding.held_from)
    for grant in outlook.grants:
        heir = heirs.get(grant.body_id) if grant.pid in kept_roles else None
        _end_role(
            grant,
            heir,
            plan.on_date,
            actor,
            at,
        )


def _end_old_units(plan: Plan, unit: Unit | None) -> None:
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


def _discontinue_pledges(
    plan: Plan,
    outlook: Outlook,
    actor: Actor,
    at: datetime,
) -> None:
    for pledge in outlook.pledges:
        pledge.move("discontinue", actor=SYSTEM)
        record(
            "pledge.discontinued",
            pledge,
            actor=actor,
            at=at,
            unit_id=pledge.unit_id,
            reason=title(plan, outlook),
        )


def _leave_drafts(
    plan: Plan,
    outlook: Outlook,
    actor: Actor,
    at: datetime,
) -> None:
    """The bodies that end are no longer parties of agreements that are still drafts."""
    for party in outlook.drafts:
        agreement = party.agreement
        agreements.touch(agreement)
        record(
            "agreement.party_left",
            agreement,
            actor=actor,
            at=at,
            unit_id=agreement.lead_body.unit_id,
            body=party.body.name,
            reason=title(plan, outlook),
        )
        with db.session.no_autoflush:
            agreement.parties.remove(party)
            db.session.delete(party)


def _heir(
    plan: Plan,
    body: Body,
    outlook: Outlook,
    unit: Unit,
) -> Body:
    """The successor's body of the same kind: its own, or a new one after the pattern of the old."""
    own = own_body(unit, body, plan.on_date)
    if own is not None:
        return own
    old = outlook.names[body.unit_id]
    new = unit.names[-1].name
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


def _replace_in_clusters(
    plan: Plan,
    outlook: Outlook,
    heirs: Mapping[int, Body],
    actor: Actor,
    at: datetime,
) -> None:
    for cluster in outlook.reviewed:
        cluster.reviewer = heirs[cluster.reviewer_body_id]
    for cluster, body in outlook.kept:
        succeed(
            cluster,
            body,
            None,
            on=plan.on_date,
            basis=plan.basis,
            actor=actor,
            at=at,
        )
    for cluster, body in outlook.replaced:
        row = next(one for one in cluster.members if one.body_id == body.id)
        heir = heirs[body.id]
        if all(one.body_id != heir.id for one in cluster.members):
            cluster.members.append(ClusterMembership(body=heir, position=row.position))
            db.session.flush()
        succeed(
            cluster,
            body,
            heir,
            on=plan.on_date,
            basis=plan.basis,
            actor=actor,
            at=at,
        )
        cluster.members.remove(row)
        db.session.delete(row)
        db.session.flush()
        for position, one in enumerate(sorted(cluster.members, key=lambda one: one.position), 1):
            one.position = position


def _end_role(
    grant: RoleGrant,
    heir: Body | None,
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
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
            RoleGrant(
                role=grant.role,
                body_id=heir.id,
                held_from=grant.held_to,
                held_to=until,
            )
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
    assert above is not None  # the outlook asks where units go that an abolished one leaves behind
    db.session.add(
        UnitParent(
            unit_id=below.id,
            parent_id=above.id,
            used_from=plan.on_date,
        )
    )


def _end(unit: Unit, on: date) -> None:
    unit.exists_to = on
    dated: list[UnitName | UnitParent] = [*unit.names, *unit.parents]
    for row in dated:
        if row.used_to is None or row.used_to > on:
            row.used_to = on

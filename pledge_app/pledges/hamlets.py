"""Hamlets entered after a pledge was begun reach it while it is being entered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.operations import record
from pledge_app.criteria.items import items_of_units
from pledge_app.criteria.kinds import HAMLETS, ValueKind
from pledge_app.criteria.models import CountedItem
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.notices.operations import notify
from pledge_app.orgs.queries import hamlets_of
from pledge_app.pledges.entry import ENTERING, share_of
from pledge_app.pledges.models import Pledge, Target, TargetItem


def take_up_everywhere(
    unit_ids: Collection[int],
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> int:
    """The hamlets of these communes go into every pledge being entered there; gives how many
    took them.
    """
    if not unit_ids:
        return 0
    pledges = db.session.scalars(
        select(Pledge).where(Pledge.unit_id.in_(set(unit_ids)), Pledge.state.in_(ENTERING))
    )
    return sum(
        bool(
            take_up(
                pledge,
                actor=actor,
                at=at,
                today=today,
            )
        )
        for pledge in pledges
    )


def take_up(pledge: Pledge, *, actor: Actor, at: datetime, today: date) -> int:
    """The commune's hamlets of today that the pledge does not count yet; gives how many they are.

    A pledge that comes back to be entered takes up what was added while it was away.
    """
    targets = [row for row in pledge.targets if _counts_hamlets(row)]
    if not targets:
        return 0
    hamlets = list(items_of_units(hamlets_of(pledge.unit_id, today)).values())
    added = max(_add(target, hamlets) for target in targets)
    if added:
        record(
            "pledge.hamlets_added",
            pledge,
            actor=actor,
            at=at,
            unit_id=pledge.unit_id,
            n=added,
        )
        sentence = _l(
            "Bản đăng ký có thêm %(n)s thôn, xóm; hãy ghi mục tiêu của từng nơi.",
            n=added,
        )
        clerks = user_ids_at(pledge.body_id, (Role.CLERK,))
        notify(
            clerks,
            sentence,
            "pledges.show",
            pledge.pid,
            at=at,
        )
    return added


def _counts_hamlets(target: Target) -> bool:
    criterion = target.criterion
    return criterion.kind is ValueKind.COUNTED_ROWS and criterion.counts == HAMLETS


def _add(target: Target, hamlets: list[CountedItem]) -> int:
    there = {row.item for row in target.items}
    fresh = [item for item in hamlets if item not in there]
    if not fresh:
        return 0
    places = {item: place for place, item in enumerate(hamlets, 1)}
    target.items += [
        TargetItem(
            item=item,
            name=item.name,
            position=0,
        )
        for item in fresh
    ]
    for row in target.items:
        row.position = places.get(row.item, len(places) + row.position)
    states = [row.state for row in target.items]
    if any(states):  # a share typed before there were hamlets stays until they are counted
        target.goal = share_of(target, states)
    db.session.flush()
    return len(fresh)

"""Items that a unit names itself, such as its OCOP products: put on a target and taken off it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.audit.operations import record
from pledge_app.criteria.items import typed_item
from pledge_app.criteria.kinds import ITEM_KINDS, ValueKind
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound, Problem, check
from pledge_app.pledges.entry import may_enter, share_of, wrote
from pledge_app.pledges.models import Target, TargetItem

MOST_ITEMS = 200
LONGEST_ITEM = 200


def takes_items(target: Target) -> bool:
    """The target counts items that the unit names itself."""
    criterion = target.criterion
    counts_rows = criterion.kind is ValueKind.COUNTED_ROWS
    return counts_rows and not ITEM_KINDS[criterion.counts].is_unit


def add_item(target: Target, name: str, *, actor: Actor, at: datetime) -> TargetItem:
    """One item more is counted; its state is still open. `name` is clean and one line."""
    may_enter(target.pledge, actor)
    check(takes_items(target), _("Tiêu chí này không đếm theo danh sách ghi tay."))
    where = f"item-{target.pid}"
    check(name, _("Hãy ghi tên trước khi thêm."), [Problem(_("Chưa ghi tên."), where)])
    check(
        len(name) <= LONGEST_ITEM,
        _("Tên dài quá %(most)s ký tự.", most=LONGEST_ITEM),
        [Problem(_("Tên dài quá %(most)s ký tự.", most=LONGEST_ITEM), where)],
    )
    check(
        len(target.items) < MOST_ITEMS,
        _("Danh sách đã có %(most)s dòng, không thêm được nữa.", most=MOST_ITEMS),
    )
    item = typed_item(target.criterion.counts, name, owner_unit_id=target.pledge.unit_id)
    check(
        all(row.item is not item for row in target.items),
        _("“%(name)s” đã có trong danh sách.", name=name),
        [Problem(_("Tên này đã có."), where)],
    )
    position = max((row.position for row in target.items), default=0) + 1
    row = TargetItem(
        item=item,
        name=item.name,
        position=position,
    )
    target.items.append(row)
    _count_again(target)
    wrote(target.pledge, actor)
    _record(
        "pledge.item_added",
        row,
        actor=actor,
        at=at,
    )
    return row


def find_item(target: Target, pid: str) -> TargetItem:
    """The counted row of a public id; raises NotFound."""
    for row in target.items:
        if row.pid == pid:
            return row
    raise NotFound(_("Dòng này không còn trong danh sách."))


def drop_item(row: TargetItem, *, actor: Actor, at: datetime) -> None:
    """The item is no longer counted; it is forgotten when no other target counts it."""
    target = row.target
    item = row.item
    may_enter(target.pledge, actor)
    check(takes_items(target), _("Tiêu chí này không đếm theo danh sách ghi tay."))
    _record(
        "pledge.item_dropped",
        row,
        actor=actor,
        at=at,
    )
    target.items.remove(row)
    db.session.delete(row)
    db.session.flush()
    if db.session.scalar(select(TargetItem.id).where(TargetItem.item_id == item.id)) is None:
        db.session.delete(item)
    _count_again(target)
    wrote(target.pledge, actor)


def _count_again(target: Target) -> None:
    """The goal follows from the rows; without a state there is none. An open sheet is stale now."""
    states = [row.state for row in target.items]
    target.goal = share_of(target, states) if any(states) else None
    flag_modified(target, "position")
    db.session.flush()


def _record(verb: str, row: TargetItem, *, actor: Actor, at: datetime) -> None:
    pledge = row.target.pledge
    criterion = row.target.criterion.code
    unit_id = pledge.unit_id
    record(
        verb,
        pledge,
        actor=actor,
        at=at,
        unit_id=unit_id,
        criterion=criterion,
        name=row.name,
    )

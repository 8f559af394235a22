"""Verbs on criteria sets: import one, publish it. A published set is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import func, select

from pledge_app.audit.operations import record
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, check


@dataclass(frozen=True)
class CriterionRow:
    """One line of a set: a group (`is_group`) or a criterion under the group `parent`."""

    code: str
    name: str
    parent: str = ""
    is_group: bool = False
    unit_of_measure: str = ""
    kind: ValueKind = ValueKind.NUMBER
    direction: Direction = Direction.HIGHER
    cadence: Cadence = Cadence.CUMULATIVE
    max_points: Decimal | None = None
    is_illustrative: bool = False


def import_set(name: str, rows: Sequence[CriterionRow], *, valid_from: date, valid_to: date | None, source: str,
               actor: Actor, at: datetime) -> CriteriaSet:
    """A new version of the set `name`, not yet published. Rows are in their printed order, parents first."""
    _administer(actor)
    check(any(not row.is_group for row in rows), _("Bộ tiêu chí phải có ít nhất một tiêu chí."))
    check(len({row.code for row in rows}) == len(rows), _("Mã tiêu chí không được trùng nhau trong một bộ."))
    newest = db.session.scalar(select(func.max(CriteriaSet.version)).where(CriteriaSet.name == name)) or 0
    made = CriteriaSet(name=name, version=newest + 1, valid_from=valid_from, valid_to=valid_to, source=source)
    db.session.add(made)
    db.session.flush()
    ids: dict[str, int] = {}
    for position, row in enumerate(rows, 1):
        check(not row.parent or row.parent in ids, _("Tiêu chí %(code)s đứng trước nhóm của nó.", code=row.code))
        criterion = Criterion(
            criteria_set_id=made.id, position=position, code=row.code, name=row.name, is_group=row.is_group,
            parent_id=ids.get(row.parent), unit_of_measure=row.unit_of_measure, kind=row.kind,
            direction=row.direction, cadence=row.cadence, max_points=row.max_points,
            is_illustrative=row.is_illustrative)
        db.session.add(criterion)
        db.session.flush()
        ids[row.code] = criterion.id
    record("criteria.imported", made, actor=actor, at=at, name=name, version=made.version, rows=len(rows))
    return made


def publish(chosen: CriteriaSet, *, actor: Actor, at: datetime) -> None:
    """From here the set can be chosen for a year and is never changed."""
    _administer(actor)
    if chosen.published_at is not None:
        raise Conflict(_("Bộ tiêu chí này đã ban hành."))
    chosen.published_at = at
    record("criteria.published", chosen, actor=actor, at=at, name=chosen.name, version=chosen.version)


def _administer(actor: Actor) -> None:
    if not (actor.is_system or actor.has(Role.ADMIN)):
        raise Forbidden(_("Chỉ quản trị viên được nhập và ban hành bộ tiêu chí. Dữ liệu chưa thay đổi."))

"""A compared register is written: new units, codes for those without, and changes when asked."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem, check
from pledge_app.kernel.text import fold, same_name_key, sort_key
from pledge_app.orgs import events
from pledge_app.orgs.comparing import Compared, Comparison, Finding, Place, compare
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import RegisterImport, Unit, UnitName, UnitParent
from pledge_app.orgs.policy import administer
from pledge_app.orgs.register import Register, UnitRow


def load(
    register: Register,
    *,
    source: str,
    on: date,
    with_changes: bool,
    actor: Actor,
    at: datetime,
    today: date,
) -> RegisterImport:
    """Write what is new and (when asked) what has changed, as dated rows. Unclear rows stay out."""
    administer(actor)
    check(
        register.rows and not register.errors,
        _("Danh mục còn dòng sai nên chưa nạp dòng nào."),
    )
    check(source, _("Hãy ghi tên danh mục."), [Problem(_("Chưa ghi tên danh mục."), "source")])
    comparison = compare(register.rows, on=on)
    fresh = [one for one in comparison.rows if one.finding in (Finding.ADDED, Finding.REUSED)]
    coded = comparison.of(Finding.CODED)
    changed = comparison.of(Finding.CHANGED) if with_changes else []
    left = comparison.of(Finding.CHANGED)
    check(
        fresh or coded or changed,
        _("Không có gì mới để nạp. Muốn ghi các thay đổi thì đánh dấu ô “Ghi cả … thay đổi”.")
        if left
        else _("Không có gì mới để nạp."),
    )
    units = _add(fresh, source, on)
    for one in coded:
        _give_code(one, units)
    for one in changed:
        _change(one, units, on)
    summary = _told(
        comparison,
        len(fresh),
        len(changed) + len(coded),
        source,
        on,
        actor,
        at,
    )
    above = {_id(one.parent, units) for one in fresh if one.row.level is UnitLevel.HAMLET}
    events.HAMLETS_ADDED(
        {unit_id for unit_id in above if unit_id},
        actor=actor,
        at=at,
        today=today,
    )
    return summary


def _told(
    found: Comparison,
    added: int,
    changed: int,
    source: str,
    on: date,
    actor: Actor,
    at: datetime,
) -> RegisterImport:
    """What was done, for the page and the trail."""
    register_import = RegisterImport(
        source=source,
        on_date=on,
        added=added,
        changed=changed,
        unclear=len(found.of(Finding.UNCLEAR)),
        made_by=actor.name,
        made_at=at,
    )
    db.session.add(register_import)
    db.session.flush()
    counted = {"added": added, "changed": changed}
    record(
        "register.loaded",
        register_import,
        actor=actor,
        at=at,
        source=source,
        on=on,
        unit_id=None,
        **counted,
    )
    return register_import


def _add(fresh: list[Compared], source: str, on: date) -> dict[int, Unit]:
    """The new units by the line of their row, with their names and the units above them."""
    units = {
        one.row.line: Unit(
            level=one.row.level,
            exists_from=on,
            source=source,
        )
        for one in fresh
    }
    db.session.add_all(units.values())
    db.session.flush()
    for one in fresh:
        unit_id = units[one.row.line].id
        db.session.add(_name(unit_id, one.row, on))
        parent_id = _id(one.parent, units)
        if parent_id is not None:
            db.session.add(
                UnitParent(
                    unit_id=unit_id,
                    parent_id=parent_id,
                    used_from=on,
                )
            )
    return units


def _id(place: Place | None, units: dict[int, Unit]) -> int | None:
    if place is None:
        return None
    kind, number = place
    return number if kind == "unit" else units[number].id


def _give_code(one: Compared, units: dict[int, Unit]) -> None:
    """A unit entered without a code, and perhaps without the unit above it, is that of the row."""
    unit = db.session.get_one(Unit, one.unit_id)
    unit.names[-1].code = one.row.code
    parent_id = _id(one.parent, units)
    if parent_id is not None and not unit.parents:
        db.session.add(
            UnitParent(
                unit_id=unit.id,
                parent_id=parent_id,
                used_from=unit.exists_from,
            )
        )


def _change(one: Compared, units: dict[int, Unit], on: date) -> None:
    unit = db.session.get_one(Unit, one.unit_id)
    name = next(row for row in reversed(unit.names) if row.used_to is None or row.used_to > on)
    if same_name_key(name.name) != same_name_key(one.row.full_name):
        name.used_to = on
        db.session.add(_name(unit.id, one.row, on))
    parent_id = _id(one.parent, units)
    rows = [row for row in unit.parents if row.used_to is None or row.used_to > on]
    if parent_id is not None and all(row.parent_id != parent_id for row in rows):
        for row in rows:
            row.used_to = on
        db.session.add(
            UnitParent(
                unit_id=unit.id,
                parent_id=parent_id,
                used_from=on,
            )
        )


def _name(unit_id: int, row: UnitRow, on: date) -> UnitName:
    return UnitName(
        unit_id=unit_id,
        name=row.full_name,
        code=row.code or None,
        search_key=fold(row.full_name),
        sort_key=sort_key(row.full_name if row.level is UnitLevel.HAMLET else row.name),
        used_from=on,
    )

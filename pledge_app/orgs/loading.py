"""Registers of units into dated rows. A code is never an identity: the same code in two
registers is two units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select

from pledge_app.kernel.base import db, new_pid
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Succession, Unit, UnitName, UnitParent
from pledge_app.orgs.register import SuccessionRow, UnitRow


@dataclass(frozen=True)
class Loaded:
    """What a load did: `added` new units, `known` units that were there already."""

    added: int
    known: int


class UnknownUnit(LookupError):
    """A row of the successions speaks of a unit that is not there on its day."""

    def __init__(self, line: int, name: str) -> None:
        super().__init__(f"line {line}: {name}")
        self.line = line
        self.name = name


def load_units(
    rows: Iterable[UnitRow],
    *,
    source: str,
    valid_from: date | None,
    valid_to: date | None,
) -> Loaded:
    """Write a register that held from `valid_from` to `valid_to` (open sides None). A second run
    adds nothing.
    """
    listed = list(rows)
    known = set(db.session.scalars(select(UnitName.code).join(Unit).where(Unit.source == source)))
    fresh = [row for row in listed if row.code not in known]
    first = (db.session.scalar(select(func.max(Unit.id))) or 0) + 1
    ids = {row.code: first + n for n, row in enumerate(fresh)}
    ids |= {
        code: unit_id
        for code, unit_id in db.session.execute(
            select(UnitName.code, UnitName.unit_id).join(Unit).where(Unit.source == source)
        )
        if code is not None
    }
    if fresh:
        _insert_units(
            fresh,
            ids,
            source,
            valid_from,
            valid_to,
        )
        _insert_parents(
            [row for row in fresh if row.parent_code],
            ids,
            valid_from,
            valid_to,
        )
        _catch_up_sequence()
    return Loaded(len(fresh), len(listed) - len(fresh))


def _insert_units(
    rows: Sequence[UnitRow],
    ids: Mapping[str, int],
    source: str,
    valid_from: date | None,
    valid_to: date | None,
) -> None:
    units = [
        {
            "id": ids[row.code],
            "pid": new_pid(),
            "level": row.level,
            "exists_from": valid_from,
            "exists_to": valid_to,
            "source": source,
        }
        for row in rows
    ]
    names = [
        {
            "unit_id": ids[row.code],
            "name": row.full_name,
            "code": row.code,
            "search_key": fold(row.full_name),
            "sort_key": sort_key(row.name),
            "used_from": valid_from,
            "used_to": valid_to,
        }
        for row in rows
    ]
    db.session.execute(insert(Unit), units)
    db.session.execute(insert(UnitName), names)


def _insert_parents(
    rows: Sequence[UnitRow],
    ids: Mapping[str, int],
    valid_from: date | None,
    valid_to: date | None,
) -> None:
    parents = [
        {
            "unit_id": ids[row.code],
            "parent_id": ids[row.parent_code or ""],
            "used_from": valid_from,
            "used_to": valid_to,
        }
        for row in rows
    ]
    if parents:
        db.session.execute(insert(UnitParent), parents)


def load_successions(rows: Iterable[SuccessionRow]) -> Loaded:
    """Write who took over whom; the predecessor ends on that date.

    Units are found by name, parent, date and, where given, code. Raises UnknownUnit.
    """
    added = known = 0
    for row in rows:
        before = _find(
            row.predecessor,
            row.predecessor_parent,
            row.on_date,
            newer=False,
            code=row.predecessor_code,
        )
        after = _find(
            row.successor,
            row.successor_parent,
            row.on_date,
            newer=True,
            code=row.successor_code,
        )
        if before is None or after is None:
            raise UnknownUnit(row.line, row.predecessor if before is None else row.successor)
        same = select(Succession.id).where(
            Succession.predecessor_id == before.id,
            Succession.successor_id == after.id,
        )
        if db.session.scalar(same) is not None:
            known += 1
            continue
        db.session.add(
            Succession(
                predecessor_id=before.id,
                successor_id=after.id,
                on_date=row.on_date,
                basis=row.basis,
            )
        )
        _end(before, row.on_date)
        added += 1
    db.session.flush()
    return Loaded(added, known)


def add_hamlet(name: str, commune: Unit, *, source: str) -> Unit:
    """A hamlet (thôn, xóm …) of a commune; hamlets have no national code."""
    unit = Unit(level=UnitLevel.HAMLET, source=source)
    unit.names = [
        UnitName(
            name=name,
            search_key=fold(name),
            sort_key=sort_key(name),
        )
    ]
    db.session.add(unit)
    db.session.flush()
    db.session.add(UnitParent(unit_id=unit.id, parent_id=commune.id))
    return unit


def unit_named(name: str, parent: str, *, on: date) -> Unit:
    """The unit of that name under that parent on a day; raises LookupError."""
    unit = _find(name, parent, on, newer=True)
    if unit is None:
        raise LookupError(f"{name}, {parent}, {on}")
    return unit


def _find(
    name: str,
    parent: str,
    on: date,
    *,
    newer: bool,
    code: str = "",
) -> Unit | None:
    """`newer`: the one that exists on the day; otherwise the one that ends on it or later. A
    code alone says nothing.
    """
    above = UnitName.__table__.alias("above_name")
    chosen = (
        select(Unit)
        .join(UnitName, UnitName.unit_id == Unit.id)
        .outerjoin(UnitParent, UnitParent.unit_id == Unit.id)
        .outerjoin(above, above.c.unit_id == UnitParent.parent_id)
        .where(UnitName.name == name)
    )
    if parent:
        chosen = chosen.where(above.c.name == parent)
    if code:
        chosen = chosen.where(UnitName.code == code)
    for unit in db.session.scalars(chosen.order_by(Unit.id)).unique():
        begun = unit.exists_from is None or unit.exists_from <= on
        ended = unit.exists_to is not None and unit.exists_to <= on
        if newer and begun and not ended:
            return unit
        if not newer and (unit.exists_from is None or unit.exists_from < on):
            return unit
    return None


def _end(unit: Unit, on: date) -> None:
    if unit.exists_to is None or unit.exists_to > on:
        unit.exists_to = on
        dated: list[UnitName | UnitParent] = [*unit.names, *unit.parents]
        for row in dated:
            if row.used_to is None or row.used_to > on:
                row.used_to = on


def _catch_up_sequence() -> None:
    """PostgreSQL's sequence does not know the ids that we gave ourselves."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(
            select(func.setval("unit_id_seq", select(func.max(Unit.id)).scalar_subquery()))
        )

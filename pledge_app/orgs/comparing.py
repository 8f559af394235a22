"""A register of units against what is known on its day: added, changed, code reused, unclear, the same; by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import and_, select

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem, check
from pledge_app.kernel.text import fold, same_name_key, sort_key
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import RegisterImport, Unit, UnitName, UnitParent
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import valid_on
from pledge_app.orgs.register import UNIT_COLUMNS, Register, UnitRow, read_units


class Finding(StrEnum):
    """What a row is, against what is known."""

    ADDED = "added"
    CHANGED = "changed"
    REUSED = "reused"
    UNCLEAR = "unclear"
    SAME = "same"


@dataclass(frozen=True)
class Compared:
    """One row and its finding; `said` explains it; `unit_id`: the living unit that is the same or changed."""

    row: UnitRow
    finding: Finding
    said: str = ""
    unit_id: int | None = None


@dataclass(frozen=True)
class Comparison:
    """The whole register; `missing`: names of living units with a code that it does not have."""

    rows: list[Compared]
    missing: list[str]

    def of(self, finding: Finding) -> list[Compared]:
        """The rows of one finding."""
        return [one for one in self.rows if one.finding is finding]


@dataclass(frozen=True)
class _Living:
    unit_id: int
    name: str
    level: UnitLevel
    code: str
    parent_code: str
    parent_name: str


HEADS = {"cap": "level", "level": "level", "ma": "code", "ma don vi": "code", "code": "code", "ten": "name",
         "ten don vi": "name", "name": "name", "ma cap tren": "parent_code", "parent_code": "parent_code"}
LEVELS = {"tinh": "province", "cap tinh": "province", "huyen": "district", "cap huyen": "district", "xa": "commune",
          "cap xa": "commune", "thon": "hamlet", "xom": "hamlet", "thon, xom": "hamlet"}
DIGITS = {"province": 2, "district": 3, "commune": 5}  # Excel drops the zeros in front


def read_register(table: Sequence[Sequence[str]]) -> Register:
    """A table with a head row (level, code, name, parent code; Vietnamese heads too) as a register with its faults."""
    heads = [HEADS.get(fold(cell), "") for cell in table[0]] if table else []
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(UNIT_COLUMNS if set(UNIT_COLUMNS) <= set(heads) else heads)
    levels: dict[str, str] = {}
    for cells in table[1:]:
        row = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        if not any(row.values()):
            out.write("\n")
            continue
        row["level"] = LEVELS.get(fold(row.get("level", "")), row.get("level", ""))
        row["code"] = _padded(row.get("code", ""), row["level"])
        parent = row.get("parent_code", "")
        row["parent_code"] = next((one for one in (parent, *(parent.zfill(n) for n in (2, 3, 5))) if one in levels), parent)
        levels[row["code"]] = row["level"]
        writer.writerow([row.get(column, "") for column in UNIT_COLUMNS])
    return read_units(out.getvalue().splitlines())


def _padded(code: str, level: str) -> str:
    return code.zfill(DIGITS[level]) if code.isascii() and code.isdigit() and level in DIGITS else code


def compare(rows: Iterable[UnitRow], *, on: date) -> Comparison:
    """Judge every row for the day on which the register begins to hold. Writes nothing."""
    wanted = list(rows)
    living = _living(on)
    by_code = {one.code: one for one in living if one.code}
    by_name = {(same_name_key(one.name), one.level.value, one.parent_code): one for one in living}
    earlier = _earlier(on)
    codes_by_name = {(same_name_key(row.full_name), row.level): row.code for row in wanted}
    found = [_judge(row, by_code, by_name, earlier, codes_by_name) for row in wanted]
    known = {row.code for row in wanted}
    return Comparison(found, sorted((one.name for one in living if one.code and one.code not in known), key=sort_key))


def _judge(row: UnitRow, by_code: dict[str, _Living], by_name: dict[tuple[str, str, str], _Living], earlier: dict[str, str],
           codes_by_name: dict[tuple[str, UnitLevel], str]) -> Compared:
    here = by_code.get(row.code)
    if here is None:
        twin = by_name.get((same_name_key(row.full_name), row.level.value, row.parent_code or ""))
        if twin is not None:
            return Compared(row, Finding.UNCLEAR, _("đã có %(name)s cùng cấp trên với mã %(code)s", name=twin.name,
                                                    code=twin.code or "—"))
        old = earlier.get(row.code)
        if old is not None:
            return Compared(row, Finding.REUSED, _("mã này trước đây là của %(name)s", name=old))
        return Compared(row, Finding.ADDED)
    if here.level is not row.level:
        return Compared(row, Finding.UNCLEAR, _("mã này đang là của %(name)s, khác cấp", name=here.name))
    if same_name_key(here.name) != same_name_key(row.full_name):
        moved = codes_by_name.get((same_name_key(here.name), row.level))
        if moved is not None:
            return Compared(row, Finding.UNCLEAR, _("mã này đang là của %(name)s; danh mục ghi %(name)s với mã %(code)s",
                                                    name=here.name, code=moved))
        said = _("đổi tên: %(old)s → %(new)s", old=here.name, new=row.full_name)
        return Compared(row, Finding.CHANGED, said, here.unit_id)
    if here.parent_code != (row.parent_code or ""):
        return Compared(row, Finding.CHANGED, _("đổi cấp trên: %(old)s (mã %(a)s) → mã %(b)s", old=here.parent_name or "—",
                                                a=here.parent_code or "—", b=row.parent_code or "—"), here.unit_id)
    return Compared(row, Finding.SAME, "", here.unit_id)


def load(register: Register, *, source: str, on: date, with_changes: bool, actor: Actor, at: datetime) -> RegisterImport:
    """Write added units and reused codes as new units, and (when asked) changes as dated rows. Unclear rows stay out."""
    administer(actor)
    check(register.rows and not register.errors, _("Danh mục còn dòng sai nên chưa nạp dòng nào."))
    check(source, _("Hãy ghi tên danh mục."), [Problem(_("Chưa ghi tên danh mục."), "source")])
    found = compare(register.rows, on=on)
    fresh = [one.row for one in found.rows if one.finding in (Finding.ADDED, Finding.REUSED)]
    changed = found.of(Finding.CHANGED) if with_changes else []
    check(fresh or changed, _("Không có gì mới để nạp."))
    units = {row.code: Unit(level=row.level, exists_from=on, source=source) for row in fresh}
    db.session.add_all(units.values())
    db.session.flush()
    ids = {one.row.code: one.unit_id for one in found.rows if one.unit_id is not None} | {
        code: unit.id for code, unit in units.items()}
    for row in fresh:
        parent_id = ids.get(row.parent_code) if row.parent_code else None
        check(row.parent_code is None or parent_id is not None, _(
            "Dòng %(n)s: cấp trên (mã %(code)s) chưa rõ nên chưa nạp được.", n=row.line, code=row.parent_code or ""))
        db.session.add(_name(ids[row.code], row, on))
        if parent_id is not None:
            db.session.add(UnitParent(unit_id=ids[row.code], parent_id=parent_id, used_from=on))
    for one in changed:
        _change(one, ids, on)
    made = RegisterImport(source=source, on_date=on, added=len(fresh), changed=len(changed),
                          unclear=len(found.of(Finding.UNCLEAR)), made_by=actor.name, made_at=at)
    db.session.add(made)
    db.session.flush()
    record("register.loaded", made, actor=actor, at=at, source=source, added=made.added, changed=made.changed, on=on)
    return made


def _change(one: Compared, ids: dict[str, int], on: date) -> None:
    unit = db.session.get_one(Unit, one.unit_id)
    name = next(row for row in reversed(unit.names) if row.used_to is None or row.used_to > on)
    if same_name_key(name.name) != same_name_key(one.row.full_name):
        name.used_to = on
        db.session.add(_name(unit.id, one.row, on))
    parent_id = ids.get(one.row.parent_code) if one.row.parent_code else None
    rows = [row for row in unit.parents if row.used_to is None or row.used_to > on]
    if parent_id is not None and all(row.parent_id != parent_id for row in rows):
        for row in rows:
            row.used_to = on
        db.session.add(UnitParent(unit_id=unit.id, parent_id=parent_id, used_from=on))


def _name(unit_id: int, row: UnitRow, on: date) -> UnitName:
    return UnitName(unit_id=unit_id, name=row.full_name, code=row.code, search_key=fold(row.full_name),
                    sort_key=sort_key(row.name), used_from=on)


def _living(on: date) -> list[_Living]:
    above, above_name = UnitParent.__table__.alias("above"), UnitName.__table__.alias("above_name")
    rows = db.session.execute(
        select(Unit.id, UnitName.name, Unit.level, UnitName.code, above_name.c.code, above_name.c.name)
        .join(UnitName, and_(UnitName.unit_id == Unit.id, valid_on(UnitName.used_from, UnitName.used_to, on)))
        .outerjoin(above, and_(above.c.unit_id == Unit.id, valid_on(above.c.used_from, above.c.used_to, on)))
        .outerjoin(above_name, and_(above_name.c.unit_id == above.c.parent_id,
                                    valid_on(above_name.c.used_from, above_name.c.used_to, on)))
        .where(valid_on(Unit.exists_from, Unit.exists_to, on)))
    return [_Living(unit_id, name, level, code or "", parent_code or "", parent_name or "")
            for unit_id, name, level, code, parent_code, parent_name in rows]


def _earlier(on: date) -> dict[str, str]:
    """Code → the name of the last unit that had it and no longer lives on the day."""
    rows = db.session.execute(select(UnitName.code, UnitName.name).join(Unit).where(
        UnitName.code.is_not(None), UnitName.used_to <= on).order_by(UnitName.used_to, UnitName.id))
    return {code: name for code, name in rows if code}

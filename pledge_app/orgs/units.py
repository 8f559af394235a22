"""Verbs on single units: one added, a list added below another, a wrong level put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem, check
from pledge_app.kernel.text import clean_line, fold, same_name_key, sort_key
from pledge_app.orgs import events
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Unit, UnitName, UnitParent
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import units as units_below
from pledge_app.orgs.register import TYPE_WORDS, is_code, split_type_word

MOST = 500
LONGEST = 120
ENTERED = "nhập tay"  # the source of units that no register brought
ORDER = list(UnitLevel)  # from the province down
NUMBER = re.compile(r"[0-9]+\s*[.)]?")
NUMBERING = re.compile(r"^\s*(?:[0-9]+\s*[.)/]|[-–—•*+])\s+")


@dataclass(frozen=True)
class Listed:
    """One line of a pasted list; it does: "new", "known", "twice" (in the list), "wrong"."""

    line: int
    name: str
    does: str


@dataclass(frozen=True)
class Opening:
    """From when a unit exists (None: before our registers) and from which source it is known."""

    exists_from: date | None = None
    source: str = ENTERED


def add_unit(
    name: str,
    level: UnitLevel,
    *,
    code: str = "",
    opening: Opening | None = None,
    actor: Actor,
    at: datetime,
) -> Unit:
    """A unit with none above it: a province, or the unit of an office that stands alone."""
    administer(actor)
    name = clean_line(name)
    _check_name(name, level)
    check(
        not code or is_code(code),
        _("Mã đơn vị chỉ gồm chữ số."),
        [Problem(_("Mã đơn vị chỉ gồm chữ số."), "code")],
    )
    twin = top_named(name, level)
    check(
        twin is None,
        _("Đã có đơn vị tên này, cùng cấp. Hãy mở đơn vị đó."),
        [Problem(_("Đơn vị này đã có."), "name")],
    )
    unit = _new(
        name,
        level,
        code,
        opening or Opening(),
    )
    db.session.flush()
    record(
        "unit.added",
        unit,
        actor=actor,
        at=at,
        unit_id=unit.id,
        name=name,
        level=level.value,
    )
    return unit


def top_named(name: str, level: UnitLevel) -> Unit | None:
    """The living unit of that name and level that has none above it."""
    above = select(UnitParent.id).where(UnitParent.unit_id == Unit.id)
    rows = db.session.scalars(
        select(Unit).where(Unit.level == level, Unit.exists_to.is_(None), ~above.exists())
    )
    key = same_name_key(name)
    return next((unit for unit in rows if same_name_key(unit.names[-1].name) == key), None)


def levels_below(level: UnitLevel) -> list[UnitLevel]:
    """The levels that may stand directly below: a province has districts or communes."""
    below = ORDER[ORDER.index(level) + 1 :]
    return below[:2] if level is UnitLevel.PROVINCE else below[:1]


def read_names(
    parent: Unit,
    level: UnitLevel,
    word: str,
    text: str,
    *,
    on: date,
) -> list[Listed]:
    """A pasted list, one name a line: numbering is dropped, `word` put before a bare name.

    The same name below the same unit is the same unit, whatever its case or place of tone.
    """
    there = {
        same_name_key(row.name) for row in db.session.execute(units_below(on=on, under=parent))
    }
    readings: list[Listed] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        name = _bare(line)
        if not name:
            continue
        if split_type_word(name, level) is None and word:
            name = f"{word} {name}"
        key = same_name_key(name)
        if split_type_word(name, level) is None or len(name) > LONGEST:
            does = "wrong"
        elif key in there:
            does = "known"
        elif key in seen:
            does = "twice"
        else:
            does = "new"
        readings.append(Listed(number, name, does))
        seen.add(key)
    return readings


def _bare(line: str) -> str:
    """The name in a line: of a row copied from a table the first cell that is not only a number."""
    cells = [clean_line(cell) for cell in line.split("\t")]
    words = [cell for cell in cells if cell and not NUMBER.fullmatch(cell)]
    return clean_line(NUMBERING.sub("", words[0])) if words else ""


def add_below(
    parent: Unit,
    level: UnitLevel,
    names: Sequence[str],
    *,
    opening: Opening | None = None,
    actor: Actor,
    at: datetime,
    today: date,
) -> int:
    """Units below another; those that are there already are passed over. Gives how many are new.

    Hamlets reach the pledges that are being entered (pledges/hamlets.py).
    """
    administer(actor)
    check(level in levels_below(parent.level), _("Cấp này không đứng ngay dưới đơn vị đã chọn."))
    ended = parent.exists_to is not None and parent.exists_to <= today
    check(not ended, _("Đơn vị này không còn tồn tại; hãy chọn đơn vị kế thừa."))
    check(len(names) <= MOST, _("Mỗi lần thêm nhiều nhất %(n)s đơn vị.", n=MOST))
    readings = read_names(
        parent,
        level,
        "",
        "\n".join(names),
        on=today,
    )
    fresh = [reading.name for reading in readings if reading.does == "new"]
    check(fresh, _("Không có đơn vị nào mới để thêm."), [Problem(_("Không có tên mới."), "names")])
    when = opening or Opening()
    for name in fresh:
        _check_name(name, level)
        unit = _new(name, level, "", when)
        unit.parents.append(UnitParent(parent_id=parent.id, used_from=when.exists_from))
    db.session.flush()
    record(
        "unit.listed_below",
        parent,
        actor=actor,
        at=at,
        unit_id=parent.id,
        name=parent.names[-1].name,
        n=len(fresh),
        names=fresh[:20],
    )
    if level is UnitLevel.HAMLET:
        events.HAMLETS_ADDED(
            {parent.id},
            actor=actor,
            at=at,
            today=today,
        )
    return len(fresh)


def correct_level(
    unit: Unit,
    level: UnitLevel,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """A level that was entered wrongly, where nothing contradicts the right one."""
    administer(actor)
    if unit.level is level:
        return
    check(
        all(row.code is None for row in unit.names),
        _("Đơn vị này có mã trong danh mục; cấp của nó theo danh mục."),
    )
    _check_name(unit.names[-1].name, level)
    above = [row.parent.level for row in unit.parents]
    below = db.session.scalars(
        select(Unit.level)
        .join(UnitParent, UnitParent.unit_id == Unit.id)
        .where(UnitParent.parent_id == unit.id)
    ).all()
    place = ORDER.index(level)
    fits = all(ORDER.index(one) < place for one in above) and all(
        ORDER.index(one) > place for one in below
    )
    check(fits, _("Đơn vị cấp trên hoặc cấp dưới đã ghi không hợp với cấp này."))
    kinds = db.session.scalars(select(Body.kind).where(Body.unit_id == unit.id)).all()
    hamlet = level is UnitLevel.HAMLET
    check(
        all((kind is BodyKind.HAMLET) == hamlet for kind in kinds),
        _("Cơ quan của đơn vị không hợp với cấp này. Hãy sửa loại cơ quan trước."),
    )
    before = unit.level
    unit.level = level
    told = {
        "name": unit.names[-1].name,
        "before": before.value,
        "after": level.value,
    }
    record(
        "unit.level_corrected",
        unit,
        actor=actor,
        at=at,
        unit_id=unit.id,
        **told,
    )


def _new(
    name: str,
    level: UnitLevel,
    code: str,
    opening: Opening,
) -> Unit:
    named = split_type_word(name, level)
    bare = named[1] if named is not None and level is not UnitLevel.HAMLET else name
    unit = Unit(
        level=level,
        source=opening.source,
        exists_from=opening.exists_from,
    )
    unit.names = [
        UnitName(
            name=name,
            code=code or None,
            search_key=fold(name),
            sort_key=sort_key(bare),
            used_from=opening.exists_from,
        )
    ]
    db.session.add(unit)
    return unit


def _check_name(name: str, level: UnitLevel) -> None:
    check(
        split_type_word(name, level) is not None,
        _(
            "Tên đơn vị phải bắt đầu bằng loại của nó: %(words)s.",
            words=", ".join(TYPE_WORDS[level]),
        ),
        [
            Problem(
                _("Tên chưa có loại đơn vị ở đầu, ví dụ: %(word)s …", word=TYPE_WORDS[level][0]),
                "name",
            )
        ],
    )
    check(
        len(name) <= LONGEST,
        _("Tên dài quá %(n)s ký tự.", n=LONGEST),
        [Problem(_("Tên quá dài."), "name")],
    )

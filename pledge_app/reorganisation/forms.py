"""Shapes of what is typed about an act; units are named, one a line, as people name them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.kernel.text import clean_line, fold, same_name_key
from pledge_app.orgs.models import Unit, UnitName
from pledge_app.orgs.queries import names_on, valid_on
from pledge_app.reorganisation.models import Kind
from pledge_app.reorganisation.plan import Plan, parent_of
from pledge_app.ui.forms import Form, day, line, text

MOST_UNITS = 60


class ActForm(Form):
    """A merger, a renaming, an abolition; each leaves out what it does not need."""

    units = text(
        _l("Các đơn vị"),
        rows=5,
        help_=_l(
            "Mỗi dòng một đơn vị, ví dụ: Xã Hải Đông. Nếu trùng tên, ghi thêm cấp "
            "trên: Xã Hải Đông, Huyện Hải Hậu."
        ),
    )
    name = line(
        _l("Tên đơn vị mới"),
        needed=False,
        longest=120,
        help_=_l("Cả loại đơn vị, ví dụ: Xã Hải Quang."),
    )
    code = line(_l("Mã đơn vị mới"), needed=False, longest=16)
    into = line(_l("Hoặc nhập vào đơn vị đang có"), needed=False, longest=200)
    parent = line(
        _l("Cấp trên trực tiếp"),
        needed=False,
        longest=200,
        help_=_l("Để trống: giữ cấp trên hiện nay."),
    )
    on_date = day(_l("Có hiệu lực từ ngày"))
    basis = line(_l("Căn cứ"), help_=_l("Số, ngày, cơ quan ban hành nghị quyết hoặc quyết định."))


def act_form(kind: Kind) -> ActForm:
    """The form of one kind of act."""
    form = ActForm()
    if kind is not Kind.MERGE:
        del form.into
    if kind is Kind.ABOLISH:
        del form.name, form.code
    if kind is Kind.RENAME:
        del form.parent
    return form


def plan_of(form: ActForm, kind: Kind) -> Plan | None:
    """The act as typed, or None with the sentences at the fields."""
    on = form.on_date.data
    units = _units(form, on)
    into = _one(form, "into", on) if "into" in form and form.into.data else None
    parent = _one(form, "parent", on) if "parent" in form and form.parent.data else None
    name, code = (form[field].data or "" if field in form else "" for field in ("name", "code"))
    if kind is Kind.MERGE and not into and not name and "into" in form and not form.into.data:
        _wrong(form, "name", _("Ghi tên đơn vị mới, hoặc đơn vị đang có để nhập vào."))
    if kind is Kind.MERGE and name and form.into.data:
        _wrong(form, "into", _("Chỉ ghi một trong hai: tên đơn vị mới, hoặc đơn vị đang có."))
    if kind is Kind.MERGE and name and len(units) == 1:
        _wrong(
            form,
            "units",
            _("Nhập thành đơn vị mới cần ít nhất hai đơn vị. Một đơn vị đổi tên thì dùng Đổi tên."),
        )
    if kind is Kind.RENAME and not name:
        _wrong(form, "name", _("Chưa ghi tên mới."))
    if kind is Kind.RENAME and len(units) > 1:
        _wrong(form, "units", _("Mỗi lần đổi tên một đơn vị."))
    if code and not (code.isascii() and code.isdigit()):
        _wrong(form, "code", _("Mã chỉ gồm chữ số."))
    if any(field.errors for field in form):
        return None
    return Plan(
        kind,
        tuple(units),
        on,
        form.basis.data or "",
        name,
        code,
        into,
        parent,
    )


def _units(form: ActForm, on: date) -> list[Unit]:
    lines = [clean_line(one) for one in (form.units.data or "").splitlines() if one.strip()]
    if len(lines) > MOST_UNITS:
        _wrong(form, "units", _("Mỗi lần nhiều nhất %(n)s đơn vị.", n=MOST_UNITS))
        return []
    units: list[Unit] = []
    for one in lines:
        unit = _find(form, "units", one, on)
        if unit is not None and unit in units:
            _wrong(form, "units", _("%(name)s ghi hai lần.", name=one))
        elif unit is not None:
            units.append(unit)
    return units


def _one(form: ActForm, field: str, on: date) -> Unit | None:
    return _find(
        form,
        field,
        clean_line(form[field].data),
        on,
    )


def _find(
    form: ActForm,
    field: str,
    typed: str,
    on: date,
) -> Unit | None:
    """The unit that lives just before the day (or on it) and is called so."""
    name, _comma, above = (part.strip() for part in typed.partition(","))
    rows = db.session.scalars(
        select(Unit)
        .join(UnitName)
        .where(
            UnitName.search_key == fold(name),
            valid_on(Unit.exists_from, Unit.exists_to, on),
            valid_on(UnitName.used_from, UnitName.used_to, on),
        )
    ).unique()
    candidates = [unit for unit in rows if not above or _is_below(unit, above, on)]
    exact = [
        unit
        for unit in candidates
        if same_name_key(names_on([unit.id], on)[unit.id]) == same_name_key(name)
    ]
    candidates = exact or candidates
    if len(candidates) == 1:
        return candidates[0]
    _wrong(
        form,
        field,
        _("Không có đơn vị “%(name)s” vào ngày này.", name=typed[:80])
        if not candidates
        else _(
            "Có %(n)s đơn vị tên “%(name)s”; hãy ghi thêm cấp trên sau dấu phẩy.",
            n=len(candidates),
            name=typed[:80],
        ),
    )
    return None


def _is_below(unit: Unit, above: str, on: date) -> bool:
    parent = parent_of(unit, on)
    return parent is not None and fold(names_on([parent.id], on).get(parent.id, "")) == fold(above)


def _wrong(form: ActForm, field: str, sentence: str) -> None:
    errors: Sequence[str] = form[field].errors
    form[field].errors = [*errors, sentence]

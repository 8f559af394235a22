"""Nhập danh mục đơn vị: upload, dry run by row, confirm."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.current import actor, needs
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.text import fold
from pledge_app.orgs import comparing, register_loading, shipped
from pledge_app.orgs.comparing import Comparison, Finding
from pledge_app.orgs.models import RegisterImport
from pledge_app.orgs.register import Register, RowFault
from pledge_app.tables.reading import LARGEST, SheetError, kept_table, read_table
from pledge_app.tables.writing import download, xlsx
from pledge_app.ui.forms import Form, day, line
from pledge_app.ui.paging import page_of
from pledge_app.web.application import looking, takes_bytes
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("registers", __name__)
SHOWN = 60
SAMPLE = [
    ["Cấp", "Mã", "Tên", "Mã hoặc tên cấp trên"],
    ["tỉnh", "37", "Tỉnh Ninh Bình", ""],
    ["xã", "14287", "Xã Hải Quang", "37"],
    ["xóm", "", "Xóm 1", "14287"],
    ["tổ dân phố", "", "Tổ dân phố số 2", "Xã Hải Quang"],
]
FINDING_WORDS = {
    Finding.ADDED: _l("Thêm mới"),
    Finding.CODED: _l("Đã có, ghi thêm mã"),
    Finding.REUSED: _l("Mã dùng lại (đơn vị mới)"),
    Finding.CHANGED: _l("Thay đổi"),
    Finding.UNCLEAR: _l("Chưa rõ, không nạp"),
    Finding.SAME: _l("Không đổi"),
}
FAULT_WORDS = {
    RowFault.COLUMNS_MISSING: _l("thiếu cột hoặc thừa ô"),
    RowFault.LEVEL_UNKNOWN: _l("không rõ cấp"),
    RowFault.CODE_NOT_DIGITS: _l("mã không phải chữ số"),
    RowFault.CODE_REPEATED: _l("mã trùng trong danh mục"),
    RowFault.NAME_MISSING: _l("thiếu tên"),
    RowFault.TYPE_WORD_UNKNOWN: _l("tên không bắt đầu bằng loại đơn vị của cấp đó"),
    RowFault.PARENT_UNKNOWN: _l("cấp trên không đứng trước trong danh mục"),
    RowFault.PARENT_UNEXPECTED: _l("tỉnh không có cấp trên"),
    RowFault.DATE_WRONG: _l("ngày không đúng"),
}


class RegisterForm(Form):
    """What the register is called and from when it holds."""

    source = line(
        _l("Tên danh mục"),
        longest=120,
        help_=_l("Ví dụ: Danh mục đơn vị hành chính từ 01/7/2025."),
    )
    on_date = day(_l("Có hiệu lực từ ngày"))


@bp.get("/quan-tri/don-vi/nhap/mau")
@needs(Role.ADMIN)
def sample() -> ResponseReturnValue:
    """The empty table with its head and examples: with codes, and hamlets without."""
    name = _("Mẫu danh mục đơn vị")
    return download(xlsx(name, SAMPLE[0], SAMPLE[1:]), f"{name}.xlsx")


@bp.route("/quan-tri/don-vi/nhap", methods=["GET", "POST"])
@needs(Role.ADMIN)
@takes_bytes(LARGEST + 2 * 1024 * 1024)
def load() -> ResponseReturnValue:
    """A register is compared row by row; nothing is written before it is confirmed, and nothing
    if a row is faulty.
    """
    form = RegisterForm()
    if request.method == "GET":
        return _page(form)
    is_written = request.form.get("then") == "write"
    try:
        table = kept_table(request.form.get("table", "")) if is_written else _given()
        if request.form.get("then") == "shipped":
            table = shipped.table(request.form.get("province", ""))
    except SheetError as error:
        form.validate()
        return _page(form, problem=error.sentence), 422
    if not form.validate() or not table:
        return _page(form, problem="" if table else _("Chưa chọn tệp nào.")), 422
    on: date = form.on_date.data
    register = comparing.read_register(from_head(table), comparing.known_units(on))
    if register.errors or not register.rows:
        return _page(
            form,
            register=register,
            problem="" if register.errors else _("Danh mục không có dòng nào."),
        ), 422
    if not is_written:
        return _page(
            form,
            register,
            comparing.compare(register.rows, on=on),
            table,
        )
    with catch_refusal(form) as refusal:
        made = register_loading.load(
            register,
            source=form.source.data,
            on=on,
            actor=actor(),
            at=clock.now(),
            with_changes=request.form.get("changes") == "1",
            today=clock.today(),
        )
    if refusal:
        return _page(
            form,
            register,
            comparing.compare(register.rows, on=on),
            table,
        ), 422
    flash(
        _(
            "Đã nạp danh mục: thêm %(a)s đơn vị, ghi %(b)s thay đổi, để lại %(c)s dòng chưa rõ.",
            a=made.added,
            b=made.changed,
            c=made.unclear,
        )
    )
    return redirect(url_for("registers.load"), 303)


def _page(
    form: RegisterForm,
    register: Register | None = None,
    found: Comparison | None = None,
    table: Sequence[Sequence[str]] = (),
    problem: str = "",
) -> str:
    imports = select(RegisterImport).order_by(RegisterImport.id.desc())
    return render_template(
        "administration/register.html",
        form=form,
        register=register,
        found=found,
        findings=FINDING_WORDS,
        faults=FAULT_WORDS,
        provinces=shipped.provinces(),
        shipped=shipped,
        kept=json.dumps(list(table), ensure_ascii=False),
        problem=problem,
        largest=LARGEST,
        shown=SHOWN,
        page=page_of(imports),
    )


def from_head(table: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Without a title above the head row, as our own sheets have it; the lines keep their
    numbers.
    """
    for place, cells in enumerate(table[:5]):
        if sum(fold(cell) in comparing.HEADS for cell in cells) >= 3:
            return [table[place], *[[] for _n in range(place)], *table[place + 1 :]]
    return list(table)


def _given() -> list[list[str]]:
    file = request.files.get("file")
    with looking():
        return read_table(file.read()) if file is not None and file.filename else []

"""Nhập từ Excel: bodies with office-holders, clusters with members. A file is tried row by row;
what was tried is written when confirmed, all of it or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.current import actor, needs
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.orgs import cluster_sheet, office_sheet
from pledge_app.tables.filled import Blank, Filled, dry_run, faulty_book, fill
from pledge_app.tables.reading import LARGEST, SheetError, kept_table, read_table
from pledge_app.tables.writing import download
from pledge_app.web.application import looking, takes_bytes

bp = Blueprint("sheets", __name__)
SHOWN = 400


@dataclass(frozen=True)
class Kind:
    """A kind of sheet: its words, its columns, its verb, the list that it fills."""

    name: LazyString
    about: LazyString
    blank: Blank
    carry_out: Callable[..., None]
    index: str


KINDS = {
    "co-quan": Kind(
        _l("Cơ quan và người giữ chức"),
        _l(
            "Mỗi dòng một người giữ chức: tên cơ quan, đơn vị, loại, họ và tên, chức vụ, khi ký "
            "ghi, ngày nhận chức. Tệp xuất ra từ danh sách cơ quan cũng nhập lại được."
        ),
        office_sheet.SHEET,
        office_sheet.carry_out,
        "offices.index",
    ),
    "cum": Kind(
        _l("Cụm thi đua và thành viên"),
        _l(
            "Mỗi dòng một thành viên: tên cụm, năm, hệ, cơ quan hướng dẫn, thành viên, Cụm trưởng "
            "hoặc Cụm phó. Tệp xuất ra từ danh sách cụm cũng nhập lại được."
        ),
        cluster_sheet.SHEET,
        cluster_sheet.carry_out,
        "clusters.index",
    ),
}


@bp.get("/quan-tri/nhap/<kind>/mau")
@needs(Role.ADMIN)
def sample(kind: str) -> ResponseReturnValue:
    """The sheet to fill in, with rows as an example and a page that says how."""
    chosen = _kind(kind)
    title = _("Mẫu: %(name)s", name=chosen.name)
    return download(chosen.blank.book(title), f"{title.replace(':', '')}.xlsx")


@bp.route("/quan-tri/nhap/<kind>", methods=["GET", "POST"])
@needs(Role.ADMIN)
@takes_bytes(LARGEST + 2 * 1024 * 1024)
def load(kind: str) -> ResponseReturnValue:
    """Tried first; the table that was tried is written when confirmed, or its faulty rows are
    given back as a file.
    """
    chosen = _kind(kind)
    if request.method == "GET":
        return _page(kind, None)
    then = request.form.get("then", "")
    try:
        table = kept_table(request.form.get("table", "")) if then else _given()
    except SheetError as error:
        return _page(
            kind,
            None,
            problem=error.sentence,
        ), 422
    if not table:
        return _page(
            kind,
            None,
            problem=_("Chưa chọn tệp nào."),
        ), 422
    sheet = fill(chosen.blank, table)
    dry_run(lambda: _carry_out(chosen, sheet))
    if then == "faulty" and sheet.faulty:
        return _faulty(chosen, sheet)
    if then != "write" or sheet.fault or sheet.faulty:
        return _page(
            kind,
            sheet,
            table,
        ), 422 if sheet.fault or sheet.faulty else 200
    written = fill(chosen.blank, table)
    _carry_out(chosen, written)
    if written.faulty:  # somebody else wrote in between
        db.session.rollback()
        return _page(
            kind,
            written,
            table,
        ), 422
    flash(_("Đã nạp %(n)s dòng.", n=len(written.changing)))
    return redirect(url_for(chosen.index), 303)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound(_("Không có trang này."))
    return KINDS[name]


def _carry_out(chosen: Kind, sheet: Filled) -> None:
    chosen.carry_out(
        sheet,
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )


def _given() -> list[list[str]]:
    file = request.files.get("file")
    with looking():
        return read_table(file.read()) if file is not None and file.filename else []


def _faulty(chosen: Kind, sheet: Filled) -> ResponseReturnValue:
    """The faulty rows under the usual head, each with why."""
    words = chosen.blank.head
    rows = [([line[word] for word in words], line.faults) for line in sheet.faulty]
    title = _("Dòng chưa nạp: %(name)s", name=chosen.name)
    return download(
        faulty_book(
            title,
            words,
            rows,
        ),
        f"{title.replace(':', '')}.xlsx",
    )


def _page(
    kind: str,
    sheet: Filled | None,
    table: Sequence[Sequence[str]] = (),
    problem: str = "",
) -> str:
    chosen = KINDS[kind]
    return render_template(
        "administration/sheet.html",
        kind=kind,
        chosen=chosen,
        sheet=sheet,
        kept=json.dumps(list(table), ensure_ascii=False),
        problem=problem or (sheet.fault if sheet else ""),
        largest=LARGEST,
        shown=SHOWN,
    )

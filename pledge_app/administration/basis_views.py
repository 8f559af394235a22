"""Căn cứ pháp lý: the register with its in-force dates."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.exporting import exported
from pledge_app.administration.pages import form_page
from pledge_app.audit.queries import timeline
from pledge_app.campaigns import bases
from pledge_app.campaigns.bases import KINDS, Wording
from pledge_app.campaigns.models import LegalBasis
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Line
from pledge_app.orgs.words import LINE_WORDS
from pledge_app.tables.writing import Value
from pledge_app.ui.forms import Form, choose, day, line, posted_version, text, version, whole
from pledge_app.ui.paging import page_of
from pledge_app.ui.typed_values import parse_day
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("bases", __name__)


class BasisForm(Form):
    """A legal basis as it is cited on papers."""

    ver = version()
    citation = text(
        _l("Tên căn cứ"),
        rows=3,
        longest=600,
        help_=_l(
            "Viết như trên văn bản, không có chữ “Căn cứ” ở đầu. Luật ghi ngày, không ghi số."
        ),
    )
    kind = choose(_l("Loại văn bản"), [(one, one) for one in KINDS])
    in_force_from = day(_l("Có hiệu lực từ ngày"))
    in_force_to = day(
        _l("Hết hiệu lực từ ngày"),
        needed=False,
        help_=_l("Ngày đầu tiên không còn hiệu lực."),
    )
    note = line(_l("Ghi chú"), needed=False)
    cited_order = whole(
        _l("Thứ tự trong căn cứ của bản giao ước"),
        needed=False,
        help_=_l(
            "Số nhỏ in trước: luật, nghị định rồi thông tư. Để trống: không đưa sẵn vào dự thảo."
        ),
    )
    cited_by = choose(
        _l("Đưa sẵn vào dự thảo của"),
        [("", _l("Cả hai hệ")), *((one.value, word) for one, word in LINE_WORDS.items())],
        needed=False,
    )

    def wording(self) -> Wording:
        """What was typed, for the verbs."""
        return Wording(
            (self.citation.data or "").replace("\n", " ").rstrip(" ;."),
            self.kind.data,
            self.in_force_from.data,
            self.in_force_to.data,
            self.note.data or "",
            self.cited_order.data,
            Line(self.cited_by.data) if self.cited_by.data else None,
        )


@bp.get("/quan-tri/can-cu")
@needs(Role.ADMIN)
def index() -> ResponseReturnValue:
    """The register: by text, by kind, or what is in force on a day."""
    chosen, asked, day_error = _asked()
    return render_template(
        "administration/bases.html",
        page=page_of(chosen),
        asked=asked["q"],
        asked_day=asked["ngay"],
        day_error=day_error,
        kind=asked["loai"],
        kinds=KINDS,
        today=clock.today(),
    ), 422 if day_error else 200


def _asked() -> tuple[Select[LegalBasis], dict[str, str], str]:
    """The bases that the filters ask for; the filters as typed; why a day is none."""
    args, on, day_error = request.args, None, ""
    asked = {
        "q": args.get("q", "").strip()[:100],
        "ngay": args.get("ngay", "").strip(),
        "loai": args.get("loai", "") if args.get("loai") in KINDS else "",
    }
    if asked["ngay"]:
        try:
            on = parse_day(asked["ngay"])
        except ValueError as error:
            day_error = str(error)
    return bases.bases(asked["q"], on=on, kind=asked["loai"]), asked, day_error


@bp.post("/quan-tri/can-cu/xlsx")
@needs(Role.ADMIN)
def export() -> ResponseReturnValue:
    """The filtered register as a sheet."""
    rows: list[Sequence[Value]] = [
        [
            number,
            row.citation,
            row.kind,
            row.in_force_from,
            row.in_force_to,
            row.replaced_by.citation if row.replaced_by else "",
            row.note,
            row.cited_order,
        ]
        for number, row in enumerate(db.session.scalars(_asked()[0]), 1)
    ]
    head = [
        _("STT"),
        _("Căn cứ"),
        _("Loại"),
        _("Có hiệu lực từ"),
        _("Hết hiệu lực từ"),
        _("Thay thế bởi"),
        _("Ghi chú"),
        _("Thứ tự trong căn cứ của bản giao ước"),
    ]
    return exported(_("Căn cứ pháp lý"), head, rows)


@bp.route("/quan-tri/can-cu/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add() -> ResponseReturnValue:
    """A new basis."""
    form = BasisForm()
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            basis = bases.add_basis(form.wording(), actor=actor(), at=clock.now())
        if not refusal:
            flash(_("Đã ghi căn cứ."))
            return redirect(url_for("bases.show", pid=basis.pid), 303)
    return form_page(
        form,
        _("Thêm căn cứ"),
        _("Thêm căn cứ"),
        url_for("bases.index"),
        crumbs=_way(),
    )


@bp.get("/quan-tri/can-cu/<pid>")
@needs(Role.ADMIN)
def show(pid: str) -> ResponseReturnValue:
    """One basis and what became of it."""
    basis = bases.find_basis(pid)
    return render_template(
        "administration/basis.html",
        basis=basis,
        today=clock.today(),
        timeline=timeline(LegalBasis.__tablename__, basis.pid),
    )


@bp.route("/quan-tri/can-cu/<pid>/sua", methods=["GET", "POST"])
@needs(Role.ADMIN)
def correct(pid: str) -> ResponseReturnValue:
    """A slip is put right, or the day it ends is recorded."""
    basis = bases.find_basis(pid)
    form = BasisForm(
        data={
            "ver": basis.version_id,
            "citation": basis.citation,
            "kind": basis.kind,
            "note": basis.note,
            "in_force_from": basis.in_force_from,
            "in_force_to": basis.in_force_to,
            "cited_order": basis.cited_order,
            "cited_by": basis.line.value if basis.line else "",
        }
    )
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            bases.correct_basis(
                basis,
                form.wording(),
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lưu. Văn bản đã chốt không thay đổi."))
            return redirect(url_for("bases.show", pid=pid), 303)
    return form_page(
        form,
        _("Sửa căn cứ"),
        _("Lưu"),
        url_for("bases.show", pid=pid),
        crumbs=_way(),
    )


@bp.route("/quan-tri/can-cu/<pid>/thay-the", methods=["GET", "POST"])
@needs(Role.ADMIN)
def replace(pid: str) -> ResponseReturnValue:
    """A newer paper takes its place."""
    basis = bases.find_basis(pid)
    form = BasisForm(
        data={
            "ver": basis.version_id,
            "kind": basis.kind,
            "cited_order": basis.cited_order,
            "cited_by": basis.line.value if basis.line else "",
        }
    )
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            newer = bases.replace_basis(
                basis,
                form.wording(),
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã ghi văn bản thay thế."))
            return redirect(url_for("bases.show", pid=newer.pid), 303)
    heading = _("Ghi văn bản thay thế")
    return form_page(
        form,
        heading,
        heading,
        url_for("bases.show", pid=pid),
        crumbs=_way(),
        facts=[(_("Thay thế"), basis.citation)],
        note=_("Căn cứ cũ hết hiệu lực từ ngày căn cứ mới có hiệu lực."),
    )


def _way() -> list[tuple[str, str]]:
    return [(_("Căn cứ pháp lý"), url_for("bases.index"))]

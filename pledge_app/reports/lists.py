"""Xuất Excel of the lists that rooms below show: agreements, quarterly reports, units; filtered as the page is."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.accounts.exporting import exported
from pledge_app.agreements import queries as agreements
from pledge_app.documents.parts import ROMAN
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.orgs import queries as orgs
from pledge_app.orgs.words import level_word
from pledge_app.progress import queries as progress
from pledge_app.reports.exports import bp
from pledge_app.ui.badges import BADGES
from pledge_app.ui.tables import Value

__all__ = ["bp"]


@bp.post("/giao-uoc-cum/xlsx")
def export_agreements() -> Response:
    """The filtered list of joint agreements."""
    found = db.session.scalars(agreements.asked_for(request.args, seen_by=actor())).unique().all()
    rows: list[Sequence[Value]] = [
        [number, row.cluster.name, row.cluster.year, row.version, row.lead_body.name,
         str(BADGES["agreement"][row.state.value].word)] for number, row in enumerate(found, 1)]
    head = [_("STT"), _("Cụm thi đua"), _("Năm"), _("Phiên bản"), _("Cụm trưởng"), _("Trạng thái")]
    return exported(_("Danh sách bản giao ước"), head, rows)


@bp.post("/bao-cao-quy/xlsx")
def export_reports() -> Response:
    """The filtered list of quarterly reports."""
    today = clock.today()
    found = db.session.scalars(progress.asked_for(request.args, seen_by=actor())).all()
    rows: list[Sequence[Value]] = [
        [number, row.pledge.body.name, row.pledge.emulation_year.year, ROMAN[row.quarter], row.version, row.due_on,
         str(BADGES["report"][progress.shown_state(row, today)].word), _("Nộp muộn") if row.is_late else "",
         clock.local(row.sent_at) if row.sent_at else None] for number, row in enumerate(found, 1)]
    head = [_("STT"), _("Đơn vị"), _("Năm"), _("Quý"), _("Phiên bản"), _("Hạn nộp"), _("Trạng thái"), _("Ghi chú"),
            _("Gửi cấp trên lúc")]
    return exported(_("Danh sách báo cáo quý"), head, rows)


@bp.post("/don-vi/xlsx")
def export_units() -> Response:
    """The units of a day, filtered."""
    asked = orgs.asked_for(request.args, today=clock.today())
    rows: list[Sequence[Value]] = [
        [number, row.name, level_word(row.level), row.code or "", row.parent_name or ""]
        for number, row in enumerate(db.session.execute(asked.units()), 1)]
    head = [_("STT"), _("Tên"), _("Cấp"), _("Mã tại ngày này"), _("Cấp trên trực tiếp")]
    return exported(_("Danh sách đơn vị ngày %(day)s", day=f"{asked.day:%d-%m-%Y}"), head, rows)

"""Xuất Excel of the lists that rooms below show: agreements, quarterly reports, units; filtered
as the page is.

Also the long tables of a year (criteria, commemorative days) and the permissions.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request
from flask_babel import gettext as _

from pledge_app.accounts import permissions
from pledge_app.accounts.current import actor
from pledge_app.accounts.exporting import exported
from pledge_app.agreements import queries as agreements
from pledge_app.campaigns import queries as campaigns
from pledge_app.campaigns.policy import guides
from pledge_app.criteria.words import CADENCE_WORDS, DIRECTION_WORDS
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden
from pledge_app.orgs import queries as orgs
from pledge_app.orgs.words import level_word
from pledge_app.progress import queries as progress
from pledge_app.reports.blueprint import bp
from pledge_app.tables.writing import Value
from pledge_app.ui.badges import badge


@bp.post("/giao-uoc-cum/xlsx")
def export_agreements() -> Response:
    """The filtered list of joint agreements."""
    found = db.session.scalars(agreements.asked_for(request.args, seen_by=actor())).unique().all()
    rows: list[Sequence[Value]] = [
        [
            number,
            row.cluster.name,
            row.cluster.year,
            row.version,
            row.lead_body.name,
            str(badge("agreement", row.state.value).word),
        ]
        for number, row in enumerate(found, 1)
    ]
    head = [
        _("STT"),
        _("Cụm thi đua"),
        _("Năm"),
        _("Phiên bản"),
        _("Cụm trưởng"),
        _("Trạng thái"),
    ]
    return exported(_("Danh sách bản giao ước"), head, rows)


@bp.post("/bao-cao-quy/xlsx")
def export_reports() -> Response:
    """The filtered list of reports."""
    today = clock.today()
    found = db.session.scalars(progress.asked_for(request.args, seen_by=actor())).all()
    rows: list[Sequence[Value]] = [
        [
            number,
            row.pledge.body.name,
            row.pledge.emulation_year.year,
            str(row.period.heading),
            row.version,
            row.due_on,
            str(badge("report", progress.shown_state(row, today)).word),
            _("Nộp muộn") if row.is_late else "",
            clock.local(row.sent_at) if row.sent_at else None,
        ]
        for number, row in enumerate(found, 1)
    ]
    head = [
        _("STT"),
        _("Đơn vị"),
        _("Năm"),
        _("Kỳ báo cáo"),
        _("Phiên bản"),
        _("Hạn nộp"),
        _("Trạng thái"),
        _("Ghi chú"),
        _("Gửi cấp trên lúc"),
    ]
    return exported(_("Danh sách báo cáo tiến độ"), head, rows)


@bp.post("/don-vi/xlsx")
def export_units() -> Response:
    """The units of a day, filtered."""
    asked = orgs.asked_for(request.args, today=clock.today())
    rows: list[Sequence[Value]] = [
        [
            number,
            row.name,
            level_word(row.level),
            row.code or "",
            row.parent_name or "",
        ]
        for number, row in enumerate(db.session.execute(asked.units()), 1)
    ]
    head = [
        _("STT"),
        _("Tên"),
        _("Cấp"),
        _("Mã tại ngày này"),
        _("Cấp trên trực tiếp"),
    ]
    return exported(_("Danh sách đơn vị ngày %(day)s", day=f"{asked.day:%d-%m-%Y}"), head, rows)


@bp.post("/nam-thi-dua/<pid>/bo-tieu-chi/xlsx")
def export_criteria(pid: str) -> Response:
    """The criteria of a year, under their groups."""
    year = campaigns.find_year(pid)
    found = campaigns.criteria_of(year)
    rows: list[Sequence[Value]] = [
        [
            row.code,
            row.name,
            "",
            "",
            "",
            row.max_points,
        ]
        if row.is_group
        else [
            row.code,
            row.name,
            row.unit_of_measure,
            str(DIRECTION_WORDS[row.direction]),
            str(CADENCE_WORDS[row.cadence]),
            row.max_points,
        ]
        for row in found
    ]
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        _("Chiều"),
        _("Cách tính năm"),
        _("Điểm chuẩn"),
    ]
    title = _("Bộ tiêu chí năm %(year)s, hệ %(line)s", year=year.year, line=year.line.value.upper())
    return exported(
        title,
        head,
        rows,
        year,
        bold={number for number, row in enumerate(found) if row.is_group},
    )


@bp.post("/nam-thi-dua/<pid>/ngay-ky-niem/xlsx")
def export_days(pid: str) -> Response:
    """The commemorative days that a year may choose from, for those who guide it."""
    year = campaigns.find_year(pid)
    if not guides(actor(), year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa năm thi đua. Dữ liệu chưa thay đổi."))
    rows: list[Sequence[Value]] = [
        [
            number,
            row.day,
            row.month,
            row.name,
            row.founding_year,
            row.place or (_("địa phương") if row.body_id else _("cả nước")),
            _("cơ quan tự thêm")
            if row.body_id
            else _("đã đối chiếu")
            if row.certainty == "verified"
            else _("cần đối chiếu"),
        ]
        for number, row in enumerate(campaigns.commemorations({year.issuer_body_id}), 1)
    ]
    head = [
        _("STT"),
        _("Ngày"),
        _("Tháng"),
        _("Tên"),
        _("Năm gốc"),
        _("Phạm vi"),
        _("Nguồn"),
    ]
    return exported(
        _("Lịch ngày kỷ niệm năm %(year)s", year=year.year),
        head,
        rows,
        year,
    )


@bp.post("/quan-tri/phan-quyen/xlsx")
def export_permissions() -> Response:
    """Who may do what."""
    rows: list[Sequence[Value]] = [
        [
            number,
            row.act,
            row.who,
            row.where,
        ]
        for number, row in enumerate(permissions.table(), 1)
    ]
    return exported(
        _("Bảng phân quyền"),
        [
            _("STT"),
            _("Việc"),
            _("Vai trò"),
            _("Phạm vi"),
        ],
        rows,
    )

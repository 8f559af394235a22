"""Xuất Excel of the tables of one thing: figures, rows under their groups; and of pledges and
users.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import Response, request
from flask_babel import gettext as _

from pledge_app.accounts import user_sheet
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.exporting import exported
from pledge_app.accounts.queries import user_ids, users
from pledge_app.agreements.queries import find_agreement
from pledge_app.agreements.story import content_of
from pledge_app.campaigns import assigning, results
from pledge_app.campaigns.policy import guides
from pledge_app.campaigns.queries import find_year
from pledge_app.criteria.words import figure_cell
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.kernel.numbers import year_number
from pledge_app.orgs.models import Line
from pledge_app.pledges import queries as pledges
from pledge_app.pledges.cells import cell_labels
from pledge_app.pledges.goal_cells import stored_goals
from pledge_app.pledges.snapshot import grouped
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import queries as progress
from pledge_app.progress import sheet
from pledge_app.reports.blueprint import bp
from pledge_app.tables.writing import Value
from pledge_app.ui.badges import badge
from pledge_app.ui.chosen import with_chosen


@bp.post("/giao-uoc/xlsx")
def export_pledges() -> Response:
    """The filtered list of pledges, every page of it."""
    who = actor()
    args = with_chosen(request.args)
    year = args.get("nam", "")
    line = args.get("he", "")
    state = args.get("trang_thai", "")
    found = db.session.scalars(
        pledges.pledges(
            seen_by=who,
            year=year_number(year),
            line=Line(line) if line in set(Line) else None,
            state=PledgeState(state) if state in set(PledgeState) else None,
            text=args.get("q", "").strip()[:100],
            sort=args.get("xep", ""),
            only_own=bool(args.get("cua_toi")),
        )
    ).all()
    rows: list[Sequence[Value]] = [
        [
            number,
            row.body.name,
            row.emulation_year.year,
            row.emulation_year.line.value.upper(),
            row.cluster.name,
            str(badge("pledge", pledges.shown_state(row)).word),
            clock.local(row.sent_at) if row.sent_at else None,
        ]
        for number, row in enumerate(found, 1)
    ]
    head = [
        _("STT"),
        _("Đơn vị"),
        _("Năm"),
        _("Hệ"),
        _("Cụm thi đua"),
        _("Trạng thái"),
        _("Gửi cấp trên lúc"),
    ]
    return exported(
        _("Danh sách bản đăng ký thi đua"),
        head,
        rows,
    )


@bp.post("/giao-uoc/<pid>/xlsx")
def export_pledge(pid: str) -> Response:
    """The figures of one pledge, under their groups, as its page shows them."""
    pledge = pledges.find_pledge(pid, seen_by=actor())
    if not pledges.reads_sheet(pledge, actor()):
        raise Conflict(_("Đơn vị đang sửa bản đăng ký này. Hãy xuất bảng khi đơn vị gửi lại."))
    rows: list[Sequence[Value]] = []
    groups: set[int] = set()
    for code, name, targets in grouped(pledge):
        if name:
            groups.add(len(rows))
            rows.append([code, name])
        rows += [
            [
                row.criterion.code,
                row.criterion.name,
                row.criterion.unit_of_measure,
                *(
                    figure_cell(value, row.criterion.is_yes_no)
                    for value in (row.assigned, row.baseline, *stored_goals(row).values())
                ),
                row.measures,
                row.reason_lower,
            ]
            for row in targets
        ]
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        _("Được giao"),
        _("Năm trước"),
        *cell_labels(pledge.emulation_year.goal_periods).values(),
    ]
    title = _(
        "Chỉ tiêu đăng ký thi đua năm %(year)s - %(body)s",
        year=pledge.emulation_year.year,
        body=pledge.body.name,
    )
    return exported(
        title,
        head,
        rows,
        pledge,
        bold=groups,
    )


@bp.post("/quan-tri/nguoi-dung/xlsx")
@needs(Role.ADMIN)
def export_users() -> Response:
    """The users as found, a row per role: the same columns as the import reads."""
    found = users(user_ids(request.args.get("q", "").strip()[:100]))
    rows = user_sheet.rows(found, today=clock.today())
    return exported(_("Danh sách người dùng"), user_sheet.head(), rows)


@bp.post("/nam-thi-dua/<pid>/chi-tieu-giao/xlsx")
def export_assigned(pid: str) -> Response:
    """The assigned figures: criteria down, units across, as the page shows them."""
    year = find_year(pid)
    made = assigning.table(year)
    rows: list[Sequence[Value]] = [
        [
            row.code,
            row.name,
            row.unit_of_measure,
            *(
                figure_cell(made.values.get((body.id, row.id)), row.is_yes_no)
                for body in made.bodies
            ),
        ]
        for row in made.criteria
    ]
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        *(body.name for body in made.bodies),
    ]
    return exported(
        _("Chỉ tiêu được giao năm %(year)s", year=year.year),
        head,
        rows,
        year,
    )


@bp.post("/nam-thi-dua/<pid>/ket-qua-nam-truoc/xlsx")
def export_results(pid: str) -> Response:
    """Last year's results that are used, in the shape in which they are pasted: a template to
    fill in.
    """
    year = find_year(pid)
    if not guides(actor(), year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa năm thi đua. Dữ liệu chưa thay đổi."))
    table = results.shown(year).table
    rows: list[Sequence[Value]] = [
        [
            row.code,
            row.name,
            row.unit_of_measure,
            *(
                figure_cell(table.values.get((body.id, row.id)), row.is_yes_no)
                for body in table.bodies
            ),
        ]
        for row in table.criteria
    ]
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        *(body.name for body in table.bodies),
    ]
    return exported(
        _("Kết quả năm %(year)s", year=year.year - 1),
        head,
        rows,
        year,
    )


@bp.post("/bao-cao-quy/<pid>/xlsx")
def export_report(pid: str) -> Response:
    """The figures of one report, under their groups."""
    report = progress.find_report(pid, seen_by=actor())
    if not progress.reads_sheet(report, actor()):
        raise Conflict(_("Đơn vị đang bổ sung báo cáo này. Hãy xuất bảng khi đơn vị gửi lại."))
    rows: list[Sequence[Value]] = []
    groups: set[int] = set()
    for group in sheet.groups(report):
        if group.name:
            groups.add(len(rows))
            rows.append([group.code, group.name])
        for row in group.rows:
            criterion = row.criterion
            goal, plan, value, so_far = (
                figure_cell(one, criterion.is_yes_no)
                for one in (row.goal, row.standing.plan, row.line.value, row.so_far)
            )
            rows.append(
                [
                    criterion.code,
                    criterion.name,
                    criterion.unit_of_measure,
                    goal,
                    plan,
                    value,
                    _("ước") if row.line.is_estimate else "",
                    so_far,
                    str(row.standing.word),
                    row.percent,
                    row.line.explanation,
                ]
            )
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        _("Kế hoạch năm"),
        _("Kế hoạch đến %(until)s", until=report.period.until),
        str(report.period.heading),
        _("Ước tính"),
        _("Lũy kế"),
        _("Tiến độ"),
        _("So với cả năm (%)"),
        _("Giải trình"),
    ]
    title = _(
        "Báo cáo %(period)s - %(body)s",
        period=report.period.dated,
        body=report.pledge.body.name,
    )
    return exported(
        title,
        head,
        rows,
        report,
        bold=groups,
    )


@bp.post("/giao-uoc-cum/<pid>/xlsx")
def export_agreement(pid: str) -> Response:
    """The table of an agreement: criteria down, parties across, as frozen once it is."""
    agreement = find_agreement(pid, seen_by=actor())
    content = content_of(agreement)
    rows: list[Sequence[Value]] = []
    groups: set[int] = set()
    for group in content["groups"]:
        if group["name"]:
            groups.add(len(rows))
            rows.append([group["code"], group["name"]])
        rows += [
            [
                row["code"],
                row["name"],
                row["unit"],
                *(_figure(value) for value in row["values"]),
            ]
            for row in group["rows"]
        ]
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        *(party["unit"] for party in content["parties"]),
    ]
    title = _(
        "Chỉ tiêu giao ước - %(name)s - %(year)s",
        name=agreement.cluster.name,
        year=agreement.cluster.year,
    )
    return exported(
        title,
        head,
        rows,
        agreement,
        bold=groups,
    )


def _figure(text: str) -> Value:
    """A frozen figure is an exact decimal as text; whatever else stands there is text."""
    plain = text.removeprefix("-").replace(
        ".",
        "",
        1,
    )
    return Decimal(text) if plain.isascii() and plain.isdigit() else text

"""Pages of the level above: the queue, the table, one pledge under review, entering on a commune's behalf."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts.current import actor, needs
from pledge_app.audit.operations import record
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, NotFound
from pledge_app.kernel.text import clean_text
from pledge_app.orgs.models import Body
from pledge_app.pledges import entry, review, review_queries
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.queries import find_pledge
from pledge_app.ui.badges import BADGES
from pledge_app.ui.paging import page_of_list
from pledge_app.ui.tables import download, xlsx

bp = Blueprint("reviews", __name__)
READERS = (Role.REVIEWER, Role.AUDITOR, Role.ADMIN)


@bp.get("/tham-dinh")
@needs(*READERS)
def index() -> ResponseReturnValue:
    """The queue: what waits how long; and who has not sent."""
    args = request.args
    year = int(args["nam"]) if args.get("nam", "").isascii() and args.get("nam", "").isdigit() and len(args["nam"]) == 4 \
        else clock.today().year
    state = args.get("trang-thai", "") if args.get("trang-thai", "") in BADGES["pledge"] else ""
    asked = args.get("q", "").strip()[:100]
    rows = review_queries.queue(actor(), today=clock.today(), year=year, text=asked, state=state)
    return render_template(
        "reviews/index.html", page=page_of_list(rows), asked=asked, year=year, state=state,
        states=[(key, badge.word) for key, badge in BADGES["pledge"].items()],
        clusters=review_queries.my_clusters(actor(), year), starts=review_queries.can_start_for(actor()),
        years=sorted({c.year for c in review_queries.my_clusters(actor())}, reverse=True))


@bp.get("/tham-dinh/bang/<pid>")
@needs(*READERS)
def table(pid: str) -> ResponseReturnValue:
    """One table criteria × communes, to print."""
    cluster = review_queries.find_cluster(pid, seen_by=actor())
    return render_template("reviews/table.html", cluster=cluster, table=review_queries.table(cluster))


@bp.post("/tham-dinh/bang/<pid>/xlsx")
@needs(*READERS)
def export(pid: str) -> ResponseReturnValue:
    """The same table as XLSX; a POST, because the export is recorded with its number of rows."""
    cluster = review_queries.find_cluster(pid, seen_by=actor())
    made = review_queries.table(cluster)
    head = [_("Mã"), _("Tiêu chí"), _("Đơn vị tính")]
    for body in made.bodies:
        head += [f"{body.name} - {word}" for word in (_("đăng ký"), _("năm trước"), _("được giao"))]
    rows: list[list[Any]] = []
    for criterion in made.criteria:
        row: list[Any] = [criterion.code, criterion.name, criterion.unit_of_measure]
        for body in made.bodies:
            cell = made.cells.get((criterion.id, body.id))
            row += [cell.goal, cell.baseline, cell.assigned] if cell else [None, None, None]
        rows.append(row)
    record("table.exported", cluster, actor=actor(), at=clock.now(), rows=len(rows))
    title = _("Bảng tổng hợp đăng ký thi đua - %(name)s - %(year)s", name=cluster.name, year=cluster.year)
    return download(xlsx(title, head, rows), f"{title}.xlsx")


@bp.get("/tham-dinh/<pid>")
@needs(*READERS)
def show(pid: str) -> ResponseReturnValue:
    """One pledge: the ambition check of each target; after a resend only what changed, unless all is asked for."""
    return _page(_reviewed(pid))


@bp.post("/tham-dinh/<pid>/bat-dau")
@needs(Role.REVIEWER)
def begin(pid: str) -> ResponseReturnValue:
    """From here the commune cannot withdraw."""
    pledge = _reviewed(pid)
    review.begin_review(pledge, actor=actor(), at=clock.now())
    flash(_("Đã bắt đầu thẩm định. Đơn vị không rút lại được nữa."))
    return redirect(url_for("reviews.show", pid=pid), 303)


@bp.post("/tham-dinh/<pid>/yeu-cau-bo-sung")
@needs(Role.REVIEWER)
def send_back(pid: str) -> ResponseReturnValue:
    """One reason for the whole and one per target; blank ones fall away."""
    pledge = _reviewed(pid)
    asks = [review.Ask(clean_text(request.form.get("reason", ""))[:4000])]
    asks += [review.Ask(clean_text(request.form.get(f"reason-{target.pid}", ""))[:4000], target)
             for target in pledge.targets]
    try:
        review.send_back(pledge, asks, version=_version(), actor=actor(), at=clock.now())
    except DomainError as refused:
        if refused.status != 422:
            raise
        return _page(pledge, problems=refused.problems), 422
    flash(_("Đã gửi yêu cầu bổ sung cho %(body)s.", body=pledge.body.name))
    return redirect(url_for("reviews.index"), 303)


@bp.post("/tham-dinh/<pid>/thong-nhat")
@needs(Role.REVIEWER)
def approve(pid: str) -> ResponseReturnValue:
    """Agree, in the word of the line."""
    pledge = _reviewed(pid)
    review.approve(pledge, version=_version(), actor=actor(), at=clock.now())
    flash(_("%(word)s: %(body)s.", word=review.approve_word(pledge), body=pledge.body.name))
    return redirect(url_for("reviews.index"), 303)


@bp.post("/tham-dinh/nhap-ho")
@needs(Role.REVIEWER)
def start_for() -> ResponseReturnValue:
    """Nhập hộ: begin a pledge on a commune's behalf; the commune confirms it, and somebody else agrees."""
    body = db.session.scalar(select(Body).where(Body.pid == request.form.get("body", "")))
    year = db.session.scalar(select(EmulationYear).where(EmulationYear.pid == request.form.get("year", "")))
    if body is None or year is None:
        raise NotFound(_("Không có cơ quan hoặc năm thi đua này."))
    pledge = entry.start_pledge(body, year, actor=actor(), at=clock.now(), today=clock.today(), on_behalf=True)
    flash(_("Đã lập bản đăng ký nhập hộ. Đơn vị sẽ xác nhận bằng việc ký duyệt."))
    return redirect(url_for("pledges.edit", pid=pledge.pid), 303)


def _reviewed(pid: str) -> Pledge:
    """The pledge, for those who may read it from above."""
    pledge = find_pledge(pid, seen_by=actor())
    if not (actor().sees_all or actor().has(Role.REVIEWER, pledge.cluster.reviewer_body_id)):
        raise NotFound(_("Không có bản đăng ký này, hoặc bạn không có quyền xem."))
    return pledge


def _version() -> int:
    text = request.form.get("ver", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _page(pledge: Pledge, problems: tuple[Any, ...] = ()) -> str:
    examined = review_queries.examine(pledge)
    again = pledge.round > 1
    everything = not again or request.args.get("tat-ca") == "1" or request.method == "POST"
    changed = review_queries.what_changed(pledge)
    return render_template(
        "reviews/show.html", pledge=pledge, rows=[row for row in examined if everything or row.changed], again=again,
        everything=everything, problems=problems, typed=request.form, word=review.approve_word(pledge),
        other_changes=[c for c in changed if c.path[0] != "targets"], field_word=review_queries.field_word,
        state="sent_again" if pledge.state.value == "sent" and again else pledge.state.value,
        may_ask=pledge.may("send_back", actor()), may_approve=pledge.may("approve", actor()), as_figure=_as_figure,
        own=actor().user_id in pledge.author_ids)


def _as_figure(value: Any) -> Any:
    """A figure of a snapshot ("12.5") as a number to show; other text as it is."""
    try:
        return Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return None

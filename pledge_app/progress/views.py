"""Reports: the list, one report, its entry, and the steps from the clerk to the
confirmation.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.audit.queries import timeline
from pledge_app.charts.svg import inline
from pledge_app.documents.policy import may_read
from pledge_app.documents.queries import papers_of
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.office_queries import holdings_of
from pledge_app.progress import (
    correcting,
    entry,
    evidence,
    operations,
    queries,
    sheet,
    steps,
    texts,
)
from pledge_app.progress.forms import CorrectForm, HandBackForm, SendBackForm
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.ui.chosen import with_chosen
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("progress", __name__)
ReportForm = HandBackForm | SendBackForm | CorrectForm


@bp.get("/bao-cao-quy")
def index() -> ResponseReturnValue:
    """The reports that the actor may see, and those that are still to open."""
    who = actor()
    args = with_chosen(request.args)
    today = clock.today()
    asked = {
        "nam": args.get("nam", ""),
        "ky": queries.asked_period(args),
        "trang_thai": args.get("trang_thai", ""),
        "q": args.get("q", "").strip()[:100],
    }
    return render_template(
        "progress/index.html",
        page=page_of(queries.asked_for(args, seen_by=who)),
        asked=asked,
        years=queries.years_of(who),
        states=list(ReportState),
        periods=queries.reported_periods(who),
        is_filtered=any(asked.values()),
        upcoming=queries.upcoming(who),
        today=today,
        held_up=queries.held_up(who, today=today),
        clusters=queries.clusters_of(who),
        shown_state=lambda report: queries.shown_state(report, today),
    )


@bp.get("/bao-cao-quy/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """One report: where it stands, what was asked for, its figures, its paper, its history."""
    return _page(queries.find_report(pid, seen_by=actor()))


def _page(report: ProgressReport, **posted: ReportForm) -> str:
    who = actor()
    forms: dict[str, ReportForm] = {
        "hand_back": HandBackForm(prefix=""),
        "send_back": SendBackForm(),
        "correct": CorrectForm(),
        **posted,
    }
    for form in forms.values():
        if not form.is_submitted():
            form.ver.data = report.version_id
    opens = queries.reads_sheet(report, who)
    groups = sheet.groups(report) if opens else []
    rows = [row for group in groups for row in group.rows]
    chart = sheet.chart(report, rows)
    events = timeline(ProgressReport.__tablename__, report.pid)
    papers = papers_of(ProgressReport.__tablename__, report.pid)
    return render_template(
        "progress/show.html",
        report=report,
        state=queries.shown_state(report, clock.today()),
        steps=steps.steps_of(report),
        holder=steps.holder(report),
        reasons=steps.open_reasons(report, events),
        timeline=events,
        opens=opens,
        groups=groups,
        tally=sheet.tally(row.standing for row in rows),
        chart=chart,
        drawing=inline(chart.svg) if chart else "",
        moves=set(report.LIFE.open_to(report, who)),
        is_alone=_is_alone(report, who),
        versions=queries.versions_of(report, seen_by=who),
        files=evidence.files_of(report, seen_by=who),
        pinned_to=evidence.pinned_to,
        removable=evidence.removable,
        words=texts.TEXT_WORDS,
        papers=[paper for paper in papers if may_read(who, paper.envelope.body_ids)],
        **forms,
    )


def _is_alone(report: ProgressReport, who: Actor) -> bool:
    """Whether one person types and signs off for this body."""
    return report.LIFE.moves["send_up"].who(who, report)


@bp.route("/bao-cao-quy/<pid>/nhap", methods=["GET", "POST"])
def edit(pid: str) -> ResponseReturnValue:
    """The figures and texts as one form. Good rows are saved even when others are not."""
    who = actor()
    at = clock.now()
    report = queries.find_report(pid, seen_by=who)
    if request.method == "GET":
        if not report.may("submit_to_leader", who):
            flash(_("Báo cáo này hiện không nhập được; dưới đây là nội dung đã có."))
            return redirect(url_for("progress.show", pid=pid), 303)
        return _sheet(report, entry.Saved())
    operations.entering(report, who)
    saved = entry.save_form(
        report,
        request.form,
        actor=who,
        at=at,
    )
    db.session.flush()  # the page shows the versions that the next sending must name
    if saved.problems:
        return _sheet(report, saved), 409 if saved.is_conflict else 422
    if request.form.get("then") != "submit":
        flash(_("Đã lưu báo cáo lúc %(at)s.", at=f"{clock.local(at):%H:%M}"))
        return redirect(url_for("progress.edit", pid=pid), 303)
    with catch_refusal() as refusal:
        operations.submit_to_leader(
            report,
            actor=who,
            at=at,
        )
    if refusal:
        saved.problems += refusal.problems
        return _sheet(
            report,
            saved,
            refusal.sentence,
        ), 422
    flash(_("Đã trình lãnh đạo."))
    return redirect(url_for("progress.show", pid=pid), 303)


def _sheet(report: ProgressReport, saved: entry.Saved, title: str = "") -> str:
    return render_template(
        "progress/edit.html",
        report=report,
        state=queries.shown_state(report, clock.today()),
        groups=sheet.groups(report),
        rows={line.pid: saved.rows.get(line.pid) or entry.as_stored(line) for line in report.lines},
        saved_texts=saved.texts is None,
        texts=saved.texts or texts.texts_of(report),
        words=texts.TEXT_WORDS,
        problems=saved.problems,
        problems_title=title,
        entered=sum(line.value is not None for line in report.lines),
        user=actor().user_id,
        reasons=steps.open_reasons(report, timeline(ProgressReport.__tablename__, report.pid)),
    )


@bp.post("/bao-cao-quy/<pid>/trinh")
def submit_to_leader(pid: str) -> ResponseReturnValue:
    """To the leader; one person who types and signs may send in the same step, and the trail
    says so.
    """
    who = actor()
    at = clock.now()
    report = _as_shown(_report_to("submit_to_leader", pid))
    with catch_refusal() as refusal:
        operations.submit_to_leader(
            report,
            actor=who,
            at=at,
        )
    if refusal:
        return _sheet(
            report,
            entry.Saved(problems=list(refusal.problems)),
            refusal.sentence,
        ), 422
    if request.form.get("then") == "send":
        operations.send_up(
            report,
            actor=who,
            at=at,
            today=clock.today(),
            office=_office(report, who),
        )
        flash(
            _(
                "Đã trình, ký duyệt và gửi trong một bước; nhật ký ghi rõ việc nhập bước. Bản in "
                "đang được tạo."
            )
        )
    else:
        flash(_("Đã trình lãnh đạo."))
    return redirect(url_for("progress.show", pid=pid), 303)


@bp.post("/bao-cao-quy/<pid>/lay-lai")
def recall(pid: str) -> ResponseReturnValue:
    """Take the report back from the leader's desk."""
    report = _as_shown(_report_to("recall", pid))
    operations.recall(
        report,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã lấy lại báo cáo để sửa."))
    return redirect(url_for("progress.edit", pid=pid), 303)


@bp.post("/bao-cao-quy/<pid>/tra-lai")
def hand_back(pid: str) -> ResponseReturnValue:
    """Hand the report back to the clerk, with the leader's comment."""
    form = HandBackForm()
    report = queries.find_report(pid, seen_by=actor())
    report.LIFE.guard(
        "hand_back",
        report,
        actor(),
    )
    if not form.validate_on_submit():
        return _page(report, hand_back=form), 422
    operations.hand_back(
        _as_shown(report),
        form.reason.data,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã trả lại để sửa; người nhập sẽ thấy ý kiến của lãnh đạo."))
    return redirect(url_for("progress.show", pid=pid), 303)


@bp.post("/bao-cao-quy/<pid>/gui")
def send_up(pid: str) -> ResponseReturnValue:
    """Sign off and send (ký duyệt và gửi). A late report is accepted, and marked as late."""
    who = actor()
    report = _as_shown(_report_to("send_up", pid))
    operations.send_up(
        report,
        actor=who,
        at=clock.now(),
        today=clock.today(),
        office=_office(report, who),
    )
    flash(_("Đã ký duyệt và gửi cấp trên. Bản in đang được tạo."))
    return redirect(url_for("progress.show", pid=pid), 303)


def _office(report: ProgressReport, who: Actor) -> str:
    """The office that the person holds at the body today."""
    holdings = [
        row
        for row in holdings_of([report.pledge.body_id], on=clock.today())
        if who.person_id is not None and row.person_id == who.person_id
    ]
    return f"{holdings[0].title} {report.pledge.body.name}" if holdings else ""


@bp.post("/bao-cao-quy/<pid>/yeu-cau-bo-sung")
def send_back(pid: str) -> ResponseReturnValue:
    """Send the report back with what the reviewer wants added."""
    form = SendBackForm()
    report = queries.find_report(pid, seen_by=actor())
    report.LIFE.guard(
        "send_back",
        report,
        actor(),
    )
    if not form.validate_on_submit():
        return _page(report, send_back=form), 422
    operations.send_back(
        _as_shown(report),
        form.reason.data,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã gửi yêu cầu bổ sung cho %(body)s.", body=report.pledge.body.name))
    return redirect(url_for("progress.show", pid=pid), 303)


@bp.post("/bao-cao-quy/<pid>/xac-nhan")
def confirm(pid: str) -> ResponseReturnValue:
    """Confirm the report: its figures are fixed from now on."""
    report = _as_shown(_report_to("confirm", pid))
    operations.confirm(
        report,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã xác nhận báo cáo của %(body)s.", body=report.pledge.body.name))
    return redirect(url_for("progress.show", pid=pid), 303)


@bp.post("/bao-cao-quy/<pid>/dinh-chinh")
def correct(pid: str) -> ResponseReturnValue:
    """Begin a new version of a confirmed report."""
    form = CorrectForm()
    report = queries.find_report(pid, seen_by=actor())
    report.LIFE.guard(
        "supersede",
        report,
        actor(),
    )
    if not form.validate_on_submit():
        return _page(report, correct=form), 422
    newer = correcting.correct(
        _as_shown(report),
        form.reason.data,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã lập bản đính chính; bản đã xác nhận vẫn được giữ nguyên."))
    return redirect(url_for("progress.edit", pid=newer.pid), 303)


def _report_to(move: str, pid: str) -> ProgressReport:
    """The report, if the move is the actor's."""
    report = queries.find_report(pid, seen_by=actor())
    report.LIFE.admit(move, report, actor())
    return report


def _as_shown(report: ProgressReport) -> ProgressReport:
    """The report, if it is the one that the page showed. Raises Conflict."""
    check_version(report.version_id, posted_version())
    return report

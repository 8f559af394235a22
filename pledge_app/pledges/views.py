"""Pledges: the list, one pledge, the leader's page, and the steps from the clerk to the level
above.
"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts.current import actor
from pledge_app.audit.queries import timeline
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.queries import find_year
from pledge_app.documents.intake import LARGEST, LARGEST_REQUEST, inspected, keep_upload
from pledge_app.documents.numbers import number_of
from pledge_app.documents.queries import papers_of, uploads_of
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.numbers import year_number
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Line
from pledge_app.orgs.office_queries import holdings_of
from pledge_app.orgs.queries import find_body
from pledge_app.pledges import cells, operations, queries, sheet, starting, story
from pledge_app.pledges.blueprint import bp
from pledge_app.pledges.events import REVIEW_PAGE
from pledge_app.pledges.forms import (
    MoveForm,
    ReasonForm,
    SendForm,
    SignedOnPaperForm,
    StartForm,
    campaign_lines,
)
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.sent import since_signing
from pledge_app.pledges.states import PledgeState
from pledge_app.pledges.summary import summary_of
from pledge_app.ui.chosen import with_chosen
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of
from pledge_app.web.application import takes_bytes
from pledge_app.web.refused_verbs import catch_refusal


@bp.get("/giao-uoc")
def index() -> ResponseReturnValue:
    """The pledges that the actor may see, and those they may begin."""
    who, args = actor(), with_chosen(request.args)
    asked = {
        "nam": args.get("nam", ""),
        "he": args.get("he", ""),
        "trang_thai": args.get("trang_thai", ""),
        "q": args.get("q", "").strip()[:100],
        "cua_toi": args.get("cua_toi", ""),
    }
    chosen = queries.pledges(
        seen_by=who,
        year=year_number(asked["nam"]),
        line=Line(asked["he"]) if asked["he"] in set(Line) else None,
        state=PledgeState(asked["trang_thai"]) if asked["trang_thai"] in set(PledgeState) else None,
        text=asked["q"],
        sort=args.get("xep", ""),
        only_own=bool(asked["cua_toi"]),
    )
    return render_template(
        "pledges/index.html",
        page=page_of(chosen),
        asked=asked,
        years=_years(),
        startable=queries.can_start(who),
        shown_state=queries.shown_state,
        is_filtered=any(asked.values()),
        states=list(PledgeState),
        lines=list(Line),
    )


def _years() -> list[str]:
    return [
        str(year)
        for year in db.session.scalars(
            select(EmulationYear.year).distinct().order_by(EmulationYear.year.desc())
        )
    ]


@bp.post("/giao-uoc/lap")
def start() -> ResponseReturnValue:
    """Begin a pledge, then enter it. Pressed twice: the pledge that is there."""
    form, who, today = StartForm(), actor(), clock.today()
    form.validate_on_submit()
    body, year = find_body(form.body.data or ""), find_year(form.year.data or "")
    found = queries.pledge_of(
        body,
        year,
        seen_by=who,
    )
    if found is None:
        found = starting.start_pledge(
            body,
            year,
            actor=who,
            at=clock.now(),
            today=today,
        )
        flash(_("Đã lập bản đăng ký. Số liệu tự lưu khi nhập."))
    return redirect(url_for("pledges.edit", pid=found.pid), 303)


@bp.get("/giao-uoc/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """One pledge: where it stands, what must be read first, its figures, its history."""
    pledge = queries.find_pledge(pid, seen_by=actor())
    return _as_sent(pledge) or _page(pledge)


def _as_sent(pledge: Pledge) -> ResponseReturnValue | None:
    """While the commune is changing a pledge, the level above is led to what was sent."""
    if queries.reads_sheet(pledge, actor()):
        return None
    return redirect(url_for(REVIEW_PAGE(), pid=pledge.pid), 303)


def _page(pledge: Pledge, **forms: Any) -> str:
    who = actor()
    forms = {
        "hand_back": ReasonForm(),
        "paper": SignedOnPaperForm(),
        "send": SendForm(),
        **forms,
    }
    if not forms["paper"].is_submitted():
        forms["paper"].signed_on.data = clock.today()
    for form in forms.values():
        if "ver" in form and not form.is_submitted():
            form.ver.data = pledge.version_id
    papers = papers_of(Pledge.__tablename__, pledge.pid)
    return render_template(
        "pledges/show.html",
        pledge=pledge,
        state=queries.shown_state(pledge),
        steps=story.steps(pledge),
        holder=story.holder(pledge),
        requests=queries.open_requests(pledge),
        handed_back=queries.handed_back(pledge),
        timeline=timeline(Pledge.__tablename__, pledge.pid),
        earlier=[row for row in pledge.requests if row not in queries.open_requests(pledge)],
        groups=sheet.groups(pledge),
        heads=cells.cell_labels(pledge.emulation_year.goal_periods),
        periods=pledge.emulation_year.goal_periods,
        totals=sheet.totals(pledge),
        campaigns=campaign_lines(pledge),
        joined={row.campaign.pid: row for row in pledge.campaigns},
        hamlet_states=dict(sheet.item_words()),
        moves=set(pledge.LIFE.open_to(pledge, who)),
        is_alone=pledge.LIFE.moves["sign_off"].who(who, pledge)
        and pledge.LIFE.moves["recall"].who(who, pledge),
        papers=papers,
        number=number_of(papers[0]) if papers else "",
        largest=LARGEST,
        uploads=uploads_of(Pledge.__tablename__, pledge.pid),
        **forms,
    )


@bp.get("/giao-uoc/<pid>/tom-tat")
def summary(pid: str) -> ResponseReturnValue:
    """The leader's one page before signing off."""
    pledge = queries.find_pledge(pid, seen_by=actor())
    return _as_sent(pledge) or _summary(pledge, ReasonForm())


def _summary(pledge: Pledge, form: ReasonForm) -> str:
    if not form.is_submitted():
        form.ver.data = str(pledge.version_id)
    who = actor()
    is_own = (
        pledge.body_id in who.bodies or who.sees_all
    )  # what was asked and answered is no neighbour's business
    changed = since_signing(pledge)
    return render_template(
        "pledges/summary.html",
        shows_changes=is_own,
        again=changed is not None,
        handed_back=queries.handed_back(pledge),
        pledge=pledge,
        state=queries.shown_state(pledge),
        steps=story.steps(pledge),
        holder=story.holder(pledge),
        moves=set(pledge.LIFE.open_to(pledge, who)),
        form=form,
        summary=summary_of(
            pledge,
            queries.last_year_indicators(pledge),
            changed or (),
        ),
        totals=sheet.totals(pledge),
        campaigns=campaign_lines(pledge),
        joined={row.campaign.pid: row for row in pledge.campaigns},
    )


@bp.post("/giao-uoc/<pid>/trinh")
def submit_to_leader(pid: str) -> ResponseReturnValue:
    """To the leader. One person who is clerk and leader may sign off in the same step."""
    who, at = actor(), clock.now()
    pledge = queries.find_pledge(pid, seen_by=who)
    with catch_refusal() as refusal:
        operations.submit_to_leader(
            pledge,
            actor=who,
            at=at,
        )
    if refusal:
        return render_template(
            "pledges/missing.html",
            pledge=pledge,
            state=queries.shown_state(pledge),
            sentence=refusal.sentence,
            problems=refusal.problems,
        ), 422
    if request.form.get("then") == "sign":
        operations.sign_off(
            pledge,
            actor=who,
            at=at,
            office=_office(pledge, who),
        )
        flash(_("Đã trình và ký duyệt trong một bước; nhật ký ghi rõ việc nhập bước."))
    else:
        flash(_("Đã trình lãnh đạo."))
    return redirect(url_for("pledges.show", pid=pid), 303)


@bp.post("/giao-uoc/<pid>/tra-lai")
def hand_back(pid: str) -> ResponseReturnValue:
    """The leader's comment."""
    form, pledge = ReasonForm(), _for("hand_back", pid)
    if not form.validate_on_submit():
        return _summary(pledge, form), 422
    _same(pledge)
    operations.hand_back(
        pledge,
        form.reason.data,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã trả lại để sửa; người nhập sẽ thấy ý kiến của lãnh đạo."))
    return redirect(url_for("pledges.show", pid=pid), 303)


@bp.post("/giao-uoc/<pid>/ky-duyet")
def sign_off(pid: str) -> ResponseReturnValue:
    """Ký duyệt in the app."""
    form, who = MoveForm(), actor()
    pledge = _for("sign_off", pid)
    form.validate_on_submit()
    _same(pledge)
    operations.sign_off(
        pledge,
        actor=who,
        at=clock.now(),
        office=_office(pledge, who),
    )
    flash(_("Đã ký duyệt. Bản đăng ký có thể gửi cấp trên."))
    return redirect(url_for("pledges.show", pid=pid), 303)


def _office(pledge: Pledge, who: Actor) -> str:
    """The office that the person holds at the body today."""
    held = [
        row
        for row in holdings_of([pledge.body_id], on=clock.today())
        if row.person_id == who.person_id
    ]
    return f"{held[0].title} {pledge.body.name}" if held and who.person_id is not None else ""


@bp.post("/giao-uoc/<pid>/da-trinh-ky")
@takes_bytes(LARGEST_REQUEST)
def record_sign_off(pid: str) -> ResponseReturnValue:
    """Signed on paper, with its scan where there is one."""
    form, pledge = SignedOnPaperForm(), _for("record_sign_off", pid)
    if not form.validate_on_submit():
        return _page(pledge, paper=form), 422
    with catch_refusal(form, needs_field=True) as refusal:
        scan = _scan(pledge)
        operations.record_sign_off(
            pledge,
            leader=form.leader.data,
            signed_on=form.signed_on.data,
            scan_pid=scan,
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
    if refusal:
        return _page(queries.find_pledge(pid, seen_by=actor()), paper=form), 422
    flash(_("Đã ghi nhận việc trình ký. Bản đăng ký có thể gửi cấp trên."))
    return redirect(url_for("pledges.show", pid=pid), 303)


def _scan(pledge: Pledge) -> str:
    """The public id of the uploaded scan, "" without one. It is inspected outside the
    transaction.
    """
    given = request.files.get("scan")
    if given is None or not given.filename:
        return ""
    pledge.LIFE.guard(
        "record_sign_off",
        pledge,
        actor(),
    )
    subject, bodies = pledge.pid, [pledge.body_id, pledge.cluster.reviewer_body_id]
    file = inspected(given.read(), given.filename)
    return keep_upload(
        file,
        given.filename,
        subject=queries.find_pledge(subject, seen_by=actor()),
        body_ids=bodies,
        actor=actor(),
        at=clock.now(),
    ).pid


@bp.post("/giao-uoc/<pid>/gui")
def send_up(pid: str) -> ResponseReturnValue:
    """To the level above."""
    form, pledge = SendForm(), _for("send_up", pid)
    if not form.validate_on_submit():
        return _page(pledge, send=form), 422
    _same(pledge)
    with catch_refusal(form, needs_field=True) as refusal:
        operations.send_up(
            pledge,
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
    if refusal:
        return _page(pledge, send=form), 422
    flash(_("Đã gửi cấp trên. Bản in đang được tạo."))
    return redirect(url_for("pledges.show", pid=pid), 303)


@bp.post("/giao-uoc/<pid>/lay-lai")
def recall(pid: str) -> ResponseReturnValue:
    """Back from the leader's desk."""
    pledge = queries.find_pledge(pid, seen_by=actor())
    operations.recall(
        pledge,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã lấy lại bản đăng ký để sửa."))
    return redirect(url_for("pledges.show", pid=pid), 303)


@bp.post("/giao-uoc/<pid>/rut-lai")
def withdraw(pid: str) -> ResponseReturnValue:
    """Before the review begins."""
    pledge = queries.find_pledge(pid, seen_by=actor())
    operations.withdraw(
        pledge,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã rút lại bản đăng ký. Hãy sửa rồi trình lại."))
    return redirect(url_for("pledges.show", pid=pid), 303)


def _for(move: str, pid: str) -> Pledge:
    """The pledge, if the move is the actor's: asked before what they typed is looked at."""
    pledge = queries.find_pledge(pid, seen_by=actor())
    pledge.LIFE.admit(move, pledge, actor())
    return pledge


def _same(pledge: Pledge) -> None:
    """The step is meant for the pledge as the page showed it."""
    check_version(pledge.version_id, posted_version())

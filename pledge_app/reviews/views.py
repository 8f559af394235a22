"""Pages of the level above: the queue, the table, one pledge under review, entering on a
commune's behalf.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.exporting import exported
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound, Problem
from pledge_app.kernel.roman import roman
from pledge_app.orgs.models import Body, Cluster
from pledge_app.pledges import sent, starting, story
from pledge_app.pledges.badges import PLEDGE_BADGES
from pledge_app.pledges.forms import campaign_lines
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.policy import starts_on_behalf
from pledge_app.pledges.queries import reads_sheet, shown_state
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import examination, queue
from pledge_app.reviews import operations as review
from pledge_app.reviews import queries as review_queries
from pledge_app.reviews.blueprint import READERS, bp
from pledge_app.reviews.forms import ReviewForm, asks_of, review_form
from pledge_app.reviews.queries import find_reviewed
from pledge_app.reviews.taking_back import may_take_back
from pledge_app.tables.writing import Value
from pledge_app.ui.badges import badge
from pledge_app.ui.chosen import with_chosen
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of_list
from pledge_app.web.kept_texts import keep_text
from pledge_app.web.refusals import typed
from pledge_app.web.refused_verbs import Refusal, catch_refusal


@bp.get("/tham-dinh")
@needs(*READERS)
def index() -> ResponseReturnValue:
    """The queue: what waits how long; and who has not sent."""
    asked, clusters, rows = _queue(actor())
    return render_template(
        "reviews/index.html",
        page=page_of_list(rows),
        asked=asked,
        years=asked["years"],
        clusters=clusters,
        waiting=sum(row.waits for row in rows),
        read=[row for row in rows if row.waits and row.is_read],
        states=_states(),
        may_decide=bool(actor().bodies_as(Role.REVIEWER)),
    )


@bp.post("/tham-dinh/xlsx")
@needs(*READERS)
def export_queue() -> ResponseReturnValue:
    """The whole filtered queue as XLSX; recorded with its number of rows."""
    who = actor()
    asked, _clusters, found = _queue(who)
    head = [
        _("STT"),
        _("Đơn vị"),
        _("Cụm"),
        _("Trạng thái"),
        _("Lần gửi"),
        _("Từ ngày"),
        _("Số ngày"),
        _("Hạn gửi"),
    ]
    rows: list[Sequence[Value]] = [
        [
            number,
            row.body_name,
            row.cluster_name,
            str(badge("pledge", row.state).word),
            row.round or None,
            row.since,
            row.days,
            row.due,
        ]
        for number, row in enumerate(found, 1)
    ]
    return exported(
        _("Danh sách thẩm định bản đăng ký thi đua - %(year)s", year=asked["nam"]),
        head,
        rows,
    )


def _queue(who: Actor) -> tuple[dict[str, object], list[Cluster], list[queue.Waiting]]:
    """What was asked for (foreign values fall away), the clusters of the year, the rows."""
    args, years = with_chosen(request.args), review_queries.my_years(who)
    today = clock.today()
    usual = today.year if today.year in years or not years else years[0]
    year = next((y for y in years if str(y) == args.get("nam")), usual)
    clusters = review_queries.my_clusters(who, year)
    chosen = next((cluster for cluster in clusters if cluster.pid == args.get("cum")), None)
    state = args.get("trang-thai", "")
    asked = {
        "q": args.get("q", "").strip()[:100],
        "nam": year,
        "cum": chosen.pid if chosen else "",
        "trang_thai": state if state in dict(_states()) else "",
        "years": years or [year],
    }
    rows = queue.queue(
        [chosen] if chosen else clusters,
        actor=who,
        today=today,
        text=str(asked["q"]),
        state=str(asked["trang_thai"]),
    )
    return asked, clusters, rows


def _states() -> list[tuple[str, str | LazyString]]:
    return [
        ("waiting", _("Chờ thẩm định")),
        ("owed", _("Đơn vị chưa gửi")),
        *((key, shown.word) for key, shown in PLEDGE_BADGES.items()),
    ]


@bp.get("/tham-dinh/<pid>")
@needs(*READERS)
def show(pid: str) -> ResponseReturnValue:
    """One pledge: the ambition check of each target; after a resend only what changed, unless
    all is asked for.

    Reading does not begin the review (a GET writes nothing): a button does, and so does asking or
    agreeing.
    """
    pledge = find_reviewed(pid, seen_by=actor())
    if (
        sent.content_of(pledge) is None
    ):  # nothing was sent: being entered on its behalf, or an auditor reads
        return redirect(url_for("pledges.show", pid=pid), 303)
    return _page(pledge, review_form(pledge))


@bp.post("/tham-dinh/<pid>/bat-dau")
@needs(Role.REVIEWER)
def begin(pid: str) -> ResponseReturnValue:
    """From here the commune cannot withdraw."""
    pledge = find_reviewed(
        pid,
        seen_by=actor(),
        to_act=True,
    )
    review.begin_review(
        pledge,
        actor=actor(),
        at=clock.now(),
    )
    flash(
        _(
            "%(body)s: đã đọc, chưa quyết định; từ lúc này đơn vị không rút lại được.",
            body=pledge.body.name,
        )
    )
    return _onward(pledge)


def _onward(pledge: Pledge) -> ResponseReturnValue:
    """To the next one that waits, or back to the queue."""
    following = queue.next_waiting(pledge, actor())
    if following is None or following.review_begun_at is not None:
        return redirect(url_for("reviews.index"), 303)
    return redirect(url_for("reviews.show", pid=following.pid), 303)


@bp.post("/tham-dinh/<pid>/yeu-cau-bo-sung")
@needs(Role.REVIEWER)
def send_back(pid: str) -> ResponseReturnValue:
    """One reason for the whole and one per target; blank ones fall away."""
    who, at = actor(), clock.now()
    pledge = find_reviewed(
        pid,
        seen_by=who,
        to_act=True,
    )
    form = review_form(pledge)
    if not form.validate():
        return _page(
            pledge,
            form,
            _wrong(form),
        ), 422
    asks = asks_of(pledge, form)
    with catch_refusal(statuses=(409, 422)) as refusal:
        review.send_back(
            pledge,
            asks,
            version=posted_version(),
            actor=who,
            at=at,
        )
    if refusal:
        return _refused(
            pledge,
            form,
            refusal,
        )
    flash(
        _(
            "Đã gửi %(n)s yêu cầu bổ sung cho %(body)s.",
            n=len(asks),
            body=pledge.body.name,
        )
    )
    return _onward(pledge)


@bp.post("/tham-dinh/<pid>/thong-nhat")
@needs(Role.REVIEWER)
def approve(pid: str) -> ResponseReturnValue:
    """Agree, in the word of the line. Reasons typed beside it mean that something was still to
    be asked.
    """
    who, at = actor(), clock.now()
    pledge = find_reviewed(
        pid,
        seen_by=who,
        to_act=True,
    )
    form, word = review_form(pledge), review.approve_word(pledge)
    if not form.validate():
        return _page(
            pledge,
            form,
            _wrong(form),
        ), 422
    if asks := asks_of(pledge, form):
        first = asks[0].target
        return _page(
            pledge,
            form,
            [
                Problem(
                    _(
                        "Đã ghi lý do yêu cầu bổ sung nên chưa thực hiện “%(word)s”. Hãy gửi yêu "
                        "cầu bổ sung, hoặc xóa các lý do rồi thực hiện lại.",
                        word=word,
                    ),
                    f"reason_{first.pid}" if first else "reason",
                )
            ],
        ), 422
    with catch_refusal(statuses=(409, 422)) as refusal:
        review.approve(
            pledge,
            version=posted_version(),
            actor=who,
            at=at,
        )
    if refusal:
        return _refused(
            pledge,
            form,
            refusal,
        )
    flash(
        _(
            "%(word)s: %(body)s. Rút lại được cho đến khi lập bản giao ước của cụm.",
            word=word,
            body=pledge.body.name,
        )
    )
    return _onward(pledge)


@bp.post("/tham-dinh/nhap-ho")
@needs(Role.REVIEWER)
def start_for() -> ResponseReturnValue:
    """Nhập hộ: begin a pledge on a commune's behalf; the commune confirms it, and somebody else
    agrees.
    """
    who = actor()
    body = db.session.scalar(select(Body).where(Body.pid == request.form.get("body", "")))
    year = db.session.scalar(
        select(EmulationYear).where(EmulationYear.pid == request.form.get("year", ""))
    )
    cluster = starting.cluster_for(body, year) if body is not None and year is not None else None
    if body is None or year is None or cluster is None or not starts_on_behalf(who, cluster):
        raise NotFound(_("Không có đơn vị này trong các cụm bạn thẩm định."))
    pledge = starting.start_pledge(
        body,
        year,
        actor=who,
        at=clock.now(),
        today=clock.today(),
        on_behalf=True,
    )
    flash(
        _(
            "Đã lập bản đăng ký nhập hộ %(body)s. Nhập xong hãy trình lãnh đạo đơn vị ký duyệt "
            "để xác nhận; người thống nhất nội dung phải là người khác.",
            body=body.name,
        )
    )
    return redirect(url_for("pledges.edit", pid=pledge.pid), 303)


def _refused(pledge: Pledge, form: ReviewForm, refusal: Refusal) -> ResponseReturnValue:
    """The page again with everything typed. At a conflict the text is also kept as its author's
    private draft.
    """
    problems = refusal.listed
    if refusal.status == 422:
        return _page(
            pledge,
            form,
            problems,
        ), 422
    if not pledge.may("send_back", actor()):
        refusal.go_on()
    fields, who = typed(), actor()
    if fields and who.user_id is not None:
        keep_text(who.user_id, request.path, fields, at=clock.now())
    return _page(
        pledge,
        form,
        problems,
    ), 409


def _wrong(form: ReviewForm) -> list[Problem]:
    return [
        Problem(f"{field.label.text}: {said}", field.id) for field in form for said in field.errors
    ]


def _page(pledge: Pledge, form: ReviewForm, problems: Sequence[Problem] = ()) -> str:
    content = sent.content_of(pledge)
    if content is None:
        raise NotFound(_("Đơn vị chưa gửi bản đăng ký này."))
    who, differences = actor(), sent.differences(pledge)
    rows = examination.examine(
        pledge,
        content,
        differences,
    )
    waits = queue.waiting_days(pledge, clock.today())
    following = queue.next_waiting(pledge, who)
    again = pledge.state is PledgeState.SENT and sent.asked_before(pledge) is not None
    everything = not again or request.args.get("tat-ca") == "1" or request.method == "POST"
    return render_template(
        "reviews/show.html",
        pledge=pledge,
        form=form,
        problems=problems,
        again=again,
        everything=everything,
        rows=rows if everything else [row for row in rows if row.is_news],
        all=len(rows),
        flagged=sum(bool(row.check.flags) for row in rows),
        other_changes=[c for c in differences if not c.criterion],
        content=content,
        themes={row["quarter"]: row for row in campaign_lines(pledge)},
        state=shown_state(pledge),
        waited=None if waits is None else queue.waited_words(waits),
        opens=reads_sheet(pledge, who),
        steps=story.steps(pledge),
        holder=story.holder(pledge),
        word=review.approve_word(pledge),
        may_ask=pledge.may("send_back", who),
        may_approve=pledge.may("approve", who),
        may_take_back=may_take_back(pledge, who),
        has_next=following is not None and following.review_begun_at is None,
        roman=roman,
    )

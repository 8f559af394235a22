"""Verbs of a pledge inside the commune: to the leader, signed off, sent up, withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.accounts.separation import Alone
from pledge_app.audit.operations import record
from pledge_app.documents.operations import freeze
from pledge_app.documents.printable import text_problems
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import content_sha256, plain
from pledge_app.kernel.clock import local
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.pledges import completeness, policy
from pledge_app.pledges.events import REVIEW_PAGE
from pledge_app.pledges.hamlets import take_up
from pledge_app.pledges.models import Pledge, PledgeSnapshot
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.snapshot import registration, snapshot
from pledge_app.web.language import kept_text


def submit_to_leader(pledge: Pledge, *, actor: Actor, at: datetime) -> None:
    """Trình lãnh đạo: everything is checked; what is missing is listed with links to the fields."""
    pledge.LIFE.guard(
        "submit_to_leader",
        pledge,
        actor,
    )
    missing = completeness.problems(pledge)
    check(
        not missing,
        _(
            "Bản đăng ký còn nội dung cần hoàn thiện nên chưa trình được. Số liệu đã nhập vẫn "
            "được giữ."
        ),
        missing,
    )
    unprintable = text_problems(registration(pledge, today=at.date()))
    check(
        not unprintable,
        _("Bản đăng ký chưa in được nên chưa trình được. Số liệu đã nhập vẫn được giữ."),
        unprintable,
    )
    pledge.move("submit_to_leader", actor=actor)
    pledge.signed_off_at, pledge.signed_off_by, pledge.signed_off_note = None, "", ""
    record(
        "pledge.submitted_to_leader",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
    )
    notify(
        user_ids_at(pledge.body_id, (Role.LEADER,)),
        _l("%(body)s: bản đăng ký thi đua chờ ký duyệt.", body=pledge.body.name),
        "pledges.summary",
        pledge.pid,
        at=at,
    )


def hand_back(pledge: Pledge, reason: str, *, actor: Actor, at: datetime) -> None:
    """The leader wants something changed and says what."""
    check(
        reason.strip(),
        _("Hãy ghi rõ nội dung cần sửa."),
        [Problem(_("Chưa có ý kiến."), "reason")],
    )
    pledge.move("hand_back", actor=actor)
    take_up(
        pledge,
        actor=actor,
        at=at,
        today=local(at).date(),
    )
    pledge.signed_off_at, pledge.signed_off_by, pledge.signed_off_note = None, "", ""
    record(
        "pledge.handed_back",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        reason=reason,
    )
    notify(
        user_ids_at(pledge.body_id, (Role.CLERK,)),
        _l("Lãnh đạo trả lại bản đăng ký: %(reason)s", reason=reason),
        "pledges.show",
        pledge.pid,
        at=at,
    )


def recall(pledge: Pledge, *, actor: Actor, at: datetime) -> None:
    """The clerk takes it back from the leader's desk to go on entering."""
    pledge.move("recall", actor=actor)
    take_up(
        pledge,
        actor=actor,
        at=at,
        today=local(at).date(),
    )
    pledge.signed_off_at, pledge.signed_off_by, pledge.signed_off_note = None, "", ""
    record(
        "pledge.recalled",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
    )


def sign_off(pledge: Pledge, *, actor: Actor, at: datetime, office: str = "") -> None:
    """Lãnh đạo ký duyệt, in the app. Who typed signs off only where one person is all there is,
    or was allowed both: the trail and the page then say so.
    """
    if pledge.signed_off_at is not None:
        raise Conflict(_("Bản đăng ký đã được ký duyệt."))
    merged = policy.alone(actor, pledge) if policy.typed(actor, pledge) else None
    if policy.leads_for(actor, pledge) and policy.typed(actor, pledge) and merged is None:
        raise Forbidden(
            _(
                "Bạn đã nhập số liệu vào bản này nên không tự ký duyệt được. Hãy nhờ lãnh đạo "
                "khác của cơ quan ký duyệt, hoặc đề nghị quản trị viên cho phép một người kiêm "
                "nhiệm. Số liệu vẫn được giữ."
            )
        )
    _check_again(pledge, "sign_off", actor)
    pledge.move("sign_off", actor=actor)
    pledge.signed_off_at = at
    pledge.signed_off_by = f"{actor.name}, {office}" if office else actor.name
    pledge.signed_off_note = merged_note(merged)
    _keep_signed(pledge, at)
    record(
        "pledge.signed_off",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        merged_steps=merged is not None,
        on_behalf=pledge.on_behalf,
        office=office,
        **({"merged": merged.value} if merged is not None else {}),
    )
    notify(
        user_ids_at(pledge.body_id, (Role.CLERK, Role.RECORDS)),
        _l("Lãnh đạo đã ký duyệt bản đăng ký; có thể gửi cấp trên."),
        "pledges.show",
        pledge.pid,
        at=at,
    )


def _keep_signed(pledge: Pledge, at: datetime) -> None:
    """The next signature shows what changed since this one, sent up or not."""
    pledge.signed_content, pledge.signed_content_at = plain(snapshot(pledge)), at


def merged_note(merged: Alone | None) -> str:
    """What the page says where one person typed and signed off; "" where two people did."""
    words = {
        Alone.ONLY_ONE: _l("Một người nhập và ký duyệt: cơ quan chỉ có một người."),
        Alone.PERMITTED: _l("Một người nhập và ký duyệt: được quản trị viên cho phép kiêm nhiệm."),
    }
    return kept_text(words[merged]) if merged is not None else ""


def record_sign_off(
    pledge: Pledge,
    *,
    leader: str,
    signed_on: date,
    scan_pid: str = "",
    actor: Actor,
    at: datetime,
    today: date | None = None,
) -> None:
    """Đã trình ký on paper: who signed, when, and the scan of it where there is one."""
    check(
        leader.strip(),
        _("Hãy ghi tên và chức vụ người đã ký."),
        [Problem(_("Chưa có tên người ký."), "leader")],
    )
    if pledge.signed_off_at is not None:
        raise Conflict(_("Bản đăng ký đã được ký duyệt."))
    check(
        today is None or signed_on <= today,
        _("Ngày ký không thể sau ngày hôm nay."),
        [Problem(_("Ngày ký sau ngày hôm nay."), "signed_on")],
    )
    _check_again(pledge, "record_sign_off", actor)
    pledge.move("record_sign_off", actor=actor)
    pledge.signed_off_at, pledge.signed_off_by = at, leader
    pledge.signed_off_note = kept_text(
        _l("Đã trình ký trên giấy ngày %(day)s", day=f"{signed_on:%d/%m/%Y}")
    )
    _keep_signed(pledge, at)
    record(
        "pledge.sign_off_recorded",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        leader=leader,
        signed_on=signed_on,
        scan=scan_pid,
    )
    leaders = set(user_ids_at(pledge.body_id, (Role.LEADER,))) - {actor.user_id}
    notify(
        leaders,
        _l(
            "%(name)s ghi nhận bản đăng ký đã được %(leader)s ký trên giấy. Nếu không đúng, hãy "
            "trả lại.",
            name=actor.name,
            leader=leader,
        ),
        "pledges.show",
        pledge.pid,
        at=at,
    )


def send_up(pledge: Pledge, *, actor: Actor, at: datetime, today: date) -> None:
    """Gửi cấp trên; from here the content of this round is fixed. Its paper is numbered by
    whoever keeps the register.
    """
    pledge.LIFE.guard("send_up", pledge, actor)
    check(
        pledge.signed_off_at is not None,
        _("Bản đăng ký chưa được lãnh đạo ký duyệt nên chưa gửi được."),
    )
    _check_again(pledge, "send_up", actor)
    pledge.move("send_up", actor=actor)
    pledge.round += 1
    pledge.sent_at, pledge.sent_on, pledge.review_begun_at = at, today, None
    content = snapshot(pledge)
    db.session.add(
        PledgeSnapshot(
            pledge_id=pledge.id,
            round=pledge.round,
            content=content,
            content_sha256=content_sha256(content),
            taken_at=at,
        )
    )
    paper = freeze(
        REGISTRATION,
        registration(pledge, today=today),
        subject=pledge,
        at=at,
        body_ids=[pledge.body_id, pledge.cluster.reviewer_body_id],
        issuer_body_id=pledge.body_id,
    )
    record(
        "pledge.sent_up",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        round=pledge.round,
        paper=paper.envelope.content_sha256,
    )
    notify(
        user_ids_at(pledge.cluster.reviewer_body_id, (Role.REVIEWER,)),
        _l("%(body)s đã gửi bản đăng ký thi đua.", body=pledge.body.name),
        REVIEW_PAGE(),
        pledge.pid,
        at=at,
    )


def _check_again(pledge: Pledge, move: str, actor: Actor) -> None:
    """An assigned figure that came after the hand-in may ask for a reason that nobody has given
    yet.
    """
    pledge.LIFE.guard(move, pledge, actor)
    missing = completeness.problems(pledge)
    check(
        not missing,
        _(
            "Sau khi trình, chỉ tiêu giao đã thay đổi nên bản đăng ký còn nội dung cần hoàn "
            "thiện. Hãy lấy lại bản đăng ký, bổ sung rồi trình lại; số liệu đã nhập vẫn được giữ."
        ),
        missing,
    )


def withdraw(pledge: Pledge, *, actor: Actor, at: datetime) -> None:
    """Rút lại, before the review begins."""
    pledge.LIFE.guard("withdraw", pledge, actor)
    if pledge.review_begun_at is not None:
        raise Conflict(
            _(
                "Cấp trên đã bắt đầu thẩm định nên không rút lại được. Nếu cần sửa, hãy đề nghị "
                "cấp trên gửi yêu cầu bổ sung."
            )
        )
    pledge.move("withdraw", actor=actor)
    take_up(
        pledge,
        actor=actor,
        at=at,
        today=local(at).date(),
    )
    pledge.signed_off_at, pledge.signed_off_by, pledge.signed_off_note = None, "", ""
    record(
        "pledge.withdrawn",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        round=pledge.round,
    )

"""Verbs of the level above: begin the review, ask for additions, agree; and what follows the signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import content_sha256
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Line
from pledge_app.pledges.models import AdditionRequest, Pledge, PledgeSnapshot, Target
from pledge_app.pledges.snapshot import snapshot


@dataclass(frozen=True)
class Ask:
    """One request for additions: about one target, or (None) about the whole."""

    reason: str
    target: Target | None = None


def approve_word(pledge: Pledge) -> str:
    """The verb of the line: phê duyệt (UBND), thống nhất nội dung (MTTQ), or the year's own."""
    words = {Line.UBND: _("Phê duyệt"), Line.MTTQ: _("Thống nhất nội dung")}
    return pledge.emulation_year.approve_word or words[pledge.emulation_year.line]


def begin_review(pledge: Pledge, *, actor: Actor, at: datetime) -> None:
    """From here the commune cannot withdraw. Asking or agreeing begins the review by itself."""
    pledge.LIFE.guard("send_back", pledge, actor)
    if pledge.review_begun_at is None:
        pledge.review_begun_at = at
        record("pledge.review_begun", pledge, actor=actor, at=at, unit_id=pledge.unit_id, round=pledge.round)


def send_back(pledge: Pledge, asks: Sequence[Ask], *, version: int, actor: Actor, at: datetime) -> None:
    """Yêu cầu bổ sung: one or several, each with its reason. None is ever overwritten."""
    given = [ask for ask in asks if ask.reason.strip()]
    check(given, _("Hãy ghi rõ ít nhất một lý do yêu cầu bổ sung."), [Problem(_("Chưa có lý do."), "reason")])
    pledge.LIFE.guard("send_back", pledge, actor)
    _same(pledge, version)
    begin_review(pledge, actor=actor, at=at)
    for ask in given:
        pledge.requests.append(AdditionRequest(round=pledge.round, target=ask.target, reason=ask.reason.strip(),
                                               asked_by=actor.name, asked_at=at))
    pledge.move("send_back", actor=actor)
    record("pledge.sent_back", pledge, actor=actor, at=at, unit_id=pledge.unit_id, round=pledge.round,
           reasons=[(f"{ask.target.criterion.code}: " if ask.target else "") + ask.reason.strip() for ask in given])
    notify(user_ids_at(pledge.body_id, (Role.CLERK, Role.LEADER)),
           _("Cấp trên yêu cầu bổ sung bản đăng ký: %(reason)s", reason=given[0].reason.strip()),
           "pledges.show", pledge.pid, at=at)


def approve(pledge: Pledge, *, version: int, actor: Actor, at: datetime) -> None:
    """Phê duyệt / thống nhất nội dung. The author never agrees to their own (policy.reviews_for)."""
    pledge.LIFE.guard("approve", pledge, actor)
    _same(pledge, version)
    begin_review(pledge, actor=actor, at=at)
    pledge.move("approve", actor=actor)
    pledge.agreed_at = at
    record("pledge.approved", pledge, actor=actor, at=at, unit_id=pledge.unit_id, round=pledge.round,
           word=approve_word(pledge))
    notify(user_ids_at(pledge.body_id), _("Bản đăng ký thi đua đã được thống nhất."),
           "pledges.show", pledge.pid, at=at)


def amend(pledge: Pledge, target: Target, goal: Decimal, reason: str, *, actor: Actor, at: datetime) -> None:
    """A figure changed at the table after it was agreed: old and new value and the reason stay in the trail."""
    check(reason.strip(), _("Hãy ghi rõ lý do sửa số liệu."), [Problem(_("Chưa có lý do."), "reason")])
    check(target.pledge_id == pledge.id, _("Chỉ tiêu này không thuộc bản đăng ký."))
    check(goal >= 0, _("Chỉ tiêu không được âm."), [Problem(_("Chỉ tiêu không được âm."), "goal")])
    pledge.move("amend", actor=actor)
    before = target.goal
    target.goal = goal
    pledge.round += 1
    content = snapshot(pledge)
    db.session.add(PledgeSnapshot(pledge_id=pledge.id, round=pledge.round, content=content,
                                  content_sha256=content_sha256(content), taken_at=at))
    record("pledge.amended", pledge, actor=actor, at=at, unit_id=pledge.unit_id, criterion=target.criterion.code,
           before=before, after=goal, reason=reason.strip())


def come_into_force(pledge: Pledge, *, at: datetime) -> None:
    """The joint agreement is signed: the pledge is being carried out."""
    pledge.move("come_into_force", actor=SYSTEM)
    record("pledge.came_into_force", pledge, actor=SYSTEM, at=at, unit_id=pledge.unit_id)


def close(pledge: Pledge, *, at: datetime) -> None:
    """The year is over."""
    pledge.move("close", actor=SYSTEM)
    record("pledge.closed", pledge, actor=SYSTEM, at=at, unit_id=pledge.unit_id)


def _same(pledge: Pledge, version: int) -> None:
    if pledge.version_id != version:
        raise Conflict(_("Bản đăng ký đã thay đổi sau khi bạn mở trang này. Nội dung bạn nhập đã được giữ lại bên dưới; "
                         "hãy tải lại trang để xem bản mới nhất."))

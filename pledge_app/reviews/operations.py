"""Verbs of the level above: begin the review, ask for additions, agree; and what follows the
signing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import content_sha256
from pledge_app.kernel.clock import local
from pledge_app.kernel.errors import Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Line
from pledge_app.pledges.completeness import as_plain, sentence
from pledge_app.pledges.entry import ItemGoal, is_counted, share_of
from pledge_app.pledges.hamlets import take_up
from pledge_app.pledges.models import AdditionRequest, Pledge, PledgeSnapshot, Target
from pledge_app.pledges.rules import Fault, TargetPlain, check_target, needs_reason
from pledge_app.pledges.snapshot import snapshot
from pledge_app.web.language import kept_text

SPLIT_FAULTS = {
    Fault.SPLIT_INCOMPLETE,
    Fault.SPLIT_NEGATIVE,
    Fault.SPLIT_SUM,
    Fault.SPLIT_END,
}


@dataclass(frozen=True)
class Ask:
    """One request for additions: about one target, or (None) about the whole."""

    reason: str
    target: Target | None = None


def approve_word(pledge: Pledge) -> LazyString | str:
    """The verb of the line: phê duyệt (UBND), thống nhất nội dung (MTTQ), or the year's own."""
    words = {Line.UBND: _l("Phê duyệt"), Line.MTTQ: _l("Thống nhất nội dung")}
    return pledge.emulation_year.approve_word or words[pledge.emulation_year.line]


def begin_review(pledge: Pledge, *, actor: Actor, at: datetime) -> None:
    """From here the commune cannot withdraw. Asking or agreeing begins the review by itself."""
    pledge.LIFE.guard("send_back", pledge, actor)
    if pledge.review_begun_at is None:
        pledge.review_begun_at = at
        record(
            "pledge.review_begun",
            pledge,
            actor=actor,
            at=at,
            unit_id=pledge.unit_id,
            round=pledge.round,
        )


def send_back(
    pledge: Pledge,
    asks: Sequence[Ask],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Yêu cầu bổ sung: one or several, each with its reason. None is ever overwritten.

    The very same request posted twice does nothing the second time.
    """
    requests = [Ask(ask.reason.strip(), ask.target) for ask in asks if ask.reason.strip()]
    check(
        requests,
        _("Hãy ghi rõ ít nhất một lý do yêu cầu bổ sung."),
        [Problem(_("Chưa có lý do yêu cầu bổ sung."), "reason")],
    )
    reasons = [_with_code(ask) for ask in requests]
    if _did(pledge, "pledge.sent_back", actor, version=version, reasons=reasons):
        return
    pledge.LIFE.guard("send_back", pledge, actor)
    check(
        all(ask.target is None or ask.target.pledge_id == pledge.id for ask in requests),
        _("Chỉ tiêu này không thuộc bản đăng ký."),
    )
    check_version(pledge.version_id, version)
    begin_review(pledge, actor=actor, at=at)
    pledge.requests.extend(
        AdditionRequest(
            round=pledge.round,
            target=ask.target,
            reason=ask.reason,
            asked_by=actor.name,
            asked_at=at,
        )
        for ask in requests
    )
    pledge.move("send_back", actor=actor)
    take_up(pledge, actor=actor, at=at, today=local(at).date())
    record(
        "pledge.sent_back",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        round=pledge.round,
        reasons=reasons,
        version=version,
    )
    _tell_typists(pledge, requests, at)


def _with_code(ask: Ask) -> str:
    """The reason as the trail keeps it: behind the code of its target, where it has one."""
    if ask.target is None:
        return ask.reason
    return f"{ask.target.criterion.code}: {ask.reason}"


def _tell_typists(pledge: Pledge, requests: Sequence[Ask], at: datetime) -> None:
    notify(
        _typists(pledge),
        _l(
            "Cấp trên yêu cầu bổ sung bản đăng ký (%(n)s nội dung): %(reason)s",
            n=len(requests),
            reason=requests[0].reason,
        ),
        "pledges.show",
        pledge.pid,
        at=at,
    )


def _typists(pledge: Pledge) -> set[int]:
    """Who must answer: the commune's people, and whoever typed it on their behalf."""
    own = user_ids_at(pledge.body_id, (Role.CLERK, Role.LEADER))
    return {*own, *(pledge.author_ids if pledge.on_behalf else [])}


def approve(pledge: Pledge, *, version: int, actor: Actor, at: datetime) -> None:
    """Phê duyệt / thống nhất nội dung. The author never agrees to their own (policy.reviews_for).

    A second click on the same page does nothing.
    """
    if _did(pledge, "pledge.approved", actor, version=version):
        return
    pledge.LIFE.guard("approve", pledge, actor)
    check_version(pledge.version_id, version)
    begin_review(pledge, actor=actor, at=at)
    pledge.move("approve", actor=actor)
    pledge.agreed_at = at
    record(
        "pledge.approved",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        round=pledge.round,
        word=kept_text(approve_word(pledge)),
        version=version,
    )
    notify(
        user_ids_at(pledge.body_id),
        _l(
            "Bản đăng ký thi đua đã được cấp trên đồng ý (%(word)s).",
            word=kept_text(approve_word(pledge)).lower(),
        ),
        "pledges.show",
        pledge.pid,
        at=at,
    )


@dataclass(frozen=True)
class Consents:
    """Who said yes to another figure, by name: for the commune, and for the level above."""

    commune: str
    reviewer: str


@dataclass(frozen=True)
class Amended:
    """A target as it would be: its goal, the reason below the assigned figure, the rows and the
    split that change.
    """

    goal: Decimal
    reason_lower: str
    items: Mapping[int, ItemGoal]
    split_taken_out: list[Decimal]


def amended(
    pledge: Pledge,
    target: Target,
    goal: Decimal | None,
    reason: str,
    *,
    items: Mapping[int, ItemGoal] | None = None,
) -> Amended:
    """What another figure would make of an agreed target, checked as if it were entered; nothing
    is written.

    Where the figure is the share of the items it follows from them: `items` by TargetItem id
    are what is changed, and a `goal` that contradicts them is refused.
    """
    check(
        reason.strip(),
        _("Hãy ghi rõ lý do sửa số liệu."),
        [Problem(_("Chưa có lý do."), "reason")],
    )
    check(target.pledge_id == pledge.id, _("Chỉ tiêu này không thuộc bản đăng ký."))
    pledge.LIFE.guard("amend", pledge, SYSTEM)
    goal, plain, changed = _proposed(target, goal, items or {})
    check(
        goal is not None,
        _("Chưa nhập số liệu mới."),
        [Problem(_("Chưa nhập số liệu mới."), "goal")],
    )
    assert goal is not None
    check(
        goal != target.goal or changed,
        _("Chỉ tiêu này đã là số vừa nhập nên không có gì để sửa."),
    )
    if needs_reason(goal, target.assigned, plain.direction) and not target.reason_lower:
        plain = replace(plain, reason=reason)
    return Amended(goal, plain.reason.strip(), changed, _split_taken_out(target, plain))


def _split_taken_out(target: Target, plain: TargetPlain) -> list[Decimal]:
    """The goals of periods that no longer lead to that of the year; raises DomainError when that
    is impossible.
    """
    faults = check_target(plain)
    wrong = [
        Problem(sentence(fault, target), "goal")
        for fault in faults
        if fault.fault not in SPLIT_FAULTS
    ]
    why = " ".join(problem.sentence for problem in wrong)
    check(not wrong, _("Số mới chưa hợp lệ: %(why)s", why=why), wrong)
    return [figure for figure in plain.split if figure is not None] if faults else []


def amend(
    pledge: Pledge,
    target: Target,
    goal: Decimal | None,
    reason: str,
    *,
    consents: Consents,
    actor: Actor,
    at: datetime,
    items: Mapping[int, ItemGoal] | None = None,
) -> None:
    """A figure changed at the table, with the consent of its commune and of the reviewer.

    Old and new value, the reason and both consents stay in the trail. Goals of periods that no
    longer lead to the new goal are taken out (the trail keeps them): nobody decided others. A
    goal below the assigned figure carries the reason given here if it had none. The room above has
    checked who consented.
    """
    made = amended(pledge, target, goal, reason, items=items)
    pledge.move("amend", actor=SYSTEM)
    before = target.goal
    target.goal, target.reason_lower = made.goal, made.reason_lower
    for row in target.items:
        row.state, row.period_id = made.items.get(row.id, (row.state, row.period_id))
    if made.split_taken_out:
        target.goals.clear()
        flag_modified(target, "position")  # the row's version counts goals too
    _snap_amended(pledge, at)
    record(
        "pledge.amended",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        criterion=target.criterion.code,
        before=before,
        after=made.goal,
        reason=reason.strip(),
        split_taken_out=made.split_taken_out,
        hamlets={
            row.name: row.state.value for row in target.items if row.id in made.items and row.state
        },
        commune=consents.commune,
        reviewer=consents.reviewer,
    )


def _snap_amended(pledge: Pledge, at: datetime) -> None:
    """What stands from here on: a new content, which is no new sending."""
    pledge.round += 1
    pledge.amendments += 1
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


def _proposed(
    target: Target,
    goal: Decimal | None,
    items: Mapping[int, ItemGoal],
) -> tuple[Decimal | None, TargetPlain, dict[int, ItemGoal]]:
    """(goal, the target as it would be, the rows that change). The share of the items follows
    from their rows.
    """
    if not is_counted(target):
        return goal, replace(as_plain(target), goal=goal), {}
    stored = {row.id: (row.state, row.period_id) for row in target.items}
    rows = tuple(items.get(key, was)[0] for key, was in stored.items())
    changed = {key: items[key] for key, was in stored.items() if items.get(key, was) != was}
    if changed:
        goal = share_of(target, rows)
    return goal, replace(as_plain(target), goal=goal, rows=rows), changed


def come_into_force(pledge: Pledge, *, at: datetime) -> None:
    """The joint agreement is signed: the pledge is being carried out."""
    pledge.move("come_into_force", actor=SYSTEM)
    record("pledge.came_into_force", pledge, actor=SYSTEM, at=at, unit_id=pledge.unit_id)


def close(pledge: Pledge, *, at: datetime) -> None:
    """The year is over."""
    pledge.move("close", actor=SYSTEM)
    record("pledge.closed", pledge, actor=SYSTEM, at=at, unit_id=pledge.unit_id)


def _did(pledge: Pledge, verb: str, actor: Actor, **said: object) -> bool:
    """True when the newest event is this very act by this actor: the same form was posted twice."""
    newest = db.session.scalar(
        select(TrailEvent)
        .where(
            TrailEvent.subject_kind == Pledge.__tablename__,
            TrailEvent.subject_pid == pledge.pid,
        )
        .order_by(TrailEvent.seq.desc())
        .limit(1)
    )
    return (
        newest is not None
        and newest.verb == verb
        and newest.actor_id == actor.user_id
        and all(newest.data.get(key) == value for key, value in said.items())
    )

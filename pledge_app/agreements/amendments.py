"""A figure changed at the table: proposed by one side, and changed only when the commune and the
reviewer consent.

A press by the commune's leader or by a reviewer is a consent. A clerk may record that the leader
signed a paper note; the leader is then told. Who proposed never consents, unless one person is all
there is on that side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import operations, policy, queries, versions
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.consents import Side, consenting, needs_note
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState, AmendmentState
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.pledges.entry import ItemGoal
from pledge_app.pledges.models import Target
from pledge_app.pledges.rules import RowState
from pledge_app.reviews import operations as review

CHANGEABLE = (
    AgreementState.DRAFT,
    AgreementState.RENDERING,
    AgreementState.AWAITING,
    AgreementState.CONFIRMED,
)


def propose(
    agreement: Agreement,
    target: Target,
    goal: Decimal | None,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    hamlets: Mapping[int, ItemGoal] | None = None,
) -> Amendment:
    """Đề nghị sửa số liệu, by the lead, the reviewer or the commune itself. Nothing changes yet."""
    _proposing(agreement, target, actor)
    _changeable(agreement)
    made = review.amended(
        target.pledge,
        target,
        goal,
        reason,
        items=hamlets,
    )
    if any(row.target_id == target.id for row in queries.open_amendments(agreement)):
        raise Conflict(
            _(
                "Chỉ tiêu này đang có một đề nghị sửa chưa được trả lời. Hãy trả lời hoặc rút đề "
                "nghị đó trước."
            )
        )
    assert actor.user_id is not None
    row = Amendment(
        agreement=agreement,
        target=target,
        old_goal=target.goal,
        new_goal=made.goal,
        hamlets={str(key): _as_plain(value) for key, value in made.items.items()},
        reason=reason.strip(),
        proposed_by_id=actor.user_id,
        proposed_by=actor.name,
        proposed_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _record(
        "amendment.proposed",
        row,
        actor,
        at,
        reason=row.reason,
    )
    _ask_for_consent(row, at)
    return row


def _proposing(agreement: Agreement, target: Target, actor: Actor) -> None:
    """Refuse who is neither lead, reviewer nor the commune, and targets of no party."""
    in_parties = target.pledge_id in {party.pledge_id for party in agreement.parties}
    if not in_parties or not policy.proposes_for(actor, agreement, target.pledge):
        raise Forbidden(
            _(
                "Bạn không đề nghị sửa số liệu này được: chỉ Cụm trưởng, cơ quan thẩm định và "
                "chính đơn vị đó."
            )
        )


def _as_plain(goal: ItemGoal) -> list[object]:
    state, period_id = goal
    return [state.value if state is not None else None, period_id]


def _ask_for_consent(row: Amendment, at: datetime) -> None:
    pledge = row.target.pledge
    asked = {
        *user_ids_at(pledge.body_id, (Role.CLERK, Role.LEADER)),
        *user_ids_at(pledge.cluster.reviewer_body_id, (Role.REVIEWER,)),
    }
    notify(
        asked - {row.proposed_by_id},
        _l(
            "%(who)s đề nghị sửa chỉ tiêu %(code)s của %(body)s; cần đơn vị và cơ quan thẩm định "
            "đồng ý.",
            who=row.proposed_by,
            code=row.target.criterion.code,
            body=pledge.body.name,
        ),
        "agreements.show",
        row.agreement.pid,
        at=at,
    )


def consent(
    row: Amendment,
    side: Side,
    *,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Agreement | None:
    """Đồng ý of one side. The second one changes the figure and makes the new version, which is
    given back.

    `note`: the signed paper on which the word rests; a clerk of the commune must name it.
    """
    merged = consenting(row, side, note, actor)
    _changeable(_current(row))
    if row.state is not AmendmentState.OPEN:
        raise Conflict(_("Đề nghị này đã được trả lời. Hãy tải lại trang để xem kết quả."))
    if side is Side.COMMUNE:
        _once(row.commune_at)
        row.commune_by_id, row.commune_by = actor.user_id, actor.name
        row.commune_note, row.commune_at = note.strip(), at
    else:
        _once(row.reviewer_at)
        row.reviewer_by_id, row.reviewer_by = actor.user_id, actor.name
        row.reviewer_note, row.reviewer_at = note.strip(), at
    _record(
        "amendment.consented",
        row,
        actor,
        at,
        side=side.value,
        note=note.strip(),
        merged=merged.value if merged is not None else "",
    )
    _tell_leader(row, side, note, actor, at)
    if row.commune_at is None or row.reviewer_at is None:
        return None
    return _apply(row, actor=actor, at=at)


def _once(given_at: datetime | None) -> None:
    if given_at is not None:
        raise Conflict(_("Bên này đã đồng ý với đề nghị. Hãy tải lại trang để xem còn chờ ai."))


def _tell_leader(row: Amendment, side: Side, note: str, actor: Actor, at: datetime) -> None:
    if not needs_note(row, side, actor):
        return
    leaders = set(user_ids_at(row.target.pledge.body_id, (Role.LEADER,))) - {actor.user_id}
    notify(
        leaders,
        _l(
            "%(name)s ghi nhận đơn vị đồng ý sửa số liệu theo văn bản đã ký: %(note)s. Nếu không "
            "đúng, hãy báo ngay.",
            name=actor.name,
            note=note.strip(),
        ),
        "agreements.show",
        row.agreement.pid,
        at=at,
    )


def reject(row: Amendment, answer: str, *, actor: Actor, at: datetime) -> Agreement | None:
    """Không đồng ý (or withdrawn by who proposed), with the reason. The paper made for it goes
    on if it was the last.
    """
    row.LIFE.guard("reject", row, actor)
    check(
        answer.strip(),
        _("Hãy ghi rõ vì sao không đồng ý (hoặc rút đề nghị)."),
        [Problem(_("Chưa có lý do."), "answer")],
    )
    row.move("reject", actor=actor)
    row.answer = answer.strip()
    row.ended_at = at
    _record(
        "amendment.rejected",
        row,
        actor,
        at,
        reason=row.answer,
    )
    notify(
        {row.proposed_by_id} - {actor.user_id},
        _l("Đề nghị sửa số liệu của bạn không được đồng ý: %(why)s", why=row.answer),
        "agreements.show",
        row.agreement.pid,
        at=at,
    )
    return _freeze_if_decided(_current(row), actor=actor, at=at)


def _apply(row: Amendment, *, actor: Actor, at: datetime) -> Agreement:
    """Both sides said yes: the figure, its snapshot, and the next version of a paper that was
    frozen already.
    """
    target = row.target
    if target.goal != row.old_goal:
        raise Conflict(
            _(
                "Chỉ tiêu đã đổi sau khi đề nghị được lập nên chưa sửa được. Hãy rút đề nghị này "
                "và đề nghị lại."
            )
        )
    row.move("apply", actor=SYSTEM)
    row.ended_at = at
    consents = review.Consents(row.commune_by, row.reviewer_by)
    rows = {int(key): _goal(value) for key, value in row.hamlets.items()}
    goal = None if rows else row.new_goal
    review.amend(
        target.pledge,
        target,
        goal,
        row.reason,
        consents=consents,
        actor=actor,
        at=at,
        items=rows,
    )
    _record(
        "amendment.applied",
        row,
        actor,
        at,
        reason=row.reason,
    )
    current = _current(row)
    if current.state is not AgreementState.DRAFT:
        system = replace(SYSTEM, today=actor.today)  # nobody's own act: both sides consented
        versions.give_up(
            current,
            row.reason,
            mover=system,
            actor=system,
            at=at,
        )
        current = versions.next_version(
            current,
            row.reason,
            actor=system,
            at=at,
        )
        current.refreeze = True
        db.session.flush()
    _tell_changed(current, row, at)
    _freeze_if_decided(current, actor=actor, at=at)
    return current


def _goal(plain: list[object]) -> ItemGoal:
    state, period_id = plain
    return (
        RowState(str(state)) if state is not None else None,
        int(str(period_id)) if period_id is not None else None,
    )


def _freeze_if_decided(current: Agreement, *, actor: Actor, at: datetime) -> Agreement | None:
    """A version made by a change at the table is frozen as soon as no other change waits; else
    the lead freezes it.
    """
    if current.state is not AgreementState.DRAFT or not current.refreeze:
        return None
    if queries.open_amendments(current):
        return None
    try:
        with db.session.begin_nested():
            operations.freeze(
                current,
                version=current.version_id,
                actor=SYSTEM,
                at=at,
                is_again=True,
            )
    except DomainError:
        # what is missing is said on the lead's page of freezing; the figure is changed all the same
        return None
    return current


def _tell_changed(agreement: Agreement, row: Amendment, at: datetime) -> None:
    """The parties sign anew; those that had commented learn that it is not what they read."""
    spoke = {said.body_id for older in queries.versions(agreement) for said in older.comments}
    change = {
        "code": row.target.criterion.code,
        "body": row.target.pledge.body.name,
        "reason": row.reason,
    }
    again = _l(
        "Sửa chỉ tiêu %(code)s của %(body)s: %(reason)s. Nội dung đã khác với dự thảo mà đơn vị "
        "cho ý kiến.",
        **change,
    )
    plain = _l(
        "Sửa chỉ tiêu %(code)s của %(body)s: %(reason)s. Bản giao ước được lập lại.",
        **change,
    )
    for party in agreement.parties:
        sentence = again if party.body_id in spoke else plain
        notify(
            user_ids_at(party.body_id),
            sentence,
            "agreements.show",
            agreement.pid,
            at=at,
        )


def _current(row: Amendment) -> Agreement:
    """The newest version of the cluster's agreement that is not void."""
    return queries.newer(row.agreement) or row.agreement


def _changeable(agreement: Agreement) -> None:
    if agreement.state not in CHANGEABLE or agreement.in_force_on is not None:
        raise Conflict(
            _(
                "Bản giao ước đã ký đủ, đã hủy hoặc đã có phiên bản khác nên không sửa số liệu "
                "tại bàn được nữa."
            )
        )


def _record(verb: str, row: Amendment, actor: Actor, at: datetime, **more: object) -> None:
    pledge = row.target.pledge
    record(
        verb,
        row,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        criterion=row.target.criterion.code,
        body=pledge.body.name,
        before=row.old_goal,
        after=row.new_goal,
        **more,
    )

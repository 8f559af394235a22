"""My work on pledges: to begin one, to enter, sign off and send it, to number its paper; and which
pledges others owe me.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from pledge_app.accounts.queries import bodies_with_records_clerk
from pledge_app.campaigns.models import EmulationYear
from pledge_app.documents.models import Document, DocumentNumber, Envelope, RenderState
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.room import DueLine, Task
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.states import PledgeState

ENTERING = (PledgeState.DRAFT, PledgeState.RETURNED)
NOT_SENT = (*ENTERING, PledgeState.WITH_LEADER)


def to_begin(actor: Actor, today: date) -> Iterable[Task]:
    """Years for which my body is in a cluster and has no pledge yet."""
    bodies = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not bodies:
        return
    begun = exists().where(Pledge.emulation_year_id == EmulationYear.id, Pledge.body_id == Body.id)
    for year, body_id, name in _members(today, Body.id.in_(bodies), ~begun):
        yield Task(
            _("Lập bản đăng ký thi đua năm %(year)s", year=year.year),
            name,
            _("Bắt đầu"),
            url_for("pledges.index"),
            year.pledge_due(body_id),
        )


def to_enter_and_send(actor: Actor, today: date) -> Iterable[Task]:
    """Pledges that wait for me: as clerk, as leader, as records clerk."""
    sending = actor.bodies_as(Role.CLERK, Role.RECORDS, Role.LEADER)
    if not sending:
        return
    is_being_entered = and_(
        Pledge.body_id.in_(actor.bodies_as(Role.CLERK)),
        Pledge.state.in_(ENTERING),
    )
    is_with_leader = and_(Pledge.body_id.in_(sending), Pledge.state == PledgeState.WITH_LEADER)
    pledges = db.session.scalars(
        select(Pledge)
        .options(joinedload(Pledge.body), joinedload(Pledge.emulation_year))
        .where(or_(is_being_entered, is_with_leader))
    )
    leading = actor.bodies_as(Role.LEADER)
    for pledge in pledges:
        words = _words(pledge, may_sign_off=pledge.body_id in leading)
        if words is None:
            continue
        title, button, page = words
        yield Task(
            title,
            f"{pledge.body.name} · {pledge.emulation_year.year}",
            button,
            url_for(page, pid=pledge.pid),
            pledge.emulation_year.pledge_due(pledge.body_id),
        )


def _words(pledge: Pledge, *, may_sign_off: bool) -> tuple[str, str, str] | None:
    """Title, button and page of the task on a pledge that is not sent; None: nothing to do."""
    if pledge.state is PledgeState.RETURNED:
        return _("Bổ sung bản đăng ký theo yêu cầu"), _("Xem yêu cầu"), "pledges.show"
    if pledge.state is PledgeState.DRAFT:
        return _("Nhập tiếp bản đăng ký"), _("Nhập tiếp"), "pledges.edit"
    if pledge.signed_off_at is not None:
        return _("Gửi bản đăng ký lên cấp trên"), _("Mở để gửi"), "pledges.show"
    if may_sign_off:
        return _("Đọc và ký duyệt bản đăng ký"), _("Đọc tóm tắt"), "pledges.summary"
    return None


def to_number(actor: Actor, today: date) -> Iterable[Task]:
    """The newest agreed registration of each body whose register I keep, while it has no number."""
    works_at = actor.bodies_as(Role.RECORDS, Role.CLERK, Role.LEADER)
    keeping = actor.bodies_as(Role.RECORDS) | (works_at - bodies_with_records_clerk(works_at))
    if not keeping:
        return
    for document, pledge in db.session.execute(_without_number(keeping)):
        yield Task(
            _("Cấp số, ghi ngày văn bản đăng ký thi đua"),
            pledge.body.name,
            _("Cấp số"),
            url_for("documents.show", pid=document.pid),
            None,
        )


def _without_number(bodies: Iterable[int]) -> Select[Document, Pledge]:
    newer = aliased(Document)
    newer_envelope = aliased(Envelope)
    is_replaced = exists().where(
        newer.envelope_id == newer_envelope.id,
        newer_envelope.subject_pid == Envelope.subject_pid,
        newer_envelope.kind == Envelope.kind,
        newer_envelope.is_draft.is_(False),
        newer.id > Document.id,
    )
    return (
        select(Document, Pledge)
        .join(Envelope, Envelope.id == Document.envelope_id)
        .join(Pledge, Pledge.pid == Envelope.subject_pid)
        .where(
            Envelope.kind == REGISTRATION.kind,
            Document.state == RenderState.READY,
            Pledge.body_id.in_(bodies),
            Pledge.state.in_((PledgeState.AGREED, PledgeState.IN_FORCE)),
            ~is_replaced,
            ~exists().where(DocumentNumber.document_id == Document.id),
        )
    )


def owed(actor: Actor, today: date) -> Iterable[DueLine]:
    """Which communes of my clusters have not sent their pledge yet; never what is in it."""
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not (reviewing or actor.sees_all):
        return
    is_mine = true() if actor.sees_all else Cluster.reviewer_body_id.in_(reviewing)
    is_sent = exists().where(
        Pledge.emulation_year_id == EmulationYear.id,
        Pledge.body_id == Body.id,
        Pledge.state.not_in(NOT_SENT),
    )
    has_deadline = EmulationYear.pledge_due_on.is_not(None)
    for year, body_id, name in _members(
        today,
        is_mine,
        has_deadline,
        ~is_sent,
    ):
        yield DueLine(
            _("Gửi bản đăng ký thi đua năm %(year)s", year=year.year),
            name,
            year.pledge_due(body_id),
            url_for("pledges.index"),
        )


def _members(
    today: date,
    *conditions: ColumnElement[bool],
) -> Iterable[Row[EmulationYear, int, str]]:
    """The members of clusters in the years that are open now: (year, body id, its name)."""
    is_of_year = and_(
        Cluster.year == EmulationYear.year,
        Cluster.line == EmulationYear.line,
        Cluster.issuer_body_id == EmulationYear.issuer_body_id,
    )
    return db.session.execute(
        select(EmulationYear, Body.id, Body.name)
        .join(Cluster, is_of_year)
        .join(ClusterMembership, ClusterMembership.cluster_id == Cluster.id)
        .join(Body, Body.id == ClusterMembership.body_id)
        .where(
            EmulationYear.criteria_set_id.is_not(None),
            EmulationYear.year >= today.year,
            *conditions,
        )
    )

"""Việc của tôi: what must I do now, by when. A fixed, small number of statements for every role."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from pledge_app.accounts.queries import bodies_with_records_clerk
from pledge_app.agreements.models import Agreement, AgreementComment, Party
from pledge_app.agreements.policy import leads_cluster
from pledge_app.agreements.states import AgreementState
from pledge_app.campaigns.models import EmulationYear
from pledge_app.documents.models import Document, DocumentNumber, Envelope, RenderState
from pledge_app.home.signing_work import signing_tasks
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.orgs.models import (
    Body,
    Cluster,
    ClusterLead,
    ClusterMembership,
    Delegation,
    LeadKind,
    OfficeHolding,
)
from pledge_app.orgs.queries import valid_on
from pledge_app.pledges import queries as pledge_queries
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.reviews.queries import waiting_days
from pledge_app.signing.marks import has_mark
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import MarkKind, RoundState, StepState

ENTERING = (PledgeState.DRAFT, PledgeState.RETURNED)


@dataclass(frozen=True)
class Task:
    """One line of the list: what, of whom, by when, and the one button."""

    title: str
    detail: str
    button: str
    href: str
    due: date | None
    tone: str = "wait"  # "late", "soon", "wait"


def tasks(actor: Actor, *, today: date) -> list[Task]:
    """Everything the actor must do, the most urgent first."""
    found: list[Task] = []
    for ask in QUESTIONS:
        found += ask(actor, today)
    return sorted(
        (_toned(task, today) for task in found),
        key=lambda task: (task.due is None, task.due or date.max, task.title, task.detail),
    )


def _toned(task: Task, today: date) -> Task:
    if task.due is None:
        return task
    days = (task.due - today).days
    tone = "late" if days < 0 else "soon" if days <= 5 else "wait"
    return Task(task.title, task.detail, task.button, task.href, task.due, tone)


def _to_begin(actor: Actor, today: date) -> Iterable[Task]:
    """Years for which my body is in a cluster and has no pledge yet."""
    bodies = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not bodies:
        return
    rows = db.session.execute(
        select(EmulationYear, Body.id, Body.name)
        .join(
            Cluster,
            and_(
                Cluster.year == EmulationYear.year,
                Cluster.line == EmulationYear.line,
                Cluster.issuer_body_id == EmulationYear.issuer_body_id,
            ),
        )
        .join(ClusterMembership, ClusterMembership.cluster_id == Cluster.id)
        .join(Body, Body.id == ClusterMembership.body_id)
        .where(
            Body.id.in_(bodies),
            EmulationYear.criteria_set_id.is_not(None),
            EmulationYear.year >= today.year,
            ~exists().where(
                Pledge.emulation_year_id == EmulationYear.id, Pledge.body_id == Body.id
            ),
        )
    )
    for year, body_id, name in rows:
        yield Task(
            _("Lập bản đăng ký thi đua năm %(year)s", year=year.year),
            name,
            _("Bắt đầu"),
            url_for("pledges.index"),
            year.pledge_due(body_id),
        )


def _pledges(actor: Actor, today: date) -> Iterable[Task]:
    """Pledges that wait for me: as clerk, as leader, as records clerk, as reviewer."""
    own, leading = actor.bodies_as(Role.CLERK), actor.bodies_as(Role.LEADER)
    sending = actor.bodies_as(Role.CLERK, Role.RECORDS, Role.LEADER)
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not (sending or reviewing):
        return
    rows = db.session.scalars(
        select(Pledge)
        .join(Pledge.cluster)
        .options(joinedload(Pledge.body), joinedload(Pledge.emulation_year))
        .where(
            or_(
                and_(Pledge.body_id.in_(own), Pledge.state.in_(ENTERING)),
                and_(Pledge.body_id.in_(sending), Pledge.state == PledgeState.WITH_LEADER),
                and_(Cluster.reviewer_body_id.in_(reviewing), Pledge.state == PledgeState.SENT),
            )
        )
    )
    for pledge in rows:
        due, who = (
            pledge.emulation_year.pledge_due(pledge.body_id),
            f"{pledge.body.name} · {pledge.emulation_year.year}",
        )
        if pledge.state is PledgeState.SENT:
            days = waiting_days(pledge, today)
            waited = " · " + _("đã chờ %(n)s ngày", n=days) if days is not None else ""
            yield Task(
                _("Thẩm định bản đăng ký"),
                who + waited,
                _("Mở thẩm định"),
                url_for("reviews.show", pid=pledge.pid),
                due,
            )
        elif pledge.state is PledgeState.RETURNED:
            yield Task(
                _("Bổ sung bản đăng ký theo yêu cầu"),
                who,
                _("Xem yêu cầu"),
                url_for("pledges.show", pid=pledge.pid),
                due,
            )
        elif pledge.state is PledgeState.DRAFT:
            yield Task(
                _("Nhập tiếp bản đăng ký"),
                who,
                _("Nhập tiếp"),
                url_for("pledges.edit", pid=pledge.pid),
                due,
            )
        elif pledge.signed_off_at is not None:
            yield Task(
                _("Gửi bản đăng ký lên cấp trên"),
                who,
                _("Mở để gửi"),
                url_for("pledges.show", pid=pledge.pid),
                due,
            )
        elif pledge.body_id in leading:
            yield Task(
                _("Đọc và ký duyệt bản đăng ký"),
                who,
                _("Đọc tóm tắt"),
                url_for("pledges.summary", pid=pledge.pid),
                due,
            )


def _reports(actor: Actor, today: date) -> Iterable[Task]:
    """Reports that wait for me."""
    own, leading = actor.bodies_as(Role.CLERK), actor.bodies_as(Role.LEADER)
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not (own or leading or reviewing):
        return
    rows = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .options(joinedload(ProgressReport.pledge).joinedload(Pledge.body))
        .where(
            or_(
                and_(
                    Pledge.body_id.in_(own),
                    ProgressReport.state.in_((ReportState.OPEN, ReportState.RETURNED)),
                ),
                and_(Pledge.body_id.in_(leading), ProgressReport.state == ReportState.WITH_LEADER),
                and_(
                    Cluster.reviewer_body_id.in_(reviewing),
                    ProgressReport.state == ReportState.SENT,
                ),
            )
        )
    )
    for report in rows:
        title, button = _report_words(report)
        yield Task(
            title,
            f"{report.pledge.body.name} · " + str(report.period.name),
            button,
            url_for("progress.show", pid=report.pid),
            report.due_on,
        )


def _report_words(report: ProgressReport) -> tuple[str, str]:
    """What is to do with a report, and the word of the button."""
    period = report.period.name
    if report.state is ReportState.OPEN:
        return _("Nhập báo cáo %(period)s", period=period), _("Nhập tiếp")
    if report.state is ReportState.RETURNED:
        return _("Bổ sung báo cáo %(period)s theo yêu cầu", period=period), _("Xem yêu cầu")
    if report.state is ReportState.WITH_LEADER:
        return _("Duyệt và gửi báo cáo %(period)s", period=period), _("Đọc báo cáo")
    return _("Xác nhận báo cáo %(period)s", period=period), _("Mở báo cáo")


def _agreements(actor: Actor, today: date) -> Iterable[Task]:
    """Drafts to comment on, papers to sign, agreements to compose or to bring to an end."""
    own = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not own:
        return
    rows = db.session.scalars(
        select(Agreement)
        .join(Party)
        .options(joinedload(Agreement.cluster), joinedload(Agreement.emulation_year))
        .where(
            Party.body_id.in_(own),
            Agreement.state.in_(
                (AgreementState.DRAFT, AgreementState.RENDERING, AgreementState.AWAITING)
            ),
        )
        .distinct()
    ).all()
    said = (
        set(
            db.session.execute(
                select(AgreementComment.agreement_id).where(AgreementComment.body_id.in_(own))
            ).scalars()
        )
        if rows
        else set()
    )
    for agreement in rows:
        due = agreement.emulation_year.agreement_due
        href, name = url_for("agreements.show", pid=agreement.pid), agreement.cluster.name
        if leads_cluster(actor, agreement.cluster):
            words = {
                AgreementState.DRAFT: _("Soạn và lấy ý kiến bản giao ước"),
                AgreementState.RENDERING: _("Theo dõi việc tạo văn bản"),
                AgreementState.AWAITING: _("Theo dõi việc ký kết"),
            }
            yield Task(words[agreement.state], name, _("Mở bản giao ước"), href, due)
        elif (
            agreement.state is AgreementState.DRAFT
            and agreement.circulated_at is not None
            and agreement.id not in said
        ):
            yield Task(_("Cho ý kiến về dự thảo bản giao ước"), name, _("Đọc dự thảo"), href, due)


def _to_compose(actor: Actor, today: date) -> Iterable[Task]:
    """Clusters that I lead and that have no agreement yet."""
    own = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not own:
        return
    rows = db.session.scalars(
        select(Cluster)
        .join(ClusterLead, ClusterLead.cluster_id == Cluster.id)
        .where(
            ClusterLead.body_id.in_(own),
            ClusterLead.kind == LeadKind.LEAD,
            valid_on(ClusterLead.held_from, ClusterLead.held_to, today),
            Cluster.year >= today.year,
            ~exists().where(Agreement.cluster_id == Cluster.id),
        )
        .distinct()
    )
    for cluster in rows:
        yield Task(
            _("Lập bản giao ước của cụm"),
            f"{cluster.name} · {cluster.year}",
            _("Bắt đầu"),
            url_for("agreements.index"),
            None,
        )


def _to_sign(actor: Actor, today: date) -> Iterable[Task]:
    """Signing steps that are still open: of my person, or of whoever delegated me for these
    days.
    """
    if actor.person_id is None:
        return
    lent = exists().where(
        Delegation.holding_id == OfficeHolding.id,
        Delegation.delegate_id == actor.person_id,
        Delegation.valid_from <= today,
        Delegation.valid_to >= today,
        OfficeHolding.person_id == SigningStep.person_id,
        OfficeHolding.body_id == SigningStep.body_id,
    )
    rows = db.session.execute(
        select(SigningStep, Agreement)
        .join(SigningRound, SigningRound.id == SigningStep.round_id)
        .join(Agreement, Agreement.document_id == SigningRound.document_id)
        .where(
            or_(SigningStep.person_id == actor.person_id, lent),
            ~has_mark(MarkKind.CONFIRMATION),
            SigningStep.state.in_((StepState.PENDING, StepState.ABSENT)),
            SigningRound.state == RoundState.OPEN,
        )
    )
    for step, agreement in rows:
        yield Task(
            _("Xác nhận bản giao ước đã chốt"),
            f"{step.title} · {step.body_name}",
            _("Đọc và xác nhận"),
            url_for("agreements.show", pid=agreement.pid),
            agreement.emulation_year.agreement_due,
        )


def _to_number(actor: Actor, today: date) -> Iterable[Task]:
    """The newest agreed registration of each body whose register I keep, while it has no number."""
    works_at = actor.bodies_as(Role.RECORDS, Role.CLERK, Role.LEADER)
    keeping = actor.bodies_as(Role.RECORDS) | (works_at - bodies_with_records_clerk(works_at))
    if not keeping:
        return
    newer, newer_envelope = aliased(Document), aliased(Envelope)
    is_replaced = exists().where(
        newer.envelope_id == newer_envelope.id,
        newer_envelope.subject_pid == Envelope.subject_pid,
        newer_envelope.kind == Envelope.kind,
        newer_envelope.is_draft.is_(False),
        newer.id > Document.id,
    )
    rows = db.session.execute(
        select(Document, Envelope, Pledge)
        .join(Envelope, Envelope.id == Document.envelope_id)
        .join(Pledge, Pledge.pid == Envelope.subject_pid)
        .where(
            Envelope.kind == REGISTRATION.kind,
            Document.state == RenderState.READY,
            Pledge.body_id.in_(keeping),
            Pledge.state.in_((PledgeState.AGREED, PledgeState.IN_FORCE)),
            ~is_replaced,
            ~exists().where(DocumentNumber.document_id == Document.id),
        )
    )
    for document, _envelope, pledge in rows:
        yield Task(
            _("Cấp số, ghi ngày văn bản đăng ký thi đua"),
            pledge.body.name,
            _("Cấp số"),
            url_for("documents.show", pid=document.pid),
            None,
        )


def _around_signing(actor: Actor, today: date) -> Iterable[Task]:
    """Signatures and scans that wait for a second person; figures that wait for a consent; scans
    that are missing.
    """
    for row in signing_tasks(actor):
        due = row.agreement.emulation_year.agreement_due
        yield Task(row.title, row.agreement.cluster.name, row.button, row.href, due)


QUESTIONS: tuple[Callable[[Actor, date], Iterable[Task]], ...] = (
    _to_begin,
    _pledges,
    _reports,
    _agreements,
    _to_compose,
    _to_sign,
    _around_signing,
    _to_number,
)


def numbers(actor: Actor) -> list[tuple[str, int]]:
    """My numbers: how many pledges I see stand in each state, in the order of the states."""
    rows = dict(
        db.session.execute(
            select(Pledge.state, func.count())
            .join(Pledge.cluster)
            .where(pledge_queries.visible_to(actor))
            .group_by(Pledge.state)
        ).all()
    )
    return [(state.value, rows[state]) for state in PledgeState if state in rows]


def counted(tasks_: list[Task]) -> dict[str, Any]:
    """How many tasks are late, near, and in all."""
    return {
        "late": sum(t.tone == "late" for t in tasks_),
        "soon": sum(t.tone == "soon" for t in tasks_),
        "all": len(tasks_),
    }

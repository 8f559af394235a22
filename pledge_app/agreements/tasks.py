"""My work on agreements: to compose one, to bring it to its end, to comment on a draft, to confirm
what was frozen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from pledge_app.agreements.models import Agreement, AgreementComment, Party
from pledge_app.agreements.policy import leads_cluster
from pledge_app.agreements.states import AgreementState
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.room import Task
from pledge_app.orgs.models import Cluster, ClusterLead, Delegation, LeadKind, OfficeHolding
from pledge_app.orgs.queries import valid_on
from pledge_app.signing.marks import has_mark
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import MarkKind, RoundState, StepState

UNDER_WAY = (AgreementState.DRAFT, AgreementState.RENDERING, AgreementState.AWAITING)


def to_finish_or_comment(actor: Actor, today: date) -> Iterable[Task]:
    """Agreements that I lead, and drafts on which my body has not said anything yet."""
    own = actor.bodies_as(Role.CLERK, Role.LEADER)
    agreements = _under_way(own)
    if not agreements:
        return
    commented_on = set(
        db.session.scalars(
            select(AgreementComment.agreement_id).where(AgreementComment.body_id.in_(own))
        )
    )
    leading = {
        AgreementState.DRAFT: _("Soạn và lấy ý kiến bản giao ước"),
        AgreementState.RENDERING: _("Theo dõi việc tạo văn bản"),
        AgreementState.AWAITING: _("Theo dõi việc ký kết"),
    }
    for agreement in agreements:
        if leads_cluster(actor, agreement.cluster):
            yield _task(agreement, leading[agreement.state], _("Mở bản giao ước"))
        elif _asks_for_comments(agreement) and agreement.id not in commented_on:
            yield _task(agreement, _("Cho ý kiến về dự thảo bản giao ước"), _("Đọc dự thảo"))


def _under_way(bodies: Iterable[int]) -> list[Agreement]:
    """Agreements of these bodies that are not signed yet."""
    if not bodies:
        return []
    return list(
        db.session.scalars(
            select(Agreement)
            .join(Party)
            .options(joinedload(Agreement.cluster), joinedload(Agreement.emulation_year))
            .where(Party.body_id.in_(bodies), Agreement.state.in_(UNDER_WAY))
            .distinct()
        )
    )


def _asks_for_comments(agreement: Agreement) -> bool:
    return agreement.state is AgreementState.DRAFT and agreement.circulated_at is not None


def _task(agreement: Agreement, title: str, button: str) -> Task:
    return Task(
        title,
        agreement.cluster.name,
        button,
        url_for("agreements.show", pid=agreement.pid),
        agreement.emulation_year.agreement_due,
    )


def to_compose(actor: Actor, today: date) -> Iterable[Task]:
    """Clusters that I lead and that have no agreement yet."""
    own = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not own:
        return
    clusters = db.session.scalars(
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
    for cluster in clusters:
        yield Task(
            _("Lập bản giao ước của cụm"),
            f"{cluster.name} · {cluster.year}",
            _("Bắt đầu"),
            url_for("agreements.index"),
            None,
        )


def to_confirm(actor: Actor, today: date) -> Iterable[Task]:
    """Signing steps that are still open: of my person, or of whoever delegated me for these
    days.
    """
    if actor.person_id is None:
        return
    is_delegated = exists().where(
        Delegation.holding_id == OfficeHolding.id,
        Delegation.delegate_id == actor.person_id,
        Delegation.valid_from <= today,
        Delegation.valid_to >= today,
        OfficeHolding.person_id == SigningStep.person_id,
        OfficeHolding.body_id == SigningStep.body_id,
    )
    steps = db.session.execute(
        select(SigningStep, Agreement)
        .join(SigningRound, SigningRound.id == SigningStep.round_id)
        .join(Agreement, Agreement.document_id == SigningRound.document_id)
        .where(
            or_(SigningStep.person_id == actor.person_id, is_delegated),
            ~has_mark(MarkKind.CONFIRMATION),
            SigningStep.state.in_((StepState.PENDING, StepState.ABSENT)),
            SigningRound.state == RoundState.OPEN,
        )
    )
    for step, agreement in steps:
        yield Task(
            _("Xác nhận bản giao ước đã chốt"),
            f"{step.title} · {step.body_name}",
            _("Đọc và xác nhận"),
            url_for("agreements.show", pid=agreement.pid),
            agreement.emulation_year.agreement_due,
        )

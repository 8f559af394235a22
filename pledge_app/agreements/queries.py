"""Reads of agreements: the members of the cluster, its reviewing body, administrators and
auditors see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.models import Agreement, AgreementComment, Party, Signatory
from pledge_app.agreements.snapshot import cell_numbers
from pledge_app.agreements.states import IN_FORCE, AgreementState, AmendmentState
from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.documents.models import Document
from pledge_app.documents.standing import Standing
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.numbers import year_number
from pledge_app.kernel.permission import reading
from pledge_app.orgs.models import (
    Body,
    Cluster,
    ClusterLead,
    ClusterMembership,
    LeadKind,
    OfficeHolding,
)
from pledge_app.orgs.office_queries import holdings_of
from pledge_app.orgs.queries import bodies_of, valid_on
from pledge_app.pledges.models import Pledge, Target
from pledge_app.signing.models import SigningRound, SigningStep


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """For a select that joins Cluster. Members see a draft once it circulates; the lead always."""
    if actor.sees_all:
        return true()
    if not actor.bodies:
        return false()
    beside = select(ClusterMembership.cluster_id).where(ClusterMembership.body_id.in_(actor.bodies))
    shown = or_(Agreement.circulated_at.is_not(None), Agreement.state != AgreementState.DRAFT)
    return or_(
        Agreement.cluster_id.in_(_led(actor)),
        and_(Agreement.cluster_id.in_(beside), shown),
        and_(Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)), shown),
    )


def _led(actor: Actor) -> Select[int]:
    """Ids of the clusters that the actor's bodies lead on the actor's day."""
    held = (
        true()
        if actor.today is None
        else valid_on(
            ClusterLead.held_from,
            ClusterLead.held_to,
            actor.today,
        )
    )
    return select(ClusterLead.cluster_id).where(
        ClusterLead.body_id.in_(actor.bodies),
        ClusterLead.kind == LeadKind.LEAD,
        held,
    )


def agreements(
    *,
    seen_by: Actor,
    year: int | None = None,
    state: AgreementState | None = None,
) -> Select[Agreement]:
    """Visible agreements, the newest year and version first."""
    chosen = (
        select(Agreement)
        .join(Agreement.cluster)
        .where(visible_to(seen_by))
        .options(joinedload(Agreement.cluster), joinedload(Agreement.lead_body))
    )
    if year is not None:
        chosen = chosen.where(Cluster.year == year)
    if state is not None:
        chosen = chosen.where(Agreement.state == state)
    return chosen.order_by(
        Cluster.year.desc(),
        Cluster.name,
        Agreement.version.desc(),
    )


def asked_for(args: Mapping[str, str], *, seen_by: Actor) -> Select[Agreement]:
    """The list as the filters of its page ask (nam, trang_thai); rubbish asks for nothing."""
    year, state = args.get("nam", ""), args.get("trang_thai", "")
    return agreements(
        seen_by=seen_by,
        year=year_number(year),
        state=AgreementState(state) if state in set(AgreementState) else None,
    )


_PARTIES = selectinload(Agreement.parties)
_WHOLE = (  # so that a page of 13 parties asks no more often than a page of one
    joinedload(Agreement.cluster).selectinload(Cluster.members).joinedload(ClusterMembership.body),
    joinedload(Agreement.lead_body),
    _PARTIES.joinedload(Party.body),
    _PARTIES.selectinload(Party.signatories).joinedload(Signatory.body),
    _PARTIES.joinedload(Party.pledge).selectinload(Pledge.targets).joinedload(Target.criterion),
    selectinload(Agreement.bases),
    selectinload(Agreement.comments).joinedload(AgreementComment.body),
    joinedload(Agreement.emulation_year)
    .selectinload(EmulationYear.campaigns)
    .selectinload(Campaign.anniversaries),
)


@reading(_l("Xem bản giao ước cụm (dự thảo: từ khi gửi lấy ý kiến)"))
def find_agreement(pid: str, *, seen_by: Actor) -> Agreement:
    """The agreement of a public id if the actor may see it; raises NotFound."""
    found = db.session.scalar(
        select(Agreement)
        .join(Agreement.cluster)
        .where(Agreement.pid == pid, visible_to(seen_by))
        .options(*_WHOLE)
    )
    if found is None:
        raise NotFound(_("Không có bản giao ước này, hoặc bạn không có quyền xem."))
    return found


def find_cluster(pid: str) -> Cluster:
    """The cluster of a public id; raises NotFound."""
    cluster = db.session.scalar(select(Cluster).where(Cluster.pid == pid))
    if cluster is None:
        raise NotFound(_("Không có cụm thi đua này."))
    return cluster


def to_begin(actor: Actor) -> list[Cluster]:
    """The clusters that the actor's bodies lead and that have no agreement yet."""
    bodies = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not bodies or actor.today is None:
        return []
    taken = (
        select(Agreement.id)
        .where(Agreement.cluster_id == Cluster.id, Agreement.state != AgreementState.VOID)
        .exists()
    )
    return list(
        db.session.scalars(
            select(Cluster)
            .join(ClusterLead)
            .where(
                ClusterLead.body_id.in_(bodies),
                ClusterLead.kind == LeadKind.LEAD,
                valid_on(
                    ClusterLead.held_from,
                    ClusterLead.held_to,
                    actor.today,
                ),
                ~taken,
            )
            .order_by(Cluster.year.desc(), Cluster.name)
            .distinct()
        )
    )


def round_of(agreement: Agreement) -> SigningRound | None:
    """The newest signing round of the frozen paper."""
    if agreement.document_id is None:
        return None
    return db.session.scalar(
        select(SigningRound)
        .where(SigningRound.document_id == agreement.document_id)
        .order_by(SigningRound.revision.desc())
        .limit(1)
        .options(selectinload(SigningRound.steps).selectinload(SigningStep.history))
    )


def find_step(agreement: Agreement, pid: str) -> SigningStep:
    """One step of the agreement's round; raises NotFound."""
    opened = round_of(agreement)
    for step in opened.steps if opened is not None else []:
        if step.pid == pid:
            return step
    raise NotFound(_("Không có lượt ký này."))


def find_party(agreement: Agreement, pid: str) -> Party:
    """One party of the agreement; raises NotFound."""
    for party in agreement.parties:
        if party.pid == pid:
            return party
    raise NotFound(_("Không có bên này trong bản giao ước."))


def signatory_of(agreement: Agreement, step: SigningStep) -> Signatory | None:
    """The signatory whose cell the step is."""
    numbers = cell_numbers(agreement)
    return next(
        (
            row
            for party in agreement.parties
            for row in party.signatories
            if numbers[row.id] == step.cell_id
        ),
        None,
    )


def choosable_holders(body: Body, on: date) -> list[OfficeHolding]:
    """Office-holders of all bodies of the unit, in office on the paper's date."""
    return holdings_of([row.id for row in bodies_of(body.unit)], on=on)


def reading_bodies(agreement: Agreement) -> list[int]:
    """The bodies whose people may read the agreement's papers."""
    cluster = agreement.cluster
    return [
        *(member.body_id for member in cluster.members),
        cluster.reviewer_body_id,
        cluster.issuer_body_id,
    ]


def versions(agreement: Agreement) -> list[Agreement]:
    """All versions of the cluster's agreement, newest first."""
    return list(
        db.session.scalars(
            select(Agreement)
            .where(Agreement.cluster_id == agreement.cluster_id)
            .order_by(Agreement.version.desc())
        )
    )


def versions_before(agreement: Agreement) -> list[Agreement]:
    """The older versions that never were in force and led to this one, newest first: their words
    were read too.
    """
    if agreement.replaces_id is None:
        return []
    return [
        row
        for row in versions(agreement)
        if row.version < agreement.version and row.in_force_on is None
    ]


def years(*, seen_by: Actor) -> list[int]:
    """The years of the visible agreements, newest first."""
    return list(
        db.session.scalars(
            select(Cluster.year)
            .join(Agreement, Agreement.cluster_id == Cluster.id)
            .where(visible_to(seen_by))
            .distinct()
            .order_by(Cluster.year.desc())
        )
    )


def current_of(cluster: Cluster, *, seen_by: Actor) -> Agreement | None:
    """The newest version that is not void, if the actor may see it."""
    return db.session.scalar(
        select(Agreement)
        .join(Agreement.cluster)
        .where(
            Agreement.cluster_id == cluster.id,
            Agreement.state != AgreementState.VOID,
            visible_to(seen_by),
        )
        .order_by(Agreement.version.desc())
        .limit(1)
    )


def newer(agreement: Agreement) -> Agreement | None:
    """The newest later version that is not void."""
    return db.session.scalar(
        select(Agreement)
        .where(
            Agreement.cluster_id == agreement.cluster_id,
            Agreement.version > agreement.version,
            Agreement.state != AgreementState.VOID,
        )
        .order_by(Agreement.version.desc())
        .limit(1)
    )


def replaced_by(agreement: Agreement) -> Agreement | None:
    """The version in force that came after this one."""
    return db.session.scalar(
        select(Agreement)
        .where(
            Agreement.cluster_id == agreement.cluster_id,
            Agreement.version > agreement.version,
            Agreement.state.in_(IN_FORCE),
            Agreement.in_force_on.is_not(None),
        )
        .limit(1)
    )


def of_paper(document_id: int) -> Agreement | None:
    """The agreement whose frozen paper a document is."""
    return db.session.scalar(select(Agreement).where(Agreement.document_id == document_id))


def open_amendments(agreement: Agreement) -> list[Amendment]:
    """The changes of the cluster's figures that are proposed and not decided, whatever the
    version.
    """
    return list(
        db.session.scalars(
            select(Amendment)
            .join(Amendment.agreement)
            .where(
                Agreement.cluster_id == agreement.cluster_id,
                Amendment.state == AmendmentState.OPEN,
            )
            .order_by(Amendment.id)
        )
    )


def amendments_of(agreement: Agreement) -> list[Amendment]:
    """Every change proposed for the cluster's agreement, the newest first."""
    return list(
        db.session.scalars(
            select(Amendment)
            .join(Amendment.agreement)
            .where(Agreement.cluster_id == agreement.cluster_id)
            .order_by(Amendment.id.desc())
        )
    )


def find_amendment(agreement: Agreement, pid: str) -> Amendment:
    """One proposed change of the cluster's agreement; raises NotFound."""
    for row in amendments_of(agreement):
        if row.pid == pid:
            return row
    raise NotFound(_("Không có đề nghị sửa số liệu này."))


def agreement_standing(document: Document) -> Standing:
    """How the paper of an agreement stands today: void, replaced, in force or being signed."""
    found = db.session.scalar(select(Agreement).where(Agreement.document_id == document.id))
    if found is None or found.state is AgreementState.VOID:
        return Standing.VOID
    if found.state is AgreementState.REPLACED:
        return Standing.REPLACED
    return Standing.RECORDED if found.in_force_on is not None else Standing.AWAITING


def is_composed(cluster_id: int) -> bool:
    """Whether an agreement that is not void stands on the pledges of a cluster."""
    found = select(Agreement.id).where(
        Agreement.cluster_id == cluster_id,
        Agreement.state != AgreementState.VOID,
    )
    return db.session.scalar(found.limit(1)) is not None

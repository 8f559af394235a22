"""My work around signing: attest what was recorded, look at a scan, answer a proposed figure,
bring the scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.agreements import amendments, consents, queries, vouching
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.models import Agreement, Party
from pledge_app.agreements.policy import leads_cluster
from pledge_app.agreements.states import AgreementState, AmendmentState
from pledge_app.documents.models import Upload
from pledge_app.documents.queries import uploads_of
from pledge_app.kernel.actor import ACTING, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.room import Task
from pledge_app.orgs.models import Cluster
from pledge_app.signing.marks import has_mark
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import MarkKind

S = AgreementState


def around_signing(actor: Actor, today: date) -> Iterator[Task]:
    """What waits for the actor around the signing of the agreements they take part in."""
    if not actor.bodies_as(*ACTING):
        return
    for agreement in _waiting(actor):
        yield from _changes(agreement, actor)
        if agreement.state in (S.AWAITING, S.CONFIRMED, S.INKED):
            yield from _signatures(agreement, actor)


def _task(agreement: Agreement, title: str, button: str, href: str) -> Task:
    return Task(
        title,
        agreement.cluster.name,
        button,
        href,
        agreement.emulation_year.agreement_due,
    )


def _waiting(actor: Actor) -> list[Agreement]:
    """Agreements on which something waits for a second person, or for the lead."""
    mine = actor.bodies_as(Role.CLERK, Role.LEADER)
    takes_part = or_(
        Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)),
        exists().where(Party.agreement_id == Agreement.id, Party.body_id.in_(mine)),
    )
    open_change = exists().where(
        Amendment.agreement_id == Agreement.id,
        Amendment.state == AmendmentState.OPEN,
    )
    at_signing = Agreement.state.in_((S.AWAITING, S.CONFIRMED, S.INKED))
    chosen = (
        select(Agreement)
        .join(Agreement.cluster)
        .where(takes_part, or_(open_change, and_(at_signing, _something_to_see())))
        .options(
            joinedload(Agreement.cluster).selectinload(Cluster.leads),
            joinedload(Agreement.emulation_year),
            selectinload(Agreement.parties).selectinload(Party.signatories),
        )
        .order_by(Agreement.id)
    )
    return list(db.session.scalars(chosen))


def _something_to_see() -> ColumnElement[bool]:
    recorded = (
        exists()
        .where(
            SigningRound.document_id == Agreement.document_id,
            SigningStep.round_id == SigningRound.id,
            has_mark(MarkKind.INK),
            ~has_mark(MarkKind.TABLE),
            ~has_mark(MarkKind.SCAN),
        )
        .correlate(Agreement)
    )
    scanned = exists().where(
        Upload.subject_kind == Agreement.__tablename__,
        Upload.subject_pid == Agreement.pid,
        Upload.rejected_reason == "",
    )
    disputed = Agreement.in_force_on.is_not(None)
    return or_(
        recorded,
        scanned,
        disputed,
        Agreement.state.in_((S.CONFIRMED, S.INKED)),
    )


def _changes(agreement: Agreement, actor: Actor) -> Iterator[Task]:
    newest = queries.newer(agreement) or agreement
    if newest.state not in amendments.CHANGEABLE:
        return
    for row in queries.open_amendments(agreement):
        if row.agreement_id != agreement.id:
            continue
        if any(consents.may_consent(row, side, actor) for side in consents.Side):
            href = url_for("agreements.show", pid=newest.pid, _anchor="sua-so-lieu")
            yield _task(
                agreement,
                _("Trả lời đề nghị sửa số liệu"),
                _("Đọc đề nghị"),
                href,
            )


def _signatures(agreement: Agreement, actor: Actor) -> Iterator[Task]:
    opened = queries.round_of(agreement)
    steps = opened.steps if opened is not None else []
    page = url_for("meetings.show", pid=agreement.pid, _anchor="ky")
    if vouching.to_attest(agreement, steps, actor):
        yield _task(
            agreement,
            _("Xác nhận chữ ký đã ghi nhận tại bàn"),
            _("Mở hội nghị"),
            page,
        )
    scans = [
        row for row in uploads_of(Agreement.__tablename__, agreement.pid) if not row.rejected_reason
    ]
    for scan in scans:
        if vouching.to_see(
            agreement,
            steps,
            scan.uploaded_by_id,
            actor,
        ):
            href = url_for("meetings.scan", pid=agreement.pid, upload=scan.pid)
            yield _task(
                agreement,
                _("Đối chiếu bản quét"),
                _("Mở bản quét"),
                href,
            )
    if agreement.state is S.AWAITING and agreement.in_force_on is not None:
        yield _task(
            agreement,
            _("Chữ ký bị phản ánh: ký và ghi nhận lại"),
            _("Mở hội nghị"),
            page,
        )
    if not leads_cluster(actor, agreement.cluster):
        return
    if agreement.state is S.CONFIRMED:
        yield _task(
            agreement,
            _("Ký bản giấy và ghi nhận chữ ký"),
            _("Mở hội nghị"),
            page,
        )
    elif agreement.state is S.INKED and not scans:
        href = url_for("meetings.show", pid=agreement.pid, _anchor="quet")
        yield _task(
            agreement,
            _("Tải lên bản quét bản đã ký"),
            _("Mở hội nghị"),
            href,
        )

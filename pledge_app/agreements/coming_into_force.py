"""What events of the paper and of its signing round do to the agreement."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import queries
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.snapshot import cell_numbers
from pledge_app.agreements.states import IN_FORCE, AgreementState
from pledge_app.agreements.versions import close_round
from pledge_app.audit.operations import record
from pledge_app.documents.models import Document
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.notices.operations import notify
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.due_reports import open_due_reports
from pledge_app.reviews import operations as review
from pledge_app.signing.models import SigningRound
from pledge_app.signing.rounds import Signer, open_round, reached
from pledge_app.signing.states import Reached
from pledge_app.web.language import kept_text


def document_ready(document: Document, *, at: datetime) -> None:
    """Event: the frozen paper was rendered and stored. The agreement awaits its signatures."""
    agreement = db.session.scalar(select(Agreement).where(Agreement.document_id == document.id))
    if agreement is None or agreement.state is not AgreementState.RENDERING:
        return
    agreement.move("ready", actor=SYSTEM)
    opened = open_round(document, signers(agreement), at=at)
    record(
        "agreement.awaits_signing",
        agreement,
        actor=SYSTEM,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        round=opened.pid,
    )
    for party in agreement.parties:
        notify(
            user_ids_at(party.body_id, (Role.LEADER,)),
            _l("Bản giao ước đã chốt, chờ ký."),
            "agreements.show",
            agreement.pid,
            at=at,
        )


def signers(agreement: Agreement) -> list[Signer]:
    """Who signs, cell by cell, as on the paper."""
    numbers = cell_numbers(agreement)
    rows = [
        (party, row)
        for party in sorted(agreement.parties, key=lambda p: (p.is_witness, p.position))
        for row in party.signatories
    ]
    return [
        Signer(
            cell_id=numbers[row.id],
            body_id=row.body_id,
            body_name=row.body.name,
            person_id=row.person_id,
            person_name=row.name,
            title=row.title,
            authority=row.authority.value,
            is_witness=party.is_witness,
        )
        for party, row in rows
    ]


def round_marked(signing_round: SigningRound, *, at: datetime, today: date) -> None:
    """Event: a signature was made, attested or seen. The agreement follows the least that is
    known of everybody.
    """
    agreement = queries.of_paper(signing_round.document_id)
    if agreement is None:
        return
    now = reached(signing_round)
    if now is Reached.CONFIRMED and agreement.state is AgreementState.AWAITING:
        agreement.move("all_confirm", actor=SYSTEM)
        _happened("agreement.all_confirmed", agreement, at)
        _tell_parties(
            agreement,
            _l(
                "Các bên đã xác nhận bản giao ước của %(name)s; còn chờ bản có chữ ký.",
                name=agreement.cluster.name,
            ),
            at,
        )
    elif now is Reached.INKED and agreement.state in (
        AgreementState.AWAITING,
        AgreementState.CONFIRMED,
    ):
        agreement.move("all_ink", actor=SYSTEM)
        _happened("agreement.all_inked", agreement, at)
        _come_into_force(agreement, at=at, today=today)
    elif now is Reached.SEEN and agreement.state is not AgreementState.SIGNED:
        agreement.move("complete", actor=SYSTEM)
        agreement.signed_at = at
        _happened("agreement.signed", agreement, at)
        _come_into_force(agreement, at=at, today=today)


def _come_into_force(agreement: Agreement, *, at: datetime, today: date) -> None:
    """Everybody signed on paper: the older version is replaced, the pledges are in force, due
    reports open at once.

    One that an earlier release brought into force by confirmations stays as it is.
    """
    if agreement.in_force_on is not None:
        return
    _replace_older(agreement, at=at)
    _lapse(agreement, at=at)
    agreement.in_force_on = min(agreement.paper_date, today)
    _happened(
        "agreement.came_into_force",
        agreement,
        at,
        on=agreement.in_force_on,
    )
    _tell_parties(
        agreement,
        _l(
            "Bản giao ước của %(name)s đã ký đủ trên giấy và có hiệu lực.",
            name=agreement.cluster.name,
        ),
        at,
    )
    for party in agreement.parties:
        pledge: Pledge | None = party.pledge
        if pledge is not None and pledge.state is PledgeState.AGREED:
            review.come_into_force(pledge, at=at)
    db.session.flush()
    open_due_reports(today=today, at=at)


def _replace_older(agreement: Agreement, *, at: datetime) -> None:
    for older in queries.versions(agreement):
        if older.id != agreement.id and older.in_force_on is not None and older.state in IN_FORCE:
            older.move("replace", actor=SYSTEM)
            _happened("agreement.replaced", older, at)
            why = kept_text(_l("Đã có phiên bản %(n)s được ký.", n=agreement.version))
            close_round(
                older,
                why,
                actor=SYSTEM,
                at=at,
            )


def _lapse(agreement: Agreement, *, at: datetime) -> None:
    """What was proposed and not answered when everybody had signed: it changes nothing any more."""
    for row in queries.open_amendments(agreement):
        row.move("lapse", actor=SYSTEM)
        row.ended_at = at
        record(
            "amendment.lapsed",
            row,
            actor=SYSTEM,
            at=at,
            unit_id=row.target.pledge.unit_id,
            criterion=row.target.criterion.code,
            body=row.target.pledge.body.name,
            before=row.old_goal,
            after=row.new_goal,
        )


def _happened(verb: str, agreement: Agreement, at: datetime, **more: date) -> None:
    assert agreement.document is not None
    record(
        verb,
        agreement,
        actor=SYSTEM,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        content_sha256=agreement.document.envelope.content_sha256,
        **more,
    )


def _tell_parties(agreement: Agreement, sentence: LazyString, at: datetime) -> None:
    for party in agreement.parties:
        notify(
            user_ids_at(party.body_id),
            sentence,
            "agreements.show",
            agreement.pid,
            at=at,
        )

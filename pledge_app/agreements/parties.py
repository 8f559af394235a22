"""Verbs about the parties of a draft: their order, who signs for them, witnesses who sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.agreements import closing, compose
from pledge_app.agreements.compose import SignatoryLine
from pledge_app.agreements.models import Agreement, Party
from pledge_app.agreements.operations import drafting, touch
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Body


def save_signatories(
    party: Party,
    lines: Sequence[SignatoryLine],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """1..n signatories of one party, in order. A witness needs none: it is then recorded only."""
    agreement = party.agreement
    drafting(agreement, actor)
    check_version(agreement.version_id, version)
    check(
        lines or party.is_witness,
        _("Mỗi bên phải có ít nhất một người ký."),
        [Problem(_("Chưa có người ký."), "row-0-name")],
    )
    with closing.following(agreement):
        compose.set_signatories(party, lines)
    touch(agreement)
    record(
        "agreement.signatories_set",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        body=party.body.name,
        names=[line.name for line in lines],
    )


def order_parties(
    agreement: Agreement,
    positions: Mapping[int, int],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The order of columns and signature cells: party id → wanted place; equal places keep their
    old order.
    """
    drafting(agreement, actor)
    check_version(agreement.version_id, version)
    rows = sorted(
        agreement.parties,
        key=lambda row: (positions.get(row.id, row.position), row.position),
    )
    for place, row in enumerate(rows, 1):
        row.position = place
    touch(agreement)
    record(
        "agreement.ordered",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
    )


def refresh(agreement: Agreement, *, version: int, actor: Actor, at: datetime, today: date) -> None:
    """Take in the members whose pledge was agreed after the draft was begun."""
    drafting(agreement, actor)
    check_version(agreement.version_id, version)
    compose.refresh_parties(agreement, today)
    touch(agreement)
    record(
        "agreement.refreshed",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
    )


def add_witness(
    agreement: Agreement,
    body: Body,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> Party:
    """A body that attests: named on the paper, and with a cell once somebody is set to sign for
    it.
    """
    drafting(agreement, actor)
    check_version(agreement.version_id, version)
    if any(party.body_id == body.id for party in agreement.parties):
        raise Conflict(_("%(body)s đã có trong bản giao ước.", body=body.name))
    party = Party(
        body=body,
        is_witness=True,
        position=len(agreement.parties) + 1,
    )
    with closing.following(agreement):
        agreement.parties.append(party)
    touch(agreement)
    db.session.flush()
    record(
        "agreement.witness_added",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        body=body.name,
    )
    return party


def drop_witness(party: Party, *, version: int, actor: Actor, at: datetime) -> None:
    """Take a witness off the paper. A member stays: it leaves only with its pledge."""
    agreement = party.agreement
    drafting(agreement, actor)
    check_version(agreement.version_id, version)
    check(party.is_witness, _("Chỉ bỏ được bên chứng kiến; các đơn vị thành viên luôn là một bên."))
    touch(agreement)
    record(
        "agreement.witness_dropped",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        body=party.body.name,
    )
    with closing.following(agreement):
        agreement.parties.remove(party)
        db.session.delete(party)

"""The second person beside a signature: who may attest it at the table, or say that it is on a scan.

Nobody vouches for the mark of their own commune, nor for what they themselves or somebody of their own commune
recorded or uploaded; where all bodies are of one unit, the body counts. Where no other body takes part, the
second official does; where there is only one
official, an administrator may allow him or her both (một người kiêm nhiệm), and page and trail say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select

from pledge_app.accounts.separation import Homes, homes_ever, homes_of
from pledge_app.agreements import policy, queries
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AT_SIGNING
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.orgs.concurrent import concurrent_on
from pledge_app.orgs.models import Body
from pledge_app.signing.models import SigningStep
from pledge_app.signing.operations import recorder_of
from pledge_app.signing.states import StepState, Vouched


@dataclass(frozen=True)
class Sides:
    """What is around one mark: where it is at home (`own`), where the claim came from (`first`), and the bodies
    that may vouch for it (`others`), by which `rule`: they are of a third commune, else of a third body, else
    there is none and a second official must do."""

    own: Homes
    first: Homes
    others: set[int]
    rule: Rule


class Rule(Enum):
    """How far from the mark and from the claim the second person must be."""

    OTHER_UNIT = 1
    OTHER_BODY = 2
    SECOND_OFFICIAL = 3


Firsts = Mapping[int, Homes]
"""By login that recorded or uploaded something: where it acts or acted (accounts.separation.homes_ever)."""


def firsts_of(first_ids: Iterable[int | None]) -> Firsts:
    """The homes of those who made a claim, asked once for a whole page."""
    return homes_ever(first_id for first_id in first_ids if first_id is not None)


def sides_of(
    agreement: Agreement, step: SigningStep, first_id: int | None, firsts: Firsts
) -> Sides:
    """Who is who around a mark that `first_id` recorded or uploaded (None: not known, so lead or reviewer)."""
    units = _units_taking_part(agreement)
    taking_part = set(units)
    own = _bearers(agreement, step)
    first = firsts[first_id] if first_id is not None else _keepers(agreement)
    far = {body for body, unit in units.items() if unit not in own.units | first.units}
    if far:
        return Sides(own, first, far, Rule.OTHER_UNIT)
    third = taking_part - own.bodies - first.bodies
    if third:
        return Sides(own, first, third, Rule.OTHER_BODY)
    return Sides(own, first, (taking_part - own.bodies) or taking_part, Rule.SECOND_OFFICIAL)


def _units_taking_part(agreement: Agreement) -> dict[int, int]:
    """By body id, the unit: the parties, witnesses too, and the reviewing body."""
    reviewer = agreement.cluster.reviewer
    parties = {party.body_id: party.body.unit_id for party in agreement.parties}
    return parties | {reviewer.id: reviewer.unit_id}


def _keepers(agreement: Agreement) -> Homes:
    bodies = (agreement.lead_body, agreement.cluster.reviewer)
    return Homes({body.id for body in bodies}, {body.unit_id for body in bodies})


def _bearers(agreement: Agreement, step: SigningStep) -> Homes:
    """Whose mark the step is: whose seal, and as whose signatory."""
    signatory = queries.signatory_of(agreement, step)
    if signatory is None:
        return Homes({step.body_id}, set())
    bodies = (signatory.body, signatory.party.body)
    return Homes({step.body_id, *(body.id for body in bodies)}, {body.unit_id for body in bodies})


def vouches(
    agreement: Agreement,
    step: SigningStep,
    first_id: int | None,
    actor: Actor,
    firsts: Firsts | None = None,
) -> Vouched | None:
    """As whom the actor may vouch for a mark that `first_id` recorded or uploaded; None: may not."""
    known = firsts if firsts is not None else firsts_of([first_id])
    sides = sides_of(agreement, step, first_id, known)
    if not _entitled(actor, agreement, sides.others) or _is_signer(actor, step):
        return None
    is_first = actor.user_id in (first_id, recorder_of(step))
    if sides.rule is not Rule.SECOND_OFFICIAL:
        return Vouched.OTHER_BODY if _apart(actor, sides) and not is_first else None
    mine = homes_of(actor).bodies
    if mine & (sides.own.bodies - sides.others):
        return None
    if not is_first:
        return Vouched.SECOND_OFFICIAL
    return Vouched.CONCURRENT if _concurrent(actor, mine & sides.others) else None


def _apart(actor: Actor, sides: Sides) -> bool:
    """The actor acts neither where the mark is at home nor where the claim came from."""
    mine = homes_of(actor)
    if sides.rule is Rule.OTHER_UNIT:
        return not mine.units & (sides.own.units | sides.first.units)
    return not mine.bodies & (sides.own.bodies | sides.first.bodies)


def _is_signer(actor: Actor, step: SigningStep) -> bool:
    return step.person_id is not None and actor.person_id == step.person_id


def _entitled(actor: Actor, agreement: Agreement, bodies: set[int]) -> bool:
    """Clerk or leader of a party, or a reviewer of the cluster, at one of `bodies`."""
    as_member = policy.member_bodies(actor, agreement) & bodies
    reviewer = agreement.cluster.reviewer_body_id
    return bool(as_member) or (reviewer in bodies and policy.reviews_cluster(actor, agreement))


def _concurrent(actor: Actor, bodies: Iterable[int]) -> bool:
    on = actor.today
    return on is not None and any(concurrent_on(body, on=on) is not None for body in bodies)


def who_may(
    agreement: Agreement, claims: Iterable[tuple[SigningStep, int | None]]
) -> dict[int, list[str]]:
    """By step id: the names of the bodies whose people may vouch for it; said on the page while it waits.

    `claims`: a step, and who recorded or uploaded.
    """
    asked = list(claims)
    firsts = firsts_of(first_id for _step, first_id in asked)
    found = {
        step.id: sides_of(agreement, step, first_id, firsts).others for step, first_id in asked
    }
    bodies = {body for others in found.values() for body in others}
    chosen = select(Body.id, Body.name).where(Body.id.in_(bodies)).order_by(Body.id)
    names = list(db.session.execute(chosen)) if bodies else []
    return {
        step_id: [name for body_id, name in names if body_id in others]
        for step_id, others in found.items()
    }


def waiting_for_second(agreement: Agreement, steps: Iterable[SigningStep]) -> list[SigningStep]:
    """The signatures that somebody recorded at the table and nobody attested."""
    if agreement.state not in AT_SIGNING:
        return []
    return [step for step in steps if step.signed_on_paper_on is not None and not step.is_inked]


def to_attest(
    agreement: Agreement, steps: Iterable[SigningStep], actor: Actor
) -> list[SigningStep]:
    """The signatures recorded at the table that wait for a second person who the actor can be."""
    waiting = waiting_for_second(agreement, steps)
    firsts = firsts_of(recorder_of(step) for step in waiting)
    return [
        step
        for step in waiting
        if vouches(agreement, step, recorder_of(step), actor, firsts) is not None
    ]


def to_see(
    agreement: Agreement, steps: Iterable[SigningStep], uploader_id: int, actor: Actor
) -> list[SigningStep]:
    """The signatures that the actor may look for on a scan: not seen yet, and not refused."""
    if agreement.state not in AT_SIGNING:
        return []
    firsts = firsts_of([uploader_id])
    return [
        step
        for step in steps
        if step.on_scan_at is None
        and step.state is not StepState.REFUSED
        and vouches(agreement, step, uploader_id, actor, firsts) is not None
    ]


def vouches_for(step: SigningStep, first_id: int | None, actor: Actor) -> Vouched | None:
    """Question of the room of signing: the agreement is the one whose paper the step is on."""
    agreement = queries.of_paper(step.round.document_id)
    return vouches(agreement, step, first_id, actor) if agreement is not None else None


def records_signing(document_id: int, actor: Actor) -> bool:
    """Question of the room of signing: the lead's people, or a reviewer of the cluster."""
    agreement = queries.of_paper(document_id)
    return agreement is not None and policy.records_meeting(actor, agreement)

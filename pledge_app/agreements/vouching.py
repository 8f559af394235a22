"""The second person beside a signature: who may attest it at the table, or say that it is on a
scan.

Nobody vouches for the mark of a commune where they act or ever acted, nor for what they themselves
or somebody of one of their communes recorded or uploaded; where all bodies are of one unit, the
body counts. What the rule is follows from the bodies of the agreement alone: a person's history
only ever narrows who is left, and where nobody is left, nobody vouches. Where one body is party and
reviewer at once, and nobody else takes part, its second official does; where it has only one
official, an administrator may allow him or her both (một người kiêm nhiệm), and page and trail say
so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select

from pledge_app.accounts.separation import Homes, homes_ever
from pledge_app.agreements import policy, queries
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AT_SIGNING
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.orgs.concurrent import concurrent_on
from pledge_app.orgs.models import Body
from pledge_app.signing import policy as signing_policy
from pledge_app.signing.models import SigningStep
from pledge_app.signing.states import StepState, Vouched


class Rule(Enum):
    """How far from the mark and from the claim the second person must be."""

    OTHER_UNIT = 1
    OTHER_BODY = 2
    SECOND_OFFICIAL = 3


@dataclass(frozen=True)
class Sides:
    """What is around one mark: where it is at home (`own`), where the claim came from (`first`),
    and the bodies whose people may vouch for it (`others`) by the agreement's `rule`; none:
    nobody may.
    """

    own: Homes
    first: Homes
    others: set[int]
    rule: Rule


People = Mapping[int, Homes]
"""By login: where it acts or acted (accounts.separation.homes_ever), asked once for a whole
page.
"""


def sides_of(
    agreement: Agreement,
    step: SigningStep,
    first_id: int | None,
    people: People,
) -> Sides:
    """Who is who around a mark that `first_id` recorded or uploaded (None: not known, so lead or
    reviewer).
    """
    units = _units_taking_part(agreement)
    rule = _rule_of(units)
    own = _bearers(agreement, step)
    first = people[first_id] if first_id is not None else _keepers(agreement)
    if rule is Rule.SECOND_OFFICIAL:
        return Sides(own, first, set(units), rule)
    if rule is Rule.OTHER_UNIT:
        left = {body for body, unit in units.items() if unit not in own.units | first.units}
    else:
        left = set(units) - own.bodies - first.bodies
    return Sides(
        own,
        first,
        left - own.bodies,
        rule,
    )


def _rule_of(units: Mapping[int, int]) -> Rule:
    """By the bodies that take part, and by nobody's history."""
    if len(units) == 1:
        return Rule.SECOND_OFFICIAL
    return Rule.OTHER_BODY if len(set(units.values())) == 1 else Rule.OTHER_UNIT


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
    people: People | None = None,
) -> Vouched | None:
    """As whom the actor may vouch for a mark that `first_id` recorded or uploaded; None: may
    not.
    """
    known = people if people is not None else _people([first_id], actor)
    sides = sides_of(
        agreement,
        step,
        first_id,
        known,
    )
    if not _entitled(actor, agreement, sides.others) or _is_named(actor, step):
        return None
    is_first = actor.user_id in (first_id, step.recorded_by_id)
    if sides.rule is not Rule.SECOND_OFFICIAL:
        return Vouched.OTHER_BODY if _apart(actor, sides, known) and not is_first else None
    if signing_policy.holds(actor, step):  # of other bodies a delegate is no stranger anyway
        return None
    if not is_first:
        return Vouched.SECOND_OFFICIAL
    return Vouched.CONCURRENT if _concurrent(actor, sides.others) else None


def _people(first_ids: Iterable[int | None], actor: Actor) -> People:
    """Everybody who made a claim, and who is asked about."""
    asked = {*first_ids, actor.user_id} - {None}
    return homes_ever((row for row in asked if row is not None), on=actor.today)


def _apart(actor: Actor, sides: Sides, people: People) -> bool:
    """The actor acts and acted neither where the mark is at home nor where the claim came from."""
    if actor.user_id is None:
        return False
    mine = people[actor.user_id]
    if mine.bodies & (sides.own.bodies | sides.first.bodies):
        return False
    return sides.rule is Rule.OTHER_BODY or not mine.units & (sides.own.units | sides.first.units)


def _is_named(actor: Actor, step: SigningStep) -> bool:
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
    agreement: Agreement,
    claims: Iterable[tuple[SigningStep, int | None]],
) -> dict[int, list[str]]:
    """By step id: the names of the bodies whose people may vouch for it; said on the page while
    it waits.

    `claims`: a step, and who recorded or uploaded.
    """
    asked = list(claims)
    known = (first_id for _step, first_id in asked if first_id is not None)
    people = homes_ever(known, on=clock.today())
    found = {
        step.id: sides_of(
            agreement,
            step,
            first_id,
            people,
        ).others
        for step, first_id in asked
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
    agreement: Agreement,
    steps: Iterable[SigningStep],
    actor: Actor,
) -> list[SigningStep]:
    """The signatures recorded at the table that wait for a second person who the actor can be."""
    waiting = waiting_for_second(agreement, steps)
    if not waiting:
        return []
    people = _people((step.recorded_by_id for step in waiting), actor)
    return [
        step
        for step in waiting
        if vouches(
            agreement,
            step,
            step.recorded_by_id,
            actor,
            people,
        )
        is not None
    ]


def to_see(
    agreement: Agreement,
    steps: Iterable[SigningStep],
    uploader_id: int,
    actor: Actor,
) -> list[SigningStep]:
    """The signatures that the actor may look for on a scan: not seen yet, and not refused."""
    if agreement.state not in AT_SIGNING:
        return []
    people = _people([uploader_id], actor)
    return [
        step
        for step in steps
        if step.on_scan_at is None
        and step.state is not StepState.REFUSED
        and vouches(
            agreement,
            step,
            uploader_id,
            actor,
            people,
        )
        is not None
    ]


def vouches_for(step: SigningStep, first_id: int | None, actor: Actor) -> Vouched | None:
    """Question of the room of signing: the agreement is the one whose paper the step is on."""
    agreement = queries.of_paper(step.round.document_id)
    return vouches(agreement, step, first_id, actor) if agreement is not None else None


def reviews_signing(document_id: int, actor: Actor) -> bool:
    """Question of the room of signing: a reviewer of the cluster."""
    agreement = queries.of_paper(document_id)
    return agreement is not None and policy.reviews_cluster(actor, agreement)


def records_signing(document_id: int, actor: Actor) -> bool:
    """Question of the room of signing: the lead's people, or a reviewer of the cluster."""
    agreement = queries.of_paper(document_id)
    return agreement is not None and policy.records_meeting(actor, agreement)


def gives_up_signing(document_id: int, actor: Actor) -> bool:
    """Question of the room of signing: who may give up the paper."""
    agreement = queries.of_paper(document_id)
    return agreement is not None and policy.composes_or_system(actor, agreement)

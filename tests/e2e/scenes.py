"""How far the story of 2023 has gone before a journey begins: told by the same verbs as on the
screen.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import User
from pledge_app.agreements import operations as agreements
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.queries import round_of
from pledge_app.documents.work import render_document
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.orgs.models import Cluster
from pledge_app.pledges import operations
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from pledge_app.signing.operations import attest, confirm_step, sign_on_paper
from tests import make

DAY = date(2023, 2, 10)


def part(name: str) -> Actor:
    """One of the demo's cast."""
    return actor_of(db.session.scalars(select(User).where(User.demo_part == name)).one(), today=DAY)


def hai_quang() -> Pledge:
    """The pledge that was sent back."""
    return db.session.scalars(
        select(Pledge).where(
            Pledge.cluster_id == cluster().id, Pledge.body_id.in_(part("nguoi-phu-trach").bodies)
        )
    ).one()


def cluster() -> Cluster:
    """Vùng Quang Đông 2023."""
    return db.session.scalars(
        select(Cluster).where(Cluster.name == "Vùng Quang Đông", Cluster.year == 2023)
    ).one()


def resent() -> None:
    """The clerk changed two figures, the leader signed off, it went up again."""
    pledge = hai_quang()
    target = next(row for row in pledge.targets if row.criterion.code == "1.1")
    target.goal = Decimal(5)
    for period_id, figure in make.split(target, 1, 2, 1, 1).items():
        target.put_goal(period_id, figure)
    operations.submit_to_leader(pledge, actor=part("nguoi-phu-trach"), at=now())
    operations.sign_off(pledge, actor=part("lanh-dao"), at=now(), office="Chủ tịch")
    operations.send_up(pledge, actor=part("nguoi-phu-trach"), at=now(), today=DAY)


def agreed() -> None:
    """All four communes are agreed."""
    resent()
    pledge = hai_quang()
    review.approve(pledge, version=pledge.version_id, actor=part("tham-dinh"), at=now())


def frozen() -> None:
    """The lead froze the agreement and its paper is there."""
    agreed()
    lead = part("cum-truong")
    made = agreements.start_agreement(cluster(), actor=lead, at=now(), today=DAY)
    made.place = "Hải Đông"
    document = agreements.freeze(made, version=made.version_id, actor=lead, at=now())
    db.session.commit()
    render_document({"document": document.pid})


def in_force() -> None:
    """All confirmed and signed on paper, the level above was there: the pledges are in force."""
    frozen()
    for agreement in db.session.scalars(
        select(Agreement).where(Agreement.cluster_id == cluster().id)
    ):
        sign_all(agreement)
        on_paper(agreement)
    assert hai_quang().state is PledgeState.IN_FORCE


def on_paper(agreement: Agreement) -> None:
    """The lead records the wet signatures, the reviewer saw them at the table."""
    opened = round_of(agreement)
    assert opened is not None
    for step in opened.steps:
        sign_on_paper(step, on=DAY, actor=part("cum-truong"), at=now())
    attest(opened.steps, actor=part("tham-dinh"), at=now())


def sign_all(agreement: Agreement) -> None:
    """Each chairman confirms."""
    opened = round_of(agreement)
    assert opened is not None
    for step in opened.steps:
        holder = db.session.scalars(select(User).where(User.person_id == step.person_id)).one()
        confirm_step(
            step,
            content_sha256=opened.document.envelope.content_sha256,
            actor=actor_of(holder, today=DAY),
            at=now(),
        )

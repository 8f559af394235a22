"""A new agreement begins with the words that the cluster signed last year."""

from __future__ import annotations

import pytest

from pledge_app.agreements import operations as agreements
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster, ClusterLead, LeadKind
from tests import make
from tests.cast import TODAY


def last_year(cast, *, state: AgreementState, name: str = "Vùng thi đua Quang Đông") -> Agreement:
    """An agreement of 2022, put there as an old installation would have it."""
    now = db.session.get_one(Cluster, cast.cluster)
    cluster = Cluster(
        name=name,
        year=2022,
        line=now.line,
        issuer_body_id=now.issuer_body_id,
        reviewer_body_id=now.reviewer_body_id,
    )
    year = EmulationYear(year=2022, line=now.line, issuer_body_id=now.issuer_body_id)
    db.session.add_all([cluster, year])
    db.session.flush()
    db.session.add(
        ClusterLead(
            cluster_id=cluster.id,
            body_id=cast.bodies["Hải Đông"],
            kind=LeadKind.LEAD,
            basis="thử nghiệm",
            held_from=TODAY,
        )
    )
    db.session.flush()
    made = Agreement(
        cluster=cluster,
        emulation_year=year,
        lead_body_id=cast.bodies["Hải Đông"],
        paper_date=TODAY,
        purpose="Hoàn thành kế hoạch năm 2022 theo Nghị quyết ngày 05/01/2022.",
    )
    db.session.add(made)
    db.session.flush()
    lead = make.actor(cast, "dong")
    for move, who in {
        AgreementState.DRAFT: [],
        AgreementState.VOID: [("void", lead)],
        AgreementState.SIGNED: [("freeze", lead), ("ready", SYSTEM), ("complete", SYSTEM)],
    }[state]:
        made.move(move, actor=who)
    made.in_force_on = TODAY if state is AgreementState.SIGNED else None
    return made


def started(cast) -> Agreement:
    make.pledge(cast, "Hải Đông", state="agreed")
    return agreements.start_agreement(
        db.session.get_one(Cluster, cast.cluster),
        actor=make.actor(cast, "dong"),
        at=make.AT,
        today=TODAY,
    )


def test_the_year_in_the_words_moves_on_and_dates_stay(app, cast):
    last_year(cast, state=AgreementState.SIGNED)
    assert started(cast).purpose == "Hoàn thành kế hoạch năm 2023 theo Nghị quyết ngày 05/01/2022."


@pytest.mark.parametrize("state", [AgreementState.DRAFT, AgreementState.VOID])
def test_words_that_nobody_signed_are_not_taken_over(app, cast, state):
    last_year(cast, state=state)
    assert "Nghị quyết" not in started(cast).purpose


def test_another_clusters_words_are_not_taken_over(app, cast):
    last_year(cast, state=AgreementState.SIGNED, name="Cụm khác")
    assert "Nghị quyết" not in started(cast).purpose

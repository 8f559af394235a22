"""Composing: from the agreed pledges; signatories, căn cứ and parties of a draft."""

from __future__ import annotations

from datetime import date

import pytest

from pledge_app.agreements import compose, operations, parties
from pledge_app.agreements.models import Party
from pledge_app.agreements.operations import BasisLine
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import LegalBasis
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Authority, Body, Cluster, ClusterMembership, OfficeHolding
from pledge_app.papers.content.conform import conform
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import COMMUNES, TODAY


def test_it_starts_from_the_agreed_pledges_and_names_who_is_missing(app, cast):
    made = agreeing.agreement(cast, communes=COMMUNES[:3])
    assert [party.body.name for party in made.parties] == [
        f"UBND xã {name}" for name in COMMUNES[:3]
    ]
    assert [body.name for body in compose.unready(made)] == ["UBND xã Hải Lý"]
    assert made.parties[0].signatories[0].name == "Ông Hùng"
    assert [row.text.split(" ", 2)[1] for row in made.bases] == ["cứ", "cứ"]
    assert "05 bản" in made.copies
    assert made.recipients.splitlines()[-1] == "Lưu: VT"
    assert (
        db.session.query(TrailEvent).filter_by(verb="agreement.started").one().actor_name
        == "Bà Đông"
    )


def test_one_member_alone_is_an_agreement(app, cast):
    made = agreeing.agreement(cast, communes=("Hải Đông",))
    content = conform("agreement", agreement_content(made))
    assert len(content["parties"]) == 1
    assert content["groups"][0]["rows"][0]["values"] == ["3"]


def test_thirteen_members_have_thirteen_columns_and_cells(app, cast):
    made = agreeing.agreement(cast)
    unit = made.parties[0].body.unit
    for n in range(9):
        body = Body(
            unit_id=unit.id,
            kind=made.parties[0].body.kind,
            name=f"UBND xã Thứ {n}",
            full_name=f"Ủy ban {n}",
        )
        db.session.add(body)
        db.session.flush()
        db.session.add(ClusterMembership(cluster_id=cast.cluster, body_id=body.id, position=10 + n))
        party = Party(body=body, pledge=made.parties[0].pledge, position=10 + n)
        made.parties.append(party)
        compose.set_signatories(
            party, [compose.SignatoryLine(body.id, f"Ông {n}", "Chủ tịch", Authority.TM)]
        )
    db.session.flush()
    content = conform("agreement", agreement_content(made))
    assert len(content["parties"]) == 13
    assert {len(row["values"]) for group in content["groups"] for row in group["rows"]} == {13}
    assert [cell["cell"] for p in content["parties"] for cell in p["signatories"]] == [
        f"sig-{n}" for n in range(1, 14)
    ]


@pytest.mark.parametrize("who", ["lan", "tay", "rev", "quan", "xa"])
def test_only_the_lead_starts_it(app, cast, actor_named, who):
    with pytest.raises(Forbidden):
        operations.start_agreement(
            db.session.get_one(Cluster, cast.cluster), actor=actor_named(who), at=AT, today=TODAY
        )


def test_a_second_agreement_of_a_cluster_is_a_conflict(app, cast, actor_named):
    made = agreeing.agreement(cast)
    with pytest.raises(Conflict):
        operations.start_agreement(made.cluster, actor=actor_named("dong"), at=AT, today=TODAY)


def test_a_basis_not_in_force_is_refused_and_the_right_one_proposed(app, cast, actor_named):
    made = agreeing.agreement(cast)
    old = db.session.query(LegalBasis).one()
    new = LegalBasis(
        citation="Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        kind="luật",
        in_force_from=date(2024, 1, 1),
    )
    db.session.add(new)
    db.session.flush()
    old.replaced_by_id = new.id
    with pytest.raises(DomainError) as refused:
        operations.save_texts(
            made,
            {},
            bases=[BasisLine("Căn cứ", old.id)],
            paper_date=date(2024, 2, 1),
            show_qr=True,
            version=made.version_id,
            actor=actor_named("dong"),
            at=AT,
        )
    assert (
        "Căn cứ đúng: Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
        in refused.value.problems[0].sentence
    )
    with pytest.raises(DomainError) as early:
        operations.check_bases([BasisLine("Căn cứ", new.id)], TODAY)
    assert "ngày 26 tháng 11 năm 2003" in early.value.problems[0].sentence


def test_a_change_of_signatories_counts_as_a_change_of_the_agreement(app, cast, actor_named):
    made = agreeing.agreement(cast)
    before, party = made.version_id, made.parties[0]
    line = compose.SignatoryLine(party.body_id, "Bà Mai", "Phó Chủ tịch", Authority.KT)
    parties.save_signatories(party, [line, line], version=before, actor=actor_named("dong"), at=AT)
    db.session.flush()
    assert made.version_id == before + 1
    assert [row.position for row in party.signatories] == [1, 2]
    with pytest.raises(Conflict):
        parties.save_signatories(party, [line], version=before, actor=actor_named("dong"), at=AT)
    with pytest.raises(DomainError):
        parties.save_signatories(party, [], version=before + 1, actor=actor_named("dong"), at=AT)
    with pytest.raises(Forbidden):
        parties.save_signatories(party, [line], version=before + 1, actor=actor_named("tay"), at=AT)


def test_somebody_who_left_office_before_the_paper_is_not_proposed(app, cast):
    holding = db.session.get_one(OfficeHolding, cast.holdings["hung"])
    holding.held_to = TODAY
    made = agreeing.agreement(cast)
    assert made.parties[0].signatories[0].name == ""


def test_a_pledge_agreed_later_is_taken_in(app, cast, actor_named):
    made = agreeing.agreement(cast, communes=COMMUNES[:2])
    make.pledge(cast, "Hải Lý", state="agreed")
    parties.refresh(made, version=made.version_id, actor=actor_named("dong"), at=AT, today=TODAY)
    assert [party.body.name for party in made.parties][-1] == "UBND xã Hải Lý"


def test_a_frozen_agreement_has_no_more_words_to_change(app, cast, actor_named):
    made = agreeing.agreement(cast, state="rendering")
    with pytest.raises(Conflict):
        operations.save_texts(
            made,
            {},
            bases=[],
            paper_date=TODAY,
            show_qr=True,
            version=made.version_id,
            actor=actor_named("dong"),
            at=AT,
        )

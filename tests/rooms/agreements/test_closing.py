"""Copies and Nơi nhận follow the parties; what would stand empty or wrong is asked before
freezing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pledge_app.agreements import amendments, closing, compose, operations, parties
from pledge_app.agreements.compose import SignatoryLine
from pledge_app.agreements.consents import Side
from pledge_app.agreements.models import Agreement
from pledge_app.campaigns.models import Campaign
from pledge_app.documents.operations import frozen_content
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.orgs.models import Authority, Cluster
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY

THREE = ("Hải Quang", "Hải Đông", "Hải Tây")


def anchors(problems: Any) -> list[str]:
    return [problem.anchor for problem in problems]


def refresh(cast: Any, made: Agreement) -> None:
    lead = make.actor(cast, "dong")
    parties.refresh(made, version=made.version_id, actor=lead, at=AT, today=TODAY)


def add_witness(cast: Any, made: Agreement) -> Any:
    lead = make.actor(cast, "dong")
    body = made.cluster.reviewer
    return parties.add_witness(made, body, version=made.version_id, actor=lead, at=AT)


def test_a_party_taken_in_later_gets_its_copy_and_its_line(app, cast):
    made = agreeing.agreement(cast, communes=THREE)
    assert made.copies.startswith("Bản giao ước này được lập thành 05 bản")
    make.pledge(cast, "Hải Lý", state="agreed")
    refresh(cast, made)
    assert made.copies.startswith("Bản giao ước này được lập thành 06 bản")
    assert "Ủy ban nhân dân xã Hải Lý" in made.recipients.splitlines()


def test_what_was_worded_by_hand_stays_and_is_asked_about(app, cast):
    made = agreeing.agreement(cast, communes=THREE)
    made.copies = "Lập thành 05 bản như nhau."
    made.recipients = "UBND xã Hải Quang\nUBND xã Hải Đông\nUBND xã Hải Tây\nLưu: VT"
    make.pledge(cast, "Hải Lý", state="agreed")
    refresh(cast, made)
    assert made.copies == "Lập thành 05 bản như nhau."
    asked = closing.faults(made)
    assert anchors(asked) == ["copies", "recipients"]
    assert "Số bản ghi 05, các bên cần 06." in asked[0].sentence
    assert "Nơi nhận thiếu: UBND xã Hải Lý." in asked[1].sentence


@pytest.mark.parametrize("line", ["Các đơn vị ký giao ước", "Như trên", "Mỗi bên 01 bản"])
def test_parties_may_be_named_together(app, cast, line):
    made = agreeing.agreement(cast)
    made.recipients = f"{line}\nLưu: VT"
    assert closing.faults(made) == []


def test_more_copies_than_needed_are_no_fault(app, cast):
    made = agreeing.agreement(cast)
    made.copies = "Lập thành 12 (mười hai) bản."
    assert closing.faults(made) == []


def test_a_witness_who_signs_gets_a_copy_unless_it_is_the_level_above(app, cast):
    made = agreeing.agreement(cast)
    before = closing.copies_needed(made)
    witness = add_witness(cast, made)
    lines = [SignatoryLine(witness.body_id, "Ông Chứng", "Chủ tịch", Authority.TM)]
    lead = make.actor(cast, "dong")
    parties.save_signatories(witness, lines, version=made.version_id, actor=lead, at=AT)
    assert closing.copies_needed(made) == before, "the level above has its copy already"


def bare(made: Agreement) -> None:
    """Campaigns of dates only."""
    for row in db.session.query(Campaign):
        row.theme = ""
        row.contents = ""
        row.anniversaries = []
    db.session.flush()


@pytest.mark.parametrize("field", ["contents", "measures", "organisation"])
def test_an_empty_section_stops_the_freezing_with_a_link_to_its_field(app, cast, field):
    made = agreeing.agreement(cast)
    bare(made)
    setattr(made, field, " ")
    assert anchors(compose.incomplete(made)) == [field]
    with pytest.raises(DomainError):
        operations.freeze(made, version=made.version_id, actor=make.actor(cast, "dong"), at=AT)


def test_a_campaign_with_words_is_enough_for_the_first_section(app, cast):
    made = agreeing.agreement(cast)
    bare(made)
    made.contents = ""
    made.emulation_year.campaigns[0].contents = "Ra quân làm thủy lợi."
    assert compose.incomplete(made) == []


def test_a_new_office_finds_words_to_begin_with(app, cast):
    for commune in THREE:
        make.pledge(cast, commune, state="agreed")
    made = operations.start_agreement(
        db.session.get_one(Cluster, cast.cluster),
        actor=make.actor(cast, "dong"),
        at=AT,
        today=TODAY,
    )
    for field in compose.PROPOSED:
        if field != "standards":
            assert getattr(made, field).strip(), field
    assert "năm 2023" in made.commitment
    assert compose.incomplete(made) == []


def test_a_figure_at_the_table_is_not_stopped_by_the_words_of_an_older_paper(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    made.measures = ""
    pledge = made.parties[0].pledge
    assert pledge is not None
    target = next(row for row in pledge.targets if row.criterion.code == "1")
    row = amendments.propose(
        made, target, Decimal(7), "Sửa tại bàn", actor=make.actor(cast, "dong"), at=AT
    )
    amendments.consent(row, Side.COMMUNE, actor=make.actor(cast, "hung"), at=AT)
    newer = amendments.consent(row, Side.REVIEWER, actor=make.actor(cast, "rev"), at=AT)
    assert newer is not None
    assert frozen_content(agreeing.paper(newer).envelope)["measures"] == []

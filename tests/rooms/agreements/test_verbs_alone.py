"""Verbs of an agreement asked without their pages: what no page offers is refused all the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pledge_app.agreements import operations, parties, policy, signing, story, versions
from pledge_app.agreements.coming_into_force import document_ready, round_marked
from pledge_app.agreements.consents import Side
from pledge_app.agreements.falling_back import round_unmarked
from pledge_app.agreements.states import AgreementState as S
from pledge_app.audit.models import TrailEvent
from pledge_app.documents.models import Document
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.meetings import minutes
from pledge_app.meetings.plan import save_plan
from pledge_app.orgs.models import Body, ClusterLead
from pledge_app.signing import disputes, rounds
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY
from tests.rooms.agreements.test_amendments import ocop, propose, say_yes
from tests.rooms.agreements.test_meeting import WHO, held, values
from tests.rooms.meetings.test_pack import planned
from tests.unchanged import nothing_changes


def lead_of_cast(cast) -> ClusterLead:
    return db.session.query(ClusterLead).filter_by(cluster_id=cast.cluster).one()


def test_only_a_draft_has_a_preview(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    with nothing_changes(), pytest.raises(Conflict, match="bản xem trước"):
        operations.preview(made, actor=make.actor(cast, "dong"), at=AT)


def test_a_body_is_named_once_on_the_paper(app, cast):
    made = agreeing.agreement(cast)
    dong, upper = make.actor(cast, "dong"), db.session.get_one(Body, cast.bodies["huyện"])
    parties.add_witness(made, upper, version=made.version_id, actor=dong, at=AT)
    db.session.commit()
    with nothing_changes(), pytest.raises(Conflict, match="đã có trong bản giao ước"):
        parties.add_witness(made, upper, version=made.version_id, actor=dong, at=AT)


def test_who_has_no_day_leads_no_cluster(app, cast):
    made = agreeing.agreement(cast)
    dong = make.actor(cast, "dong")
    assert policy.leads_cluster(dong, made.cluster)
    assert not policy.leads_cluster(replace(dong, today=None), made.cluster)


def test_a_version_made_while_nobody_leads_keeps_the_lead_of_before(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made, "rev")
    lead_of_cast(cast).held_to = TODAY
    db.session.commit()
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    newer = say_yes(cast, row, Side.REVIEWER, "rev2")
    assert newer is not None and newer.version == 2
    assert newer.lead_body_id == cast.bodies["Hải Đông"]


def test_a_figure_changed_by_other_ways_since_is_not_changed_by_an_old_proposal(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    ocop(cast).goal = Decimal(4)
    db.session.commit()
    with pytest.raises(Conflict, match="đã đổi sau khi đề nghị được lập"):
        say_yes(cast, row, Side.REVIEWER, "rev")
    assert ocop(cast).goal == 4


def test_a_version_that_cannot_be_frozen_at_once_waits_for_the_lead_with_its_figure(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    made.bases = []
    db.session.commit()
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    newer = say_yes(cast, row, Side.REVIEWER, "rev")
    assert newer is not None
    assert (newer.state, newer.refreeze, ocop(cast).goal) == (S.DRAFT, True, Decimal(5))
    assert db.session.query(TrailEvent).filter_by(verb="agreement.frozen").count() == 1


def test_a_paper_that_is_no_agreement_moves_none(app, cast):
    made = agreeing.agreement(cast, state="awaiting", communes=("Hải Quang",))
    paper = db.session.query(Document).filter(Document.id != made.document_id).first()
    assert paper is not None
    opened = rounds.open_round(paper, [], at=AT)
    with nothing_changes():
        document_ready(paper, at=AT)
        round_marked(opened, at=AT, today=TODAY)
        round_unmarked(opened, at=AT)
        db.session.commit()


def test_a_paper_drawn_again_opens_no_second_round(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    with nothing_changes():
        document_ready(agreeing.paper(made), at=AT)
        db.session.commit()


def test_a_dispute_of_what_was_only_recorded_leaves_the_agreement_where_it_is(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    step = agreeing.step(cast, made, "Hải Quang")
    signing.sign_on_paper(made, step, on=TODAY, actor=make.actor(cast, "dong"), at=AT, today=TODAY)
    disputes.dispute(step, "Tôi chưa ký", actor=make.actor(cast, "hung"), at=AT)
    assert (made.state, step.signed_on_paper_on) == (S.AWAITING, None)
    assert db.session.query(TrailEvent).filter_by(verb="agreement.fell_back").count() == 0


def test_what_is_void_or_replaced_has_no_meeting_to_prepare(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    dong = make.actor(cast, "dong")
    versions.new_version(made, "Sửa căn cứ", actor=dong, at=AT)
    db.session.commit()
    assert made.state is S.VOID
    with nothing_changes(), pytest.raises(Conflict, match="không còn hiệu lực"):
        save_plan(made, planned(), version=0, actor=dong, at=AT)


def test_minutes_are_written_anew_until_they_are_closed(app, cast):
    made = agreeing.agreement(cast, state="signed")
    dong = make.actor(cast, "dong")
    row = held(cast, made)
    db.session.commit()

    def again(place: str) -> None:
        said = values(place=place)
        minutes.record_meeting(
            made, said, WHO, version=row.version_id, actor=dong, at=AT, today=TODAY
        )
        db.session.commit()

    again("Nhà văn hóa")
    assert (row.place, len(row.attendees)) == ("Nhà văn hóa", len(WHO))
    minutes.close_meeting(row, version=row.version_id, actor=dong, at=AT)
    with nothing_changes(), pytest.raises(Conflict, match="đã chốt"):
        again("Nơi khác")


def test_where_all_have_confirmed_the_page_names_whose_ink_is_missing(app, cast):
    made = agreeing.agreement(cast, state="confirmed", communes=("Hải Quang", "Hải Đông"))
    with app.test_request_context():
        said = story.holder(made, agreeing.opened(made))
    assert said.startswith("Các bên đã xác nhận; còn chờ chữ ký trên giấy của: ")
    assert said.endswith("UBND xã Hải Quang, UBND xã Hải Đông.")


def test_a_confirmation_alone_is_no_ink_to_dispute(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    agreeing.confirm(cast, made, "Hải Quang")
    step = agreeing.step(cast, made, "Hải Quang")
    with nothing_changes(), pytest.raises(Conflict, match="chưa được ghi nhận"):
        disputes.dispute(step, "Tôi chưa ký", actor=make.actor(cast, "hung"), at=AT)


def test_what_is_no_draft_any_more_takes_no_comment(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(Conflict, match="không còn là dự thảo"):
        operations.commenting(made, make.actor(cast, "lan"))


def test_only_the_lead_composes(app, cast):
    made = agreeing.agreement(cast)
    with pytest.raises(Forbidden, match="Cụm trưởng"):
        operations.composing(made, make.actor(cast, "lan"))

"""The meeting: who may confirm, what is recorded, minutes, lead and deputy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pledge_app.agreements import signing
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.queries import to_begin
from pledge_app.agreements.versions import new_version
from pledge_app.documents.operations import frozen_content
from pledge_app.documents.work import render_document
from pledge_app.home.tasks import tasks as tasks_of
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.meetings import minutes
from pledge_app.meetings.minutes import AttendeeLine
from pledge_app.meetings.models import Attendance
from pledge_app.meetings.paper import MINUTES
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Cluster, ClusterLead, Delegation, LeadKind, OfficeHolding
from pledge_app.pledges.models import Pledge
from pledge_app.progress.models import ProgressReport
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY

WHO = [
    AttendeeLine(
        "Ông Hùng", "Chủ tịch UBND xã Hải Quang", "Phó Bí thư Đảng ủy", Attendance.PRESENT
    ),
    AttendeeLine("Ông Khách", "Chủ tịch UBMTTQ huyện", "", Attendance.GUEST),
    AttendeeLine("Bà Chứng", "Phó Chủ tịch", "", Attendance.WITNESS),
    AttendeeLine("Ông Lý", "Chủ tịch UBND xã Hải Lý", "", Attendance.ABSENT, "Bận họp huyện"),
]


def values(**changes: Any) -> minutes.MeetingValues:
    typed: Any = {
        "title": "",
        "place": "Hội trường",
        "on_date": TODAY,
        "begins": "08 giờ 00",
        "ends": "",
        "agenda": "Ký kết",
        "proceedings": "",
        "votes_for": 4,
        "votes_against": 0,
        "votes_abstained": None,
        "other_votes": [],
        "chair_name": "Ông Đông",
        "second_chair_name": "",
        "secretary_name": "Bà Đông",
        "next_lead_body_id": None,
        "next_deputy_body_id": None,
    }
    together: minutes.MeetingValues = typed | changes
    return together


def held(cast, made: Agreement, **changes: Any):
    return minutes.record_meeting(
        made, values(**changes), WHO, version=0, actor=make.actor(cast, "dong"), at=AT, today=TODAY
    )


def states_of_pledges() -> set[str]:
    return {row.state.value for row in db.session.query(Pledge)}


def test_clicks_alone_never_sign_the_agreement(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    for commune in ("Hải Quang", "Hải Đông", "Hải Tây"):
        agreeing.confirm(cast, made, commune)
    assert made.state == "awaiting"
    agreeing.confirm(cast, made, "Hải Lý")
    assert (made.state, made.in_force_on) == ("confirmed", None)
    assert states_of_pledges() == {"agreed"}


def test_ink_at_the_table_brings_the_pledges_into_force_and_the_scan_makes_it_signed(app, cast):
    made = agreeing.agreement(cast, state="confirmed")
    agreeing.signed_at_the_table(cast, made)
    assert (made.state, made.in_force_on, made.signed_at) == ("inked", TODAY, None)
    assert states_of_pledges() == {"in_force"}
    agreeing.seen_on_scan(cast, made)
    assert (made.state, made.in_force_on, made.signed_at) == ("signed", TODAY, AT)


def test_ink_is_enough_without_any_click(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    agreeing.signed_at_the_table(cast, made)
    assert (made.state, states_of_pledges()) == ("inked", {"in_force"})


@pytest.mark.parametrize(("dated", "in_force"), [(-3, -3), (0, 0), (2, 0)])
def test_the_effect_counts_from_the_papers_date_where_it_is_past(app, cast, dated, in_force):
    made = agreeing.agreement(cast, state="awaiting")
    made.paper_date = TODAY + timedelta(days=dated)
    agreeing.signed_at_the_table(cast, made)
    assert made.in_force_on == TODAY + timedelta(days=in_force)


def test_a_report_whose_day_has_come_opens_with_the_last_signature(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    campaign = made.emulation_year.campaigns[0]
    campaign.period.due_on = TODAY + timedelta(days=5)
    assert db.session.query(ProgressReport).count() == 0
    agreeing.signed_at_the_table(cast, made)
    assert {row.period.number for row in db.session.query(ProgressReport)} == {1}
    assert db.session.query(ProgressReport).count() == 4


@pytest.mark.parametrize("who", ["lan", "tay_leader", "dong", "rev", "quan"])
def test_only_the_holder_of_the_office_confirms(app, cast, actor_named, who):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(Forbidden):
        signing.confirm(
            made,
            agreeing.step(cast, made, "Hải Quang"),
            actor=actor_named(who),
            at=AT,
            today=TODAY,
            content_sha256=agreeing.paper(made).envelope.content_sha256,
        )


def test_a_chairman_who_left_office_no_longer_confirms_but_a_delegate_does(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    step, hung = agreeing.step(cast, made, "Hải Quang"), actor_named("hung")
    holding = db.session.get_one(OfficeHolding, cast.holdings["hung"])
    assert signing.may_confirm(made, step, hung, today=TODAY)
    holding.held_to = TODAY
    db.session.flush()
    assert not signing.may_confirm(made, step, hung, today=TODAY)
    holding.held_to = None
    lan = actor_named("lan")
    db.session.add(
        Delegation(
            holding_id=holding.id,
            delegate_id=lan.person_id,
            basis="Giấy ủy quyền",
            valid_from=TODAY,
            valid_to=TODAY,
        )
    )
    db.session.flush()
    assert signing.may_confirm(made, step, lan, today=TODAY)
    assert not signing.may_confirm(made, step, lan, today=TODAY + timedelta(days=1))
    with app.test_request_context():
        told = [
            [task.title for task in tasks_of(lan, today=TODAY + timedelta(days=n))] for n in (0, 1)
        ]
    assert ["Xác nhận bản giao ước đã chốt" in titles for titles in told] == [True, False]


def test_another_content_than_the_frozen_one_is_not_confirmed(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(DomainError):
        signing.confirm(
            made,
            agreeing.step(cast, made, "Hải Quang"),
            content_sha256="0" * 64,
            actor=actor_named("hung"),
            at=AT,
            today=TODAY,
        )


def test_confirming_twice_gives_the_same_receipt_even_after_the_round_is_complete(app, cast):
    made = agreeing.agreement(cast, state="signed")
    first = agreeing.step(cast, made, "Hải Lý").receipt
    assert len(first) == 16
    assert agreeing.confirm(cast, made, "Hải Lý") == first


def test_a_refusal_keeps_the_round_open_until_a_new_version(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    signing.refuse(
        made,
        agreeing.step(cast, made, "Hải Tây"),
        "Chỉ tiêu cao",
        actor=actor_named("dong"),
        at=AT,
        today=TODAY,
    )
    for commune in ("Hải Quang", "Hải Đông", "Hải Lý"):
        agreeing.confirm(cast, made, commune)
    assert made.state == "awaiting"
    with pytest.raises(Conflict):
        agreeing.confirm(cast, made, "Hải Tây")
    with pytest.raises(Conflict):
        signing.sign_on_paper(
            made,
            agreeing.step(cast, made, "Hải Tây"),
            on=TODAY,
            actor=actor_named("dong"),
            at=AT,
            today=TODAY,
        )


def test_somebody_absent_may_sign_later(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    signing.absent(
        made, agreeing.step(cast, made, "Hải Lý"), "Ốm", actor=actor_named("dong"), at=AT
    )
    for commune in agreeing.LEADERS:
        agreeing.confirm(cast, made, commune)
    assert made.state == "confirmed"


@pytest.mark.parametrize("who", ["tay", "hung", "van", "xa"])
def test_members_do_not_record_the_meeting(app, cast, actor_named, who):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(Forbidden):
        minutes.record_meeting(
            made, values(), WHO, version=0, actor=actor_named(who), at=AT, today=TODAY
        )
    with pytest.raises(Forbidden):
        signing.sign_on_paper(
            made,
            agreeing.step(cast, made, "Hải Lý"),
            on=TODAY,
            actor=actor_named(who),
            at=AT,
            today=TODAY,
        )


def test_a_draft_has_no_meeting(app, cast):
    with pytest.raises(Conflict):
        held(cast, agreeing.agreement(cast))


def test_the_meeting_of_tomorrow_and_a_refusal_without_reason_are_refused(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(DomainError):
        held(cast, made, on_date=TODAY + timedelta(days=1))
    with pytest.raises(DomainError):
        minutes.record_meeting(
            made,
            values(),
            [AttendeeLine("Ông A", "", "", Attendance.REFUSED)],
            version=0,
            actor=actor_named("dong"),
            at=AT,
            today=TODAY,
        )
    with pytest.raises(DomainError):
        held(
            cast,
            made,
            next_lead_body_id=cast.bodies["Hải Lý"],
            next_deputy_body_id=cast.bodies["Hải Lý"],
        )
    with pytest.raises(DomainError):
        held(cast, made, next_lead_body_id=cast.bodies["Xa Lạ"])


def test_the_minutes_tell_who_was_there_who_signed_and_who_leads(app, cast, actor_named):
    made = agreeing.agreement(cast, state="signed")
    row = held(
        cast,
        made,
        next_lead_body_id=cast.bodies["Hải Lý"],
        next_deputy_body_id=cast.bodies["Hải Tây"],
    )
    paper = minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    content = frozen_content(paper.envelope)
    assert paper.envelope.kind == MINUTES.kind
    assert content["present"][0]["title"] == "Phó Bí thư Đảng ủy, Chủ tịch UBND xã Hải Quang"
    assert content["absent"][0]["reason"] == "Bận họp huyện"
    assert [one["name"] for one in content["witnesses"]] == ["Bà Chứng"]
    assert {one["means"] for one in content["signed"]} == {
        "xác nhận điện tử trong phần mềm, ký trên bản giấy"
    }
    assert "chữ ký số" not in paper.envelope.content_json
    assert (content["lead"]["person"], content["deputy"]["person"]) == ("Ông Lý", "Ông Tây")
    lead = (
        db.session.query(ClusterLead)
        .filter_by(cluster_id=cast.cluster, kind=LeadKind.LEAD)
        .order_by(ClusterLead.held_from)
        .all()
    )
    assert [(one.held_from, one.held_to) for one in lead] == [
        (date(2023, 1, 1), TODAY),
        (TODAY, None),
    ]
    db.session.commit()
    render_document({"document": paper.pid})
    db.session.refresh(paper)
    assert paper.pages
    with pytest.raises(Forbidden):
        minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    with pytest.raises(Conflict):
        minutes.close_meeting(row, version=row.version_id, actor=actor_named("ly"), at=AT)


def test_after_the_vote_the_new_lead_composes_and_the_old_one_does_not(app, cast, actor_named):
    made = agreeing.agreement(cast, state="signed")
    row = held(cast, made, next_lead_body_id=cast.bodies["Hải Lý"])
    minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    with pytest.raises(Forbidden):
        new_version(made, "Sửa", actor=actor_named("dong"), at=AT)
    newer = new_version(made, "Sửa", actor=actor_named("ly"), at=AT)
    assert newer.lead_body_id == cast.bodies["Hải Lý"]


def test_only_who_leads_today_is_offered_to_begin_the_agreement(app, cast, actor_named):
    cluster = db.session.get_one(Cluster, cast.cluster)
    cluster.leads[0].held_to = TODAY
    cluster.leads.append(
        ClusterLead(body_id=cast.bodies["Hải Lý"], kind=LeadKind.LEAD, basis="Bầu", held_from=TODAY)
    )
    cluster.leads.append(
        ClusterLead(
            body_id=cast.bodies["Hải Tây"], kind=LeadKind.DEPUTY, basis="Bầu", held_from=TODAY
        )
    )
    db.session.flush()
    offered = {who for who in ("dong", "tay", "ly") if to_begin(actor_named(who))}
    assert offered == {"ly"}


@pytest.mark.parametrize("abstained", [None, 0, 2])
def test_a_vote_that_nobody_counted_is_not_a_vote_of_zero(app, cast, actor_named, abstained):
    made = agreeing.agreement(cast, state="signed")
    row = held(cast, made, votes_abstained=abstained)
    paper = minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    vote = frozen_content(paper.envelope)["votes"][0]
    assert (vote["in_favour"], vote["against"], vote["abstained"]) == (4, 0, abstained)


def test_minutes_without_chair_or_secretary_are_not_closed(app, cast, actor_named):
    made = agreeing.agreement(cast, state="signed")
    row = held(cast, made, chair_name="", secretary_name="")
    with pytest.raises(DomainError) as refused:
        minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    assert len(refused.value.problems) == 2


def test_the_meeting_goes_on_with_the_version_made_at_the_table(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    row = held(cast, made)
    newer = new_version(made, "Sửa tại bàn", actor=actor_named("dong"), at=AT)
    db.session.commit()
    assert row.agreement_id == newer.id


def test_a_chairman_may_refuse_for_himself_and_nobody_for_another(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    step = agreeing.step(cast, made, "Hải Tây")
    with pytest.raises(Forbidden):
        signing.refuse(made, step, "không", actor=actor_named("hung"), at=AT, today=TODAY)
    signing.refuse(
        made, step, "Chưa thống nhất", actor=actor_named("tay_leader"), at=AT, today=TODAY
    )
    assert step.reason == "Chưa thống nhất"


@pytest.mark.parametrize(
    "changes",
    [{"votes_for": 0}, {"votes_for": 2, "votes_against": 2}, {"on_date": date(2022, 12, 31)}],
)
def test_no_lead_is_made_without_a_vote_or_before_the_present_one_began(
    app, cast, actor_named, changes
):
    made = agreeing.agreement(cast, state="awaiting")
    row = held(cast, made, next_lead_body_id=cast.bodies["Hải Lý"], **changes)
    with pytest.raises(DomainError) as refused:
        minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    assert len(refused.value.problems) == 1
    db.session.rollback()
    assert [lead.body.name for lead in made.cluster.leads] == ["UBND xã Hải Đông"]


def test_everybody_of_the_cluster_is_told_who_leads_it_now(app, cast, actor_named):
    made = agreeing.agreement(cast, state="signed")
    row = held(cast, made, next_lead_body_id=cast.bodies["Hải Lý"])
    minutes.close_meeting(row, version=row.version_id, actor=actor_named("dong"), at=AT)
    rows = db.session.query(Notice).filter(Notice.sentence.contains("là Cụm trưởng từ"))
    names = {"lan", "hung", "tay", "tay_leader", "ly", "ly_leader", "rev", "rev2", "dong_leader"}
    assert {row.user_id for row in rows} == {cast.users[name] for name in names}

"""A figure changed at the table: proposed by one, changed when the commune and the reviewer both
said yes.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pledge_app.accounts.models import RoleGrant
from pledge_app.agreements import amendments, operations, queries, story, versions
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.consents import Side
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState as S
from pledge_app.agreements.states import AmendmentState
from pledge_app.audit.models import TrailEvent
from pledge_app.documents.operations import frozen_content
from pledge_app.home.tasks import tasks as tasks_of
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs import concurrent
from pledge_app.orgs.models import Body, ClusterLead
from pledge_app.pledges import story as pledge_story
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.queries import shown_state
from pledge_app.pledges.states import PledgeState
from pledge_app.signing.states import RoundState
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY


def ocop(cast, commune: str = "Hải Lý") -> Target:
    pledge = db.session.query(Pledge).filter_by(body_id=cast.bodies[commune]).one()
    return next(row for row in pledge.targets if row.criterion.code == "1")


def goal_of(cast, commune: str = "Hải Lý") -> int:
    goal = ocop(cast, commune).goal
    assert goal is not None
    return int(goal)


def propose(
    cast, made: Agreement, who: str = "dong", *, commune: str = "Hải Lý", goal: str = "5"
) -> Amendment:
    actor = make.actor(cast, who)
    row = amendments.propose(
        made, ocop(cast, commune), Decimal(goal), "Hội nghị thống nhất", actor=actor, at=AT
    )
    db.session.commit()
    return row


def say_yes(cast, row: Amendment, side: Side, who: str, *, note: str = "") -> Agreement | None:
    newer = amendments.consent(row, side, note=note, actor=make.actor(cast, who), at=AT)
    db.session.commit()
    return newer


def test_nothing_changes_before_both_said_yes(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    assert (goal_of(cast), made.state) == (3, S.AWAITING)
    assert (row.old_goal, row.new_goal) == (Decimal(3), Decimal(5))
    assert say_yes(cast, row, Side.COMMUNE, "ly_leader") is None
    assert (goal_of(cast), made.state) == (3, S.AWAITING)


@pytest.mark.parametrize("sides", [(Side.COMMUNE, Side.REVIEWER), (Side.REVIEWER, Side.COMMUNE)])
def test_the_second_yes_changes_the_figure_and_freezes_the_next_version(app, cast, sides):
    made = agreeing.agreement(cast, state="awaiting")
    agreeing.confirm(cast, made, "Hải Quang")
    row = propose(cast, made)
    people = {Side.COMMUNE: "ly_leader", Side.REVIEWER: "rev"}
    say_yes(cast, row, sides[0], people[sides[0]])
    newer = say_yes(cast, row, sides[1], people[sides[1]])
    assert newer is not None
    assert (made.state, newer.state, newer.version) == (S.VOID, S.RENDERING, 2)
    assert (goal_of(cast), row.state) == (5, AmendmentState.APPLIED)
    content = frozen_content(agreeing.paper(newer).envelope)
    assert content["groups"][0]["rows"][0]["values"] == ["3", "3", "3", "5"]
    assert agreeing.opened(made).state is RoundState.VOID
    agreeing.rendered(agreeing.paper(newer))
    assert all(step.confirmed_at is None for step in agreeing.opened(newer).steps)


def test_the_trail_names_old_new_reason_and_who_consented(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    say_yes(cast, row, Side.REVIEWER, "rev")
    told = db.session.query(TrailEvent).filter_by(verb="pledge.amended").one()
    assert (told.data["before"], told.data["after"]) == ("3", "5")
    assert (told.data["commune"], told.data["reviewer"]) == ("Ông Lý", "Ông Rev")
    verbs = {event.verb for event in db.session.query(TrailEvent).filter_by(subject_pid=row.pid)}
    assert verbs == {"amendment.proposed", "amendment.consented", "amendment.applied"}


@pytest.mark.parametrize("who", ["dong", "dong_leader", "rev", "ly", "ly_leader"])
def test_the_lead_the_reviewer_and_the_commune_may_propose(app, cast, who):
    made = agreeing.agreement(cast, state="awaiting")
    assert propose(cast, made, who).proposed_by_id == cast.users[who]


@pytest.mark.parametrize("who", ["tay", "tay_leader", "van", "xa", "quan", "giam"])
def test_nobody_else_proposes(app, cast, who):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(Forbidden):
        propose(cast, made, who)


def test_who_led_the_cluster_before_has_no_right_left(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    lead = db.session.query(ClusterLead).filter_by(cluster_id=cast.cluster).one()
    lead.held_to = TODAY
    db.session.commit()
    with pytest.raises(Forbidden):
        propose(cast, made, "dong")


@pytest.mark.parametrize(
    ("proposer", "side", "who"),
    [
        ("dong", Side.COMMUNE, "dong_leader"),  # the lead for another commune
        ("dong", Side.COMMUNE, "rev"),  # the reviewer for the commune
        ("dong", Side.REVIEWER, "ly_leader"),  # the commune for the reviewer
        ("dong", Side.REVIEWER, "revxa"),
        ("dong", Side.REVIEWER, "quan"),
        ("ly_leader", Side.COMMUNE, "ly_leader"),  # who proposed
        ("rev", Side.REVIEWER, "rev"),
    ],
)
def test_nobody_consents_for_another_and_who_proposed_never_consents(
    app, cast, proposer, side, who
):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made, proposer)
    with pytest.raises(Forbidden):
        say_yes(cast, row, side, who, note="Giấy")
    assert (row.commune_at, row.reviewer_at) == (None, None)


def test_the_lead_cannot_change_its_own_figure_with_its_own_people(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made, "dong", commune="Hải Đông", goal="1")
    say_yes(cast, row, Side.COMMUNE, "dong_leader")
    for who in ("dong", "dong_leader"):
        with pytest.raises(Forbidden):
            say_yes(cast, row, Side.REVIEWER, who)
    assert (goal_of(cast, "Hải Đông"), made.state) == (3, S.AWAITING)


def test_one_person_with_both_roles_says_yes_once(app, cast):
    db.session.add(
        RoleGrant(
            user_id=cast.users["ly_leader"],
            role=Role.REVIEWER,
            body_id=cast.bodies["huyện"],
            held_from=date(2022, 1, 1),
        )
    )
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    with pytest.raises(Forbidden):
        say_yes(cast, row, Side.REVIEWER, "ly_leader")


def test_a_clerk_records_the_note_that_the_leader_signed_and_the_leader_is_told(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    with pytest.raises(DomainError) as refused:
        say_yes(cast, row, Side.COMMUNE, "ly")
    assert refused.value.status == 422
    say_yes(cast, row, Side.COMMUNE, "ly", note="Phiếu ông Lý ký 10/02")
    assert row.commune_note == "Phiếu ông Lý ký 10/02"
    told = [
        row.sentence for row in db.session.query(Notice).filter_by(user_id=cast.users["ly_leader"])
    ]
    assert any("Phiếu ông Lý ký 10/02" in sentence for sentence in told)


def test_the_only_reviewer_may_consent_to_what_he_proposed_and_the_trail_says_so(app, cast):
    grant = db.session.query(RoleGrant).filter_by(user_id=cast.users["rev2"]).one()
    grant.held_to = TODAY
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made, "rev")
    say_yes(cast, row, Side.REVIEWER, "rev")
    told = db.session.query(TrailEvent).filter_by(verb="amendment.consented").one()
    assert told.data["merged"] == "only_one"


def test_an_administrator_may_allow_one_official_both_steps(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made, "rev")
    concurrent.allow_concurrent(
        db.session.get_one(Body, cast.bodies["huyện"]),
        valid_from=TODAY,
        valid_to=None,
        reason="Chỉ còn một chuyên viên",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    say_yes(cast, row, Side.REVIEWER, "rev")
    told = db.session.query(TrailEvent).filter_by(verb="amendment.consented").one()
    assert told.data["merged"] == "permitted"


def test_freezing_waits_for_the_answer(app, cast):
    made = agreeing.agreement(cast, state="circulated")
    row = propose(cast, made)
    lead = make.actor(cast, "dong")
    with pytest.raises(DomainError) as refused:
        operations.freeze(made, version=made.version_id, actor=lead, at=AT)
    assert "chưa được trả lời" in refused.value.problems[0].sentence
    amendments.reject(row, "Giữ nguyên", actor=make.actor(cast, "ly_leader"), at=AT)
    operations.freeze(made, version=made.version_id, actor=lead, at=AT)
    assert made.state is S.RENDERING


def test_of_two_changes_the_first_waits_for_the_second_before_the_paper_is_frozen(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    first = propose(cast, made)
    second = propose(cast, made, commune="Hải Tây")
    say_yes(cast, first, Side.COMMUNE, "ly_leader")
    newer = say_yes(cast, first, Side.REVIEWER, "rev")
    assert newer is not None and newer.state == "draft"
    say_yes(cast, second, Side.COMMUNE, "tay_leader")
    assert say_yes(cast, second, Side.REVIEWER, "rev") is newer
    assert newer.state == "rendering"
    content = frozen_content(agreeing.paper(newer).envelope)
    assert content["groups"][0]["rows"][0]["values"] == ["3", "3", "5", "5"]


def test_turning_the_last_change_down_freezes_the_version_that_the_first_made(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    first = propose(cast, made)
    second = propose(cast, made, commune="Hải Tây")
    say_yes(cast, first, Side.COMMUNE, "ly_leader")
    newer = say_yes(cast, first, Side.REVIEWER, "rev")
    assert newer is not None
    amendments.reject(second, "Không đạt được", actor=make.actor(cast, "tay_leader"), at=AT)
    assert (newer.state, goal_of(cast, "Hải Tây")) == (S.RENDERING, 3)


@pytest.mark.parametrize("who", ["ly", "ly_leader", "rev", "dong"])
def test_the_asked_and_the_proposer_may_say_no_with_a_reason(app, cast, who):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    with pytest.raises(DomainError):
        amendments.reject(row, " ", actor=make.actor(cast, who), at=AT)
    amendments.reject(row, "Không", actor=make.actor(cast, who), at=AT)
    assert (row.state, row.answer, goal_of(cast)) == (AmendmentState.REJECTED, "Không", 3)
    with pytest.raises(Conflict):
        say_yes(cast, row, Side.COMMUNE, "ly_leader")


@pytest.mark.parametrize("who", ["tay", "tay_leader", "dong_leader", "xa", "quan"])
def test_nobody_else_says_no(app, cast, who):
    row = propose(cast, agreeing.agreement(cast, state="awaiting"))
    with pytest.raises(Forbidden):
        amendments.reject(row, "Không", actor=make.actor(cast, who), at=AT)


def test_saying_yes_twice_is_a_conflict(app, cast):
    row = propose(cast, agreeing.agreement(cast, state="awaiting"))
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    with pytest.raises(Conflict):
        say_yes(cast, row, Side.COMMUNE, "ly_leader")


def test_one_change_of_a_figure_at_a_time_and_a_bad_figure_is_refused_at_once(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(DomainError) as refused:
        propose(cast, made, goal="-1")
    assert refused.value.status == 422
    propose(cast, made)
    with pytest.raises(Conflict):
        propose(cast, made, "rev", goal="6")


@pytest.mark.parametrize("state", ["inked", "signed"])
def test_what_is_in_force_is_not_changed_at_the_table(app, cast, state):
    made = agreeing.agreement(cast, state=state)
    with pytest.raises(Conflict):
        propose(cast, made)


def test_what_was_not_answered_when_everybody_had_signed_lapses(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    agreeing.signed_at_the_table(cast, made)
    assert (made.state, row.state, goal_of(cast)) == (S.INKED, AmendmentState.LAPSED, 3)
    with pytest.raises(Conflict):
        say_yes(cast, row, Side.COMMUNE, "ly_leader")


def test_a_change_at_the_table_is_no_second_sending(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    say_yes(cast, row, Side.REVIEWER, "rev")
    pledge = ocop(cast).pledge
    assert (pledge.round, pledge.sendings, pledge.state) == (2, 1, PledgeState.AGREED)
    assert shown_state(pledge) == "agreed"
    with app.test_request_context():
        assert "Đã gửi lại" not in [word for word, _how in pledge_story.steps(pledge)]


def test_who_had_commented_sees_that_the_content_changed_and_is_told(app, cast):
    made = agreeing.agreement(cast, state="circulated")
    tay = make.actor(cast, "tay")
    body = db.session.get_one(Body, cast.bodies["Hải Tây"])
    operations.comment(
        made, body, agrees=True, text="", read_sha256=operations.content_now(made), actor=tay, at=AT
    )
    operations.freeze(made, version=made.version_id, actor=make.actor(cast, "dong"), at=AT)
    agreeing.rendered(agreeing.paper(made))
    row = propose(cast, made)
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    newer = say_yes(cast, row, Side.REVIEWER, "rev")
    assert newer is not None
    assert [(said.body, said.outdated) for said in story.opinions(newer)] == [
        ("UBND xã Hải Tây", True)
    ]
    told = [one.sentence for one in db.session.query(Notice).filter_by(user_id=cast.users["tay"])]
    assert any("khác với dự thảo mà đơn vị cho ý kiến" in sentence for sentence in told)


def test_the_asked_find_it_among_their_tasks(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    say_yes(cast, row, Side.REVIEWER, "rev")
    with app.test_request_context():
        asked = {
            who
            for who in ("lan", "dong", "tay_leader", "ly", "ly_leader", "rev", "rev2")
            if any(
                task.title == "Trả lời đề nghị sửa số liệu"
                for task in tasks_of(make.actor(cast, who), today=TODAY)
            )
        }
    assert asked == {"ly", "ly_leader"}


def test_the_version_in_use_is_the_one_that_is_changed(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    row = propose(cast, made)
    newer = versions.new_version(made, "Sửa căn cứ", actor=make.actor(cast, "dong"), at=AT)
    say_yes(cast, row, Side.COMMUNE, "ly_leader")
    assert say_yes(cast, row, Side.REVIEWER, "rev") is newer
    assert (newer.state, goal_of(cast)) == (S.DRAFT, 5)
    assert queries.open_amendments(newer) == []

"""A round: wet signatures count when seen on the scan; the last step completes it; a void round
takes nothing.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pledge_app.accounts.models import User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs import offices
from pledge_app.orgs.models import Authority, OfficeHolding
from pledge_app.signing import disputes, operations, policy, rounds
from pledge_app.signing.states import MarkKind, Reached, RoundState, StepState
from tests import agreeing, unguarded
from tests.agreeing import AT
from tests.cast import TODAY


@pytest.fixture
def made(app, cast):
    return agreeing.agreement(cast, state="awaiting")


def test_ink_counts_only_when_somebody_of_another_body_attests_it(made, actor_named):
    opened, dong = agreeing.opened(made), actor_named("dong")
    for step in opened.steps:
        operations.sign_on_paper(step, on=TODAY, actor=dong, at=AT)
    assert rounds.reached(opened) is Reached.NOTHING
    assert len(rounds.missing(opened)) == 4
    operations.attest(opened.steps[:3], actor=actor_named("rev"), at=AT)
    assert [step.position for step in rounds.missing(opened)] == [4]
    operations.attest(opened.steps[3:], actor=actor_named("rev"), at=AT)
    assert (rounds.reached(opened), opened.state) == (Reached.INKED, RoundState.OPEN)


def test_a_signature_seen_on_the_scan_but_not_recorded_is_recorded_with_it(made, cast, actor_named):
    opened, scan = agreeing.opened(made), agreeing.scan(cast, made)
    operations.see_on_scan(opened.steps, scan, on=TODAY, actor=actor_named("rev"), at=AT)
    assert {(step.state, step.signed_on_paper_on) for step in opened.steps} == {
        (StepState.SIGNED, TODAY)
    }
    assert opened.state is RoundState.COMPLETE
    marks = {
        (mark.kind, mark.by_name, mark.upload_pid) for step in opened.steps for mark in step.marks
    }
    assert marks == {(MarkKind.INK, "Ông Rev", ""), (MarkKind.SCAN, "Ông Rev", scan.pid)}


def test_with_mixed_means_the_paper_is_still_awaited(made, cast, actor_named):
    opened, scan = agreeing.opened(made), agreeing.scan(cast, made)
    agreeing.confirm(cast, made, "Hải Quang")
    agreeing.confirm(cast, made, "Hải Đông")
    operations.see_on_scan(opened.steps[2:], scan, on=TODAY, actor=actor_named("rev"), at=AT)
    assert rounds.reached(opened) is Reached.CONFIRMED
    assert [means.value for means in opened.steps[0].means] == ["confirmation"]
    assert [means.value for means in opened.steps[3].means] == ["paper"]
    operations.see_on_scan(opened.steps[:2], scan, on=TODAY, actor=actor_named("rev"), at=AT)
    assert opened.state is RoundState.COMPLETE


@pytest.mark.parametrize("who", ["lan", "dong_leader", "rev", "quan"])
def test_the_verb_itself_refuses_anybody_but_the_holder(made, actor_named, who):
    step = agreeing.opened(made).steps[0]
    with pytest.raises(Forbidden):
        operations.confirm_step(
            step,
            content_sha256=agreeing.paper(made).envelope.content_sha256,
            actor=actor_named(who),
            at=AT,
        )
    assert step.confirmed_at is None


@pytest.mark.parametrize("who", ["lan", "tay_leader", "quan", "xa"])
def test_the_verbs_of_the_table_refuse_who_does_not_record(made, actor_named, who):
    step, actor = agreeing.opened(made).steps[1], actor_named(who)
    with pytest.raises(Forbidden):
        operations.sign_on_paper(step, on=TODAY, actor=actor, at=AT)
    for verb in (operations.refuse, operations.absent, operations.correct):
        with pytest.raises(Forbidden):
            verb(step, "Không", actor=actor, at=AT)
    assert step.state is StepState.PENDING


def test_a_refusal_is_not_undone_by_an_absence_but_by_saying_that_it_was_a_slip(made, actor_named):
    step, dong = agreeing.opened(made).steps[0], actor_named("dong")
    operations.refuse(step, "Chỉ tiêu cao", actor=dong, at=AT)
    with pytest.raises(Conflict):
        operations.absent(step, "Ốm", actor=dong, at=AT)
    with pytest.raises(DomainError):
        operations.correct(step, " ", actor=dong, at=AT)
    assert (step.state, step.reason) == (StepState.REFUSED, "Chỉ tiêu cao")
    operations.correct(step, "Bấm nhầm dòng", actor=dong, at=AT)
    assert (step.state, step.reason) == (StepState.PENDING, "")
    told = db.session.query(TrailEvent).filter_by(verb="step.corrected").one()
    assert (told.data["was"], told.data["reason"]) == ("refused", "Bấm nhầm dòng")


def test_who_refused_for_himself_is_not_made_willing_by_the_lead(made, actor_named):
    step = agreeing.opened(made).steps[0]
    operations.refuse(step, "Chưa thống nhất", actor=actor_named("hung"), at=AT)
    with pytest.raises(Forbidden):
        operations.correct(step, "Nhầm", actor=actor_named("dong"), at=AT)
    operations.correct(step, "Đã thống nhất", actor=actor_named("hung"), at=AT)
    assert step.state is StepState.PENDING


def test_a_refusal_wants_a_reason_and_never_follows_a_signature(made, actor_named):
    step, dong = agreeing.opened(made).steps[0], actor_named("dong")
    with pytest.raises(DomainError):
        operations.refuse(step, " ", actor=dong, at=AT)
    operations.sign_on_paper(step, on=TODAY, actor=dong, at=AT)
    operations.attest([step], actor=actor_named("rev"), at=AT)
    for verb in (operations.refuse, operations.absent, operations.correct):
        with pytest.raises(Conflict):
            verb(step, "đổi ý", actor=dong, at=AT)


def test_a_signature_that_the_lead_only_recorded_keeps_nobody_from_refusing(made, actor_named):
    step = agreeing.opened(made).steps[0]
    operations.sign_on_paper(step, on=TODAY, actor=actor_named("dong"), at=AT)
    operations.refuse(step, "Tôi chưa ký", actor=actor_named("hung"), at=AT)
    assert (step.state, step.signed_on_paper_on, step.marks) == (StepState.REFUSED, None, [])
    with pytest.raises(Forbidden):
        operations.correct(step, "Nhầm", actor=actor_named("dong"), at=AT)


def test_a_signature_recorded_by_mistake_is_taken_back_and_a_confirmation_stays(
    made, cast, actor_named
):
    step, dong = agreeing.opened(made).steps[0], actor_named("dong")
    agreeing.confirm(cast, made, "Hải Quang")
    operations.sign_on_paper(step, on=TODAY, actor=dong, at=AT)
    operations.correct(step, "Nhầm dòng", actor=dong, at=AT)
    assert (step.state, step.signed_on_paper_on) == (StepState.SIGNED, None)
    assert [mark.kind for mark in step.marks] == [MarkKind.CONFIRMATION]
    operations.sign_on_paper(step, on=TODAY, actor=dong, at=AT)
    assert step.signed_on_paper_on == TODAY


def test_a_void_round_takes_nothing_more(made, cast, actor_named):
    opened, dong, scan = agreeing.opened(made), actor_named("dong"), agreeing.scan(cast, made)
    rounds.void_round(opened, "Sửa", actor=dong, at=AT)
    step = opened.steps[0]
    with pytest.raises(Conflict):
        operations.sign_on_paper(step, on=TODAY, actor=dong, at=AT)
    with pytest.raises(Conflict):
        operations.see_on_scan(opened.steps, scan, on=TODAY, actor=actor_named("rev"), at=AT)
    with pytest.raises(Conflict):
        operations.confirm_step(
            step,
            content_sha256=agreeing.paper(made).envelope.content_sha256,
            actor=actor_named("hung"),
            at=AT,
        )
    with pytest.raises(Conflict):
        rounds.void_round(opened, "Lần nữa", actor=dong, at=AT)


def test_a_witness_never_holds_the_round_up_and_may_sign_after_it(made, cast, actor_named):
    opened = agreeing.opened(made)
    unguarded.free("signing_step")
    opened.steps[3].is_witness = True
    db.session.flush()
    scan = agreeing.scan(cast, made)
    operations.see_on_scan(opened.steps[:3], scan, on=TODAY, actor=actor_named("rev"), at=AT)
    assert opened.state is RoundState.COMPLETE
    operations.see_on_scan(opened.steps[3:], scan, on=TODAY, actor=actor_named("rev"), at=AT)
    assert opened.steps[3].on_scan_at is not None


def test_what_one_holder_confirmed_is_not_confirmed_again_by_another(made, cast, actor_named):
    step = agreeing.step(cast, made, "Hải Quang")
    receipt = agreeing.confirm(cast, made, "Hải Quang")
    assert agreeing.confirm(cast, made, "Hải Quang") == receipt, "the same person learns it again"
    offices.delegate(
        db.session.get_one(OfficeHolding, cast.holdings["hung"]),
        "",
        person=db.session.get_one(User, cast.users["van"]).person,
        authority=Authority.TUQ,
        basis="GUQ 12/2023",
        valid_from=TODAY,
        valid_to=TODAY,
        actor=actor_named("quan"),
        at=AT,
    )
    with pytest.raises(Conflict, match="đã được người khác xác nhận"):
        operations.confirm_step(
            step,
            content_sha256=agreeing.paper(made).envelope.content_sha256,
            actor=actor_named("van"),
            at=AT,
        )
    assert step.confirmed_by_id == cast.users["hung"]


def test_what_was_attested_or_seen_is_marked_once(made, cast, actor_named):
    opened, rev = agreeing.opened(made), actor_named("rev")
    agreeing.signed_at_the_table(cast, made)
    operations.attest(opened.steps, actor=rev, at=AT)
    scan = agreeing.scan(cast, made)
    for seen in (opened.steps[:2], opened.steps):
        operations.see_on_scan(seen, scan, on=TODAY, actor=rev, at=AT)
    kinds = [[mark.kind for mark in step.marks] for step in opened.steps]
    assert kinds == [[MarkKind.INK, MarkKind.TABLE, MarkKind.SCAN]] * 4


def test_a_dispute_of_the_ink_leaves_what_the_holder_confirmed(made, cast, actor_named):
    step = agreeing.step(cast, made, "Hải Quang")
    agreeing.confirm(cast, made, "Hải Quang")
    operations.sign_on_paper(step, on=TODAY, actor=actor_named("dong"), at=AT)
    disputes.dispute(step, "Tôi chưa ký giấy", actor=actor_named("hung"), at=AT)
    assert (step.state, step.signed_on_paper_on) == (StepState.SIGNED, None)
    assert [mark.kind for mark in step.marks] == [MarkKind.CONFIRMATION]


def test_a_scan_that_was_another_papers_leaves_what_the_holder_confirmed(made, cast, actor_named):
    opened, rev = agreeing.opened(made), actor_named("rev")
    agreeing.confirm(cast, made, "Hải Quang")
    scan = agreeing.scan(cast, made)
    operations.see_on_scan(opened.steps, scan, on=TODAY, actor=rev, at=AT)
    assert disputes.lose_scan(opened, scan, "Bản khác", actor=rev, at=AT) == {cast.users["rev"]}
    confirmed, *others = opened.steps
    assert (confirmed.state, len(confirmed.marks)) == (StepState.SIGNED, 1)
    assert {step.state for step in others} == {StepState.PENDING}
    assert opened.state is RoundState.OPEN


def test_who_has_no_day_holds_no_office(made, cast, actor_named):
    step, hung = agreeing.step(cast, made, "Hải Quang"), actor_named("hung")
    assert policy.holds(hung, step)
    assert not policy.holds(replace(hung, today=None), step)

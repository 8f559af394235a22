"""A round: wet signatures count when seen on the scan; the last step completes it; a void round takes nothing."""

from __future__ import annotations

import pytest

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError
from pledge_app.signing import operations
from pledge_app.signing.states import RoundState, StepState
from tests import agreeing
from tests.agreeing import AT
from tests.cast import TODAY


@pytest.fixture
def made(app, cast):
    return agreeing.agreement(cast, state="awaiting")


def test_ink_counts_only_when_somebody_saw_it_on_the_scan(made, actor_named):
    opened, rev = agreeing.opened(made), actor_named("rev")
    for step in opened.steps:
        operations.sign_on_paper(step, on=TODAY, actor=rev, at=AT)
    assert (opened.state, len(operations.missing(opened))) == (RoundState.OPEN, 4)
    operations.scan_confirmed(opened, opened.steps[:3], on=TODAY, actor=rev, at=AT)
    assert [step.position for step in operations.missing(opened)] == [4]
    operations.scan_confirmed(opened, opened.steps[3:], on=TODAY, actor=rev, at=AT)
    assert opened.state is RoundState.COMPLETE


def test_a_signature_seen_on_the_scan_but_not_recorded_is_recorded_with_it(made, actor_named):
    opened = agreeing.opened(made)
    operations.scan_confirmed(opened, opened.steps, on=TODAY, actor=actor_named("rev"), at=AT)
    assert {(step.state, step.signed_on_paper_on) for step in opened.steps} == {(StepState.SIGNED, TODAY)}
    assert opened.state is RoundState.COMPLETE


def test_the_means_may_be_mixed(made, cast, actor_named):
    opened = agreeing.opened(made)
    agreeing.confirm(cast, made, "Hải Quang")
    agreeing.confirm(cast, made, "Hải Đông")
    operations.scan_confirmed(opened, opened.steps[2:], on=TODAY, actor=actor_named("rev"), at=AT)
    assert opened.state is RoundState.COMPLETE
    assert [means.value for means in opened.steps[0].means] == ["confirmation"]
    assert [means.value for means in opened.steps[3].means] == ["paper"]


def test_a_refusal_wants_a_reason_and_never_follows_a_signature(made, actor_named):
    step = agreeing.opened(made).steps[0]
    with pytest.raises(DomainError):
        operations.refuse(step, " ", actor=actor_named("dong"), at=AT)
    operations.sign_on_paper(step, on=TODAY, actor=actor_named("dong"), at=AT)
    for verb in (operations.refuse, operations.absent):
        with pytest.raises(Conflict):
            verb(step, "đổi ý", actor=actor_named("dong"), at=AT)


def test_a_void_round_takes_nothing_more(made, actor_named):
    opened, dong = agreeing.opened(made), actor_named("dong")
    operations.void_round(opened, "Sửa", actor=dong, at=AT)
    step = opened.steps[0]
    with pytest.raises(Conflict):
        operations.sign_on_paper(step, on=TODAY, actor=dong, at=AT)
    with pytest.raises(Conflict):
        operations.scan_confirmed(opened, opened.steps, on=TODAY, actor=dong, at=AT)
    with pytest.raises(Conflict):
        operations.confirm_step(step, content_sha256=agreeing.paper(made).envelope.content_sha256, actor=dong, at=AT)
    with pytest.raises(Conflict):
        operations.void_round(opened, "Lần nữa", actor=dong, at=AT)


def test_a_witness_never_holds_the_round_up(made, cast):
    opened = agreeing.opened(made)
    opened.steps[3].is_witness = True
    db.session.flush()
    for commune in ("Hải Quang", "Hải Đông", "Hải Tây"):
        agreeing.confirm(cast, made, commune)
    assert opened.state is RoundState.COMPLETE

"""Circulating, freezing, versions, figures changed at the table."""

from __future__ import annotations

import pytest

from pledge_app.agreements import operations, queries, story, versions
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState as S
from pledge_app.audit.models import TrailEvent
from pledge_app.documents.models import RenderState
from pledge_app.documents.operations import frozen_content, mark_failed
from pledge_app.documents.work import give_up, render_document
from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Body
from pledge_app.signing.states import RoundState
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY


def say(
    cast,
    made: Agreement,
    who: str,
    commune: str,
    *,
    agrees: bool = True,
    text: str = "",
    read: str = "",
) -> None:
    operations.comment(
        made,
        db.session.get_one(Body, cast.bodies[commune]),
        agrees=agrees,
        text=text,
        read_sha256=read or operations.content_now(made),
        actor=make.actor(cast, who),
        at=AT,
    )


def test_circulating_tells_the_members_and_prints_a_draft(app, cast):
    made = agreeing.agreement(cast, state="circulated")
    told = {row.user_id for row in db.session.query(Notice) if "Dự thảo" in row.sentence}
    assert {cast.users[name] for name in ("lan", "hung", "tay", "ly")} <= told
    content = frozen_content(agreeing.draft_of(made).envelope)
    assert (content["draft"], content["short_code"], agreeing.draft_of(made).envelope.is_draft) == (
        True,
        "",
        True,
    )
    assert (
        db.session.query(Job).filter_by(key=f"render:{agreeing.draft_of(made).pid}").one().state
        is JobState.WAITING
    )


def test_a_member_agrees_to_what_it_read_and_a_later_change_shows(app, cast, actor_named):
    made = agreeing.agreement(cast, state="circulated")
    say(cast, made, "tay", "Hải Tây")
    assert names(story.answers(made).agreed) == ["UBND xã Hải Tây"]
    assert names(story.answers(made).unanswered) == ["UBND xã Hải Quang", "UBND xã Hải Lý"]
    read = operations.content_now(made)
    operations.save_texts(
        made,
        {"purpose": "Khác"},
        bases=[],
        paper_date=made.paper_date,
        show_qr=True,
        version=made.version_id,
        actor=actor_named("dong"),
        at=AT,
    )
    assert [row.outdated for row in story.opinions(made)] == [True]
    assert names(story.answers(made).changed) == ["UBND xã Hải Tây"]
    with pytest.raises(Conflict):
        say(cast, made, "tay", "Hải Tây", read=read)
    say(cast, made, "tay", "Hải Tây", agrees=False, text="Xin xem lại", read=read)
    assert [row.text for row in made.comments] == ["", "Xin xem lại"]
    assert names(story.answers(made).remarked) == ["UBND xã Hải Tây"]
    assert names(story.answers(made).unanswered) == ["UBND xã Hải Quang", "UBND xã Hải Lý"], (
        "silence is no dissent"
    )


def names(bodies: list[Body]) -> list[str]:
    return [body.name for body in bodies]


@pytest.mark.parametrize(
    ("who", "commune"), [("lan", "Hải Tây"), ("rev", "Hải Tây"), ("van", "Hải Quang")]
)
def test_nobody_speaks_for_another_party(app, cast, who, commune):
    made = agreeing.agreement(cast, state="circulated")
    with pytest.raises(Forbidden):
        say(cast, made, who, commune)


def test_an_empty_comment_is_refused(app, cast):
    made = agreeing.agreement(cast, state="circulated")
    with pytest.raises(DomainError):
        say(cast, made, "tay", "Hải Tây", agrees=False, text="  ")


def test_freezing_is_recorded_and_a_changed_draft_is_not_frozen(app, cast, actor_named):
    made = agreeing.agreement(cast)
    with pytest.raises(Conflict):
        operations.freeze(made, version=made.version_id - 1, actor=actor_named("dong"), at=AT)
    with pytest.raises(Forbidden):
        operations.freeze(made, version=made.version_id, actor=actor_named("tay"), at=AT)
    operations.freeze(made, version=made.version_id, actor=actor_named("dong"), at=AT)
    assert made.state is S.RENDERING
    event = db.session.query(TrailEvent).filter_by(verb="agreement.frozen").one()
    assert event.data["content_sha256"] == agreeing.paper(made).envelope.content_sha256
    with pytest.raises(Conflict):
        operations.freeze(made, version=made.version_id, actor=actor_named("dong"), at=AT)


def test_the_real_paper_opens_the_round_with_a_step_per_cell(app, cast):
    made = agreeing.agreement(cast, state="rendering", communes=("Hải Quang", "Hải Đông"))
    render_document({"document": agreeing.paper(made).pid})
    db.session.refresh(made)
    assert made.state is S.AWAITING
    cells = {cell["cell"] if "cell" in cell else cell["id"] for cell in agreeing.paper(made).cells}
    assert {step.cell_id for step in agreeing.opened(made).steps} == cells == {"sig-1", "sig-2"}
    first = agreeing.paper(made).file_sha256
    render_document({"document": agreeing.paper(made).pid})
    db.session.refresh(made)
    assert (agreeing.paper(made).file_sha256, len(agreeing.opened(made).steps)) == (first, 2)


def test_a_failed_paper_is_tried_again_or_given_up(app, cast, actor_named):
    made = agreeing.agreement(cast, state="rendering")
    give_up({"document": agreeing.paper(made).pid}, "timeout")
    db.session.commit()
    db.session.refresh(agreeing.paper(made))
    assert (made.state, agreeing.paper(made).state) == (S.RENDERING, RenderState.FAILED)
    operations.retry_render(made, actor=actor_named("dong"), at=AT)
    assert agreeing.paper(made).state is RenderState.RENDERING
    mark_failed(agreeing.paper(made), "timeout")
    versions.void(made, "Không tạo được", actor=actor_named("dong"), at=AT)
    assert made.state is S.VOID


def test_a_later_change_is_a_new_version_and_voids_the_round(app, cast, actor_named):
    made = agreeing.agreement(cast, state="awaiting")
    newer = versions.new_version(made, "Sửa căn cứ", actor=actor_named("dong"), at=AT)
    assert (made.state, agreeing.opened(made).state) == (S.VOID, RoundState.VOID)
    assert (newer.version, newer.replaces_id, newer.state) == (2, made.id, S.DRAFT)
    assert [party.signatories[0].name for party in newer.parties] == [
        p.signatories[0].name for p in made.parties
    ]


def test_a_signed_agreement_stays_in_force_until_the_next_is_signed(app, cast, actor_named):
    made = agreeing.agreement(cast, state="signed")
    newer = versions.new_version(made, "Sửa", actor=actor_named("dong"), at=AT)
    assert made.state is S.SIGNED
    operations.freeze(newer, version=newer.version_id, actor=actor_named("dong"), at=AT)
    agreeing.rendered(agreeing.paper(newer))
    for commune in agreeing.LEADERS:
        agreeing.confirm(cast, newer, commune)
    assert (made.state, newer.state) == (S.SIGNED, S.CONFIRMED)
    agreeing.signed_at_the_table(cast, newer)
    assert (made.state, newer.state) == (S.REPLACED, S.INKED)
    assert queries.replaced_by(made) is newer


def test_what_is_in_force_is_replaced_even_when_a_version_between_was_given_up(
    app, cast, actor_named
):
    made, lead = agreeing.agreement(cast, state="inked"), actor_named("dong")
    between = versions.new_version(made, "Sửa", actor=lead, at=AT)
    newer = versions.new_version(between, "Sửa nữa", actor=lead, at=AT)
    operations.freeze(newer, version=newer.version_id, actor=lead, at=AT)
    agreeing.rendered(agreeing.paper(newer))
    agreeing.signed_at_the_table(cast, newer)
    assert (made.state, between.state, newer.state) == (S.REPLACED, S.VOID, S.INKED)
    assert agreeing.opened(made).state is RoundState.VOID


def test_what_is_in_force_is_not_voided(app, cast, actor_named):
    made = agreeing.agreement(cast, state="confirmed")
    made.in_force_on = TODAY  # as an earlier release brought it into force by confirmations alone
    with pytest.raises(Conflict):
        versions.void(made, "Nhầm", actor=actor_named("dong"), at=AT)
    assert made.state is S.CONFIRMED


def test_voiding_wants_a_reason(app, cast, actor_named):
    made = agreeing.agreement(cast)
    with pytest.raises(DomainError):
        versions.void(made, " ", actor=actor_named("dong"), at=AT)

"""Gửi cấp trên: the content of the round is fixed and its paper frozen; rút lại before the
review begins.
"""

from __future__ import annotations

import pytest

from pledge_app.documents.models import Envelope
from pledge_app.documents.operations import frozen_content
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.papers.content.conform import conform
from pledge_app.pledges import operations, queries
from pledge_app.pledges.models import PledgeSnapshot
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from tests import make
from tests.cast import TODAY
from tests.rooms.pledges.trail import said_of


def send(cast, made, who="lan"):
    operations.send_up(made, actor=make.actor(cast, who), at=make.AT, today=TODAY)


def test_it_goes_up_and_the_content_is_fixed(app, cast):
    made = make.pledge(cast, state="signed_off")
    send(cast, made, "van")
    assert (made.state, made.round) == (PledgeState.SENT, 1)
    content = db.session.query(PledgeSnapshot).one().content
    assert [(row["code"], row["goal"]) for row in content["targets"]] == [
        ("1", "3"),
        ("2", "160"),
        ("3", "100"),
        ("4", "0"),
    ]
    assert said_of(made)[-1][0] == "pledge.sent_up"


def test_the_registration_paper_is_frozen_in_the_shape_of_its_kind(app, cast):
    make.pledge(cast, state="sent")
    envelope = db.session.query(Envelope).one()
    content = frozen_content(envelope)
    conform("registration", content)
    assert envelope.kind == REGISTRATION.kind and content["signatories"][0]["name"] == "Ông Hùng"
    assert content["groups"][0]["rows"][0] | {"note": ""} == {
        "code": "1",
        "name": "Sản phẩm OCOP",
        "unit": "sản phẩm",
        "goal": "3",
        "assigned": "2",
        "reason": "",
        "note": "",
    }


def test_not_before_the_sign_off_not_by_others_and_not_twice(app, cast):
    made = make.pledge(cast, state="with_leader")
    with pytest.raises(DomainError):
        send(cast, made)
    operations.sign_off(made, actor=make.actor(cast, "hung"), at=make.AT)
    for who in ("rev", "dong", "quan"):
        with pytest.raises(Forbidden):
            send(cast, made, who)
    send(cast, made)
    with pytest.raises(Conflict):
        send(cast, made)
    assert db.session.query(PledgeSnapshot).count() == 1


def test_it_may_be_withdrawn_before_the_review_begins_and_sent_again(app, cast):
    made, lan = make.pledge(cast, state="sent"), make.actor(cast, "lan")
    operations.withdraw(made, actor=lan, at=make.AT)
    assert (made.state, made.signed_off_at) == (PledgeState.DRAFT, None)
    with pytest.raises(Conflict):
        operations.withdraw(made, actor=lan, at=make.AT)
    operations.submit_to_leader(made, actor=lan, at=make.AT)
    operations.sign_off(made, actor=make.actor(cast, "hung"), at=make.AT)
    send(cast, made)
    assert made.round == 2 and queries.shown_state(made) == "sent_again"


def test_not_after_the_review_began(app, cast):
    made = make.pledge(cast, state="sent")
    review.begin_review(made, actor=make.actor(cast, "rev"), at=make.AT)
    with pytest.raises(Conflict):
        operations.withdraw(made, actor=make.actor(cast, "lan"), at=make.AT)

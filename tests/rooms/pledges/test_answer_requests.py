"""A request is answered once for each wording; a form without its field says nothing of it."""

from __future__ import annotations

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.pledges.answers import answer_request, field_of, save_answers
from tests import make
from tests.unchanged import nothing_changes


def test_the_same_answer_again_is_nothing_new(app, cast):
    made = make.pledge(cast, state="returned")
    lan = make.actor(cast, "lan")
    (asked, *_others) = made.requests
    assert answer_request(asked, "Xã đã rà soát.", actor=lan, at=make.AT)
    assert not answer_request(asked, "Xã đã rà soát.", actor=lan, at=make.AT)
    assert db.session.query(TrailEvent).filter_by(verb="pledge.request_answered").count() == 1


def test_a_form_without_the_field_leaves_the_answer(app, cast):
    made = make.pledge(cast, state="returned")
    lan = make.actor(cast, "lan")
    field = field_of(made.requests[0])
    assert save_answers(made, {field: "Xã đã rà soát."}, actor=lan, at=make.AT).written == 1
    db.session.commit()
    with nothing_changes():
        done = save_answers(made, {}, actor=lan, at=make.AT)
        db.session.commit()
    assert (done.written, done.problems) == (0, [])
    assert made.requests[0].answer == "Xã đã rà soát."

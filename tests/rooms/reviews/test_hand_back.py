"""The leader hands back with a comment; the clerk takes back what lies on the leader's desk."""

from __future__ import annotations

import pytest

from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.pledges import operations
from pledge_app.pledges.states import PledgeState
from tests import make
from tests.rooms.pledges.trail import said_of


def test_the_leader_hands_back_with_a_comment(app, cast):
    made = make.pledge(cast, state="with_leader")
    operations.hand_back(made, "Nâng chỉ tiêu OCOP", actor=make.actor(cast, "hung"), at=make.AT)
    assert made.state is PledgeState.DRAFT
    assert said_of(made)[-1] == ("pledge.handed_back", {"reason": "Nâng chỉ tiêu OCOP"})
    with pytest.raises(Conflict):
        operations.hand_back(made, "Lần nữa", actor=make.actor(cast, "hung"), at=make.AT)


def test_not_without_a_comment_and_not_by_others(app, cast):
    made = make.pledge(cast, state="with_leader")
    with pytest.raises(DomainError):
        operations.hand_back(made, "  ", actor=make.actor(cast, "hung"), at=make.AT)
    for who in ("lan", "dong_leader", "rev"):
        with pytest.raises(Forbidden):
            operations.hand_back(made, "Sửa", actor=make.actor(cast, who), at=make.AT)


def test_the_clerk_recalls_and_the_sign_off_is_void(app, cast):
    made = make.pledge(cast, state="signed_off")
    operations.recall(made, actor=make.actor(cast, "lan"), at=make.AT)
    assert (made.state, made.signed_off_at) == (PledgeState.DRAFT, None)
    with pytest.raises(Conflict):
        operations.recall(made, actor=make.actor(cast, "lan"), at=make.AT)

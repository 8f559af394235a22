"""Trình lãnh đạo: everything is checked and what is missing is listed with links."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.pledges import entry, operations
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.states import PledgeState
from tests import make
from tests.rooms.pledges.trail import said_of
from tests.unchanged import nothing_changes


def submit(cast, made, who="lan"):
    operations.submit_to_leader(made, actor=make.actor(cast, who), at=make.AT)


def test_a_complete_pledge_goes_to_the_leader_and_it_is_recorded(app, cast):
    made = make.pledge(cast, state="complete")
    submit(cast, made)
    assert made.state is PledgeState.WITH_LEADER
    assert said_of(made)[-1][0] == "pledge.submitted_to_leader"


def test_what_is_missing_is_listed_with_the_cell(app, cast):
    made = make.pledge(cast)
    with pytest.raises(DomainError) as refused:
        submit(cast, made)
    anchors = {problem.anchor for problem in refused.value.problems}
    pids = [row.pid for row in made.targets]
    assert {f"goal-{pids[0]}", f"goal-{pids[1]}", f"hamlets-{pids[2]}"} <= anchors
    assert made.state is PledgeState.DRAFT


def test_a_goal_lower_than_assigned_needs_its_reason_and_a_split_must_lead_to_the_goal(app, cast):
    made, lan = make.pledge(cast, state="complete"), make.actor(cast, "lan")
    first, second = made.targets[0], made.targets[1]
    entry.save_row(
        first,
        RowEntry(goal=Decimal(5), split=make.split(first, 1, 1, 1, 1)),
        version=first.version,
        actor=lan,
        at=make.AT,
    )
    entry.save_row(
        second, RowEntry(goal=Decimal(140)), version=second.version, actor=lan, at=make.AT
    )
    with pytest.raises(DomainError) as refused:
        submit(cast, made)
    assert {problem.anchor for problem in refused.value.problems} == {
        f"q4-{first.pid}",
        f"reason_lower-{second.pid}",
    }


def test_a_total_of_zero_may_be_handed_in(app, cast):
    made, lan = make.pledge(cast, state="complete"), make.actor(cast, "lan")
    target = made.targets[0]
    entry.save_row(
        target,
        RowEntry(goal=Decimal(0), reason_lower="Không có sản phẩm"),
        version=target.version,
        actor=lan,
        at=make.AT,
    )
    submit(cast, made)
    assert made.state is PledgeState.WITH_LEADER
    assert target.goal == 0


def test_who_may_not_and_twice(app, cast):
    made = make.pledge(cast, state="complete")
    for who in ("van", "rev", "dong", "quan"):
        with nothing_changes(), pytest.raises(Forbidden):
            submit(cast, made, who)
    submit(cast, made)
    with nothing_changes(), pytest.raises(Conflict):
        submit(cast, made)
    assert made.state is PledgeState.WITH_LEADER

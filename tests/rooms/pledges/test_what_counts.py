"""What reaches a goal is the criterion's to say: which states count, is equal enough."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from pledge_app.criteria.kinds import Direction, is_as_good
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.base import db
from pledge_app.pledges import entry
from pledge_app.pledges.completeness import as_plain
from pledge_app.pledges.models import Target
from pledge_app.pledges.rules import AmbitionFlag, RowState, ambition, check_target
from pledge_app.pledges.snapshot import registration
from tests import make
from tests.cast import TODAY
from tests.make import AT


def with_states(cast, *states: RowState) -> Target:
    """The counted target of Hải Quang's draft, its hamlets in these states."""
    target = make.target_of(make.pledge(cast, state="complete"), "3")
    chosen = {row.id: (state, None) for row, state in zip(target.items, states, strict=True)}
    entry.save_items(target, chosen, actor=make.actor(cast, "lan"), at=AT)
    return target


def say(**values: object) -> None:
    """The cast's criteria that are better when higher say this from now on."""
    make.free_criteria()
    chosen = update(Criterion).where(Criterion.direction == Direction.HIGHER)
    db.session.execute(chosen.values(**values))
    db.session.commit()


@pytest.mark.parametrize(("nearly_counts", "share"), [(True, "100"), (False, "66.67")])
def test_nearly_reached_counts_where_the_criterion_says_so(app, cast, nearly_counts, share):
    say(nearly_counts=nearly_counts)
    target = with_states(cast, RowState.REACHED, RowState.NEARLY, RowState.REACHED)
    assert target.goal == Decimal(share)
    assert [fault.field for fault in check_target(as_plain(target))] == []


@pytest.mark.parametrize(
    ("value", "direction", "is_strict", "reached"),
    [
        ("90", Direction.HIGHER, False, True),
        ("90", Direction.HIGHER, True, False),
        ("90.01", Direction.HIGHER, True, True),
        ("90", Direction.LOWER, False, True),
        ("90", Direction.LOWER, True, False),
        ("89.99", Direction.LOWER, True, True),
    ],
)
def test_at_least_takes_the_figure_itself_and_more_than_does_not(
    value, direction, is_strict, reached
):
    assert is_as_good(Decimal(value), Decimal(90), direction, is_strict=is_strict) is reached


@pytest.mark.parametrize("direction", [Direction.KEEP_ZERO, Direction.YES_NO])
def test_a_kept_zero_and_a_yes_have_nothing_beyond_them(direction):
    goal = Decimal(0) if direction is Direction.KEEP_ZERO else Decimal(1)
    assert is_as_good(goal, goal, direction, is_strict=True)
    assert not is_as_good(None, goal, direction)


@pytest.mark.parametrize(("is_strict", "flagged"), [(False, True), (True, False)])
def test_last_years_figure_itself_is_not_more_than_itself(is_strict, flagged):
    ninety = Decimal(90)
    found = ambition(ninety, ninety, None, [], Direction.HIGHER, is_strict=is_strict)
    assert (AmbitionFlag.ALREADY_REACHED in found.flags) is flagged


def test_the_paper_prints_more_than_with_its_sign(app, cast):
    say(is_strict=True)
    pledge = make.pledge(cast, state="complete", goals={"1": "1", "2": "1250.5", "4": "0"})
    rows = [row for group in registration(pledge, today=TODAY)["groups"] for row in group["rows"]]
    assert "> 1.250,5" in [row["goal"] for row in rows]

"""What was sent by an earlier version names a criterion by its code alone: it reads the same."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.kernel.base import db
from pledge_app.pledges import entry, sent
from pledge_app.pledges.assigned import figures_at_sending
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Pledge, PledgeSnapshot, Target
from pledge_app.reviews.examination import examine
from tests import make, unguarded


def forget_ids(pledge: Pledge) -> None:
    """As an earlier version wrote it, before the database kept what was sent."""
    unguarded.free("pledge_snapshot")
    rows = db.session.scalars(select(PledgeSnapshot).where(PledgeSnapshot.pledge_id == pledge.id))
    for row in rows:
        targets = [
            {key: value for key, value in target.items() if key != "id"}
            for target in row.content["targets"]
        ]
        row.content = {**row.content, "targets": targets}
    db.session.flush()


def target_of(pledge: Pledge, code: str) -> Target:
    return next(row for row in pledge.targets if row.criterion.code == code)


def test_what_stands_is_found_by_criterion(app, cast):
    made = make.pledge(cast, state="sent")
    now = sent.content_of(made)
    assert now is not None
    forget_ids(made)
    content = sent.content_of(made)
    assert content == now
    assert sent.goals_of(content)[target_of(made, "1").criterion.pid] == 3
    rows = examine(made, content, [])
    assert [row.code for row in rows] == ["1", "2", "3", "4"]
    assert [row.goal for row in rows][:2] == [3, 160]


def test_only_what_changed_since_is_a_change(app, cast):
    made = make.pledge(cast, state="returned")
    forget_ids(made)
    assert sent.since_signing(made) == []
    target = target_of(made, "1")
    lan = make.actor(cast, "lan")
    entry.save_row(target, RowEntry(goal=Decimal(8)), version=target.version, actor=lan, at=make.AT)
    changed = [(row.criterion, row.before, row.after) for row in sent.since_signing(made) or []]
    assert changed == [(target.criterion.pid, "3", "8")]


def test_an_assigned_figure_that_changed_then_is_still_known(app, cast):
    made = make.pledge(cast, state="sent")
    rev = make.actor(cast, "rev")
    figures = [{"code": "1", "before": Decimal(2), "after": Decimal(3)}]
    record("pledge.assigned_changed", made, actor=rev, at=make.AT, figures=figures)
    assert figures_at_sending(made) == {target_of(made, "1").criterion.pid: Decimal(2)}

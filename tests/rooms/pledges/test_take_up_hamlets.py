"""Hamlets entered after a pledge was begun reach it while it is being entered, and nothing typed
is lost.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.orgs import units
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Unit, UnitParent
from pledge_app.pledges import entry, operations, typed
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.reviews import operations as review
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def counted(pledge: Pledge) -> Target:
    db.session.refresh(pledge)
    return next(row for row in pledge.targets if row.criterion.code == "3")


def add(cast, *names: str, commune: str = "Hải Quang") -> None:
    units.add_below(
        db.session.get_one(Unit, cast.units[commune]),
        UnitLevel.HAMLET,
        names,
        actor=make.actor(cast, "quan"),
        at=AT,
        today=TODAY,
    )
    db.session.flush()


def names(target: Target) -> list[str]:
    return [row.name for row in sorted(target.items, key=lambda row: row.position)]


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_pledge_being_entered_takes_them_up_in_their_order(app, cast, state):
    pledge = make.pledge(cast, state=state)
    add(cast, "Xóm 3")
    assert names(counted(pledge)) == ["Xóm 1", "Xóm 2", "Xóm 3", "Xóm 10"]
    assert counted(pledge).items[-1].state is None or state == "draft"


@pytest.mark.parametrize("state", ["with_leader", "sent", "agreed", "in_force"])
def test_what_was_handed_in_stays_as_it_was(app, cast, state):
    pledge = make.pledge(cast, state=state)
    add(cast, "Xóm 3")
    assert names(counted(pledge)) == ["Xóm 1", "Xóm 2", "Xóm 10"]


def test_another_communes_pledge_is_left_alone(app, cast):
    pledge = make.pledge(cast, "Hải Đông")
    add(cast, "Xóm 3")
    assert names(counted(pledge)) == ["Xóm 1", "Xóm 2", "Xóm 10"]


def test_what_was_typed_stays_and_the_share_follows(app, cast):
    pledge = make.pledge(cast, state="complete")
    assert counted(pledge).goal == Decimal(100)
    add(cast, "Xóm 3")
    target = counted(pledge)
    assert sorted(str(row.state) for row in target.items) == [
        "None",
        "reached",
        "reached",
        "reached",
    ]
    assert target.goal == Decimal(75)
    assert {
        row.criterion.code: row.goal for row in pledge.targets if row.criterion.code in "12"
    } == {"1": Decimal(3), "2": Decimal(160)}


def test_the_clerk_is_told_and_the_trail_says_so(app, cast):
    pledge = make.pledge(cast)
    add(cast, "Xóm 3", "Xóm 4")
    assert db.session.query(TrailEvent).filter_by(verb="pledge.hamlets_added").one().data == {
        "n": 2
    }
    told = db.session.query(Notice).filter_by(user_id=cast.users["lan"]).one()
    assert "có thêm 2 thôn, xóm" in told.sentence
    assert told.subject_pid == pledge.pid


def test_what_comes_back_to_be_entered_takes_up_what_was_added_meanwhile(app, cast):
    pledge = make.pledge(cast, state="with_leader")
    add(cast, "Xóm 3")
    operations.hand_back(pledge, "Xem lại.", actor=make.actor(cast, "hung"), at=AT)
    assert "Xóm 3" in names(counted(pledge))


@pytest.mark.parametrize("way", ["recall", "withdraw", "send_back"])
def test_by_every_way_back(app, cast, way):
    pledge = make.pledge(cast, state="with_leader" if way == "recall" else "sent")
    add(cast, "Xóm 3")
    if way == "send_back":
        review.send_back(
            pledge,
            [review.Ask("Bổ sung.")],
            version=pledge.version_id,
            actor=make.actor(cast, "rev"),
            at=AT,
        )
    else:
        getattr(operations, way)(pledge, actor=make.actor(cast, "lan"), at=AT)
    assert "Xóm 3" in names(counted(pledge))


def without_hamlets(cast) -> Pledge:
    """A pledge of a commune that had none entered; its goal was typed as a share."""
    commune = cast.units["Hải Quang"]
    db.session.query(UnitParent).filter_by(parent_id=commune).delete()
    pledge = make.pledge(cast)
    target = counted(pledge)
    assert target.items == []
    entry.save_row(
        target,
        RowEntry(goal=Decimal(80)),
        version=target.version,
        actor=make.actor(cast, "lan"),
        at=AT,
        tab="t1",
        seq=1,
    )
    return pledge


def test_a_share_typed_before_there_were_hamlets_stays_until_they_are_counted(app, cast):
    pledge = without_hamlets(cast)
    add(cast, "Ấp An Hòa", "Ấp An Thạnh")
    target = counted(pledge)
    assert target.goal == Decimal(80)
    states = {row.id: (RowState.REACHED, make.period_id(target, 4)) for row in target.items[:1]}
    entry.save_items(target, states, actor=make.actor(cast, "lan"), at=AT)
    assert target.goal == Decimal(50)


def test_a_sheet_still_open_is_told_and_does_not_lose_its_share_in_silence(app, cast):
    pledge = without_hamlets(cast)
    add(cast, "Ấp An Hòa")
    reading = typed.read_row(counted(pledge), {"goal": "90", "measures": "Vận động."}.get)
    assert "tính từ mục tiêu từng nơi" in reading.errors["goal"]
    assert (reading.entry.goal, reading.entry.measures) == (Decimal(80), "Vận động.")
    assert typed.read_row(counted(pledge), {"goal": "80"}.get).errors == {}

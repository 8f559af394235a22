"""A pledge begins as a copy of last year's, with the assigned figures and the hamlets of today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.campaigns.scheduling import quarters_of
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, Unit
from pledge_app.pledges import entry, starting
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from tests import make
from tests.cast import TODAY
from tests.rooms.pledges.trail import said_of


def start(cast, who="lan", commune="Hải Quang", year=None, **more) -> Pledge:
    return starting.start_pledge(
        db.session.get_one(Body, cast.bodies[commune]),
        db.session.get_one(EmulationYear, year or cast.year),
        actor=make.actor(cast, who),
        at=make.AT,
        today=TODAY,
        **more,
    )


def test_it_has_every_criterion_that_is_no_group_with_its_assigned_figure(app, cast):
    made = start(cast)
    assert [(row.criterion.code, row.assigned) for row in made.targets] == [
        ("1", 2),
        ("2", 150),
        ("3", None),
        ("4", None),
    ]
    assert [row.goal for row in made.targets] == [None, None, None, 0]
    assert made.state is PledgeState.DRAFT and len(made.campaigns) == 4


def test_the_hamlets_of_today_are_rows_in_their_order(app, cast):
    assert [row.name for row in start(cast).targets[2].items] == ["Xóm 1", "Xóm 2", "Xóm 10"]


def test_a_commune_without_hamlets_types_the_figure_itself(app, cast):
    for unit_id in cast.hamlets["Hải Quang"]:
        db.session.get_one(Unit, unit_id).exists_to = date(2023, 1, 1)
    target = start(cast).targets[2]
    assert not target.items and not entry.is_counted(target)
    lan = make.actor(cast, "lan")
    entry.save_row(
        target, entry.RowEntry(goal=Decimal(95)), version=target.version, actor=lan, at=make.AT
    )
    assert target.goal == 95


def test_next_year_begins_as_a_copy_with_the_split_left_to_the_clerk(app, cast):
    last = make.pledge(cast, state="complete")
    lan = make.actor(cast, "lan")
    target = last.targets[0]
    entry.save_row(
        target,
        entry.RowEntry(Decimal(4), make.split(target, 1, 1, 1, 1), measures="Tập huấn"),
        version=target.version,
        actor=lan,
        at=make.AT,
    )
    entry.save_plan(
        last,
        joins={last.campaigns[0].campaign_id: (True, "Trồng cây")},
        titles=[("LĐTT", "UBND xã")],
        resolution="",
        version=last.version_id,
        actor=lan,
        at=make.AT,
    )
    made = start(cast, year=next_year(cast))
    copy = made.targets[0]
    assert (copy.measures, copy.goal, copy.split) == ("Tập huấn", None, {})
    assert [row.title for row in made.titles] == ["LĐTT"]
    assert next(row for row in made.campaigns if row.campaign.quarter == 1).objective == "Trồng cây"


def next_year(cast) -> int:
    """2024 of the same guidance and cluster."""
    old, cluster = (
        db.session.get_one(EmulationYear, cast.year),
        db.session.get_one(Cluster, cast.cluster),
    )
    year = EmulationYear(
        year=2024,
        line=old.line,
        issuer_body_id=old.issuer_body_id,
        criteria_set_id=old.criteria_set_id,
    )
    for period in quarters_of(2024):
        year.periods.append(period)
        year.campaigns.append(
            Campaign(period=period, starts_on=period.starts_on, ends_on=period.ends_on)
        )
    newer = Cluster(
        name=cluster.name,
        year=2024,
        line=cluster.line,
        issuer_body_id=cluster.issuer_body_id,
        reviewer_body_id=cluster.reviewer_body_id,
    )
    newer.members.append(ClusterMembership(body_id=cast.bodies["Hải Quang"], position=1))
    db.session.add_all([year, newer])
    db.session.flush()
    return year.id


def test_it_is_recorded(app, cast):
    assert said_of(start(cast)) == [("pledge.started", {"year": 2023, "on_behalf": False})]


def test_twice_is_a_conflict(app, cast):
    start(cast)
    with pytest.raises(Conflict):
        start(cast, who="hung")


@pytest.mark.parametrize("who", ["dong", "van", "rev", "quan", "giam", "xa"])
def test_only_its_own_people_begin_it(app, cast, who):
    with pytest.raises(Forbidden):
        start(cast, who=who)


def test_the_reviewer_may_begin_it_on_behalf(app, cast):
    assert start(cast, who="rev", on_behalf=True).on_behalf
    with pytest.raises(Forbidden):
        start(cast, who="revxa", commune="Hải Đông", on_behalf=True)


def test_a_body_outside_every_cluster_and_one_that_ended_begin_none(app, cast):
    with pytest.raises(DomainError):
        start(cast, who="rev", commune="huyện")
    db.session.get_one(Body, cast.bodies["Hải Quang"]).exists_to = date(2023, 2, 10)
    with pytest.raises(DomainError):
        start(cast)


def test_a_year_without_criteria_waits(app, cast):
    db.session.get_one(EmulationYear, cast.year).criteria_set_id = None
    with pytest.raises(DomainError):
        start(cast)


def test_who_begins_it_counts_as_its_author(app, cast):
    assert start(cast).author_ids == [make.actor(cast, "lan").user_id]

"""Two bodies of one unit in one year: each has its own assigned figures and last results."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from pledge_app.campaigns import assigned_figures, assigning, queries, results
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.paste import Declared
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, BodyKind, ClusterMembership
from pledge_app.pledges.models import Pledge
from tests import make
from tests.make import AT, target_of

UBND, UNION = "UBND xã Hải Quang", "Công đoàn xã Hải Quang"


@pytest.fixture
def year(app, cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


@pytest.fixture
def union(app, cast) -> Body:
    """The trade union of xã Hải Quang, in the cluster of its UBND."""
    first = db.session.get_one(Body, cast.bodies["Hải Quang"])
    body = Body(
        unit_id=first.unit_id,
        kind=BodyKind.UNION,
        name=UNION,
        full_name=UNION,
        place=first.place,
    )
    db.session.add(body)
    db.session.flush()
    membership = select(ClusterMembership).where(ClusterMembership.body_id == first.id)
    cluster_id = db.session.scalars(membership).one().cluster_id
    db.session.add(ClusterMembership(cluster_id=cluster_id, body_id=body.id, position=9))
    db.session.commit()
    return body


def assign(cast, year: EmulationYear, block: str) -> None:
    reading = assigning.read(year, block, Declared())
    assigned_figures.assign_figures(year, reading.figures, actor=make.actor(cast, "rev"), at=AT)


def give(cast, year: EmulationYear, block: str) -> None:
    pasted = results.read(year, block, Declared(), overrules=False)
    results.give_results(
        year, pasted.reading.figures, overrules=False, actor=make.actor(cast, "rev"), at=AT
    )


def test_each_has_its_own_assigned_figure_and_one_is_taken_back_alone(cast, year, union):
    place = union.id, cast.criteria["2"]
    first = cast.bodies["Hải Quang"], cast.criteria["2"]
    assign(cast, year, f"\t{UBND}\t{UNION}\n2\t70\t80")
    figures = queries.assigned_to(year)
    assert figures[first] == 70
    assert figures[place] == 80
    assign(cast, year, f"\t{UNION}\n2\txóa")
    figures = queries.assigned_to(year)
    assert figures[first] == 70 and place not in figures


def test_each_has_its_own_last_result(cast, year, union):
    give(cast, year, f"\t{UBND}\t{UNION}\n2\t155\t165")
    used = results.shown(year).used
    criterion = cast.criteria["2"]
    assert used[cast.bodies["Hải Quang"], criterion].value == 155
    assert used[union.id, criterion].value == 165


def test_the_pledge_of_one_does_not_follow_what_the_other_is_given(cast, year, union):
    target = target_of(make.pledge(cast), "2")
    assign(cast, year, f"\t{UNION}\n2\t180")
    give(cast, year, f"\t{UNION}\n2\t175")
    assert (target.assigned, target.baseline) == (Decimal(150), None)
    assert len(db.session.scalars(select(Pledge)).all()) == 1


def test_a_place_that_both_share_names_neither(cast, year, union):
    reading = assigning.read(year, "\tHải Quang\tHải Đông\n2\t70\t90", Declared())
    assert [row.body.short for row in reading.taken] == ["Hải Đông"]
    assert reading.unknown == ["cột 2: Hải Quang"]

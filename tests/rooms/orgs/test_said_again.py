"""What is said again as it stands changes nothing and leaves no trail; what has ended keeps its
end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.orgs import bodies, clusters, concurrent, leads, offices, units
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Authority, Body, BodyKind, Cluster, OfficeHolding, Person, Unit
from pledge_app.orgs.offices import Term
from pledge_app.orgs.queries import lead_of
from tests import make
from tests.make import AT

END = date(2023, 3, 1)


@pytest.fixture
def quan(app, cast):
    return make.actor(cast, "quan")


def body(cast, name: str) -> Body:
    return db.session.get_one(Body, cast.bodies[name])


def cluster(cast) -> Cluster:
    return db.session.get_one(Cluster, cast.cluster)


def chairman(cast) -> OfficeHolding:
    return db.session.get_one(OfficeHolding, cast.holdings["hung"])


def verbs() -> list[str]:
    return [row.verb for row in db.session.query(TrailEvent).order_by(TrailEvent.seq)]


def test_a_cluster_described_as_it_is(cast, quan):
    row = cluster(cast)
    clusters.describe_cluster(
        row,
        row.name,
        issuer=row.issuer,
        reviewer=row.reviewer,
        version=row.version_id,
        actor=quan,
        at=AT,
    )
    assert verbs() == []


def test_a_level_that_is_right_already(cast, quan):
    units.correct_level(
        db.session.get_one(Unit, cast.units["Hải Tây"]), UnitLevel.COMMUNE, actor=quan, at=AT
    )
    assert verbs() == []


def test_a_term_as_it_was_written(cast, quan):
    held = chairman(cast)
    term = Term(held.title, held.authority, held.held_from, held.held_to)
    offices.correct_holding(held, term, name=held.person.name, version=1, actor=quan, at=AT)
    assert verbs() == []
    longer = replace(term, held_from=date(2021, 7, 1))
    offices.correct_holding(held, longer, name=held.person.name, version=1, actor=quan, at=AT)
    assert verbs() == ["office.corrected"]


def test_a_term_that_ended_before_its_body_keeps_its_day(cast, quan):
    made = Body(
        unit_id=cast.units["Hải Quang"],
        kind=BodyKind.MTTQ,
        name="UBMTTQ xã Hải Quang",
        full_name="Ủy ban MTTQ Việt Nam xã Hải Quang",
    )
    db.session.add(made)
    db.session.flush()
    left, stays = (
        OfficeHolding(
            person=Person(name=name), body=made, title=name, held_from=date(2020, 1, 1), held_to=end
        )
        for name, end in (("Bà Trước", date(2022, 6, 1)), ("Ông Sau", None))
    )
    db.session.add_all([left, stays])
    db.session.flush()
    bodies.end_body(made, on=END, version=made.version_id, actor=quan, at=AT)
    assert (left.held_to, stays.held_to) == (date(2022, 6, 1), END)


def test_a_lead_that_left_before_its_body_ended_hands_nothing_on(cast, quan):
    row = cluster(cast)
    (first,) = row.leads
    first.held_to = date(2023, 1, 15)
    leads.succeed(
        row,
        body(cast, "Hải Đông"),
        body(cast, "Hải Tây"),
        on=END,
        basis="Nghị quyết",
        actor=quan,
        at=AT,
    )
    assert [lead.held_to for lead in row.leads] == [date(2023, 1, 15)]


def test_where_a_body_ends_without_an_heir_its_lead_ends_too(cast, quan):
    row = cluster(cast)
    ended = body(cast, "Hải Đông")
    leads.succeed(row, ended, None, on=END, basis="Nghị quyết", actor=quan, at=AT)
    assert lead_of(row, on=date(2023, 2, 28)) is not None
    assert lead_of(row, on=END) is None
    assert len(row.leads) == 1


def test_somebody_known_takes_a_second_office_and_stays_one_person(cast, quan):
    person = chairman(cast).person
    term = Term("Bí thư", Authority.TM, date(2023, 1, 1), None)
    made = offices.appoint(body(cast, "Hải Tây"), term, person=person, name="", actor=quan, at=AT)
    assert made.person is person
    assert db.session.query(Person).filter_by(name="Ông Hùng").count() == 1


def test_somebody_known_is_delegated_to_and_stays_one_person(cast, quan):
    deputy = db.session.get_one(OfficeHolding, cast.holdings["tay_leader"]).person
    made = offices.delegate(
        chairman(cast),
        "",
        person=deputy,
        authority=Authority.TUQ,
        basis="GUQ 12/2023",
        valid_from=date(2023, 2, 1),
        valid_to=date(2023, 2, 28),
        actor=quan,
        at=AT,
    )
    assert made.delegate is deputy
    assert db.session.query(Person).filter_by(name="Ông Tây").count() == 1


def test_a_permission_for_one_official_is_found_by_its_public_id_or_not_at_all(cast, quan):
    made = concurrent.allow_concurrent(
        body(cast, "huyện"), valid_from=END, valid_to=None, reason="Một người", actor=quan, at=AT
    )
    assert concurrent.find_concurrent(made.pid) is made
    with pytest.raises(NotFound):
        concurrent.find_concurrent("không có")

"""Who holds which office of a body, from when to when; terms do not overlap; papers frozen keep
what they say.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs import office_queries, offices
from pledge_app.orgs.models import Authority, Body, OfficeHolding, Person
from pledge_app.orgs.offices import Term
from tests import make

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def body(cast) -> Body:
    return db.session.get_one(Body, cast.bodies["Hải Quang"])


def term(
    title: str = "Phó Chủ tịch", held_from: date = date(2023, 1, 1), held_to: date | None = None
) -> Term:
    return Term(title, Authority.KT, held_from, held_to)


def chairman(cast) -> OfficeHolding:
    return db.session.get_one(OfficeHolding, cast.holdings["hung"])


def appoint(cast, wanted: Term, who: str = "quan", name: str = "Ông Mới") -> OfficeHolding:
    return offices.appoint(
        body(cast), wanted, person=None, name=name, actor=make.actor(cast, who), at=AT
    )


def test_somebody_takes_an_office_and_the_trail_says_so(app, cast):
    made = appoint(cast, term())
    assert (made.person.name, made.title, made.held_from) == (
        "Ông Mới",
        "Phó Chủ tịch",
        date(2023, 1, 1),
    )
    event = db.session.query(TrailEvent).filter_by(verb="office.taken").one()
    assert event.data["person"] == "Ông Mới"


def test_only_the_administrator_does(app, cast):
    for who in ("lan", "rev", "giam"):
        with pytest.raises(Forbidden):
            appoint(cast, term(), who=who)
    assert db.session.query(TrailEvent).filter_by(verb="office.taken").count() == 0


def test_two_people_do_not_hold_one_office_at_once(app, cast):
    with pytest.raises(DomainError, match="Ông Hùng"):
        appoint(cast, term("Chủ tịch"))


def test_several_deputies_are_in_office_at_once(app, cast):
    appoint(cast, term(), name="Ông Một")
    appoint(cast, term(), name="Bà Hai")
    assert len(office_queries.holdings_of([body(cast).id], on=date(2023, 2, 1))) == 3


def test_the_same_person_does_not_hold_it_twice(app, cast):
    first = appoint(cast, term())
    with pytest.raises(DomainError):
        offices.appoint(
            body(cast), term(), person=first.person, name="", actor=make.actor(cast, "quan"), at=AT
        )


def test_a_successor_follows_when_the_first_has_left(app, cast):
    offices.end_holding(
        chairman(cast), on=date(2023, 3, 1), version=1, actor=make.actor(cast, "quan"), at=AT
    )
    appoint(cast, term("Chủ tịch", date(2023, 3, 1)))
    before, after = (
        office_queries.holdings_of([body(cast).id], on=day)[0].person.name
        for day in (date(2023, 2, 28), date(2023, 3, 1))
    )
    assert (before, after) == ("Ông Hùng", "Ông Mới")


@pytest.mark.parametrize("wrong", [term(held_to=date(2022, 1, 1)), term(held_to=date(2023, 1, 1))])
def test_a_term_ends_after_it_begins(app, cast, wrong):
    with pytest.raises(DomainError, match="phải sau ngày nhận chức"):
        appoint(cast, wrong)


def test_a_name_is_needed(app, cast):
    with pytest.raises(DomainError, match="họ và tên"):
        appoint(cast, term(), name="")


def test_a_term_lies_within_the_life_of_the_body(app, cast):
    body(cast).exists_from = date(2023, 6, 1)
    with pytest.raises(DomainError, match="ngoài thời gian cơ quan tồn tại"):
        appoint(cast, term())


def test_leaving_is_recorded_once(app, cast):
    held = chairman(cast)
    offices.end_holding(held, on=date(2023, 3, 1), version=1, actor=make.actor(cast, "quan"), at=AT)
    db.session.commit()
    with pytest.raises(Conflict):
        offices.end_holding(
            held,
            on=date(2023, 3, 1),
            version=held.version_id,
            actor=make.actor(cast, "quan"),
            at=AT,
        )


def test_nobody_leaves_before_taking_office(app, cast):
    with pytest.raises(DomainError):
        offices.end_holding(
            chairman(cast), on=date(2021, 1, 1), version=1, actor=make.actor(cast, "quan"), at=AT
        )


def test_a_slip_is_put_right_and_both_wordings_stay_in_the_trail(app, cast):
    offices.correct_holding(
        chairman(cast),
        Term("Chủ tịch", Authority.TM, date(2021, 7, 1), None),
        name="Trần Hùng",
        version=1,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    event = db.session.query(TrailEvent).filter_by(verb="office.corrected").one()
    assert event.data["before"]["name"] == "Ông Hùng"
    assert event.data["after"]["name"] == "Trần Hùng"


def test_a_stale_page_is_refused(app, cast):
    with pytest.raises(Conflict):
        offices.correct_holding(
            chairman(cast),
            term("Chủ tịch"),
            name="Ai",
            version=7,
            actor=make.actor(cast, "quan"),
            at=AT,
        )


def delegated(cast, **more):
    given = {"valid_from": date(2023, 2, 1), "valid_to": date(2023, 2, 28), "person": None} | more
    return offices.delegate(
        chairman(cast),
        "Bà Thay",
        authority=Authority.TUQ,
        basis="GUQ 12/2023",
        actor=make.actor(cast, "quan"),
        at=AT,
        **given,
    )


def test_a_delegate_may_sign_for_the_holder_on_those_days(app, cast):
    made = delegated(cast)
    assert office_queries.may_sign(made.delegate_id, chairman(cast), on=date(2023, 2, 28))
    assert not office_queries.may_sign(made.delegate_id, chairman(cast), on=date(2023, 3, 1))
    assert db.session.query(TrailEvent).filter_by(verb="office.delegated").count() == 1


def test_a_delegation_is_withdrawn_from_a_day_on_and_only_once(app, cast):
    made, quan = delegated(cast), make.actor(cast, "quan")
    offices.end_delegation(made, on=date(2023, 2, 10), actor=quan, at=AT)
    assert office_queries.may_sign(made.delegate_id, chairman(cast), on=date(2023, 2, 9))
    assert not office_queries.may_sign(made.delegate_id, chairman(cast), on=date(2023, 2, 10))
    assert (
        db.session.query(TrailEvent).filter_by(verb="office.delegation_ended").one().data["person"]
        == "Bà Thay"
    )
    with pytest.raises(DomainError, match="09/02/2023"):
        offices.end_delegation(made, on=date(2023, 2, 11), actor=quan, at=AT)
    with pytest.raises(Forbidden):
        offices.end_delegation(
            delegated(cast), on=date(2023, 2, 10), actor=make.actor(cast, "hung"), at=AT
        )


def test_a_delegation_lies_within_the_term_and_is_for_somebody_else(app, cast):
    with pytest.raises(DomainError):
        delegated(cast, valid_from=date(2020, 1, 1))
    with pytest.raises(DomainError):
        delegated(cast, valid_to=date(2023, 1, 1))
    with pytest.raises(DomainError, match="chính mình"):
        delegated(cast, person=db.session.get_one(Person, chairman(cast).person_id))

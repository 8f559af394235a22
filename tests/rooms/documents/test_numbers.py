"""Cấp số, ghi ngày: once, by whoever keeps the register, as text; corrected with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pledge_app.accounts.models import RoleGrant
from pledge_app.audit.models import TrailEvent
from pledge_app.documents import numbers
from pledge_app.documents.models import Document
from pledge_app.documents.numbers import Entry
from pledge_app.home.tasks import tasks as tasks_of
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body
from pledge_app.pledges import operations
from pledge_app.reviews import operations as review
from tests import agreeing, make
from tests.cast import TODAY
from tests.make import AT


@pytest.fixture
def paper(app, cast):
    make.pledge(cast, state="sent")
    found = db.session.query(Document).one()
    agreeing.rendered(found)
    return found


@pytest.fixture
def body(app, cast):
    return db.session.get_one(Body, cast.bodies["Hải Quang"])


def enter(paper: Document, body: Body, actor: Any, entry: Entry, **more: Any) -> Any:
    return numbers.enter_number(paper, body, entry, actor=actor, at=AT, today=TODAY, **more)


def correct(paper: Document, body: Body, actor: Any, entry: Entry, reason: str) -> Any:
    return numbers.correct_number(paper, body, entry, reason, actor=actor, at=AT, today=TODAY)


FIVE = Entry("05", "ĐK-UBND", TODAY)


@pytest.mark.parametrize(
    ("number", "symbol", "shown"),
    [
        ("5", "ĐK-UBND", "05/ĐK-UBND"),
        ("0125", "ĐK-UBND", "0125/ĐK-UBND"),
        ("05b", "ĐK-UBND", "05b/ĐK-UBND"),
        ("007/CT-UBND", "", "007/CT-UBND"),
        ("007 / CT-UBND", "CT-UBND", "007/CT-UBND"),
        ("Số: 12", "", "12"),
        ("5b", "", "05b"),
    ],
)
def test_a_number_is_text_and_kept_as_it_is_written(number, symbol, shown):
    assert numbers.shown(numbers.read_entry(number, symbol, TODAY)) == shown


@pytest.mark.parametrize("number", ["0", "000", "-1", "1.5", "mười", "12abc", "", "１２"])
def test_what_is_no_number_is_asked(number):
    with pytest.raises(DomainError) as refused:
        numbers.read_entry(number, "", TODAY)
    assert refused.value.problems[0].anchor == "number"


def test_two_symbols_are_asked(app):
    with pytest.raises(DomainError) as refused:
        numbers.read_entry("5/CT-UBND", "ĐK-UBND", TODAY)
    assert refused.value.problems[0].anchor == "symbol"


def test_it_is_entered_once_and_recorded(paper, body, actor_named):
    van = actor_named("van")
    row = enter(paper, body, van, FIVE)
    assert numbers.shown(row) == "05/ĐK-UBND"
    event = db.session.query(TrailEvent).filter_by(verb="document.numbered").one()
    assert event.data["number"] == "05/ĐK-UBND"
    db.session.refresh(paper)
    with pytest.raises(Conflict):
        enter(paper, body, van, Entry("06", "", TODAY))
    assert numbers.taken(body, FIVE)
    assert not numbers.taken(body, Entry("05", "ĐK-UBND", TODAY.replace(year=2024)))


def test_a_day_to_come_is_asked_once(paper, body, actor_named):
    later = Entry("05", "", date(2032, 2, 10))
    with pytest.raises(DomainError) as refused:
        enter(paper, body, actor_named("van"), later)
    assert refused.value.problems[0].anchor == "sure"
    assert paper.numbers == []
    assert enter(paper, body, actor_named("van"), later, is_sure=True).dated == later.dated


def test_a_day_before_the_content_was_frozen_is_asked_once(paper, body, actor_named):
    early = Entry("05", "", TODAY - timedelta(days=3))
    with pytest.raises(DomainError) as refused:
        enter(paper, body, actor_named("van"), early)
    assert refused.value.problems[0].anchor == "sure"
    assert enter(paper, body, actor_named("van"), early, is_sure=True).dated == early.dated


@pytest.mark.parametrize("who", ["lan", "hung", "rev", "quan"])
def test_beside_a_records_clerk_nobody_else_enters_it(paper, body, actor_named, who):
    with pytest.raises(Forbidden):
        enter(paper, body, actor_named(who), FIVE)


@pytest.mark.parametrize("who", ["lan", "hung"])
def test_a_body_without_a_records_clerk_has_its_clerk_or_leader_enter_it(
    paper, body, actor_named, who
):
    db.session.query(RoleGrant).filter_by(role=Role.RECORDS).delete()
    assert enter(paper, body, actor_named(who), FIVE).number == "05"


def test_a_wrong_entry_is_corrected_with_a_reason_and_the_old_one_stays(paper, body, actor_named):
    van = actor_named("van")
    enter(paper, body, van, FIVE)
    db.session.refresh(paper)
    correct(paper, body, van, Entry("06", "ĐK-UBND", TODAY), "Ghi nhầm dòng trong sổ")
    db.session.refresh(paper)
    assert [row.number for row in paper.numbers] == ["05", "06"]
    assert numbers.number_of(paper) == f"06/ĐK-UBND, {TODAY:%d/%m/%Y}"
    told = db.session.query(TrailEvent).filter_by(verb="document.number_corrected").one().data
    assert told["before"].startswith("05/ĐK-UBND")
    assert told["reason"] == "Ghi nhầm dòng trong sổ"


@pytest.mark.parametrize(("entry", "reason"), [(FIVE, "x"), (Entry("06", "", TODAY), " ")])
def test_a_correction_changes_something_and_says_why(paper, body, actor_named, entry, reason):
    enter(paper, body, actor_named("van"), FIVE)
    db.session.refresh(paper)
    with pytest.raises(DomainError):
        correct(paper, body, actor_named("van"), entry, reason)


@pytest.mark.parametrize("who", ["lan", "hung", "rev"])
def test_nobody_else_corrects_it(paper, body, actor_named, who):
    enter(paper, body, actor_named("van"), FIVE)
    db.session.refresh(paper)
    with pytest.raises(Forbidden):
        correct(paper, body, actor_named(who), Entry("06", "", TODAY), "x")


def tasks(app: Any, actor: Any) -> list[str]:
    with app.test_request_context():
        return [task.href for task in tasks_of(actor, today=TODAY) if "Cấp số" in task.title]


def test_only_the_newest_paper_of_a_pledge_waits_for_its_number(app, cast, actor_named):
    made = make.pledge(cast, state="sent")
    first = db.session.query(Document).one()
    agreeing.rendered(first)
    lan = actor_named("lan")
    operations.withdraw(made, actor=lan, at=AT)
    operations.submit_to_leader(made, actor=lan, at=AT)
    operations.sign_off(made, actor=actor_named("hung"), at=AT, office="Chủ tịch")
    operations.send_up(made, actor=lan, at=AT, today=TODAY)
    second = db.session.query(Document).order_by(Document.id.desc()).first()
    assert second is not None
    agreeing.rendered(second)
    review.approve(made, version=made.version_id, actor=actor_named("rev"), at=AT)
    db.session.commit()
    assert tasks(app, actor_named("van")) == [f"/van-ban/{second.pid}"]
    assert tasks(app, lan) == []
    db.session.query(RoleGrant).filter_by(role=Role.RECORDS).delete()
    assert tasks(app, actor_named("lan")) == [f"/van-ban/{second.pid}"]

"""The year: opened once, guided by its issuing body, with campaigns and assigned figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns import assigned_figures, operations, queries, workdays
from pledge_app.campaigns.models import EmulationYear, LegalBasis
from pledge_app.criteria.kinds import ValueKind
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body, Line

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


@pytest.fixture
def year(app, cast):
    return db.session.get_one(EmulationYear, cast.year)


def test_a_year_opens_with_four_campaigns_and_only_once(app, cast, actor_named):
    upper = db.session.get_one(Body, cast.bodies["huyện"])
    opened = operations.open_year(2024, Line.UBND, upper, actor=actor_named("rev"), at=AT)
    assert [(c.starts_on.month, c.ends_on.month, c.theme) for c in opened.campaigns] == [
        (1, 3, ""),
        (4, 6, ""),
        (7, 9, ""),
        (10, 12, ""),
    ]
    with pytest.raises(Conflict):
        operations.open_year(2024, Line.UBND, upper, actor=actor_named("rev"), at=AT)


def test_a_clerk_may_not_open_or_change_a_year(year, cast, actor_named):
    with pytest.raises(Forbidden):
        operations.set_guidance(
            year, {"guidance_number": "1"}, version=year.version_id, actor=actor_named("lan"), at=AT
        )


@pytest.mark.parametrize("who", ["lan", "giam", "revxa"])
def test_only_the_guiding_body_opens_a_year(app, cast, actor_named, who):
    upper = db.session.get_one(Body, cast.bodies["huyện"])
    with pytest.raises(Forbidden):
        operations.open_year(2024, Line.UBND, upper, actor=actor_named(who), at=AT)
    assert db.session.query(EmulationYear).filter_by(year=2024).count() == 0


def test_the_same_guidance_again_leaves_no_trail(year, actor_named):
    same = {"guidance_number": year.guidance_number}
    operations.set_guidance(year, same, version=year.version_id, actor=actor_named("rev"), at=AT)
    assert db.session.query(TrailEvent).count() == 0


def test_a_body_keeps_its_own_days_and_nobody_elses(app, cast, actor_named):
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    add = partial(operations.add_commemoration, "Ngày thành lập xã", day=5, month=9, body=body)
    with pytest.raises(Forbidden):
        add(founding_year=1945, actor=actor_named("tay"), at=AT)
    made = add(founding_year=1945, actor=actor_named("lan"), at=AT)
    assert (made.day, made.month) == (5, 9)


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_an_administrator_keeps_the_calendar(app, actor_named, who):
    day = date(2023, 5, 2)
    with pytest.raises(Forbidden):
        workdays.add_day(day, works=False, note="Thông báo 1", actor=actor_named(who), at=AT)
    assert workdays.added() == []


@pytest.mark.parametrize(("figure", "is_wrong"), [("0", False), ("1", False), ("2", True)])
def test_a_criterion_of_yes_or_no_takes_one_or_nothing(app, figure, is_wrong):
    with app.test_request_context():
        said = assigned_figures.wrong_figure(ValueKind.YES_NO, Decimal(figure))
    assert ("Đạt hoặc Không đạt" in said) == is_wrong


def test_a_stale_year_is_a_conflict(year, actor_named):
    with pytest.raises(Conflict):
        operations.set_guidance(
            year, {"guidance_number": "1"}, version=0, actor=actor_named("rev"), at=AT
        )


def test_the_author_chooses_the_quarter_and_joins_days_under_one_count(year, actor_named):
    third = year.campaigns[2]
    operations.save_campaign(
        third,
        theme="",
        contents="",
        starts_on=third.starts_on,
        ends_on=third.ends_on,
        version=third.version,
        actor=actor_named("rev"),
        at=AT,
        anniversaries=[
            operations.AnniversaryChoice(("Cách mạng tháng Tám", "Quốc khánh 02/9"), 1945),
            operations.AnniversaryChoice(("ngày thành lập huyện Hải Hậu",), 1888),
        ],
    )
    assert queries.phrases(third) == [
        "kỷ niệm 78 năm Cách mạng tháng Tám và Quốc khánh 02/9",
        "kỷ niệm 135 năm ngày thành lập huyện Hải Hậu",
    ]


def test_an_anniversary_before_its_founding_is_refused(year, actor_named):
    first = year.campaigns[0]
    with pytest.raises(DomainError):
        operations.save_campaign(
            first,
            theme="",
            contents="",
            starts_on=first.starts_on,
            ends_on=first.ends_on,
            version=first.version,
            actor=actor_named("rev"),
            at=AT,
            anniversaries=[operations.AnniversaryChoice(("ngày mai",), 2050)],
        )


def test_assigned_figures_change_only_where_they_differ(year, cast, actor_named):
    body, criterion = cast.bodies["Hải Quang"], cast.criteria["1"]
    figures = [(body, criterion, Decimal("3")), (body, cast.criteria["2"], Decimal("150"))]
    assert assigned_figures.assign_figures(year, figures, actor=actor_named("rev"), at=AT) == 1
    assert queries.assigned_to(year)[body, criterion] == 3


def test_a_basis_not_in_force_is_refused_and_its_successor_proposed(app):
    old = db.session.query(LegalBasis).one()
    new = LegalBasis(
        citation="Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        kind="luật",
        in_force_from=date(2024, 1, 1),
    )
    db.session.add(new)
    db.session.flush()
    old.replaced_by_id = new.id
    db.session.flush()
    assert queries.judge(old, date(2023, 2, 10)).in_force
    late = queries.judge(old, date(2024, 2, 10))
    assert (late.in_force, late.instead) == (False, new)
    early = queries.judge(new, date(2023, 2, 10))
    assert (early.in_force, early.instead) == (False, old)

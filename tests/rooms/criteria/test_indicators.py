"""What is measured over the years: found under another code, joined, split; baselines follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.triggers import NOT_PUBLISHED
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.operations import set_guidance
from pledge_app.criteria import indicators, operations
from pledge_app.criteria.models import CriteriaSet, Criterion, Indicator
from pledge_app.criteria.rows import CriterionRow
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body, Line
from pledge_app.pledges import starting
from pledge_app.pledges.baselines import results_of
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.queries import last_year_indicators
from pledge_app.pledges.summary import summary_of
from tests import make
from tests.cast import TODAY
from tests.make import AT
from tests.rooms.campaigns.test_give_results import reported_last_year

DAYS: dict[str, Any] = {"valid_from": date(2023, 1, 1), "valid_to": None, "source": "Hướng dẫn 19"}
ROWS = [
    CriterionRow("I", "Kinh tế", is_group=True),
    CriterionRow("1", "Thu nhập", "I", unit_of_measure="triệu đồng"),
    CriterionRow("2", "Hộ nghèo", "I", unit_of_measure="hộ"),
]


@pytest.fixture
def admin(app, cast):
    return make.actor(cast, "quan")


def new_set(name: str, rows, admin, *, line: Line | None = Line.UBND) -> CriteriaSet:
    chosen = operations.import_set(name, rows, **DAYS, line=line, actor=admin, at=AT)
    operations.publish(chosen, actor=admin, at=AT)
    return chosen


def measured(chosen: CriteriaSet) -> dict[str, int]:
    return {row.code: row.indicator_id for row in chosen.criteria}


def row_of(chosen: CriteriaSet, code: str) -> Criterion:
    return next(row for row in chosen.criteria if row.code == code)


def verbs() -> list[str]:
    return list(
        db.session.scalars(
            select(TrailEvent.verb)
            .where(TrailEvent.verb.like("indicator.%"))
            .order_by(TrailEvent.seq)
        )
    )


def test_a_new_version_and_a_saved_draft_measure_the_same(admin):
    first = new_set("Bộ tiêu chí xã", ROWS, admin)
    newer = operations.renew(first, actor=admin, at=AT)
    assert measured(newer) == measured(first)
    rows = [ROWS[0], replace(ROWS[1], code="7"), replace(ROWS[2], name="Hộ nghèo đa chiều")]
    values = DAYS | {"version": newer.version_id, "line": Line.UBND}
    operations.save_draft(newer, newer.name, rows, **values, actor=admin, at=AT)
    before, now = measured(first), measured(newer)
    assert (now["7"], now["2"]) == (before["1"], before["2"])


def test_another_set_of_the_line_goes_on_with_what_is_called_the_same(admin):
    first = new_set("Bộ tiêu chí 2023", ROWS, admin)
    rows = [replace(ROWS[1], parent="", code="9"), replace(ROWS[2], parent="", name="Y tế")]
    second = new_set("Bộ tiêu chí 2024", rows, admin)
    assert measured(second)["9"] == measured(first)["1"]
    assert measured(second)["2"] not in measured(first).values()


def test_the_other_line_measures_its_own(admin):
    first = new_set("Bộ tiêu chí 2023", ROWS, admin)
    second = new_set("Bộ tiêu chí Mặt trận", ROWS, admin, line=Line.MTTQ)
    assert not set(measured(first).values()) & set(measured(second).values())
    for_both = new_set("Bộ tiêu chí chung", ROWS, admin, line=None)
    assert not set(measured(for_both).values()) & set(measured(first).values()), "not guessed"


def test_what_only_a_draft_measured_goes_with_it(admin):
    there = set(db.session.scalars(select(Indicator.id)))
    draft = operations.import_set("Nháp", ROWS, **DAYS, actor=admin, at=AT)
    values = DAYS | {"version": draft.version_id}
    assert len(set(db.session.scalars(select(Indicator.id))) - there) == 3
    rows = [replace(ROWS[1], parent="")]
    operations.save_draft(draft, "Nháp", rows, **values, actor=admin, at=AT)
    assert len(set(db.session.scalars(select(Indicator.id))) - there) == 1
    operations.discard(draft, version=draft.version_id, actor=admin, at=AT)
    assert set(db.session.scalars(select(Indicator.id))) == there


def moved_to(draft: CriteriaSet, line: Line | None, admin) -> None:
    values = DAYS | {"version": draft.version_id, "line": line}
    rows = operations.rows_of(draft)
    operations.save_draft(draft, draft.name, rows, **values, actor=admin, at=AT)


def lines_of(chosen: CriteriaSet) -> set[Line | None]:
    return {row.indicator.line for row in chosen.criteria}


def test_a_draft_that_changes_its_line_measures_what_the_other_line_measures(admin):
    own = new_set("Bộ tiêu chí Ủy ban", ROWS, admin)
    other = new_set("Bộ tiêu chí Mặt trận", ROWS, admin, line=Line.MTTQ)
    rows = [*ROWS, CriterionRow("3", "Nhà văn hóa", "I", unit_of_measure="nhà")]
    draft = operations.import_set("Nháp", rows, **DAYS, line=Line.UBND, actor=admin, at=AT)
    there = set(db.session.scalars(select(Indicator.id)))
    moved_to(draft, Line.MTTQ, admin)
    now = measured(draft)
    assert {code: now[code] for code in ("I", "1", "2")} == measured(other)
    assert lines_of(draft) == {Line.MTTQ}
    left = set(db.session.scalars(select(Indicator.id)))
    assert left - there == {now["3"]}, "of the new line"
    assert len(there - left) == 1, "what nobody measures any more has gone"
    moved_to(draft, Line.UBND, admin)
    assert {code: measured(draft)[code] for code in ("I", "1", "2")} == measured(own)


def test_a_new_version_for_the_other_line_goes_on_with_nothing_of_the_old_one(admin):
    first = new_set("Bộ tiêu chí xã", ROWS, admin)
    newer = operations.renew(first, actor=admin, at=AT)
    moved_to(newer, Line.MTTQ, admin)
    assert not set(measured(newer).values()) & set(measured(first).values())
    moved_to(newer, Line.UBND, admin)
    assert measured(newer) == measured(first)


def test_a_draft_for_both_lines_shares_nothing_once_it_is_for_one(admin):
    draft = operations.import_set("Nháp", ROWS, **DAYS, actor=admin, at=AT)
    assert lines_of(draft) == {None}
    moved_to(draft, Line.UBND, admin)
    assert lines_of(draft) == {Line.UBND}


def test_an_indicator_is_called_anew_when_the_set_is_published_and_not_before(admin):
    first = new_set("Bộ tiêu chí xã", ROWS, admin)
    newer = operations.renew(first, actor=admin, at=AT)
    rows = [*ROWS[:2], replace(ROWS[2], name="Hộ nghèo đa chiều")]
    values = DAYS | {"version": newer.version_id, "line": Line.UBND}
    operations.save_draft(newer, newer.name, rows, **values, actor=admin, at=AT)
    indicator = row_of(first, "2").indicator
    assert row_of(newer, "2").indicator is indicator
    assert indicator.name == "Hộ nghèo"
    operations.publish(newer, actor=admin, at=AT)
    assert indicator.name == "Hộ nghèo đa chiều"


COLUMNS = [column.name for column in Criterion.__table__.columns]


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - NOT_PUBLISHED))
def test_of_a_published_row_only_what_it_measures_may_be_put_right(admin, column):
    chosen = new_set("Bộ tiêu chí 2023", ROWS, admin)
    own = update(Criterion).where(Criterion.criteria_set_id == chosen.id, Criterion.code == "1")
    separate = Indicator(name="Thu nhập")
    db.session.add(separate)
    db.session.flush()
    db.session.execute(own.values(indicator_id=separate.id))
    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(own.values({column: getattr(Criterion, column)}))
    db.session.rollback()


@pytest.fixture
def next_year(admin, cast) -> EmulationYear:
    """2023 goes by a set of its own: code 1 is something new, the OCOP products of 2022 are code 5
    under another name. Hải Quang reported 4 of them in 2022.
    """
    year = db.session.get_one(EmulationYear, cast.year)
    reported_last_year(cast, year, 4)
    rows = [
        CriterionRow("1", "Nhà ở kiên cố", unit_of_measure="nhà"),
        CriterionRow("5", "Sản phẩm được công nhận OCOP", unit_of_measure="sản phẩm"),
    ]
    year.criteria_set_id = new_set("Bộ tiêu chí 2023", rows, admin).id
    db.session.commit()
    return year


def baseline_of(cast, year: EmulationYear, code: str) -> Decimal | None:
    member = cast.bodies["Hải Quang"]
    assert year.criteria_set is not None
    place = (member, row_of(year.criteria_set, code).id)
    found = results_of(year, [member]).get(place)
    return found.value if found is not None else None


def last_and_new(cast, year: EmulationYear) -> tuple[Indicator, Indicator]:
    assert year.criteria_set is not None
    last = db.session.get_one(Criterion, cast.criteria["1"]).indicator
    return last, row_of(year.criteria_set, "5").indicator


def test_the_same_code_of_another_year_is_no_history_when_something_else_is_measured(
    cast, next_year
):
    assert baseline_of(cast, next_year, "1") is None
    assert baseline_of(cast, next_year, "5") is None


def started(cast, year: EmulationYear) -> Pledge:
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    return starting.start_pledge(body, year, actor=make.actor(cast, "lan"), at=AT, today=TODAY)


def baselines(made: Pledge) -> dict[str, Decimal | None]:
    return {row.criterion.code: row.baseline for row in made.targets}


def test_joined_they_are_one_history_also_in_a_pledge_begun_before(cast, admin, next_year):
    made = started(cast, next_year)
    assert baselines(made) == {"1": None, "5": None}
    new = [row.code for row in summary_of(made, last_year_indicators(made)).rows if row.is_new]
    assert new == ["1", "5"]
    last, own = last_and_new(cast, next_year)
    indicators.join(last, own, actor=admin, at=AT)
    assert baseline_of(cast, next_year, "5") == 4
    assert baselines(made) == {"1": None, "5": Decimal(4)}
    new = [row.code for row in summary_of(made, last_year_indicators(made)).rows if row.is_new]
    assert new == ["1"]
    assert verbs() == ["indicator.joined"]


def test_split_again_each_has_its_own_history(cast, admin, next_year):
    last, own = last_and_new(cast, next_year)
    indicators.join(last, own, actor=admin, at=AT)
    made = started(cast, next_year)
    assert baselines(made)["5"] == 4
    target = next(row for row in made.targets if row.criterion.code == "5")
    separate = indicators.split(last, [target.criterion], actor=admin, at=AT)
    assert separate.name == "Sản phẩm được công nhận OCOP"
    assert baseline_of(cast, next_year, "5") is None
    assert baselines(made)["5"] is None
    assert verbs() == ["indicator.joined", "indicator.split"]


def test_measures_of_last_year_are_taken_over_by_what_is_measured(cast, admin, next_year):
    last = db.session.scalars(select(Pledge)).one()
    next(row for row in last.targets if row.criterion.code == "1").measures = "Mở chợ phiên."
    kept, own = last_and_new(cast, next_year)
    indicators.join(kept, own, actor=admin, at=AT)
    made = started(cast, next_year)
    assert {row.criterion.code: row.measures for row in made.targets} == {
        "1": "",
        "5": "Mở chợ phiên.",
    }


def test_who_administers_nothing_joins_and_splits_nothing(cast, admin, next_year):
    last, own = last_and_new(cast, next_year)
    reviewer = make.actor(cast, "rev")
    with pytest.raises(Forbidden):
        indicators.join(last, own, actor=reviewer, at=AT)
    with pytest.raises(Forbidden):
        indicators.split(last, own.criteria, actor=reviewer, at=AT)
    assert verbs() == []


def test_two_that_one_set_measures_both_are_not_joined(admin):
    chosen = new_set("Bộ tiêu chí 2023", ROWS, admin)
    one, two = row_of(chosen, "1").indicator, row_of(chosen, "2").indicator
    with pytest.raises(DomainError, match="Bộ tiêu chí 2023"):
        indicators.join(one, two, actor=admin, at=AT)
    with pytest.raises(DomainError, match="khác nhau"):
        indicators.join(one, one, actor=admin, at=AT)
    with pytest.raises(DomainError, match="nhóm"):
        indicators.join(one, row_of(chosen, "I").indicator, actor=admin, at=AT)


def test_lines_are_not_joined(admin):
    one = row_of(new_set("Bộ tiêu chí 2023", ROWS, admin), "1").indicator
    two = row_of(new_set("Mặt trận", ROWS, admin, line=Line.MTTQ), "1").indicator
    with pytest.raises(DomainError, match="hệ"):
        indicators.join(one, two, actor=admin, at=AT)


def test_a_split_leaves_something_and_takes_something_of_its_own(admin):
    chosen = new_set("Bộ tiêu chí 2023", ROWS, admin)
    one, two = row_of(chosen, "1").indicator, row_of(chosen, "2").indicator
    with pytest.raises(DomainError, match="ở lại"):
        indicators.split(one, one.criteria, actor=admin, at=AT)
    with pytest.raises(DomainError, match="ít nhất một"):
        indicators.split(one, [], actor=admin, at=AT)
    with pytest.raises(Conflict):
        indicators.split(one, two.criteria, actor=admin, at=AT)


def choose(year: EmulationYear, chosen: CriteriaSet, reviewer: Actor) -> None:
    values = {"criteria_set_id": chosen.id}
    set_guidance(year, values, version=year.version_id, actor=reviewer, at=AT)


def test_a_set_of_a_line_is_chosen_only_for_its_years(cast, admin):
    year = db.session.get_one(EmulationYear, cast.year)
    make.empty_of_criteria(year)
    other = new_set("Mặt trận", ROWS, admin, line=Line.MTTQ)
    own = new_set("Ủy ban", ROWS, admin)
    reviewer = make.actor(cast, "rev")
    with pytest.raises(DomainError, match="hệ khác"):
        choose(year, other, reviewer)
    choose(year, own, reviewer)
    assert year.criteria_set_id == own.id

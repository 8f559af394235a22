"""Last year's results: given by paste, beside what reports say, into pledges that have begun."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns import results
from pledge_app.campaigns.models import Campaign, EmulationYear, LastResult
from pledge_app.campaigns.scheduling import quarters_of
from pledge_app.criteria.baselines import Baseline, BaselineSource, Given, Reported, baseline
from pledge_app.criteria.paste import Declared
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Line
from pledge_app.pledges.models import Pledge
from pledge_app.progress import due_reports
from pledge_app.progress import operations as progress
from pledge_app.progress.operations import LineEntry
from tests import make
from tests.make import AT, target_of

PLAIN = Declared()


@pytest.fixture
def year(app, cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


def give(
    cast, year, code: str, value: str | None, *, overrules: bool = False, commune: str = "Hải Quang"
) -> int:
    figure = (cast.bodies[commune], cast.criteria[code], Decimal(value) if value else None)
    count = results.give_results(
        year, [figure], overrules=overrules, actor=make.actor(cast, "rev"), at=AT
    )
    db.session.commit()
    return count


def reported_last_year(cast, year, quarters: int) -> None:
    """Hải Quang had a pledge in 2022 and confirmed reports of its first quarters: 1 OCOP product in
    each.
    """
    before = EmulationYear(
        year=2022,
        line=Line.UBND,
        issuer_body_id=year.issuer_body_id,
        criteria_set_id=year.criteria_set_id,
    )
    before.periods = quarters_of(2022)
    before.campaigns = [
        Campaign(period=row, starts_on=row.starts_on, ends_on=row.ends_on) for row in before.periods
    ]
    db.session.add(before)
    db.session.flush()
    last = make.pledge(cast, state="in_force")
    last.emulation_year = before
    db.session.flush()
    for campaign in before.campaigns[:quarters]:
        report = due_reports.open_report(last, campaign.period, at=AT)
        lan = make.actor(cast, "lan")
        for line in report.lines:
            value = Decimal(1) if line.target.criterion.code == "1" else None
            entry = LineEntry(value, explanation="" if value else "Chưa có số liệu")
            progress.save_line(line, entry, version=line.version, actor=lan, at=AT)
        progress.submit_to_leader(report, actor=lan, at=AT)
        progress.send_up(report, actor=make.actor(cast, "hung"), at=AT, today=AT.date())
        progress.confirm(report, actor=make.actor(cast, "rev"), at=AT)
    db.session.commit()


WHOLE, PART = Reported(Decimal(4), True), Reported(Decimal(3), False)


@pytest.mark.parametrize(
    ("given", "reported", "used"),
    [
        (None, None, (None, "")),
        (None, PART, (3, "reported")),
        (Given(Decimal(7), False), None, (7, "given")),
        (Given(Decimal(7), False), PART, (7, "given")),
        (Given(Decimal(7), False), WHOLE, (4, "reported")),
        (Given(Decimal(7), True), WHOLE, (7, "given")),
        (Given(Decimal(0), False), None, (0, "given")),
    ],
)
def test_which_of_the_two_is_used(given, reported, used) -> None:
    assert baseline(given, reported) == Baseline(*used)


def test_a_pledge_that_is_begun_gets_the_result_and_its_clerk_is_told(app, cast, year):
    made = make.pledge(cast)
    other = make.pledge(cast, "Hải Đông")
    assert give(cast, year, "2", "155") == 1
    target = target_of(made, "2")
    assert target.baseline == 155
    assert target.baseline_source == BaselineSource.GIVEN
    assert target_of(other, "2").baseline is None
    told = db.session.scalars(
        select(Notice.sentence).where(Notice.user_id == cast.users["lan"])
    ).all()
    assert any("kết quả năm trước của 1 chỉ tiêu" in text for text in told)
    verbs = db.session.scalars(
        select(TrailEvent.verb).order_by(TrailEvent.seq.desc()).limit(2)
    ).all()
    assert set(verbs) == {"year.results_given", "pledge.baselines_changed"}


def test_a_pledge_begun_afterwards_has_it_from_the_start_and_the_flags_stand_on_it(app, cast, year):
    give(cast, year, "2", "170")
    made = make.pledge(cast, state="sent")
    target = target_of(made, "2")
    assert target.goal == 160
    assert target.baseline == 170


def test_a_signed_pledge_keeps_what_it_was_signed_with(app, cast, year):
    made = make.pledge(cast, state="in_force")
    give(cast, year, "2", "170")
    assert target_of(made, "2").baseline is None


def test_a_result_is_taken_back(app, cast, year):
    made = make.pledge(cast)
    give(cast, year, "2", "155")
    assert give(cast, year, "2", None) == 1
    assert target_of(made, "2").baseline is None
    assert give(cast, year, "2", None) == 0
    assert db.session.scalars(select(LastResult)).all() == []


def test_the_same_again_changes_nothing(app, cast, year):
    give(cast, year, "2", "155")
    assert give(cast, year, "2", "155") == 0


def test_a_result_put_right_reaches_the_pledge_in_its_one_row(app, cast, year):
    made = make.pledge(cast)
    give(cast, year, "2", "155")
    assert give(cast, year, "2", "156") == 1
    assert target_of(made, "2").baseline == 156
    assert [row.value for row in db.session.scalars(select(LastResult))] == [156]


def test_a_blank_over_what_only_a_report_says_takes_nothing_away(app, cast, year):
    reported_last_year(cast, year, 3)
    pasted = results.read(year, "\tHải Quang\n1\txóa\n2\t155", PLAIN, overrules=True)
    assert [row.after for row in pasted.reading.taken] == [155]
    assert pasted.kept == []


@pytest.mark.parametrize("who", ["lan", "hung", "giam", "revxa"])
def test_who_may_not(app, cast, year, who):
    with pytest.raises(Forbidden):
        results.give_results(year, [], overrules=False, actor=make.actor(cast, who), at=AT)


def test_a_figure_that_its_criterion_cannot_have_is_refused(app, cast, year):
    with pytest.raises(DomainError, match="100 %"):
        give(cast, year, "3", "120")


def test_a_whole_reported_year_wins_over_a_paste_unless_it_is_overruled(app, cast, year):
    reported_last_year(cast, year, 4)
    made = make.pledge(cast)
    assert target_of(made, "1").baseline == 4
    assert target_of(made, "1").baseline_source == "reported"
    block = "\tHải Quang\n1\t9\n2\t155"
    pasted = results.read(year, block, PLAIN, overrules=False)
    assert [(row.before, row.after) for row in pasted.kept] == [(Decimal(4), Decimal(9))]
    assert [row.after for row in pasted.reading.taken] == [155]
    pasted = results.read(year, block, PLAIN, overrules=True)
    assert [row.after for row in pasted.reading.taken] == [9, 155]
    give(cast, year, "1", "9", overrules=True)
    assert target_of(made, "1").baseline == 9
    give(cast, year, "1", None)
    assert target_of(made, "1").baseline == 4


def test_a_part_of_a_year_yields_to_a_paste_and_a_later_report_reaches_the_pledge(app, cast, year):
    reported_last_year(cast, year, 3)
    made = make.pledge(cast)
    assert target_of(made, "1").baseline == 3
    give(cast, year, "1", "5")
    assert target_of(made, "1").baseline == 5


def test_the_same_figure_from_another_source_is_no_news(app, cast, year):
    reported_last_year(cast, year, 3)
    target = target_of(make.pledge(cast), "1")
    assert target.baseline == 3 and target.baseline_source == BaselineSource.REPORTED
    give(cast, year, "1", "3")
    assert target.baseline == 3 and target.baseline_source == BaselineSource.GIVEN
    verbs = set(db.session.scalars(select(TrailEvent.verb)))
    assert "year.results_given" in verbs and "pledge.baselines_changed" not in verbs


def test_a_report_confirmed_later_reaches_next_years_pledge(app, cast, year):
    reported_last_year(cast, year, 3)
    made = make.pledge(cast)
    before = db.session.scalars(select(EmulationYear).where(EmulationYear.year == 2022)).one()
    last = db.session.scalars(select(Pledge).where(Pledge.emulation_year_id == before.id)).one()
    report = due_reports.open_report(last, before.campaigns[3].period, at=AT)
    lan = make.actor(cast, "lan")
    for line in report.lines:
        progress.save_line(line, LineEntry(Decimal(2)), version=line.version, actor=lan, at=AT)
    progress.submit_to_leader(report, actor=lan, at=AT)
    progress.send_up(report, actor=make.actor(cast, "hung"), at=AT, today=AT.date())
    assert target_of(made, "1").baseline == 3
    progress.confirm(report, actor=make.actor(cast, "rev"), at=AT)
    assert target_of(made, "1").baseline == 5

"""The demo holds what the report of the meeting says, exactly; the rest is illustrative and says
so.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from pledge_app.accounts.models import User
from pledge_app.accounts.queries import demo_parts
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import start_agreement
from pledge_app.agreements.states import AgreementState
from pledge_app.campaigns.models import AssignedFigure, EmulationYear
from pledge_app.demo.example import illustrative, seed
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.installation import installation
from pledge_app.meetings.queries import meeting_of
from pledge_app.orgs.models import Person, Unit
from pledge_app.pledges.models import AdditionRequest, Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.upkeep.verifying import verify
from tests.conftest import ON_POSTGRESQL
from tests.e2e import office, scenes

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the demo runs on its own SQLite")


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """The example, loaded once for the whole run (the browser journeys use it too)."""
    return office.base(office.run_directory(tmp_path_factory))


@pytest.fixture
def demo(example: Path, tmp_path: Path) -> Iterator[Path]:
    """Inside a copy of it."""
    shutil.copytree(example, tmp_path / "demo")
    with office.inside(tmp_path / "demo") as app, app.test_request_context():
        yield tmp_path / "demo"
        db.session.remove()


def year(number: int) -> EmulationYear:
    return db.session.scalars(select(EmulationYear).where(EmulationYear.year == number)).one()


def states(number: int) -> Counter[PledgeState]:
    return Counter(
        row.state for row in db.session.scalars(select(Pledge)) if row.emulation_year.year == number
    )


def test_it_is_a_demo_of_10_february_2023(demo):
    here = installation()
    assert here is not None
    assert (here.is_demo, str(here.business_date)) == (True, "2023-02-10")


def test_guidance_and_campaigns_are_the_reports(demo):
    told, found = seed(), year(2023)
    assert (found.guidance_number, str(found.guidance_date)) == ("19/HD-UBND", "2023-02-07")
    assert [row.theme for row in found.campaigns] == ["Lập thành tích cao nhất", "", "", ""]
    for row, said in zip(found.campaigns, told["campaign"], strict=True):
        assert [(list(day.names), day.founding_year) for day in row.anniversaries] == [
            (day["names"], day.get("founding_year")) for day in said["anniversary"]
        ]
        counts = [2023 - day.founding_year for day in row.anniversaries if day.founding_year]
        assert counts == {1: [93], 2: [48, 69, 133], 3: [78, 135], 4: [79, 34]}[row.quarter]


def test_the_four_communes_stand_where_the_visitor_begins(demo):
    found = {
        row.body.name: row
        for row in db.session.scalars(
            select(Pledge).where(Pledge.cluster_id == scenes.cluster().id)
        )
    }
    assert {name: row.state for name, row in found.items()} == {
        "UBND xã Hải Quang": PledgeState.RETURNED,
        "UBND xã Hải Đông": PledgeState.AGREED,
        "UBND xã Hải Tây": PledgeState.AGREED,
        "UBND xã Hải Lý": PledgeState.AGREED,
    }
    asked = db.session.scalars(
        select(AdditionRequest).where(AdditionRequest.pledge_id == found["UBND xã Hải Quang"].id)
    ).all()
    assert {row.target.criterion.code for row in asked if row.target is not None} == {"1.1", "1.2"}


def test_there_is_one_pledge_in_each_state(demo):
    reorganised = {
        PledgeState.DISCONTINUED
    }  # Hải Hậu merged no commune in 2022 and 2023, and the example invents no merger
    assert set(states(2022) + states(2023)) == set(PledgeState) - reorganised


def test_reports_of_every_kind_are_there(demo):
    found = Counter(row.state for row in db.session.scalars(select(ProgressReport)))
    assert found[ReportState.CONFIRMED] >= 16
    assert {ReportState.OPEN, ReportState.SENT, ReportState.RETURNED} <= set(found)


def test_2022_has_signed_agreements_with_papers_and_public_codes(demo):
    signed = db.session.scalars(
        select(Agreement).where(Agreement.state == AgreementState.SIGNED)
    ).all()
    assert {row.cluster.year for row in signed} == {2022}
    for row in signed:
        assert row.document is not None
        assert row.document.file_sha256
        assert len(row.document.envelope.short_code) == 10
        assert row.is_illustrative
        assert meeting_of(row) is not None
        assert "2023" not in row.purpose + row.standards


def test_the_agreement_of_2023_begins_with_the_reports_words(demo):
    scenes.agreed()
    made = start_agreement(
        scenes.cluster(), actor=scenes.part("cum-truong"), at=now(), today=scenes.DAY
    )
    told = seed()["text"]
    assert made.purpose == told["purpose"]
    assert made.contents == "\n".join(told["contents"])
    assert made.standards == "\n".join(told["standards"])
    assert [party.body.name for party in made.parties] == [
        f"UBND xã {name}" for name in ("Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý")
    ]
    cited = " ".join(row.text for row in made.bases)
    assert "19/HD-UBND" in cited
    assert "91/2017/NĐ-CP" in cited
    assert "98/2023" not in cited


def test_the_goals_of_the_report_are_everybodys(demo):
    for row in db.session.scalars(select(Pledge).where(Pledge.cluster_id == scenes.cluster().id)):
        goals = {target.criterion.code: target.goal for target in row.targets}
        assert {code: str(int(goals[code] or 0)) for code in ("3.1", "3.2")} == seed()["goals"]


def test_assigned_figures_are_those_of_the_file(demo):
    rows = [row for row in illustrative()["target"] if row["assigned"]]
    assert len(
        db.session.scalars(
            select(AssignedFigure).where(AssignedFigure.emulation_year_id == year(2023).id)
        ).all()
    ) == len(rows)


def test_everything_not_of_the_report_says_that_it_is_illustrative(demo):
    assert all(row.is_illustrative for row in db.session.scalars(select(Pledge)))
    assert all(row.is_illustrative for row in db.session.scalars(select(Person)))


def test_no_real_person_has_a_login_or_a_signature(demo):
    for name in (row["name"] for row in seed()["mentioned"]):
        assert db.session.query(User).filter_by(name=name).count() == 0
        assert db.session.query(Person).filter_by(name=name).count() == 0


def test_only_the_cast_can_log_in(demo):
    assert {user.demo_part for user in demo_parts(on=date(2023, 2, 10))} == {
        "nguoi-phu-trach",
        "lanh-dao",
        "van-thu",
        "tham-dinh",
        "cum-truong",
        "chu-tich-hai-dong",
        "chu-tich-hai-tay",
        "chu-tich-hai-ly",
        "quan-tri",
        "giam-sat",
    }
    assert all(
        (user.password_hash is not None) == (user.demo_part is not None)
        for user in db.session.scalars(select(User))
    )


def test_hamlets_are_rows(demo):
    assert db.session.query(Unit).filter_by(level="hamlet").count() == len(illustrative()["hamlet"])


def test_its_trail_and_files_hold(demo):
    assert list(verify()) == []

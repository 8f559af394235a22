"""A report of any period is printed by its name, in five parts of which none is empty."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.documents.models import Document, Envelope
from pledge_app.documents.operations import frozen_content
from pledge_app.kernel.base import db
from pledge_app.papers.decree.checker import check_paper
from pledge_app.papers.printing.paper import render, render_html
from pledge_app.progress import correcting, due_reports, operations, sheet
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.snapshot import snapshot
from pledge_app.progress.states import ReportState
from tests import make
from tests.make import AT
from tests.rooms.progress.reports import SENT_ON, in_state
from tests.rooms.progress.test_kinds_of_period import confirmed, period_of

K = PeriodKind
SAID = {
    "situation": "Đảng ủy ra nghị quyết chuyên đề",
    "movements": "Xây 02 nhà “Đại đoàn kết”",
    "causes": "Vốn về chậm",
    "directions": "Hoàn thành đường trục xã",
}


@pytest.fixture
def year(app, cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


@pytest.fixture
def pledge(app, cast):
    return make.pledge(cast, state="in_force")


def opened(year, pledge, kind: K, number: int = 1) -> ProgressReport:
    return due_reports.open_report(pledge, period_of(year, kind, number), at=AT)


def say(report: ProgressReport, cast, **said: str) -> None:
    lan = make.actor(cast, "lan")
    version = report.version_id
    operations.save_texts(report, done={}, said=said, version=version, actor=lan, at=AT)
    db.session.flush()


def papers(report: ProgressReport) -> list[Document]:
    return list(
        db.session.scalars(
            select(Document).join(Envelope).where(Envelope.subject_pid == report.pid)
        )
    )


@pytest.mark.parametrize(
    ("kind", "number", "called", "head"),
    [
        (K.MONTH, 3, "tháng 3 năm 2023", "Thực hiện tháng 3"),
        (K.QUARTER, 1, "quý I năm 2023", "Thực hiện quý I"),
        (K.HALF, 1, "6 tháng đầu năm 2023", "Thực hiện 6 tháng đầu năm"),
        (K.HALF, 2, "6 tháng cuối năm 2023", "Thực hiện 6 tháng cuối năm"),
        (K.NINE_MONTHS, 1, "9 tháng năm 2023", "Thực hiện 9 tháng"),
        (K.YEAR, 1, "năm 2023", "Thực hiện cả năm"),
    ],
)
def test_a_report_of_every_kind_freezes_its_paper(cast, year, pledge, kind, number, called, head):
    report = in_state(cast, opened(year, pledge, kind, number), ReportState.SENT)
    (document,) = papers(report)
    content = frozen_content(document.envelope)
    assert content["subject"] == f"Kết quả thực hiện giao ước thi đua {called}"
    assert head in render_html("quarter_report", content)
    assert check_paper(render("quarter_report", content).pdf, "quarter_report") == []


def test_no_part_is_printed_of_which_nothing_is_told(cast, year, pledge):
    report = opened(year, pledge, K.HALF)
    bare = render_html("quarter_report", snapshot(report, today=SENT_ON))
    assert "I. KẾT QUẢ THỰC HIỆN" in bare
    assert "II. " not in bare
    say(report, cast, **SAID, difficulties="Mưa bão", proposals="Cấp vốn")
    told = render_html("quarter_report", snapshot(report, today=SENT_ON))
    for part in (
        "I. TÌNH HÌNH CHUNG",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2023",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
    ):
        assert f">{part}<" in told
    for text in SAID.values():
        assert text in told


@pytest.mark.parametrize(
    ("kind", "number", "after"),
    [
        (K.QUARTER, 4, "quý I năm 2024"),
        (K.NINE_MONTHS, 1, "quý IV năm 2023"),
        (K.YEAR, 1, "năm 2024"),
        (K.MONTH, 11, "tháng 12 năm 2023"),
    ],
)
def test_what_comes_next_is_called_by_its_own_name(year, pledge, kind, number, after):
    report = opened(year, pledge, kind, number)
    assert snapshot(report, today=SENT_ON)["next_period"] == after


def test_the_plan_until_the_period_is_printed_where_quarters_have_goals(cast, year, pledge):
    target = make.target_of(pledge)
    for period_id, goal in make.split(target, 1, 2, 3, 4).items():
        target.put_goal(period_id, goal)
    db.session.flush()
    half = snapshot(opened(year, pledge, K.HALF), today=SENT_ON)
    assert half["groups"][0]["rows"][0]["planned"] == "3"
    assert "Kế hoạch đến hết 6 tháng đầu năm" in render_html("quarter_report", half)
    whole = snapshot(opened(year, pledge, K.YEAR), today=SENT_ON)
    assert "Kế hoạch đến" not in render_html("quarter_report", whole)


def test_the_second_half_tells_what_it_brought_and_the_year_so_far(cast, year, pledge):
    alone = opened(year, pledge, K.HALF, 2)
    alone.lines[0].value = Decimal(9)
    db.session.flush()
    assert sheet.groups(alone)[0].rows[0].brought is None
    confirmed(cast, year, pledge, K.HALF, 1, "3")
    row = sheet.groups(alone)[0].rows[0]
    assert (row.brought, row.so_far) == (Decimal(6), Decimal(9))
    content = snapshot(alone, today=SENT_ON)
    assert content["shows_cumulative"]
    assert not snapshot(opened(year, pledge, K.NINE_MONTHS), today=SENT_ON)["shows_cumulative"]


def test_a_longer_report_begins_with_what_the_shorter_ones_tell(cast, year, pledge):
    first, second = (opened(year, pledge, K.QUARTER, number) for number in (1, 2))
    for report, said in ((first, "Mưa bão\nThiếu vốn"), (second, "Thiếu vốn\nDịch bệnh")):
        say(report, cast, difficulties=said, directions="Gieo cấy", proposals="Cấp vốn")
        for row in report.campaigns:
            row.done = f"Đã làm xong {report.period.code}"
    half = opened(year, pledge, K.HALF)
    assert half.difficulties == "Mưa bão\nThiếu vốn\nDịch bệnh"
    assert (half.directions, half.proposals) == ("", "")
    done = {row.campaign.period.code: row.done for row in half.campaigns}
    assert done == {code: f"Đã làm xong {code}" for code in ("quy-1", "quy-2")}
    assert half.author_ids == []
    assert opened(year, pledge, K.QUARTER, 3).difficulties == ""


def test_a_correction_keeps_every_text(cast, year, pledge):
    report = opened(year, pledge, K.YEAR)
    say(report, cast, **SAID)
    in_state(cast, report, ReportState.CONFIRMED)
    newer = correcting.correct(report, "Cộng nhầm", actor=make.actor(cast, "lan"), at=AT)
    assert {name: getattr(newer, name) for name in SAID} == SAID

"""Periods on screen: added and set on the year's page, reported, printed, compared."""

from __future__ import annotations

from datetime import date, time

import pytest

from pledge_app.campaigns.models import EmulationYear, Period
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.documents.queries import papers_of
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster
from pledge_app.progress import due_reports
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.progress.texts import texts_token
from tests import agreeing, make
from tests.make import AT
from tests.rooms.progress.reports import in_state, report_of

DAYS = {
    "starts_on": "15/12/2022",
    "ends_on": "14/06/2023",
    "due_on": "20/06/2023",
    "due_time": "16h00",
}


@pytest.fixture
def year(app, cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


def half_of(year) -> Period:
    db.session.expire_all()
    half: Period | None = year.period(PeriodKind.HALF, 1)
    assert half is not None
    return half


def path(year, rest="") -> str:
    return f"/nam-thi-dua/{year.pid}{rest}"


def add_half(visit, year) -> str:
    """The address of the half year that was added."""
    answer = visit("rev").post(path(year, "/ky/them"), {"period": "6-thang-1"})
    return str(answer.headers["Location"])


def report_of_half(cast, year, state: ReportState) -> ProgressReport:
    pledge = make.pledge(cast, state="in_force")
    report = due_reports.open_report(pledge, half_of(year), at=AT)
    return in_state(cast, report, state, on=date(2023, 6, 10))


def test_a_half_year_is_added_and_its_days_are_set(visit, year):
    rev = visit("rev")
    assert path(year, "/ky/them") in rev.get(path(year)).text
    assert "6 tháng đầu năm" in rev.get(path(year, "/ky/them")).text
    address = add_half(visit, year)
    assert 'value="30/06/2023"' in rev.get(address).text
    rev.post(address, DAYS | {"ver": "1"})
    half = half_of(year)
    assert (half.starts_on, half.ends_on) == (date(2022, 12, 15), date(2023, 6, 14))
    assert (half.due_on, half.due_time) == (date(2023, 6, 20), time(16))
    page = visit("lan").get(path(year)).text
    assert "6 tháng đầu năm" in page
    assert "trước 16 giờ 00" in page
    assert "Thêm kỳ báo cáo" not in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [("starts_on", "15/06/2023"), ("due_on", "01/12/2022"), ("due_time", "25h"), ("ends_on", "x")],
)
def test_a_faulty_period_comes_back_as_typed(visit, year, field, typed):
    address = add_half(visit, year)
    page = visit("rev").post(address, DAYS | {"ver": "1", field: typed}, status=422).text
    assert f'value="{typed}"' in page
    assert half_of(year).ends_on == date(2023, 6, 30)


def test_a_period_that_a_year_has_or_cannot_have_is_not_offered(visit, year):
    add_half(visit, year)
    for period in ("6-thang-1", "quy-1", "quy-9", "x", ""):
        visit("rev").post(path(year, "/ky/them"), {"period": period}, status=422)
    assert len(half_of(year).emulation_year.periods) == 5


def test_a_stale_period_is_refused(visit, year):
    address = add_half(visit, year)
    visit("rev").post(address, DAYS | {"ver": "1"})
    visit("rev2").post(address, DAYS | {"ver": "1"}, status=409)


def test_a_period_added_by_mistake_is_dropped(visit, year):
    address = add_half(visit, year)
    assert "Bỏ kỳ báo cáo" in visit("rev").get(address).text
    visit("rev").post(f"{address}/bo")
    visit("rev").get(address, status=404)
    first = year.periods[0].pid
    visit("rev").post(path(year, f"/ky/{first}/bo"), status=422)


def test_a_half_year_is_sent_with_its_paper_and_confirmed(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    report = report_of_half(cast, year, ReportState.WITH_LEADER)
    page = visit("lan").get(f"/bao-cao-quy/{report.pid}").text
    assert "Báo cáo 6 tháng đầu năm 2023" in page
    assert "Văn bản được tạo khi lãnh đạo ký duyệt" in page
    visit("hung").post(f"/bao-cao-quy/{report.pid}/gui", {"ver": report.version_id})
    rev = visit("rev")
    page = rev.get(f"/bao-cao-quy/{report.pid}").text
    assert paper_of(report) in page
    assert "lũy kế đến hết 6 tháng đầu năm" in page
    assert "Báo cáo kết quả thực hiện giao ước" in rev.get(paper_of(report)).text
    rev.post(f"/bao-cao-quy/{report.pid}/xac-nhan", {"ver": report.version_id})
    assert rev.post(f"/bao-cao-quy/{report.pid}/xlsx", status=200).data[:2] == b"PK"
    db.session.expire_all()
    assert report.state is ReportState.CONFIRMED


def test_the_paper_of_a_half_year_is_pdf_and_docx_and_publicly_checked(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    report = report_of_half(cast, year, ReportState.SENT)
    (paper,) = papers_of("progress_report", report.pid)
    agreeing.rendered(paper)
    rev = visit("rev")
    assert rev.get(f"{paper_of(report)}/tep", status=200).data[:5] == b"%PDF-"
    assert rev.get(f"{paper_of(report)}/docx", status=200).data[:2] == b"PK"
    public = visit(None).get(f"/kiem-tra/{paper.envelope.short_code}").text
    assert "cấp trên chưa có ý kiến" in public
    assert ">Thực hiện trong kỳ</th>" in public


def test_a_report_sent_before_there_was_a_paper_says_so(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    report = report_of_half(cast, year, ReportState.WITH_LEADER)
    report.sent_at = AT
    db.session.commit()
    page = visit("lan").get(f"/bao-cao-quy/{report.pid}").text
    assert "gửi khi phần mềm chưa có mẫu in cho kỳ này" in page


def paper_of(report: ProgressReport) -> str:
    """The address of its printed paper."""
    (paper,) = papers_of("progress_report", report.pid)
    return f"/van-ban/{paper.pid}"


def test_the_texts_of_the_paper_are_typed_folded_and_shown(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    report = report_of_half(cast, year, ReportState.OPEN)
    address = f"/bao-cao-quy/{report.pid}"
    lan = visit("lan")
    blank = lan.get(f"{address}/nhap").text
    assert 'name="situation"' in blank
    assert "<details open>" not in blank
    form = {"ver-texts": texts_token(report), "situation": "Thời tiết thuận", "causes": "Vốn chậm"}
    lan.post(f"{address}/nhap", form)
    assert "<details open>" in lan.get(f"{address}/nhap").text
    page = lan.get(address).text
    assert "Thời tiết thuận" in page
    assert "Nguyên nhân" in page
    assert "Phương hướng, nhiệm vụ kỳ tới" not in page


def test_its_form_asks_for_the_year_so_far_and_that_of_a_quarter_does_not(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    half = report_of_half(cast, year, ReportState.OPEN)
    quarter = due_reports.open_report(half.pledge, year.periods[0], at=AT)
    db.session.commit()
    words = "Nhập số lũy kế từ đầu năm đến cuối kỳ"
    page = visit("lan").get(f"/bao-cao-quy/{half.pid}/nhap").text
    assert words in page
    assert "16 giờ 00, 20/06/2023" in page
    assert words not in visit("lan").get(f"/bao-cao-quy/{quarter.pid}/nhap").text


def test_the_list_is_filtered_by_period_and_by_the_quarter_of_earlier_addresses(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    half = report_of_half(cast, year, ReportState.OPEN)
    quarter = due_reports.open_report(half.pledge, year.periods[0], at=AT)
    db.session.commit()
    lan = visit("lan")
    for query, shown, hidden in (
        ("ky=6-thang-1", half, quarter),
        ("ky=quy-1", quarter, half),
        ("quy=1", quarter, half),
    ):
        page = lan.get(f"/bao-cao-quy?{query}").text
        assert f"/bao-cao-quy/{shown.pid}" in page
        assert f"/bao-cao-quy/{hidden.pid}" not in page
    assert '<option value="6-thang-1">' in lan.get("/bao-cao-quy?ky=quy-1").text


def test_a_cluster_is_compared_by_the_kind_of_period_that_is_asked_for(visit, year, cast):
    visit("rev").post(add_half(visit, year), DAYS | {"ver": "1"})
    report = report_of_half(cast, year, ReportState.SENT)
    cluster = db.session.get_one(Cluster, cast.cluster)
    address = f"/bao-cao-quy/cum/{cluster.pid}"
    page = visit("rev").get(f"{address}?loai=half").text
    assert paper_of(report) in page
    assert paper_of(report) not in visit("dong").get(f"{address}?loai=half").text
    assert '<th scope="col">6 tháng đầu năm</th>' in page
    assert '<th scope="col">Quý I</th>' not in page
    assert '<th scope="col">Quý I</th>' in visit("rev").get(f"{address}?loai=x").text
    assert visit("rev").post(f"{address}/xlsx?loai=half", status=200).data[:2] == b"PK"


def test_a_year_with_quarters_only_offers_no_other_kind(visit, year, cast):
    in_state(cast, report_of(cast), ReportState.SENT)
    cluster = db.session.get_one(Cluster, cast.cluster)
    assert "Loại kỳ báo cáo" not in visit("rev").get(f"/bao-cao-quy/cum/{cluster.pid}").text

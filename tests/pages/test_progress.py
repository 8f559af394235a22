"""Quarterly reports in a browser without JavaScript: entered, signed off, confirmed, corrected,
compared.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.models import Criterion, Indicator
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Target
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.progress.texts import texts_token
from tests import make
from tests.rooms.progress.reports import fill, in_state, line_of, report_of
from tests.unchanged import nothing_changes

DAY = date(2023, 3, 20)


def typed(report, values=(), **more):
    """The whole form as a browser sends it, with `values` by criterion code in the figures'
    fields.
    """
    db.session.refresh(report)
    form = {
        "ver-texts": texts_token(report),
        "difficulties": report.difficulties,
        "proposals": report.proposals,
    }
    for line in report.lines:
        given = dict(values)
        form |= {
            f"value-{line.pid}": given.get(line.target.criterion.code, ""),
            f"ver-{line.pid}": line.version,
            f"estimate-{line.pid}": "",
            f"explanation-{line.pid}": "",
        }
    return form | more


def test_the_list_says_when_reports_open_while_there_is_none(visit):
    page = visit("lan").get("/bao-cao-quy").text
    assert "Báo cáo của mỗi quý tự mở trước hạn nộp" in page


def test_the_list_shows_own_reports_and_what_comes_next(visit, report):
    page = visit("lan").get("/bao-cao-quy?q=hai+quang&nam=2023&quy=1").text
    assert f"/bao-cao-quy/{report.pid}" in page
    assert "Chưa đến hạn" in page
    assert "Không có báo cáo nào khớp" in visit("lan").get("/bao-cao-quy?q=khong+co").text
    assert visit("lan").get("/bao-cao-quy?nam=abc&quy=9&trang_thai=x&trang=-3").status_code == 200


def test_a_form_is_saved_row_by_row_and_comes_back_as_typed(visit, report):
    lan = visit("lan")
    lan.get(f"/bao-cao-quy/{report.pid}/nhap")
    answer = lan.post(
        f"/bao-cao-quy/{report.pid}/nhap",
        typed(report, {"1": "1.234,5", "2": "1.5", "4": "0"}, difficulties="Mưa <bão> & lũ"),
        status=422,
    )
    assert "Ý bạn là 1,5?" in answer.text
    assert 'value="1.5"' in answer.text
    assert "Mưa &lt;bão&gt; &amp; lũ" in answer.text
    db.session.expire_all()
    assert line_of(report, "1").value == Decimal("1234.5")
    assert line_of(report, "2").value is None
    assert line_of(report, "4").value == 0
    assert report.difficulties == "Mưa <bão> & lũ"


@pytest.mark.parametrize(
    "rubbish", ["abc", "1e9", "NaN", "١", "1.234,56789", "9" * 30, "<b>", "--1"]
)
def test_rubbish_in_a_cell_is_named_and_kept(visit, report, rubbish):
    answer = visit("lan").post(
        f"/bao-cao-quy/{report.pid}/nhap", typed(report, {"1": rubbish}), status=422
    )
    assert f'href="#value-{line_of(report, "1").pid}"' in answer.text


def test_the_next_save_of_the_returned_page_is_no_conflict(visit, report):
    lan = visit("lan")
    page = lan.post(
        f"/bao-cao-quy/{report.pid}/nhap",
        typed(report, {"1": "2", "2": "x"}, proposals="Đề xuất"),
        status=422,
    ).text
    fields = dict(re.findall(r'name="(ver[^"]*)" value="([0-9a-f]+)"', page))
    again = {**typed(report, {"1": "3", "2": "150"}, proposals="Đề xuất mới"), **fields}
    lan.post(f"/bao-cao-quy/{report.pid}/nhap", again)
    db.session.expire_all()
    assert line_of(report, "1").value == 3
    assert report.proposals == "Đề xuất mới"


def test_two_clerks_on_one_row_lose_nothing(visit, report):
    stale = typed(report, {"1": "7", "2": "150"}, difficulties="Của tôi")
    visit("hung").post(
        f"/bao-cao-quy/{report.pid}/nhap", typed(report, {"1": "5"}, difficulties="Của Hùng")
    )
    answer = visit("lan").post(f"/bao-cao-quy/{report.pid}/nhap", stale, status=409)
    assert "Người khác vừa ghi:" in answer.text
    assert 'value="7"' in answer.text
    assert "Của tôi" in answer.text
    db.session.expire_all()
    assert line_of(report, "1").value == 5
    assert line_of(report, "2").value == 150, "the row that nobody else touched is saved"
    assert report.difficulties == "Của Hùng"


def test_a_late_form_is_refused_and_kept(visit, report, cast):
    stale = typed(report, {"1": "7"})
    in_state(cast, report, ReportState.WITH_LEADER)
    answer = visit("lan").post(f"/bao-cao-quy/{report.pid}/nhap", stale, status=409)
    assert "giữ lại" in answer.text


def test_handing_in_lists_what_is_missing_with_links(visit, report):
    answer = visit("lan").post(
        f"/bao-cao-quy/{report.pid}/nhap", typed(report, {"1": "1"}, then="submit"), status=422
    )
    assert f'href="#value-{line_of(report, "2").pid}"' in answer.text
    assert "chưa có số liệu và chưa có giải trình" in answer.text
    db.session.expire_all()
    assert report.state is ReportState.OPEN
    assert line_of(report, "1").value == 1
    direct = visit("lan").post(
        f"/bao-cao-quy/{report.pid}/trinh", {"ver": report.version_id}, status=422
    )
    assert "chưa có số liệu" in direct.text
    db.session.expire_all()
    assert report.state is ReportState.OPEN


def test_from_the_clerk_to_the_confirmation(visit, report, cast):
    values = {"1": "1", "2": "150", "3": "50", "4": "0"}
    answer = visit("lan").post(
        f"/bao-cao-quy/{report.pid}/nhap", typed(report, values, then="submit")
    )
    assert answer.headers["Location"].endswith(f"/bao-cao-quy/{report.pid}")
    hung = visit("hung")
    page = hung.get(f"/bao-cao-quy/{report.pid}").text
    assert "Ký duyệt và gửi cấp trên" in page
    hung.post(f"/bao-cao-quy/{report.pid}/gui", {"ver": report.version_id})
    db.session.expire_all()
    assert report.signed_off_by == "Ông Hùng, Chủ tịch UBND xã Hải Quang"
    rev = visit("rev")
    page = rev.get(f"/bao-cao-quy/{report.pid}").text
    assert "<svg" in page
    assert "/van-ban/" in page
    rev.post(f"/bao-cao-quy/{report.pid}/xac-nhan", {"ver": report.version_id})
    db.session.expire_all()
    assert report.state is ReportState.CONFIRMED
    page = visit("lan").get(f"/bao-cao-quy/{report.pid}").text
    assert "Ông Rev xác nhận báo cáo" in page
    assert "Lập bản đính chính" in page


def test_the_leader_hands_back_with_a_comment_that_stands_on_top(visit, report, cast):
    in_state(cast, report, ReportState.WITH_LEADER)
    hung = visit("hung")
    assert (
        "Chưa nhập nội dung này"
        in hung.post(
            f"/bao-cao-quy/{report.pid}/tra-lai",
            {"ver": report.version_id, "reason": " "},
            status=422,
        ).text
    )
    hung.post(
        f"/bao-cao-quy/{report.pid}/tra-lai", {"ver": report.version_id, "reason": "Xem lại OCOP"}
    )
    for page in (f"/bao-cao-quy/{report.pid}", f"/bao-cao-quy/{report.pid}/nhap"):
        assert "Xem lại OCOP" in visit("lan").get(page).text


def test_the_reviewer_asks_for_additions_and_every_reason_stays(visit, report, cast):
    in_state(cast, report, ReportState.SENT)
    visit("rev").post(
        f"/bao-cao-quy/{report.pid}/yeu-cau-bo-sung",
        {"ver": report.version_id, "reason": "Thiếu danh sách sản phẩm"},
    )
    page = visit("lan").get(f"/bao-cao-quy/{report.pid}").text
    assert "Yêu cầu bổ sung" in page
    assert page.count("Thiếu danh sách sản phẩm") == 2, "on top and in the trail"


def test_while_it_is_answered_the_level_above_reads_the_paper_that_was_sent_not_what_is_typed(
    visit, report, cast
):
    in_state(cast, report, ReportState.SENT)
    rev = visit("rev")
    rev.post(
        f"/bao-cao-quy/{report.pid}/yeu-cau-bo-sung",
        {"ver": report.version_id, "reason": "Thiếu danh sách"},
    )
    line = line_of(report, "1")
    visit("lan").post(
        f"/bao-cao-quy/{report.pid}/dong/{line.pid}",
        status=200,
        json={
            "cells": {"value": "987654", "explanation": "gõ dở"},
            "ver": str(line.version),
            "tab": "t",
            "seq": 1,
        },
    )
    page = rev.get(f"/bao-cao-quy/{report.pid}").text
    assert "987.654" not in page and "gõ dở" not in page
    assert "Đơn vị đang bổ sung báo cáo này" in page and "/van-ban/" in page
    rev.post(f"/bao-cao-quy/{report.pid}/xlsx", status=409)
    cluster = db.session.get_one(Cluster, cast.cluster)
    assert "987.654" not in rev.get(f"/bao-cao-quy/cum/{cluster.pid}").text
    assert "987.654" in visit("hung").get(f"/bao-cao-quy/{report.pid}").text


def test_a_confirmed_report_is_corrected_by_a_new_version(visit, report, cast):
    in_state(cast, report, ReportState.CONFIRMED)
    lan = visit("lan")
    answer = lan.post(
        f"/bao-cao-quy/{report.pid}/dinh-chinh", {"ver": report.version_id, "reason": "Cộng nhầm"}
    )
    newer = db.session.scalar(select(ProgressReport).where(ProgressReport.version == 2))
    assert newer is not None
    assert answer.headers["Location"].endswith(f"/bao-cao-quy/{newer.pid}/nhap")
    page = lan.get(f"/bao-cao-quy/{report.pid}").text
    assert "Đã được thay thế" in page
    assert f"/bao-cao-quy/{newer.pid}" in page


def test_a_stale_page_makes_no_move(visit, report, cast):
    in_state(cast, report, ReportState.WITH_LEADER)
    hung = visit("hung")
    for version in (str(report.version_id - 1), "9" * 30, "", "mới"):
        with nothing_changes():
            hung.post(f"/bao-cao-quy/{report.pid}/gui", {"ver": version}, status=409)
    with nothing_changes():
        hung.post(f"/bao-cao-quy/{report.pid}/gui", status=409)


def test_who_may_not_do_it_is_refused(visit, report, cast):
    in_state(cast, report, ReportState.WITH_LEADER)
    form = {"ver": report.version_id, "reason": "x"}
    visit("lan").post(f"/bao-cao-quy/{report.pid}/gui", form, status=403)
    visit("lan").post(f"/bao-cao-quy/{report.pid}/tra-lai", form, status=403)
    visit("giam").post(f"/bao-cao-quy/{report.pid}/nhap", typed(report), status=403)
    visit("quan").post(f"/bao-cao-quy/{report.pid}/xac-nhan", form, status=403)
    for stranger in (
        "dong",
        "xa",
        "revxa",
        "rev",
    ):  # the reviewer does not see it before it was sent
        for path in ("", "/nhap"):
            visit(stranger).get(f"/bao-cao-quy/{report.pid}{path}", status=404)
        visit(stranger).post(f"/bao-cao-quy/{report.pid}/gui", form, status=404)
    visit(None).get(f"/bao-cao-quy/{report.pid}", status=303)
    visit("lan").get("/bao-cao-quy/" + "9" * 30, status=404)


def test_one_person_merges_the_steps_and_the_trail_says_so(visit, cast, app):
    report = report_of(cast, "Xa Lạ")
    fill(report, actor=make.actor(cast, "xa"))
    db.session.commit()
    xa = visit("xa")
    assert "Trình, ký duyệt và gửi" in xa.get(f"/bao-cao-quy/{report.pid}").text
    xa.post(f"/bao-cao-quy/{report.pid}/trinh", {"ver": report.version_id, "then": "send"})
    assert "hai bước được nhập làm một" in xa.get(f"/bao-cao-quy/{report.pid}").text


def test_late_is_accepted_and_marked(visit, report, cast):
    in_state(cast, report, ReportState.WITH_LEADER)
    db.session.get_one(Installation, 1).business_date = date(2023, 4, 5)
    db.session.commit()
    visit("hung").post(f"/bao-cao-quy/{report.pid}/gui", {"ver": report.version_id})
    page = visit("rev").get(f"/bao-cao-quy/{report.pid}").text
    assert "Nộp muộn" in page
    assert "nộp sau hạn" in page


def test_an_overdue_report_says_so(visit, report, cast):
    db.session.get_one(Installation, 1).business_date = date(2023, 4, 5)
    assert "Quá hạn" in visit("lan").get("/bao-cao-quy").text
    db.session.get_one(Installation, 1).business_date = date(2023, 3, 30)
    assert "Đến hạn" in visit("lan").get("/bao-cao-quy").text


def test_the_cluster_is_compared_by_its_own_and_by_those_above_only(visit, report, cast):
    in_state(cast, report, ReportState.SENT)
    cluster = db.session.get_one(Cluster, cast.cluster)
    for who in ("lan", "dong", "rev", "quan", "giam"):
        page = visit(who).get(f"/bao-cao-quy/cum/{cluster.pid}").text
        assert "<svg" in page
        assert "UBND xã Hải Quang" in page
    criterion = db.session.get_one(Criterion, cast.criteria["1"])
    page = visit("lan").get(f"/bao-cao-quy/cum/{cluster.pid}?tieu_chi={criterion.pid}&in=1").text
    assert "1 / —" in page, "nothing is planned for quarter I"
    for who in ("xa", "revxa"):
        visit(who).get(f"/bao-cao-quy/cum/{cluster.pid}", status=404)
        visit(who).post(f"/bao-cao-quy/cum/{cluster.pid}/xlsx", status=404)
    answer = visit("dong").post(f"/bao-cao-quy/cum/{cluster.pid}/xlsx", status=200)
    assert answer.data[:2] == b"PK"


def test_a_cluster_without_figures_says_what_will_be_here(visit, cast, app):
    cluster = db.session.get_one(Cluster, cast.cluster)
    assert "Chưa có số liệu để so sánh" in visit("lan").get(f"/bao-cao-quy/cum/{cluster.pid}").text


def test_two_hundred_criteria_are_entered_in_one_form(visit, report, cast):
    pledge, chosen = report.pledge, db.session.get_one(EmulationYear, cast.year).criteria_set
    assert chosen is not None
    make.free_criteria()
    for n in range(200):
        criterion = Criterion(
            criteria_set_id=chosen.id,
            position=100 + n,
            code=f"9.{n}",
            name=f"Tiêu chí dài {n}",
            indicator=Indicator(name=f"Tiêu chí dài {n}"),
        )
        target = Target(pledge=pledge, criterion=criterion, position=100 + n, goal=Decimal(10))
        db.session.add_all([criterion, target])
        report.lines.append(ProgressLine(target=target, position=100 + n))
    db.session.commit()
    lan = visit("lan")
    values = {line.target.criterion.code: "5" for line in report.lines} | {"4": "0"}
    lan.post(f"/bao-cao-quy/{report.pid}/nhap", typed(report, values, then="submit"))
    assert "14 chỉ tiêu có tỷ lệ thấp nhất" in lan.get(f"/bao-cao-quy/{report.pid}").text

"""Việc đến hạn, the text for Zalo, the choice of a morning letter, the calendar of working days."""

from __future__ import annotations

import dataclasses
import html
import re
from datetime import date

import pytest
from sqlalchemy import select

from pledge_app.demo.operations import move_business_date
from pledge_app.home import due
from pledge_app.kernel.base import db
from pledge_app.notices.mail_models import OutgoingMail
from tests import make, post
from tests.make import AT
from tests.rooms.progress.reports import report_of


def code_in(body):
    return re.findall(r"[0-9]{8}", body)[0]


def text_of(page):
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert found
    return html.unescape(found.group(1))


def on(cast, day):
    move_business_date(day, actor=make.actor(cast, "quan"), at=AT)
    db.session.commit()


def test_a_clerk_sees_what_is_due_and_how_many_working_days_are_left(visit, cast):
    make.pledge(cast, state="draft")
    page = visit("lan").get("/viec-den-han").text
    assert (
        "Nhập tiếp bản đăng ký" in page and "20/02/2023" in page and "Còn 6 ngày làm việc" in page
    )
    assert "Đơn vị còn phải gửi" not in page
    assert "/viec-den-han" in visit("lan").get("/").text


@pytest.mark.parametrize("page", ["/", "/viec-den-han"])
def test_on_every_page_a_deadline_is_soon_when_five_working_days_are_left(visit, cast, page):
    """From Monday the 13th to Monday the 20th are seven days, of which five are worked; today is
    the Friday before.
    """
    make.pledge(cast, state="draft")
    assert "Sắp đến hạn" not in visit("lan").get(page).text
    on(cast, date(2023, 2, 13))
    assert "Sắp đến hạn" in visit("lan").get(page).text


@pytest.mark.parametrize(
    "who", ["lan", "hung", "van", "dong", "tay", "rev", "xa", "revxa", "quan", "giam"]
)
def test_every_role_has_its_page(visit, cast, who):
    make.pledge(cast, state="with_leader")
    page = visit(who).get("/viec-den-han").text
    assert text_of(page).startswith("VIỆC ĐẾN HẠN - ")
    if who in ("xa", "revxa"):
        assert "Hải Quang" not in text_of(page)


def test_the_reviewer_sees_who_has_not_sent_and_not_who_has(visit, cast):
    make.pledge(cast, "Hải Tây", state="sent")
    page = visit("rev").get("/viec-den-han").text
    owed = page[page.index("Đơn vị còn phải gửi") : page.index("Văn bản để dán")]
    assert "UBND xã Hải Quang" in owed and "UBND xã Hải Đông" in owed
    assert "UBND xã Hải Tây" not in owed and "Xa Lạ" not in owed
    assert "3 đơn vị: UBND xã Hải Đông, UBND xã Hải Lý, UBND xã Hải Quang" in owed, (
        "one line, in the order of the dictionary"
    )


def test_a_long_list_of_bodies_is_cut(visit, cast, monkeypatch):
    monkeypatch.setattr(due, "MOST_NAMES", 2)
    assert (
        "4 đơn vị: UBND xã Hải Đông, UBND xã Hải Lý và 2 đơn vị khác"
        in visit("rev").get("/viec-den-han").text
    )


def test_a_report_due_on_a_day_off_is_due_on_the_working_day_before(visit, cast):
    report = report_of(cast)
    report.due_on = date(2023, 3, 26)  # a Sunday
    on(cast, date(2023, 3, 24))
    page = visit("lan").get("/viec-den-han").text
    assert "Hạn trong hôm nay; hạn vào ngày nghỉ, cần xong ngày 24/03/2023" in page
    on(cast, date(2023, 3, 28))
    assert "Quá hạn 2 ngày làm việc" in visit("lan").get("/viec-den-han").text


def test_the_text_for_zalo_is_plain(visit, cast):
    make.pledge(cast, state="draft")
    text = text_of(visit("lan").get("/viec-den-han").text)
    assert text.splitlines()[0] == "VIỆC ĐẾN HẠN - Bà Lan - ngày 10/02/2023"
    assert (
        "1. Nhập tiếp bản đăng ký: UBND xã Hải Quang · 2023 - hạn 20/02/2023 (Còn 6 ngày làm việc)"
        in text
    )
    assert "http" not in text and "<" not in text


def test_a_letter_is_asked_for_confirmed_and_stopped(visit, app, cast):
    lan = visit("lan")
    assert "chưa nối với máy chủ thư" in lan.get("/tai-khoan/thu-nhac").text
    assert (
        "Hãy báo quản trị"
        in lan.post("/tai-khoan/thu-nhac", {"address": "lan@x.example"}, status=422).text
    )
    app.config["SETTINGS"] = dataclasses.replace(
        app.config["SETTINGS"], mail=post.settings(post.free_port())
    )
    assert 'value="lan"' in lan.post("/tai-khoan/thu-nhac", {"address": "lan"}, status=422).text
    lan.post("/tai-khoan/thu-nhac", {"address": "lan@x.example"})
    code = code_in(db.session.scalars(select(OutgoingMail)).one().body)
    assert "Chờ nhập mã" in lan.get("/tai-khoan/thu-nhac").text
    wrong = "11111111" if code != "11111111" else "22222222"
    assert (
        "Mã không đúng"
        in lan.post("/tai-khoan/thu-nhac/xac-nhan", {"code": wrong}, status=422).text
    )
    lan.post("/tai-khoan/thu-nhac/xac-nhan", {"code": code})
    assert "Đang nhận thư" in lan.get("/tai-khoan/thu-nhac").text
    assert "lan@x.example" not in visit("hung").get("/tai-khoan/thu-nhac").text
    lan.post("/tai-khoan/thu-nhac/dung")
    assert "lan@x.example" not in lan.get("/tai-khoan/thu-nhac").text.split("Đã dừng")[1]


def test_wrong_codes_are_counted_across_requests(visit, app, cast):
    app.config["SETTINGS"] = dataclasses.replace(
        app.config["SETTINGS"], mail=post.settings(post.free_port())
    )
    lan = visit("lan")
    lan.post("/tai-khoan/thu-nhac", {"address": "lan@x.example"})
    for _n in range(5):
        lan.post("/tai-khoan/thu-nhac/xac-nhan", {"code": "x"}, status=422)
    assert "mã mới" in lan.post("/tai-khoan/thu-nhac/xac-nhan", {"code": "x"}, status=422).text


def test_everybody_reads_the_calendar_and_the_administrator_adds_to_it(visit, cast):
    page = visit("lan").get("/lich-lam-viec?nam=2026").text
    assert "Tết Âm lịch" in page and "22/08/2026" in page and "cần đối chiếu" in page
    assert "Ghi vào lịch" not in page
    visit("lan").post(
        "/lich-lam-viec", {"day": "24/11/2026", "works": "0", "note": "QĐ"}, status=403
    )
    quan = visit("quan")
    quan.post(
        "/lich-lam-viec", {"day": "24/11/2026", "works": "0", "note": "Thông báo số 1/TB-BNV"}
    )
    page = quan.get("/lich-lam-viec?nam=2026").text
    assert "Thông báo số 1/TB-BNV" in page
    assert (
        "đã được ghi"
        in quan.post(
            "/lich-lam-viec", {"day": "24/11/2026", "works": "1", "note": "x"}, status=422
        ).text
    )
    gone = re.findall(r"/lich-lam-viec/[^/\"]+/bo", page)[0]
    quan.post(gone)
    quan.post(gone, status=404)
    assert "1/TB-BNV" not in quan.get("/lich-lam-viec?nam=2026").text


@pytest.mark.parametrize("asked", ["", "abc", "9999", "0000", "-1", "٢٠٢٣"])
def test_any_year_that_is_asked_for_has_a_page(visit, asked):
    visit("lan").get(f"/lich-lam-viec?nam={asked}")


@pytest.mark.parametrize("day", ["", "31/02/2026", "24/11/26", "24-11-1850"])
def test_a_wrong_day_is_named_and_the_note_stays(visit, day):
    page = (
        visit("quan")
        .post("/lich-lam-viec", {"day": day, "works": "0", "note": "Căn cứ này"}, status=422)
        .text
    )
    assert "Căn cứ này" in page


def test_the_text_for_the_group_names_the_communes_by_deadline_and_nothing_of_ones_own(visit, cast):
    make.pledge(cast, "Hải Tây", state="sent")
    page = visit("rev").get("/viec-den-han").text
    group = html.unescape(re.findall(r'<textarea id="group"[^>]*>(.*?)</textarea>', page, re.S)[0])
    assert "Kính gửi các đơn vị." in group and "Hạn 20/02/2023 (còn 6 ngày làm việc):" in group
    assert "UBND xã Hải Quang" in group and "Gửi tại: http" in group
    assert "Thẩm định" not in group and "Hải Tây" not in group
    assert "Gửi bản đăng ký" not in text_of(page), "what communes owe is not in my own text"
    assert 'id="group"' not in visit("lan").get("/viec-den-han").text

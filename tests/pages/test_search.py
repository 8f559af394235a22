"""The one search: units, pledges, criteria, people, legal bases, papers by code and number."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pledge_app.documents.models import Document, DocumentNumber, Envelope, RenderState
from pledge_app.kernel.base import db
from tests import make, scale
from tests.cast import TODAY


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("san pham ocop", "Tiêu chí"), ("hai quang", "Đơn vị")],
)
def test_it_finds_by_name_without_diacritics(visit, cast, asked, kind):
    page = visit("lan").get(f"/tim?q={asked}").text
    assert f'<span class="quiet">{kind}</span>' in page


def test_a_person_in_office_leads_to_the_unit(visit, cast):
    page = visit("lan").get("/tim?q=chu+tich+khong+co").text
    assert "Người giữ chức" not in page


def test_a_decree_is_found_by_who_keeps_the_register(visit, cast):
    text = "/tim?q=thi đua"
    assert "Căn cứ</span>" not in visit("lan").get(text).text


def test_a_paper_is_found_by_its_code_and_number_by_its_bodies_only(visit, cast):
    make.pledge(cast, state="sent")
    paper = db.session.scalars(select(Document)).one()
    paper.state = RenderState.READY
    paper.numbers.append(
        DocumentNumber(
            body_id=cast.bodies["Hải Quang"],
            number="27",
            symbol="ĐK-UBND",
            dated=TODAY,
            entered_by="Bà Vân",
            entered_at=make.AT,
        )
    )
    db.session.commit()
    code = db.session.scalars(select(Envelope.short_code)).first()
    link = f'href="/van-ban/{paper.pid}"'
    for asked in (code, "27/ĐK-UBND"):
        assert link in visit("lan").get(f"/tim?q={asked}").text
        assert link not in visit("tay").get(f"/tim?q={asked}").text


def test_lists_show_the_year_that_was_chosen_in_the_header(visit, cast):
    made = make.pledge(cast)
    lan = visit("lan")
    assert made.pid in lan.get("/giao-uoc").text
    lan.post("/chon", {"nam": "2021", "next": "/giao-uoc"})
    page = lan.get("/giao-uoc").text
    assert made.pid not in page and "Năm 2021 ▾" in page
    assert made.pid in lan.get("/giao-uoc?nam=2023").text, "the list's own filter goes first"
    lan.post("/chon", {"nam": "", "next": "/giao-uoc"})
    assert made.pid in lan.get("/giao-uoc").text


def test_a_search_asks_as_often_for_two_pledges_as_for_one(app, visit, cast):
    make.pledge(cast, "Hải Quang", state="sent")
    path = "/tim?q=UBND xa hai"
    asked = scale.statements(app, cast.users["quan"], path)
    make.pledge(cast, "Hải Tây", state="sent")
    assert scale.statements(app, cast.users["quan"], path) == asked == 13
    assert visit("quan").get(path).text.count("Bản đăng ký</span>") == 2

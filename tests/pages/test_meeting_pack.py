"""The pages of the meeting's preparation, without JavaScript."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.meetings import pack
from pledge_app.meetings.models import MeetingPack, MeetingPlan
from tests import agreeing
from tests.pages.test_agreements import base

TYPED = {
    "ver": "0",
    "on_date": "24/02/2023",
    "begins": "08 giờ 00",
    "place": "Hội trường UBND xã Hải Quang",
    "chair_name": "Bà Đông",
    "secretary_name": "Anh Thư",
    "items": ["review", "rules"],
    "guests": "Nguyễn Quang Hưng; Thường vụ Huyện ủy; Chủ tịch UBMTTQ huyện",
    "news_closing": "",
    "news_author": "",
}


def test_plan_then_one_click_then_the_zip(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    assert f"{base(made)}/bo-tai-lieu" in lead.get(base(made)).text
    assert "Tạo bộ tài liệu" in lead.get(base(made) + "/hoi-nghi").text
    lead.get(base(made) + "/chuan-bi-hoi-nghi")
    lead.post(base(made) + "/chuan-bi-hoi-nghi", TYPED)
    page = lead.get(base(made) + "/bo-tai-lieu").text
    assert "Hội trường UBND xã Hải Quang" in page
    assert "Thông qua quy chế hoạt động" in page
    lead.post(base(made) + "/bo-tai-lieu")
    page = lead.get(base(made) + "/bo-tai-lieu").text
    assert '<progress value="0" max="8"' in page and ">0/8</span>" in page
    assert lead.get(base(made) + "/bo-tai-lieu/trang-thai").json == {
        "state": "rendering",
        "done": 0,
        "total": 8,
    }
    lead.get(base(made) + "/bo-tai-lieu/tep", status=404)
    agreeing.make_papers(db.session.scalars(select(MeetingPack)).one())
    assert "Tải bộ tài liệu" in lead.get(base(made) + "/bo-tai-lieu").text
    waited = lead.get(base(made) + "/bo-tai-lieu/trang-thai")
    assert waited.headers["HX-Refresh"] == "true"
    answer = lead.get(base(made) + "/bo-tai-lieu/tep")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as made_zip:
        assert {name.rsplit(".", 1)[1] for name in made_zip.namelist()} == {"pdf", "docx", "txt"}
    form = lead.get(base(made) + "/hoi-nghi").text
    assert "Nguyễn Quang Hưng" in form
    assert "Thảo luận, thông qua quy chế hoạt động" in form


def test_a_change_after_the_pack_is_told(app, cast, visit, monkeypatch):
    agreeing.print_at_once(monkeypatch)
    made = agreeing.agreement(cast)
    lead = visit("dong")
    lead.post(base(made) + "/bo-tai-lieu")
    agreeing.make_papers(db.session.scalars(select(MeetingPack)).one())
    assert "Nội dung đã thay đổi" not in lead.get(base(made) + "/bo-tai-lieu").text
    lead.post(base(made) + "/chuan-bi-hoi-nghi", TYPED)
    assert "Nội dung đã thay đổi" in lead.get(base(made) + "/bo-tai-lieu").text


@pytest.mark.parametrize("who", ["lan", "tay"])
def test_members_read_the_pack_and_do_not_make_it(app, cast, visit, who):
    made = agreeing.agreement(cast, state="awaiting")
    member = visit(who)
    page = member.get(base(made) + "/bo-tai-lieu").text
    assert "Tạo bộ tài liệu" not in page
    member.post(base(made) + "/bo-tai-lieu", status=403)
    member.get(base(made) + "/chuan-bi-hoi-nghi", status=403)
    member.post(base(made) + "/chuan-bi-hoi-nghi", TYPED, status=403)


def test_a_stranger_sees_nothing(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    for path in (
        "/bo-tai-lieu",
        "/bo-tai-lieu/trang-thai",
        "/bo-tai-lieu/tep",
        "/chuan-bi-hoi-nghi",
    ):
        visit("xa").get(base(made) + path, status=404)
        visit(None).get(base(made) + path, status=303)


def test_a_wrong_day_and_a_stale_plan_lose_nothing(app, cast, visit):
    made = agreeing.agreement(cast)
    lead = visit("dong")
    page = lead.post(
        base(made) + "/chuan-bi-hoi-nghi", TYPED | {"on_date": "31/02/2023"}, status=422
    ).text
    assert "31/02/2023" in page
    assert 'value="review" checked' in page
    lead.post(base(made) + "/chuan-bi-hoi-nghi", TYPED)
    lead.post(base(made) + "/chuan-bi-hoi-nghi", TYPED | {"place": "Nơi khác"}, status=409)
    assert db.session.scalars(select(MeetingPlan.place)).one() == TYPED["place"]
    assert "Nơi khác" in lead.get("/noi-dung-da-giu").text


def test_a_paper_that_cannot_be_made_is_named_and_tried_again_alone(app, cast, visit, monkeypatch):
    agreeing.print_at_once(monkeypatch)
    made = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    lead.post(base(made) + "/bo-tai-lieu")
    asked = db.session.scalars(select(MeetingPack)).one()
    news, *others = sorted(asked.made, key=lambda row: row.kind != "news")
    pid = news.pid
    for row in others:
        pack.make_paper({"paper": row.pid})
    page = lead.get(base(made) + "/bo-tai-lieu").text
    assert ">7/8</span>" in page
    pack.give_up_paper({"paper": pid}, "timeout")
    db.session.commit()
    page = lead.get(base(made) + "/bo-tai-lieu").text
    assert page.count("Chưa tạo được</span>") == 1
    assert page.count(f"/bo-tai-lieu/{pid}/thu-lai") == 1
    assert "thu-lai" not in visit("lan").get(base(made) + "/bo-tai-lieu").text
    visit("lan").post(f"{base(made)}/bo-tai-lieu/{pid}/thu-lai", status=403)
    lead.post(f"{base(made)}/bo-tai-lieu/{pid}/thu-lai")
    lead.post(f"{base(made)}/bo-tai-lieu/{pid}/thu-lai", status=409)
    page = lead.get(base(made) + "/bo-tai-lieu").text
    assert ">7/8</span>" in page and "Chưa tạo được" not in page
    pack.make_paper({"paper": pid})
    pack.make_zip({"pack": db.session.scalars(select(MeetingPack.pid)).one()})
    assert "Tải bộ tài liệu" in lead.get(base(made) + "/bo-tai-lieu").text


def test_a_paper_of_another_pack_is_not_found(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    lead.post(base(made) + "/bo-tai-lieu")
    lead.post(f"{base(made)}/bo-tai-lieu/khong-co/thu-lai", status=404)

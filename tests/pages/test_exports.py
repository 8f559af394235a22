"""Xuất Excel beside each table: whole, typed, recorded, for those who may see the table."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from tests import agreeing, make
from tests.pages.test_reviews import cells
from tests.rooms.progress import reports


def recorded_rows() -> list[int]:
    return [row.data["rows"] for row in db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "table.exported"))]


def test_the_list_of_pledges(app, cast, visit):
    make.pledge(cast, "Hải Quang", state="sent")
    lan = visit("lan")
    assert "/giao-uoc/xlsx" in lan.get("/giao-uoc").text
    found = cells(lan.post("/giao-uoc/xlsx", status=200).data)
    assert found["B4"] == ("s", "UBND xã Hải Quang")
    assert found["C4"] == ("n", "2023")
    assert found["G4"][0] == "n"
    assert recorded_rows() == [1]
    assert "B4" not in cells(lan.post("/giao-uoc/xlsx?nam=1999", status=200).data)
    assert "B4" not in cells(visit("xa").post("/giao-uoc/xlsx", status=200).data)
    lan.post("/giao-uoc/xlsx?nam=%C2%B2&he=x&trang_thai=x", status=200)


def test_the_users_for_an_administrator_alone(app, cast, visit):
    admin = visit("quan")
    assert "/quan-tri/nguoi-dung/xlsx" in admin.get("/quan-tri/nguoi-dung").text
    found = cells(admin.post("/quan-tri/nguoi-dung/xlsx", status=200).data)
    assert "lan" in {said for kind, said in found.values() if kind == "s"}
    for who in ("lan", "rev", "giam"):
        visit(who).post("/quan-tri/nguoi-dung/xlsx", status=403)


def test_the_assigned_figures(app, cast, visit):
    year = db.session.scalars(select(EmulationYear).where(EmulationYear.year == 2023)).first()
    assert year is not None
    rev = visit("rev")
    assert f"/nam-thi-dua/{year.pid}/chi-tieu-giao/xlsx" in rev.get(f"/nam-thi-dua/{year.pid}/chi-tieu-giao").text
    found = cells(rev.post(f"/nam-thi-dua/{year.pid}/chi-tieu-giao/xlsx", status=200).data)
    assert found["D3"][1].startswith("UBND xã ")
    assert [kind for place, (kind, _said) in found.items() if place[0] in "DEFG" and int(place[1:]) > 3].count("n") > 0


def test_a_quarter_s_report(app, cast, visit):
    made = reports.report_of(cast)
    lan = visit("lan")
    assert f"/bao-cao-quy/{made.pid}/xlsx" in lan.get(f"/bao-cao-quy/{made.pid}").text
    found = cells(lan.post(f"/bao-cao-quy/{made.pid}/xlsx", status=200).data)
    assert found["D3"] == ("s", "Kế hoạch năm")
    assert "n" in {kind for place, (kind, _said) in found.items() if place.startswith("D")}
    visit("xa").post(f"/bao-cao-quy/{made.pid}/xlsx", status=404)


def test_the_table_of_an_agreement(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    assert f"/giao-uoc-cum/{made.pid}/xlsx" in lead.get(f"/giao-uoc-cum/{made.pid}").text
    found = cells(lead.post(f"/giao-uoc-cum/{made.pid}/xlsx", status=200).data)
    assert found["D3"] == ("s", "xã Hải Quang")
    assert "n" in {kind for place, (kind, _said) in found.items() if place.startswith("D")}
    visit("xa").post(f"/giao-uoc-cum/{made.pid}/xlsx", status=404)


@pytest.mark.parametrize("path", ["/giao-uoc/xlsx", "/quan-tri/nguoi-dung/xlsx"])
def test_a_stranger_gets_no_table(app, visit, path):
    visit(None).post(path, status=401)


def test_what_was_typed_as_a_formula_stays_text(app, cast, visit):
    made = make.pledge(cast, "Hải Quang", state="sent")
    made.body.name = '=HYPERLINK("http://x")'
    db.session.commit()
    assert cells(visit("lan").post("/giao-uoc/xlsx", status=200).data)["B4"] == ("s", '=HYPERLINK("http://x")')


LISTS = [  # who asks, the page with the button, where it leads, what its second column says
    ("dong", "/giao-uoc-cum", "/giao-uoc-cum/xlsx", "Cụm thi đua"), ("giam", "/bao-cao-quy", "/bao-cao-quy/xlsx", "Đơn vị"),
    ("dong", "/don-vi", "/don-vi/xlsx", "Tên"), ("dong", "/viec-den-han", "/viec-den-han/xlsx", "Việc"),
    ("quan", "/quan-tri/co-quan", "/quan-tri/co-quan/xlsx", "Cơ quan"),
    ("quan", "/quan-tri/cum", "/quan-tri/cum/xlsx", "Cụm thi đua"),
    ("quan", "/quan-tri/can-cu", "/quan-tri/can-cu/xlsx", "Căn cứ"),
]


@pytest.mark.parametrize(("who", "page", "path", "column"), LISTS, ids=[path for _w, _p, path, _c in LISTS])
def test_every_list_has_its_sheet(app, cast, visit, who, page, path, column):
    agreeing.agreement(cast, communes=("Hải Đông",))
    reports.report_of(cast, "Hải Tây").pledge.body.name = "=1+1"
    db.session.commit()
    visitor = visit(who)
    assert path in visitor.get(page).text
    found = cells(visitor.post(path, status=200).data)
    assert found["B3"] == ("s", column)
    assert found["A4"] == ("n", "1")
    assert recorded_rows() == [max(int(place[1:]) for place in found) - 3]
    assert all(kind == "s" for kind, said in found.values() if said.startswith("="))
    rubbish = f"{path}?nam=%C2%B2&he=x&trang_thai=x&quy=9&q={'a' * 200}&loai=x&cap=x&ngay=31/02"
    visitor.post(rubbish, status=200)


def test_a_sheet_has_every_row_that_the_filters_ask_for(app, cast, visit):
    admin = visit("quan")
    whole = cells(admin.post("/quan-tri/co-quan/xlsx", status=200).data)
    some = cells(admin.post("/quan-tri/co-quan/xlsx?q=hai+quang", status=200).data)
    assert {said for place, (_kind, said) in some.items() if place[0] == "B" and int(place[1:]) > 3} == {"UBND xã Hải Quang"}
    assert len(whole) > len(some)
    units = cells(admin.post("/don-vi/xlsx?q=hai+quang&cap=commune", status=200).data)
    assert (units["B4"], "B5" in units) == (("s", "Xã Hải Quang"), False)

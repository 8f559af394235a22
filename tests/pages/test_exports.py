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

"""Xuất Excel beside each table: whole, typed, recorded, for those who may see the table."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from pledge_app.accounts.models import User
from pledge_app.application import ROOT
from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import Commemoration, EmulationYear, LegalBasis
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge
from tests import agreeing, make
from tests.pages.test_reviews import cells
from tests.rooms.progress import reports

TEMPLATES = ROOT / "templates"


def recorded_rows() -> list[int]:
    return [
        row.data["rows"]
        for row in db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "table.exported"))
    ]


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
    assert (
        f"/nam-thi-dua/{year.pid}/chi-tieu-giao/xlsx"
        in rev.get(f"/nam-thi-dua/{year.pid}/chi-tieu-giao").text
    )
    found = cells(rev.post(f"/nam-thi-dua/{year.pid}/chi-tieu-giao/xlsx", status=200).data)
    assert found["D3"][1].startswith("UBND xã ")
    assert [
        kind for place, (kind, _said) in found.items() if place[0] in "DEFG" and int(place[1:]) > 3
    ].count("n") > 0


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
    assert cells(visit("lan").post("/giao-uoc/xlsx", status=200).data)["B4"] == (
        "s",
        '=HYPERLINK("http://x")',
    )


LISTS = [  # who asks, the page with the button, where it leads, what its second column says
    ("dong", "/giao-uoc-cum", "/giao-uoc-cum/xlsx", "Cụm thi đua"),
    ("giam", "/bao-cao-quy", "/bao-cao-quy/xlsx", "Đơn vị"),
    ("dong", "/don-vi", "/don-vi/xlsx", "Tên"),
    ("dong", "/viec-den-han", "/viec-den-han/xlsx", "Việc"),
    ("quan", "/quan-tri/co-quan", "/quan-tri/co-quan/xlsx", "Cơ quan"),
    ("quan", "/quan-tri/cum", "/quan-tri/cum/xlsx", "Cụm thi đua"),
    ("quan", "/quan-tri/can-cu", "/quan-tri/can-cu/xlsx", "Căn cứ"),
]


@pytest.mark.parametrize(
    ("who", "page", "path", "column"), LISTS, ids=[path for _w, _p, path, _c in LISTS]
)
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
    assert {
        said for place, (_kind, said) in some.items() if place[0] == "B" and int(place[1:]) > 3
    } == {"UBND xã Hải Quang"}
    assert len(whole) > len(some)
    units = cells(admin.post("/don-vi/xlsx?q=hai+quang&cap=commune", status=200).data)
    assert (units["B4"], "B5" in units) == (("s", "Xã Hải Quang"), False)


SHEETS = [  # who asks, the page with the button, what is added to its address beside /xlsx
    ("lan", "/giao-uoc", ""),
    ("dong", "/giao-uoc-cum", ""),
    ("giam", "/bao-cao-quy", ""),
    ("dong", "/don-vi", ""),
    ("dong", "/viec-den-han", ""),
    ("quan", "/quan-tri/nguoi-dung", ""),
    ("quan", "/quan-tri/co-quan", ""),
    ("quan", "/quan-tri/cum", ""),
    ("quan", "/quan-tri/can-cu", ""),
    ("lan", "/quan-tri/phan-quyen", ""),
    ("rev", "/tham-dinh", ""),
    ("rev", "/tham-dinh/bang/{cluster}", ""),
    ("rev", "/bao-cao-quy/cum/{cluster}", ""),
    ("dong", "/giao-uoc-cum/{agreement}", ""),
    ("tay", "/bao-cao-quy/{report}", ""),
    ("dong", "/giao-uoc/{pledge}", ""),
    ("rev", "/nam-thi-dua/{year}/chi-tieu-giao", ""),
    ("rev", "/nam-thi-dua/{year}/ket-qua-nam-truoc", ""),
    ("rev", "/nam-thi-dua/{year}/ngay-ky-niem", ""),
    ("lan", "/nam-thi-dua/{year}", "/bo-tieu-chi"),
    ("lan", "/bo-tieu-chi/{set}", ""),
]
IDS = [page + more for _who, page, more in SHEETS]
IN_PARTS = {
    "Thao tác",
    "Kỳ báo cáo",
    "Người đứng đầu",
    "Thời gian",
}  # no column, or told by several columns of the sheet


FORMULAS = ("=1+1", "@SUM(A1)", "+84 912", "-2+3", '=cmd|"/c calc"!A0')


def place(cast):
    """A year in which every table has rows, some named like a formula; the public ids of its
    things.
    """
    made = agreeing.agreement(cast, communes=("Hải Đông",))
    report = reports.report_of(cast, "Hải Tây")
    pledge = db.session.scalars(
        select(Pledge).where(Pledge.cluster_id == cast.cluster).order_by(Pledge.id)
    ).first()
    year = db.session.scalars(select(EmulationYear).where(EmulationYear.year == 2023)).first()
    assert pledge is not None and year is not None
    chosen = year.criteria_set
    assert chosen is not None
    make.free_criteria()
    for target, typed in zip(pledge.targets, FORMULAS, strict=False):
        target.measures = typed
    for number, row in enumerate(
        (
            *db.session.scalars(select(Criterion)),
            *db.session.scalars(select(Commemoration)),
            *db.session.scalars(select(User).where(User.username == "lan")),
        )
    ):
        row.name = FORMULAS[number % len(FORMULAS)]
    for basis in db.session.scalars(select(LegalBasis)):
        basis.citation = FORMULAS[0]
    db.session.commit()
    return {
        "cluster": db.session.get_one(Cluster, cast.cluster).pid,
        "agreement": made.pid,
        "report": report.pid,
        "pledge": pledge.pid,
        "year": year.pid,
        "set": chosen.pid,
    }


def columns(page: str) -> set[str]:
    """The words over the columns of a page's first table."""
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    said = {
        unescape(re.sub("<small.*?</small>|<[^>]+>", "", cell)).strip()
        for cell in re.findall("<th.*?</th>", head, re.S)
    }
    return said - IN_PARTS - {""}


@pytest.mark.parametrize(("who", "page", "more"), SHEETS, ids=IDS)
def test_a_sheet_opens_in_excel_with_the_columns_of_its_page_and_nothing_to_run(
    app, cast, visit, who, page, more
):
    address = page.format(**place(cast))
    visitor = visit(who)
    shown = visitor.get(address).text
    assert f'action="{address}{more}/xlsx' in shown
    answer = visitor.post(f"{address}{more}/xlsx", status=200)
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    top = 4 if sheet["A3"].value is None else 3
    heads = {
        str(cell.value)
        for row in sheet.iter_rows(min_row=3, max_row=top)
        for cell in row
        if cell.value
    }
    assert [word for word in columns(shown) if not any(word in head for head in heads)] == []
    assert recorded_rows() == [max(sheet.max_row, top) - top]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert all(
        cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value in FORMULAS
    )
    assert re.search(r"[12]\d{3}", answer.headers["Content-Disposition"])


def test_every_sheet_is_among_those_that_are_opened(app):
    known = {re.sub("{.*?}", "<pid>", f"{page}{more}/xlsx") for _who, page, more in SHEETS}
    assert {rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith("/xlsx")} == known


# Tables that need no sheet of their own: named, so that a new table is a decision.
NO_SHEET = {
    "_parts/gallery.html": "the examples of the parts",
    "accounts/import.html": "the preview of a file that one has",
    "accounts/imported.html": "shown once, with passwords",
    "accounts/holder.html": "in the sheets of the users and of the bodies",
    "accounts/sessions.html": "one's own few sessions",
    "accounts/user.html": "in the sheet of the users",
    "administration/body.html": "in the sheet of the bodies",
    "administration/cluster.html": "in the sheet of the clusters",
    "administration/committees.html": "a preview; once written, the sheet of the bodies has them",
    "administration/register.html": "the preview of a file that one has",
    "administration/sheet.html": "the preview of a file that one has",
    "administration/shipped_bases.html": "shipped; once taken over, in the sheet of the bases",
    "administration/shipped_days.html": "shipped; once taken over, in the sheet of the days",
    "criteria/edit.html": "a form; the set's sheet",
    "criteria/index.html": "a few sets: links",
    "administration/unit_list.html": "the preview of a list that one has",
    "administration/wordings.html": "a dozen links",
    "agreements/_parts.html": "the agreement's sheet",
    "agreements/confirm.html": "the agreement's sheet",
    "meetings/show.html": "a form; the minutes have it",
    "agreements/parties.html": "a form; the agreement has it",
    "campaigns/_parts.html": "the sheet of the assigned figures",
    "campaigns/_paste.html": "the preview of a block that one has",
    "campaigns/index.html": "a line a year: links",
    "campaigns/workdays.html": "a few days, in a form",
    "criteria/_differences.html": "beside the set, which has its sheet",
    "documents/public.html": "without login; the paper has it",
    "orgs/show.html": "in the sheet of the bodies",
    "pledges/_grid.html": "the pledge's sheet",
    "pledges/summary.html": "one page, in the pledge's sheet",
    "progress/_evidence.html": "files",
    "progress/edit.html": "a form; the report's sheet",
    "reorganisation/index.html": "a line an act: links",
    "reviews/show.html": "in the sheet of the cluster",
}


def test_a_table_without_a_sheet_is_a_named_decision():
    bare = {
        str(page.relative_to(TEMPLATES))
        for page in TEMPLATES.rglob("*.html")
        if "<table" in (text := page.read_text(encoding="utf-8")) and "Xuất Excel" not in text
    }
    assert {page for page in bare if not page.startswith("papers/")} == set(NO_SHEET)

"""The queue and the table of the level above, their exports, and who may do what there."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from sqlalchemy import event, select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.kernel.text import fold
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Cluster, ClusterMembership, Unit
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import queue
from pledge_app.tables.writing import xlsx
from tests import make
from tests.cast import TODAY

AT = make.AT
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def ver(pledge: Pledge) -> str:
    db.session.refresh(pledge)
    return str(pledge.version_id)


# the queue


def test_the_queue_says_what_waits_how_long_and_who_has_not_sent(visit, cast):
    make.pledge(cast, "Hải Tây", state="sent", on=TODAY - timedelta(days=3))
    make.pledge(cast, "Hải Quang", state="sent")
    make.pledge(cast, "Hải Lý", state="complete")
    text = visit("rev").get("/tham-dinh").text
    assert "2 bản đăng ký chờ thẩm định" in text and "đã chờ 3 ngày" in text
    places = [text.index(f"UBND xã {name}</strong>") for name in ("Hải Tây", "Hải Quang")]
    assert places == sorted(places), "what waits longest stands on top"
    assert text.index("UBND xã Hải Quang</strong>") < text.index("UBND xã Hải Đông</strong>")
    assert "Chưa lập" in text and "Nháp" in text and "20/02/2023" in text
    assert "UBND xã Xa Lạ" not in text


def test_waiting_is_counted_by_the_business_date_whatever_the_clock_says(visit, cast):
    made = make.pledge(cast, "Hải Tây", state="sent", at=AT + timedelta(days=1300), on=TODAY)
    db.session.get_one(Installation, 1).business_date = TODAY + timedelta(days=4)
    db.session.commit()
    visitor, cluster = visit("rev"), db.session.get_one(Cluster, cast.cluster).pid
    for path in ("/tham-dinh", "/", f"/tham-dinh/bang/{cluster}"):
        assert "đã chờ 4 ngày" in visitor.get(path).text, path
    page = visitor.get(f"/tham-dinh/{made.pid}").text
    assert "Gửi ngày 10/02/2023, lần 1; đã chờ 4 ngày." in page


def test_a_move_later_than_the_business_date_has_no_day_in_the_queue(visit, cast):
    make.pledge(cast, "Hải Lý", state="complete", at=AT + timedelta(days=1300))
    assert "2026" not in visit("rev").get("/tham-dinh?q=hai+ly").text


def test_what_a_commune_has_not_sent_has_a_name_but_no_link_and_no_content(visit, cast):
    made = make.pledge(cast, "Hải Lý", state="complete", goals={"1": "987654"})
    visitor = visit("rev")
    assert made.pid not in visitor.get("/tham-dinh").text
    assert (
        "987.654"
        not in visitor.get(f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.cluster).pid}").text
    )
    visitor.get(f"/tham-dinh/{made.pid}", status=404)


def test_the_queue_is_searched_without_diacritics_and_filtered(visit, cast):
    make.pledge(cast, "Hải Quang", state="sent")
    make.pledge(cast, "Hải Đông", state="agreed")
    visitor = visit("rev")
    found = visitor.get("/tham-dinh?q=hai%20quang").text
    assert "xã Hải Quang</strong>" in found and "xã Hải Đông</strong>" not in found
    waiting = visitor.get("/tham-dinh?trang-thai=waiting").text
    assert "xã Hải Quang</strong>" in waiting and "xã Hải Đông</strong>" not in waiting
    owed = visitor.get("/tham-dinh?trang-thai=owed").text
    assert "xã Hải Lý</strong>" in owed and "xã Hải Quang</strong>" not in owed
    assert "Không có đơn vị nào phù hợp" in visitor.get("/tham-dinh?q=kh%C3%B4ng%20c%C3%B3").text
    for rubbish in ("nam=abc", "nam=٢٠٢٣", "cum=x", "trang=9999999", "q=%F0%9F%98%80"):
        visitor.get(f"/tham-dinh?{rubbish}")
    visitor.get("/tham-dinh?trang-thai=%00", status=404)


def test_a_late_commune_is_marked(visit, cast):
    db.session.get_one(EmulationYear, cast.year).pledge_due_on = date(2023, 2, 8)
    db.session.commit()
    assert "quá hạn 2 ngày" in visit("rev").get("/tham-dinh").text


def test_a_reviewer_without_a_cluster_reads_what_will_be_here(app, visit, cast):
    cluster = db.session.get_one(Cluster, cast.foreign_cluster)
    cluster.reviewer_body_id = cast.bodies["huyện"]
    db.session.commit()
    assert "Chưa có bản đăng ký nào" in visit("revxa").get("/tham-dinh").text


def enlarge(cast, communes: int) -> None:
    """More communes in the cluster, none of which has begun."""
    for number in range(communes):
        unit = Unit(level=UnitLevel.COMMUNE, source="thử nghiệm")
        db.session.add(unit)
        db.session.flush()
        body = Body(
            unit_id=unit.id,
            kind=BodyKind.UBND,
            name=f"UBND xã Số {number}",
            full_name=f"UBND xã Số {number}",
            place=f"Số {number}",
        )
        db.session.add(body)
        db.session.flush()
        db.session.add(
            ClusterMembership(cluster_id=cast.cluster, body_id=body.id, position=100 + number)
        )
    db.session.commit()


def counted(visitor, path: str) -> int:
    statements: list[str] = []
    listen = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        visitor.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(statements)


def test_more_communes_need_no_more_statements(visit, cast):
    made = make.pledge(cast, state="sent")
    visitor = visit("rev")
    pages = (
        "/tham-dinh",
        f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.cluster).pid}",
        f"/tham-dinh/{made.pid}",
    )
    before = [counted(visitor, path) for path in pages]
    enlarge(cast, 21)
    make.pledge(cast, "Hải Đông", state="sent")
    make.pledge(cast, "Hải Tây", state="agreed")
    assert [counted(visitor, path) for path in pages] == before
    # A deadline may have been put off, figures assigned since, the reviewer have had a hand in it:
    # all are asked.
    assert max(before) <= 35


def test_a_long_queue_has_pages(visit, cast):
    enlarge(cast, 26)
    visitor = visit("rev")
    assert "Trang 1 trên 2 · 30 dòng" in visitor.get("/tham-dinh").text
    assert "Trang 2 trên 2" in visitor.get("/tham-dinh?trang=2").text


# the table


def test_the_table_shows_goal_last_year_assigned_and_the_median(visit, cast):
    make.pledge(cast, "Hải Quang", state="sent", goals={"1": "7"})
    make.pledge(cast, "Hải Đông", state="agreed", goals={"1": "1"})
    page = visit("rev").get(f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.cluster).pid}").text
    assert "<strong>7</strong>" in page and "– / 2" in page
    assert "thấp hơn mức giao" in page and "chưa gửi" in page and "Trung vị cụm" in page
    printed = (
        visit("rev")
        .get(f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.cluster).pid}?in=1")
        .text
    )
    assert "A4 ngang" in printed


def test_the_printed_table_is_cut_into_sheets_of_eight(visit, cast):
    enlarge(cast, 21)
    page = (
        visit("rev")
        .get(f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.cluster).pid}?in=1")
        .text
    )
    assert page.count('class="sheet-block"') == 4


def test_a_cluster_of_one_has_a_table(visit, cast):
    page = (
        visit("revxa")
        .get(f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.foreign_cluster).pid}")
        .text
    )
    assert "Chưa có bộ tiêu chí" in page, "its year was not opened yet"


def cells(data: bytes) -> dict[str, tuple[str, str]]:
    """(type, text) by address; a formula has the type "f"."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        texts = [
            "".join(t.text or "" for t in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    found = {}
    for cell in sheet.iter(f"{SHEET}c"):
        value, kind = cell.find(f"{SHEET}v"), cell.get("t", "n")
        kind = "f" if cell.find(f"{SHEET}f") is not None else kind
        said = value.text or "" if value is not None else ""
        found[cell.get("r", "")] = (kind, texts[int(said)] if kind == "s" else said)
    return found


def test_the_table_as_xlsx_is_whole_typed_and_recorded(visit, cast):
    make.pledge(cast, "Hải Quang", state="sent", goals={"1": "7", "2": "1234.5"})
    cluster = db.session.get_one(Cluster, cast.cluster)
    answer = visit("rev").post(f"/tham-dinh/bang/{cluster.pid}/xlsx", status=200)
    found = cells(answer.data)
    assert (
        found["B5"] == ("s", "Phát triển kinh tế")
        and found["E6"] == ("n", "7")
        and found["E7"] == ("n", "1234.5")
    )
    assert found["E3"][1] == "UBND xã Hải Quang" and found["G6"] == ("n", "2")
    named = answer.headers["Content-Disposition"]
    assert "filename=bang-tong-hop" in named
    told = db.session.scalar(select(TrailEvent).where(TrailEvent.verb == "table.exported"))
    assert told is not None and told.data["rows"] == 6 and told.subject_pid == cluster.pid


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "http://a.b", "007", "1e9", '=HYPERLINK("x")'],
)
def test_text_never_becomes_a_formula_a_number_or_a_link(typed):
    found = cells(xlsx(typed, [typed], [[typed, Decimal("1.5")]], bands=[(typed, 0, 1)]))
    for address in ("A1", "A3", "A4", "A5"):
        assert found[address] == ("s", typed)
    assert found["B5"] == ("n", "1.5")


def test_the_queue_as_xlsx_holds_every_page(visit, cast):
    enlarge(cast, 26)
    make.pledge(cast, state="sent")
    found = cells(visit("rev").post("/tham-dinh/xlsx", status=200).data)
    assert found["B4"] == ("s", "UBND xã Hải Quang") and "B33" in found
    assert (
        db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "table.exported"))
        .one()
        .data["rows"]
        == 30
    )
    found = cells(visit("rev").post("/tham-dinh/xlsx?trang-thai=waiting", status=200).data)
    assert "B4" in found and "B5" not in found


# who

READERS = {
    "rev": 200,
    "rev2": 200,
    "giam": 200,
    "quan": 200,
    "lan": 403,
    "hung": 403,
    "van": 403,
    "dong": 403,
    "xa": 403,
    None: 303,
}
WRITERS = {
    "giam": 403,
    "quan": 403,
    "lan": 403,
    "hung": 403,
    "van": 403,
    "dong": 403,
    "xa": 403,
    "revxa": 404,
    None: 401,
}


@pytest.mark.parametrize("who", [*READERS, "revxa"])
def test_who_reads(visit, cast, who):
    made = make.pledge(cast, state="sent")
    cluster = db.session.get_one(Cluster, cast.cluster)
    visitor = visit(who)
    visitor.get("/tham-dinh", READERS.get(who, 200))
    for path in (f"/tham-dinh/{made.pid}", f"/tham-dinh/bang/{cluster.pid}"):
        visitor.get(path, READERS.get(who, 404))
    for path in (f"/tham-dinh/{'9' * 30}", "/tham-dinh/bang/x"):
        visitor.get(path, 404 if READERS.get(who, 200) == 200 else READERS[who])
    visitor.post(
        f"/tham-dinh/bang/{cluster.pid}/xlsx",
        status={303: 401}.get(READERS.get(who, 404), READERS.get(who, 404)),
    )
    visitor.post(
        "/tham-dinh/xlsx", status={303: 401}.get(READERS.get(who, 200), READERS.get(who, 200))
    )


@pytest.mark.parametrize("who", WRITERS)
def test_who_does_not_judge(visit, cast, who):
    made = make.pledge(cast, state="sent")
    form = {"ver": ver(made), "reason": "Lý do"}
    for path in ("bat-dau", "yeu-cau-bo-sung", "thong-nhat"):
        visit(who).post(f"/tham-dinh/{made.pid}/{path}", form, WRITERS[who])
    body, year = (
        db.session.get_one(Body, cast.bodies["Hải Tây"]),
        db.session.get_one(EmulationYear, cast.year),
    )
    visit(who).post("/tham-dinh/nhap-ho", {"body": body.pid, "year": year.pid}, WRITERS[who])
    db.session.refresh(made)
    assert made.state is PledgeState.SENT and made.review_begun_at is None


def test_the_queue_of_a_big_cluster_is_in_dictionary_order(app, cast):
    clusters = [db.session.get_one(Cluster, cast.cluster)]
    names = [
        row.body_name for row in queue.queue(clusters, actor=make.actor(cast, "rev"), today=TODAY)
    ]
    assert names == ["UBND xã Hải Đông", "UBND xã Hải Lý", "UBND xã Hải Quang", "UBND xã Hải Tây"]
    assert fold("UBND xã Hải Đông") == "ubnd xa hai dong"


@pytest.mark.parametrize(
    "query", ["endpoint=x", "_scheme=x", "_external=1", "_anchor=x", "_method=x", "pid=x"]
)
def test_the_names_of_query_parameters_do_not_reach_the_making_of_links(visit, cast, query):
    enlarge(cast, 26)
    page = visit("rev").get(f"/tham-dinh?{query}").text
    assert 'href="/tham-dinh?' in page, "the link to the next page stays on this page"

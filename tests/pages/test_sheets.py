"""Sheets of the office in the browser: a sample with its guide, a dry run by row, the faulty rows
as a file, all or nothing, and lists that read back as they were exported.
"""

from __future__ import annotations

import io
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook

from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, Cluster
from tests.site import Visitor

BODIES = "/quan-tri/nhap/co-quan"
HEAD = ("Cơ quan", "Đơn vị", "Loại cơ quan", "Họ và tên", "Chức vụ", "Giữ chức từ ngày")
GOOD = ("Trạm Y tế xã Hải Quang", "Xã Hải Quang", "trạm", "Vũ Sen", "Trưởng trạm", "01/02/2023")
WRONG = ("Trạm Y tế xã Lạ", "Xã Không Có", "", "", "", "")


def book(*rows: tuple[str, ...]) -> dict[str, object]:
    made, out = Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        made.worksheets[0].append(list(row))
    made.save(out)
    return sent(out.getvalue())


def sent(data: bytes) -> dict[str, object]:
    return {"file": (io.BytesIO(data), "ds.xlsx")}


def kept(page: str) -> str:
    """The table that the page carries."""
    inside = page.split('<textarea name="table"')[1].split(">", 1)[1].split("</textarea>")[0]
    return unescape(inside.strip())


def stored() -> int:
    return db.session.query(Body).filter_by(name=GOOD[0]).count()


def table(data: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_sheet_is_tried_row_by_row_and_written_when_confirmed(visit):
    quan = visit("quan")
    assert BODIES in quan.get("/quan-tri/co-quan").text
    page = quan.post(BODIES, book(GOOD), status=200).text
    assert "1 dòng sẽ ghi, 0 dòng không đổi, 0 dòng sai" in page
    assert "thêm cơ quan; ghi Trưởng trạm: Vũ Sen" in page
    assert stored() == 0
    quan.post(BODIES, {"then": "write", "table": kept(page)}, status=303)
    assert stored() == 1


def test_one_faulty_row_keeps_all_out_and_comes_back_as_a_file_that_is_read_again(visit):
    quan = visit("quan")
    page = quan.post(BODIES, book(GOOD, WRONG), status=422).text
    assert "Không có đơn vị “Xã Không Có”" in page
    assert page.count("Xã Không Có”") == 1
    assert 'value="write"' not in page
    quan.post(BODIES, {"then": "write", "table": kept(page)}, status=422)
    assert stored() == 0
    answer = quan.post(BODIES, {"then": "faulty", "table": kept(page)}, status=200)
    rows = table(answer.data)
    assert rows[3][1] == "Trạm Y tế xã Lạ"
    assert "Xã Không Có" in str(rows[3][-1])
    assert "Không có đơn vị" in quan.post(BODIES, sent(answer.data), status=422).text


@pytest.mark.parametrize("kind", ["co-quan", "cum"])
def test_the_sample_has_a_page_that_says_how_each_column_is_filled_in(visit, kind):
    data = visit("quan").client.get(f"/quan-tri/nhap/{kind}/mau").data
    made = load_workbook(io.BytesIO(data))
    assert made.sheetnames[1] == "Hướng dẫn"
    explained = {row[0] for row in made.worksheets[1].iter_rows(values_only=True)}
    heads = {cell for cell in table(data)[2] if cell}
    assert heads - {"STT"} <= explained


def test_the_sample_of_users_has_its_page_too(visit):
    data = visit("quan").client.get("/quan-tri/nguoi-dung/nhap/mau").data
    explained = {row[0] for row in load_workbook(io.BytesIO(data)).worksheets[1].values}
    assert {cell for cell in table(data)[2] if cell} <= explained


@pytest.mark.parametrize(
    ("export", "load"),
    [
        ("/quan-tri/co-quan/xlsx?cu=1", BODIES),
        ("/quan-tri/cum/xlsx", "/quan-tri/nhap/cum"),
        ("/quan-tri/nguoi-dung/xlsx", "/quan-tri/nguoi-dung/nhap"),
    ],
)
def test_a_list_reads_back_as_it_was_exported(visit, export, load):
    quan = visit("quan")
    data = quan.post(export, status=200).data
    page = quan.post(load, sent(data), status=200).text
    nothing = ("0 dòng sẽ ghi", "0 người mới, 0 vai trò")
    assert any(said in page for said in nothing)


def test_faulty_users_come_back_as_a_file(visit):
    quan = visit("quan")
    data = b"H\xe1\xbb\x8d v\xc3\xa0 t\xc3\xaan,T\xc3\xaan \xc4\x91\xc4\x83ng nh\xe1\xba\xadp,"
    head = "Vai trò,Cơ quan,Từ ngày\n".encode()
    row = "Mai,mai.haiquang,Người phụ trách thi đua,UBND xã Lạ,01/02/2023\n".encode()
    page = quan.post("/quan-tri/nguoi-dung/nhap", sent(data + head + row), status=422).text
    answer = quan.post(
        "/quan-tri/nguoi-dung/nhap", {"then": "faulty", "table": kept(page)}, status=200
    )
    rows = table(answer.data)
    assert rows[3][1] == "mai.haiquang"
    assert "UBND xã Lạ" in str(rows[3][-1])


def test_clusters_come_from_a_sheet_too(visit, cast):
    issuer = db.session.get_one(Cluster, cast.cluster).issuer.name
    data = f"Cụm thi đua,Năm,Cơ quan hướng dẫn,Thành viên\nCụm 9,2025,{issuer},UBND xã Hải Tây\n"
    quan = visit("quan")
    page = quan.post("/quan-tri/nhap/cum", sent(data.encode()), status=200).text
    quan.post("/quan-tri/nhap/cum", {"then": "write", "table": kept(page)}, status=303)
    assert db.session.query(Cluster).filter_by(name="Cụm 9").one().leads


def test_no_file_an_unknown_sheet_and_a_forged_table_are_refused(visit):
    quan: Visitor = visit("quan")
    assert "Chưa chọn tệp nào" in quan.post(BODIES, {}, status=422).text
    quan.get("/quan-tri/nhap/khac", status=404)
    for forged in ("", "[1,2]", "{", '[["a"]]'):
        quan.post(BODIES, {"then": "write", "table": forged}, status=422)

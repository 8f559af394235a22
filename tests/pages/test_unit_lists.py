"""The pages on which an administrator enters units without a command: a list, a single one, the
shipped register.
"""

from __future__ import annotations

import io

from openpyxl import load_workbook

from pledge_app.kernel.base import db
from pledge_app.orgs.models import RegisterImport, Unit, UnitName
from tests.pages.test_register import ADDRESS, kept


def count(name: str) -> int:
    return db.session.query(UnitName).filter_by(name=name).count()


def test_a_list_of_hamlets_is_previewed_and_then_written(cast, visit):
    quan = visit("quan")
    pid = db.session.get_one(Unit, cast.units["Hải Quang"]).pid
    assert "Thêm thôn, xóm" in quan.get(f"/don-vi/{pid}").text
    assert "Thêm thôn, xóm" not in visit("lan").get(f"/don-vi/{pid}").text
    address = f"/quan-tri/don-vi/{pid}/truc-thuoc"
    quan.get(address)
    typed = {"kind": "hamlet:Xóm", "names": "1. Xóm 1\n2. Xóm 3\nĐông", "exists_from": ""}
    page = quan.post(address, typed, status=200).text
    assert "2 đơn vị mới, 1 dòng đã có hoặc lặp lại" in page
    assert count("Xóm Đông") == 0
    quan.post(address, typed | {"then": "write"})
    assert (count("Xóm 3"), count("Xóm Đông")) == (1, 1)
    again = quan.post(address, typed | {"then": "write"}, status=422)
    assert "Không có đơn vị nào mới" in again.text


def test_a_wrong_line_keeps_the_list_from_being_written(cast, visit):
    address = f"/quan-tri/don-vi/{db.session.get_one(Unit, cast.units['Hải Quang']).pid}/truc-thuoc"
    typed = {
        "kind": "hamlet:Xóm",
        "names": "Xóm 3\n" + "a" * 200,
        "exists_from": "",
        "then": "write",
    }
    assert "Chưa thêm đơn vị nào" in visit("quan").post(address, typed, status=422).text
    assert count("Xóm 3") == 0
    assert "Hãy chọn một mục" in visit("quan").post(address, typed | {"kind": ""}, status=422).text


def test_a_single_unit_and_its_level(visit):
    quan = visit("quan")
    quan.get("/quan-tri/don-vi/them")
    typed = {"level": "province", "name": "Thành phố Hoa Lư", "code": "", "exists_from": ""}
    where = quan.post("/quan-tri/don-vi/them", typed).headers["Location"]
    assert "Đơn vị này đã có" in quan.post("/quan-tri/don-vi/them", typed, status=422).text
    assert "Sửa cấp" in quan.get(where).text
    pid = where.rsplit("/", 1)[1]
    quan.get(f"/quan-tri/don-vi/{pid}/cap")
    quan.post(f"/quan-tri/don-vi/{pid}/cap", {"level": "district"})
    assert "Cấp huyện" in quan.get(where).text
    assert (
        "bắt đầu bằng loại"
        in quan.post(f"/quan-tri/don-vi/{pid}/cap", {"level": "hamlet"}, status=422).text
    )


def test_the_shipped_register_of_one_province_is_taken_over_with_a_preview(visit):
    quan = visit("quan")
    page = quan.get(ADDRESS).text
    assert '<option value="37">Tỉnh Ninh Bình</option>' in page
    typed = {"source": "Danh mục có sẵn", "on_date": "01/07/2025"}
    page = quan.post(ADDRESS, typed | {"then": "shipped", "province": "37"}, status=200).text
    assert "Tỉnh Ninh Bình" in page
    assert db.session.query(RegisterImport).count() == 0
    quan.post(ADDRESS, typed | {"then": "write", "table": kept(page)})
    assert db.session.query(RegisterImport).one().added == 130
    assert count("Thành phố Hà Nội") == 0


def test_the_whole_shipped_register_is_taken_over(visit):
    quan = visit("quan")
    typed = {"source": "Danh mục có sẵn", "on_date": "01/07/2025"}
    page = quan.post(ADDRESS, typed | {"then": "shipped", "province": ""}, status=200).text
    quan.post(ADDRESS, typed | {"then": "write", "table": kept(page)})
    assert db.session.query(RegisterImport).one().added == 34 + 3321


def test_the_template_is_a_sheet_that_can_be_loaded(visit):
    quan = visit("quan")
    data = quan.client.get(f"{ADDRESS}/mau").data
    assert load_workbook(io.BytesIO(data)).worksheets[0]["A3"].value == "Cấp"
    file = {"file": (io.BytesIO(data), "mau.xlsx"), "source": "Mẫu", "on_date": "01/07/2025"}
    page = quan.post(ADDRESS, file, status=200).text
    assert "Tổ dân phố số 2" in page


def test_an_empty_list_of_units_says_what_to_do(visit):
    assert "nạp danh mục có sẵn" in visit("quan").get("/don-vi?q=khongco").text
    assert "nạp danh mục có sẵn" not in visit("lan").get("/don-vi?q=khongco").text

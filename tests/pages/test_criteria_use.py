"""What the page of a set says of its worth, and of a table in the letters of before Unicode."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.kernel.old_charsets import Charset
from tests.pages.test_criteria import HEAD, NEW, fields, newest
from tests.rooms.campaigns.test_give_results import reported_last_year
from tests.rooms.criteria.tables import TWELVE
from tests.rules.test_old_charsets import old


def test_a_criterion_on_which_all_were_alike_is_named_to_who_makes_sets(visit, cast):
    year = db.session.get_one(EmulationYear, cast.year)
    reported_last_year(cast, year, 4, communes=("Hải Quang", "Hải Đông"))
    assert year.criteria_set is not None
    address = f"/bo-tieu-chi/{year.criteria_set.pid}"
    page = visit("quan").get(address).text
    assert "Tiêu chí không phân biệt được đơn vị nào trong năm 2022" in page
    assert "1 trong 1 tiêu chí có kết quả" in page
    assert "2 đơn vị kết quả như nhau" in page
    assert "không phân biệt được" not in visit("lan").get(address).text


def test_without_results_the_page_says_so(visit, cast):
    year = db.session.get_one(EmulationYear, cast.year)
    assert year.criteria_set is not None
    page = visit("quan").get(f"/bo-tieu-chi/{year.criteria_set.pid}").text
    assert "Chưa có tiêu chí nào có kết quả cả năm 2022" in page


def test_a_pasted_table_in_tcvn3_is_shown_before_and_after_and_then_read(visit):
    quan = visit("quan")
    block = old("\n".join(TWELVE.splitlines()[4:]), Charset.TCVN3)
    asked = quan.post(NEW, HEAD | {"block": block, "then": "read"}, status=200).text
    assert "Chưa đọc và chưa ghi gì." in asked
    assert "Ph¸t triÓn kinh tÕ" in asked
    assert "Phát triển kinh tế" in asked
    sent = fields(asked)
    read = fields(quan.post(NEW, sent | {"then": "read_converted"}, status=200).text)
    assert (read["name-0"], read["unit-1"]) == ("Phát triển kinh tế", "triệu đồng")
    kept = fields(quan.post(NEW, sent | {"then": "read_kept"}, status=200).text)
    assert kept["name-0"] == "Ph¸t triÓn kinh tÕ"


def test_a_file_is_read_by_the_fonts_of_its_cells(visit):
    quan = visit("quan")
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["Mã", "Tiêu chí"])
    sheet.append(["I", "nhiÖm vô"])
    sheet.append(["1", old("“Đường thôn” được bê tông hóa", Charset.VNI)])
    sheet["B2"].font = Font(name=".VnTimeH")
    sheet["B3"].font = Font(name="VNI-Times")
    out = BytesIO()
    book.save(out)
    file = (BytesIO(out.getvalue()), "cu.xlsx")
    asked = quan.post(NEW, HEAD | {"block": "", "then": "read", "file": file}, status=200).text
    assert "2 nội dung sẽ đổi sang Unicode" in asked
    read = fields(quan.post(NEW, fields(asked) | {"then": "read_converted"}, status=200).text)
    assert (read["name-0"], read["name-1"]) == ("NHIỆM VỤ", "“Đường thôn” được bê tông hóa")
    quan.post(NEW, read | {"then": "write"})
    assert [row.name for row in newest().criteria][0] == "NHIỆM VỤ"

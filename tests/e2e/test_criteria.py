"""A set of criteria made by an administrator in a real browser: pasted, mended with a press,
published.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright, expect

from tests.e2e import office
from tests.e2e.browser import PHONE, Visit, person
from tests.rooms.criteria.tables import MESSY

PASTE_HTML = """html => { const data = new DataTransfer();
data.setData('text/html', html);
data.setData('text/plain', 'chữ thường');
document.activeElement.dispatchEvent(new ClipboardEvent('paste', {
    clipboardData: data, bubbles: true,
cancelable: true})); }"""
# A table of Word: two paragraphs in a cell, a group over all columns, a cell over two rows.
WORD = (
    "<p class=MsoNormal>BỘ TIÊU CHÍ</p><table class=MsoTable><tr><td><p>TT</p></td><td><p>Tiêu "
    "chí</p></td><td><p>ĐVT</p></td></tr><tr><td colspan=3><p>I. PHÁT TRIỂN KINH "
    "TẾ</p></td></tr><tr><td><p>1</p></td><td><p>Thu nhập</p><p>bình quân</p></td><td "
    "rowspan=2><p>triệu&nbsp;đồng</p></td></tr><tr><td><p>2</p></td><td><p>Ngân "
    "sách</p></td></tr></table>"
)


def test_an_administrator_makes_and_publishes_a_set(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place) as address:
        visit = Visit(person(playwright, tmp_path / "admin"), address).take_part("quan-tri")
        visit.go("/quan-tri").press("Bộ tiêu chí").press("Lập bộ tiêu chí")
        visit.page.fill("#block", MESSY)
        visit.press("Xem trước")
        assert "Mã C3.1 đã có ở dòng 11" in visit.text()
        visit.press("Lập bản nháp")
        assert "Chưa ghi gì: 3 chỗ phải sửa" in visit.text()
        assert "Tên bộ tiêu chí: Chưa nhập nội dung này." in visit.text()
        visit.page.fill("#name", "Tiêu chuẩn chấm điểm")
        visit.press("Sửa thành 2,5")
        assert visit.page.input_value("#points-4") == "2,5"
        visit.press("Nhận cả 4 đề nghị").press("Lập bản nháp")
        assert "Đã lưu bản nháp với 16 dòng" in visit.text()
        visit.press("Ban hành").press("Ban hành")
        expect(visit.page.locator(".title .badge")).to_have_text("Đã ban hành")
        visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        for path in (
            "/bo-tieu-chi",
            "/quan-tri/bo-tieu-chi/co-san",
            "/quan-tri/can-cu/co-san",
            "/quan-tri/ngay-ky-niem/co-san",
        ):
            visit.go(path)


def test_a_table_of_word_is_pasted_cell_by_cell(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place) as address:
        visit = Visit(person(playwright, tmp_path / "admin"), address).take_part("quan-tri")
        visit.go("/quan-tri/bo-tieu-chi/them")
        visit.page.focus("#block")
        visit.page.evaluate(PASTE_HTML, WORD)
        assert visit.page.input_value("#block").split("\n") == [
            "BỘ TIÊU CHÍ",
            "TT\tTiêu chí\tĐVT",
            "I. PHÁT TRIỂN KINH TẾ\t\t",
            "1\tThu nhập bình quân\ttriệu đồng",
            "2\tNgân sách\t",
        ]
        visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        visit.press("Xem trước")
        assert [visit.page.input_value(f"#name-{n}") for n in range(3)] == [
            "PHÁT TRIỂN KINH TẾ",
            "Thu nhập bình quân",
            "Ngân sách",
        ]

"""Five journeys of the story of vùng Quang Đông 2023, in a real browser, on a real server with
its worker.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

from playwright.sync_api import Playwright, expect

from pledge_app.agreements.models import Agreement
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import DEMO_PASSWORD
from tests.e2e import office, scenes
from tests.e2e.browser import PHONE, Visit, person

PASTE = """block => { const data = new DataTransfer();
data.setData('text/plain', block);
document.activeElement.dispatchEvent(new ClipboardEvent('paste', {
    clipboardData: data, bubbles: true,
cancelable: true})); }"""


def kill_browser(profile: Path) -> None:
    """kill -9 of every process of this profile, as when the power goes."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={profile}" in command:
            try:
                os.kill(int(process.name), signal.SIGKILL)
            except ProcessLookupError:
                continue
    for lock in profile.glob("Singleton*"):
        lock.unlink(missing_ok=True)


def cell(visit: Visit, row: int, name: str):
    return visit.page.locator("tr.row").nth(row).locator(f"[data-cell={name}]")


def text_of(pdf: bytes) -> str:
    """The words of a paper, whatever its line breaks."""
    told = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return " ".join(told.split())


def test_the_clerk_pastes_six_cells_loses_the_browser_and_loses_nothing(
    place: Path, tmp_path: Path, playwright: Playwright
):
    profile = tmp_path / "clerk"
    with office.served(place) as address:
        visit = Visit(person(playwright, profile), address).take_part("nguoi-phu-trach")
        visit.press("Xem yêu cầu")
        assert "Đề nghị chia chỉ tiêu theo từng quý" in visit.text()
        visit.press("Nhập chỉ tiêu")
        cell(visit, 0, "q2").focus()
        visit.page.context.set_offline(True)
        visit.page.evaluate(PASTE, "2\t1\t0\r\n6\t4\t2\r\n")
        status = visit.page.locator("[data-status]")
        expect(status).to_contain_text("nội dung còn trên máy này", timeout=15_000)
        kill_browser(profile)

        visit = Visit(person(playwright, profile), address).take_part("nguoi-phu-trach")
        visit.press("Xem yêu cầu").press("Nhập chỉ tiêu")
        for row, values in enumerate([("2", "1", "0"), ("6", "4", "2")]):
            for name, value in zip(("q2", "q3", "q4"), values, strict=True):
                expect(cell(visit, row, name)).to_have_value(value)
        expect(visit.page.locator("[data-status]")).to_contain_text("Đã lưu", timeout=15_000)
        visit.press("Trình lãnh đạo")
        expect(visit.page.get_by_role("main")).to_contain_text("Chờ lãnh đạo")

        visit.take_part("lanh-dao").press("Đọc tóm tắt")
        visit.press("Ký duyệt")
        visit.take_part("nguoi-phu-trach")
        visit.press("Mở để gửi")
        visit.press("Gửi cấp trên")
        expect(visit.page.get_by_role("main")).to_contain_text("Đã gửi lại")
        visit.page.context.close()


def test_the_reviewer_sees_only_what_changed_and_agrees(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place, scenes.resent) as address:
        visit = Visit(person(playwright, tmp_path / "reviewer"), address).take_part("tham-dinh")
        visit.go("/tham-dinh")
        visit.page.get_by_role("row", name=re.compile("xã Hải Quang")).get_by_role(
            "link"
        ).first.click()
        visit.look()
        main = visit.page.get_by_role("main")
        expect(main).to_contain_text("1.1")
        expect(main).not_to_contain_text("1.3. Giá trị thu nhập")
        expect(main.locator("ins").first).to_have_text("5")
        visit.press("Phê duyệt", confirm=True)
        visit.go("/tham-dinh")
        expect(visit.page.get_by_role("row", name=re.compile("xã Hải Quang"))).to_contain_text(
            "Đã thống nhất"
        )
        visit.page.context.close()


def test_the_lead_composes_the_agreement_of_four_columns(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place, scenes.agreed) as address:
        visit = Visit(person(playwright, tmp_path / "lead"), address).take_part("cum-truong")
        visit.go("/giao-uoc-cum").press("Lập dự thảo")
        visit.press("Gửi dự thảo lấy ý kiến", confirm=True)
        visit.page.wait_for_selector("text=Mở bản dự thảo", timeout=60_000)
        href = visit.page.get_by_role("link", name="Mở bản dự thảo").get_attribute("href")
        draft = visit.page.request.get(f"{address}{href}")
        assert "DỰ THẢO" in text_of(draft.body())
        visit.press("Chốt nội dung trình ký")
        visit.page.get_by_role("main").get_by_role("button", name="Chốt nội dung trình ký").click()
        visit.page.wait_for_selector("text=Hội nghị, ký kết", timeout=60_000)
        visit.look().press("Văn bản")
        paper = visit.page.request.get(visit.page.url + "/tep")
        words = text_of(paper.body())
        for name in ("Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý", "Quý Mão", "93 năm"):
            assert name in words
        assert "DỰ THẢO" not in words
        visit.page.context.close()


def test_four_chairmen_confirm_and_the_minutes_are_printed(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place, scenes.frozen) as address:
        visit = Visit(person(playwright, tmp_path / "meeting"), address)
        for chairman in ("chu-tich-hai-dong", "chu-tich-hai-tay", "chu-tich-hai-ly", "lanh-dao"):
            visit.take_part(chairman).press("Đọc và xác nhận")
            if "/xac-nhan" not in visit.page.url:
                visit.press("Đọc và xác nhận")
            visit.page.get_by_label("Mật khẩu của bạn").fill(DEMO_PASSWORD)
            visit.press("Xác nhận")
            expect(visit.page.get_by_role("main")).to_contain_text("Biên nhận xác nhận điện tử")
        visit.take_part("cum-truong").go("/giao-uoc-cum")
        visit.page.get_by_role("row", name=re.compile("Vùng Quang Đông")).get_by_role(
            "link"
        ).first.click()
        visit.look()
        expect(visit.page.get_by_role("main")).to_contain_text("Đã xác nhận, chờ bản có chữ ký")
        visit.press("Hội nghị, ký kết")
        page = visit.page
        page.get_by_label("Địa điểm họp").fill("Hội trường UBND xã Hải Quang")
        page.get_by_label("Ngày họp").fill("10/02/2023")
        page.get_by_label("Bắt đầu lúc").fill("08 giờ 00")
        page.get_by_label("Chủ tọa").fill("Hoàng Văn Mẫu Đông")
        page.get_by_label("Thư ký").fill("Phan Thị Ví Dụ Đông")
        visit.press("Lưu biên bản")
        assert "Còn nội dung cần sửa" not in visit.text(), visit.text()[:600]
        visit.press("Chốt biên bản")
        page.get_by_role("main").get_by_role("button", name="Chốt biên bản").click()
        page.wait_for_load_state()
        visit.look()
        visit.page.context.close()


def test_a_quarter_is_reported_and_the_check_refuses_one_changed_byte(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place, scenes.in_force) as address:
        visit = Visit(person(playwright, tmp_path / "quarter"), address).take_part("quan-tri")
        visit.go("/quan-tri/ngay-lam-viec")
        visit.page.get_by_role("main").get_by_role("textbox").first.fill("12/03/2023")
        visit.page.get_by_role("main").locator("button.primary").click()
        visit.page.wait_for_load_state()
        if visit.page.locator("dialog[open]").count():
            visit.page.locator("dialog[open] button.primary").click()
        visit.take_part("nguoi-phu-trach")
        for _n in range(30):
            visit.page.goto(address + "/")
            if visit.page.get_by_text("Nhập báo cáo quý").count():
                break
            visit.page.wait_for_timeout(1000)
        visit.press("Nhập tiếp")
        if not visit.page.url.endswith("/nhap"):
            visit.press("Nhập số liệu")
        for field in visit.page.locator("input[name^='value']").all():
            field.fill("1")
        for field in visit.page.locator("select[name^='value']").all():
            field.select_option("1")
        visit.press("Trình lãnh đạo")
        expect(visit.page.get_by_role("main")).to_contain_text("Chờ lãnh đạo")
        visit.take_part("lanh-dao").press("Đọc báo cáo")
        visit.press("Ký duyệt và gửi cấp trên", confirm=True)
        assert visit.page.get_by_role("main").locator("svg[role=img], svg:has(title)").count()

        code, good = stored_paper(place)
        visit.go(f"/kiem-tra/{code}")
        good_file, bad_file = tmp_path / "good.pdf", tmp_path / "bad.pdf"
        good_file.write_bytes(good)
        bad_file.write_bytes(good[:-20] + bytes([good[-20] ^ 1]) + good[-19:])
        visit.page.locator("#file").set_input_files(str(good_file))
        expect(visit.page.locator("#verdict")).to_contain_text("Đúng tệp đã lưu")
        visit.page.locator("#file").set_input_files(str(bad_file))
        expect(visit.page.locator("#verdict")).to_have_text("không phải tệp đã lưu")
        visit.page.context.close()


def stored_paper(place: Path) -> tuple[str, bytes]:
    """(short code, bytes) of the agreement of 2023."""
    with office.inside(place):
        found = db.session.query(Agreement).filter_by(cluster_id=scenes.cluster().id).one()
        assert found.document is not None
        assert found.document.file_sha256 is not None
        return found.document.envelope.short_code, store().read(found.document.file_sha256)


def test_a_phone_shows_every_list_without_scrolling_sideways(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place, worker=False) as address:
        visit = Visit(person(playwright, tmp_path / "phone", size=PHONE), address).take_part(
            "nguoi-phu-trach"
        )
        for path in ("/", "/giao-uoc", "/giao-uoc-cum", "/bao-cao-quy", "/nam-thi-dua", "/don-vi"):
            visit.go(path)
        visit.page.context.close()

"""A real office begins: from an empty database, after `create-admin`, by the browser alone.

Four communes of a district come to a frozen agreement of twelve criteria that their chairmen
confirm with their own logins. The figures and names are invented; the district and its communes are
of Nam Định 2023.
"""

from __future__ import annotations

import re
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Playwright, expect

from pledge_app.kernel import clock
from tests.e2e import office
from tests.e2e.browser import Visit, person

PASSWORD = "một câu đủ dài để vào"
OWN_PASSWORD = "câu riêng của từng người đây"
LOGINS = {"Hải Quang": "haiquang", "Hải Đông": "haidong", "Hải Tây": "haitay", "Hải Lý": "haily"}
COMMUNES = tuple(LOGINS)
YEAR = clock.local(clock.now()).year + 1
CRITERIA = """Mã\tTiêu chí\tĐơn vị tính\tChiều\tCách tính\tĐiểm
I\tPHÁT TRIỂN KINH TẾ\t\t\t\t40
1.1\tSản phẩm OCOP được công nhận\tsản phẩm\tcàng cao càng tốt\tlũy kế\t10
1.2\tThu nhập trên một ha canh tác\ttriệu đồng/ha\tcàng cao càng tốt\ttại thời điểm\t10
1.3\tDiện tích chuyển đổi cơ cấu cây trồng\tha\tcàng cao càng tốt\tlũy kế\t10
1.4\tTỷ lệ hộ nghèo\t%\tcàng thấp càng tốt\ttại thời điểm\t10
II\tXÂY DỰNG NÔNG THÔN MỚI\t\t\t\t30
2.1\tKm đường hoa, đường điện chiếu sáng\tkm\tcàng cao càng tốt\tlũy kế\t10
2.2\tTỷ lệ hộ phân loại chất thải tại nguồn\t%\tcàng cao càng tốt\ttại thời điểm\t10
2.3\tMô hình sản xuất mới\tmô hình\tcàng cao càng tốt\tlũy kế\t5
2.4\tHồ sơ giải quyết đúng hạn\t%\tcàng cao càng tốt\ttại thời điểm\t5
III\tVĂN HÓA, XÃ HỘI, AN NINH\t\t\t\t30
3.1\tTỷ lệ người dân tham gia bảo hiểm y tế\t%\tcàng cao càng tốt\ttại thời điểm\t10
3.2\tTrường đạt chuẩn quốc gia mức độ 2\ttrường\tcàng cao càng tốt\tlũy kế\t5
3.3\tTội phạm hình sự nghiêm trọng\tvụ\tkhông để xảy ra\tlũy kế\t10
3.4\tĐạt đơn vị văn hóa\t\tđạt/không đạt\ttại thời điểm\t5
"""
GOALS = ("3", "185,5", "12", "1,2", "4", "85", "2", "99,5", "96", "1", "0", "x")


def sheet(path: Path, rows: list[tuple[object, ...]]) -> Path:
    """A file as an office would make it in Excel."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    book.close()
    return path


NAMES = tuple(line.split("\t")[1] for line in CRITERIA.splitlines() if "." in line.split("\t")[0])
PASTE = """block => { const data = new DataTransfer();
data.setData('text/plain', block);
document.activeElement.dispatchEvent(new ClipboardEvent('paste', {
    clipboardData: data, bubbles: true,
cancelable: true})); }"""


def read_table(visit: Visit, caption: str) -> list[list[str]]:
    """The cells of a table on the page, by its caption."""
    rows = visit.page.get_by_role("region", name=caption).locator("tbody tr")
    return [[cell.inner_text().strip() for cell in row.locator("td").all()] for row in rows.all()]


def log_in(visit: Visit, username: str, password: str) -> Visit:
    """At the login page, as somebody else before."""
    visit.page.context.clear_cookies()
    visit.go("/dang-nhap")
    visit.page.get_by_label("Tên đăng nhập").fill(username)
    visit.page.get_by_label("Mật khẩu").fill(password)
    return visit.press("Đăng nhập")


def first_log_in(visit: Visit, username: str, password: str) -> Visit:
    """The one-time password is changed at once."""
    log_in(visit, username, password)
    visit.page.get_by_label("Mật khẩu hiện tại").fill(password)
    visit.page.get_by_label("Mật khẩu mới", exact=True).fill(OWN_PASSWORD)
    visit.page.get_by_label("Nhập lại mật khẩu mới").fill(OWN_PASSWORD)
    return visit.press("Đổi mật khẩu")


def units_and_bodies(visit: Visit) -> None:
    """Four communes and their hamlets by pasted lists, their committees with one press."""
    visit.go("/don-vi").press("Huyện Hải Hậu").press("Thêm đơn vị trực thuộc")
    visit.page.get_by_label("Danh sách tên").fill("\n".join(f"Xã {name}" for name in COMMUNES))
    visit.press("Xem trước").press("Thêm 4 đơn vị")
    visit.press("Xã Hải Quang").press("Thêm thôn, xóm")
    visit.page.get_by_label("Danh sách tên").fill("Xóm 1\nXóm 2\nXóm 10")
    visit.press("Xem trước").press("Thêm 3 đơn vị")
    visit.go("/don-vi").press("Huyện Hải Hậu").press("Thêm cơ quan")
    visit.page.get_by_label("Loại cơ quan").select_option(label="Ủy ban nhân dân")
    visit.page.get_by_label("Tên gọn").fill("UBND huyện Hải Hậu")
    visit.page.get_by_label("Tên đầy đủ").fill("Ủy ban nhân dân huyện Hải Hậu")
    visit.page.get_by_label("Ký hiệu cơ quan").fill("UBND")
    visit.page.get_by_label("Địa danh").fill("Hải Hậu")
    visit.press("Thêm cơ quan")
    visit.go("/quan-tri/co-quan").press("Thêm UBND các xã")
    visit.press("Xem trước")
    visit.page.get_by_role("main").get_by_role("button", name=re.compile("^Thêm 4 cơ quan")).click()
    visit.page.wait_for_load_state()
    assert all(f"UBND xã {name}" in visit.look().text() for name in COMMUNES)


def people(visit: Visit, folder: Path) -> dict[str, str]:
    """Everybody by one sheet, the chairmen tied to their offices; the one-time passwords by
    login.
    """
    head = (
        "Họ và tên",
        "Tên đăng nhập",
        "Vai trò",
        "Cơ quan",
        "Từ ngày",
        "Chức vụ (nếu là người giữ chức)",
        "Khi ký ghi",
        "Giữ chức từ ngày",
    )
    since = "01/01/2023"
    rows: list[tuple[object, ...]] = [head]
    for name, login in LOGINS.items():
        body = f"UBND xã {name}"
        rows.append(
            (
                f"Nguyễn Thị {name}",
                f"pt.{login}",
                "Người phụ trách thi đua",
                body,
                since,
                "",
                "",
                "",
            )
        )
        chairman = (f"Trần Văn {name}", f"ct.{login}", "Lãnh đạo ký duyệt", body, since)
        rows.append((*chairman, "Chủ tịch", "TM.", since))
    upper = "UBND huyện Hải Hậu"
    rows.append(("Lê Thị Thẩm", "thamdinh", "Cán bộ thẩm định", upper, since, "", "", ""))
    visit.go("/quan-tri/nguoi-dung/nhap")
    visit.page.locator("#file").set_input_files(str(sheet(folder / "people.xlsx", rows)))
    visit.press("Xem trước")
    visit.page.get_by_role("main").get_by_role("button", name=re.compile("^Nạp 9 dòng")).click()
    visit.page.wait_for_load_state()
    return {row[1]: row[2] for row in read_table(visit.look(), "Mật khẩu một lần")}


def criteria_and_year(visit: Visit) -> None:
    """Bases with one press; twelve criteria pasted, looked at, published, chosen for the year."""
    visit.go("/quan-tri/can-cu").press("Căn cứ có sẵn")
    visit.page.get_by_role("main").get_by_role(
        "button", name=re.compile(r"^Thêm \d+ căn cứ")
    ).click()
    visit.page.wait_for_load_state()
    visit.go("/bo-tieu-chi").press("Lập bộ tiêu chí")
    visit.page.get_by_label("Tên bộ tiêu chí").fill("Bộ tiêu chí thi đua các xã")
    visit.page.get_by_label("Áp dụng từ ngày").fill("01/01/2024")
    visit.page.get_by_label("Nguồn, văn bản ban hành").fill("Hướng dẫn 19/HD-UBND")
    visit.page.locator("textarea[name=block]").fill(CRITERIA)
    visit.press("Xem trước")
    assert "Đọc được 15 dòng; 0 dòng cần xem lại" in visit.text()
    visit.press("Lập bản nháp")
    visit.press("Ban hành")
    visit.press("Ban hành")
    visit.go("/nam-thi-dua").press("Mở năm thi đua")
    visit.page.get_by_label("Năm", exact=True).fill(str(YEAR))
    visit.page.get_by_label("Cơ quan hướng dẫn").select_option(label="UBND huyện Hải Hậu")
    visit.press("Mở năm thi đua")
    visit.page.get_by_label("Số, ký hiệu hướng dẫn").fill("19/HD-UBND")
    visit.page.get_by_label("Nội dung hướng dẫn").fill(f"về công tác thi đua năm {YEAR}")
    visit.page.get_by_label("Bộ tiêu chí").select_option(index=1)
    visit.page.get_by_label("Hạn gửi bản đăng ký").fill(f"20/03/{YEAR}")
    visit.press("Lưu")


def cluster_and_figures(visit: Visit) -> None:
    """The cluster with its lead, and assigned figures in one paste."""
    visit.go("/quan-tri/cum/them")
    visit.page.get_by_label("Tên cụm").fill("Vùng thi đua Quang Đông")
    visit.page.get_by_label("Năm", exact=True).fill(str(YEAR))
    for label in ("Cơ quan hướng dẫn", "Cơ quan thẩm định"):
        visit.page.get_by_label(label).select_option(label="UBND huyện Hải Hậu")
    visit.press("Thêm cụm thi đua")
    visit.press("Thêm thành viên")
    for name in COMMUNES:
        visit.page.get_by_label(f"UBND xã {name}").check()
    visit.press("Thêm vào cụm").press("Ghi Cụm trưởng, Cụm phó")
    visit.page.get_by_label("Đơn vị", exact=True).select_option(label="UBND xã Hải Đông")
    visit.page.get_by_label("Căn cứ").fill("Hội nghị cụm bầu")
    visit.page.get_by_label("Từ ngày").fill("01/01/2023")
    visit.press("Ghi Cụm trưởng, Cụm phó")
    visit.go("/nam-thi-dua").press(str(YEAR)).press("Giao chỉ tiêu")
    heads = "\t".join(f"Xã {name}" for name in COMMUNES)
    visit.page.locator("#block").fill(
        f"Mã\tTiêu chí\t{heads}\n1.1\tSản phẩm OCOP được công nhận\t2\t2\t3\t2"
    )
    visit.press("Xem trước").press("Ghi 4 chỉ tiêu giao")


def pledge(visit: Visit, login: str, passwords: dict[str, str]) -> None:
    """Clerk types and hands in, chairman reads and signs off, clerk sends."""
    first_log_in(visit, f"pt.{login}", passwords[f"pt.{login}"])
    visit.go("/giao-uoc").press("Lập bản đăng ký")
    cells = visit.page.locator("[data-cell=goal]")
    expect(cells).to_have_count(12)
    cells.first.focus()
    visit.page.evaluate(PASTE, "\r\n".join(GOALS) + "\r\n")
    expect(visit.page.locator("[data-status]")).to_contain_text("Đã lưu", timeout=20_000)
    visit.press("Trình lãnh đạo")
    expect(visit.page.get_by_role("main")).to_contain_text("Chờ lãnh đạo")
    first_log_in(visit, f"ct.{login}", passwords[f"ct.{login}"])
    visit.go("/").press("Đọc tóm tắt")
    for name in NAMES:
        assert name in visit.text(), "the leader signs no goal that is not on the page"
    visit.press("Ký duyệt")
    log_in(visit, f"pt.{login}", OWN_PASSWORD)
    visit.go("/").press("Mở để gửi").press("Gửi cấp trên")
    expect(visit.page.get_by_role("main")).to_contain_text("Đã gửi")


def approve_all(visit: Visit, passwords: dict[str, str]) -> None:
    """The reviewer reads each pledge and agrees."""
    first_log_in(visit, "thamdinh", passwords["thamdinh"])
    for name in COMMUNES:
        visit.go("/tham-dinh")
        row = visit.page.get_by_role("row", name=re.compile(f"xã {name}"))
        row.get_by_role("link").first.click()
        visit.page.wait_for_load_state()
        visit.press("Phê duyệt", confirm=True)


def freeze(visit: Visit) -> str:
    """The lead composes from the four pledges and freezes; the address of the agreement."""
    log_in(visit, "pt.haidong", OWN_PASSWORD)
    visit.go("/giao-uoc-cum").press("Lập dự thảo")
    visit.press("Soạn nội dung")
    visit.page.get_by_label("Biện pháp thực hiện").fill("Tuyên truyền, vận động Nhân dân.")
    visit.press("Lưu")
    visit.press("Chốt nội dung trình ký")
    visit.page.get_by_role("main").get_by_role("button", name="Chốt nội dung trình ký").click()
    visit.page.wait_for_selector("text=Hội nghị, ký kết", timeout=90_000)
    return visit.look().page.url.removeprefix(visit.address)


def confirm(visit: Visit, login: str) -> None:
    """A chairman with a login of his own reads and confirms."""
    log_in(visit, f"ct.{login}", OWN_PASSWORD)
    visit.go("/").press("Đọc và xác nhận")
    if "/xac-nhan" not in visit.page.url:
        visit.press("Đọc và xác nhận")
    visit.page.get_by_label("Mật khẩu của bạn").fill(OWN_PASSWORD)
    visit.press("Xác nhận")
    expect(visit.page.get_by_role("main")).to_contain_text("Biên nhận xác nhận điện tử")


def test_four_communes_come_from_an_empty_database_to_a_frozen_agreement(
    tmp_path: Path, playwright: Playwright
):
    place = tmp_path / "office"
    office.begin(place, PASSWORD)
    with office.served(place) as address:
        visit = Visit(person(playwright, tmp_path / "profile"), address)
        visit.page.set_default_timeout(10_000)
        log_in(visit, "quantri", PASSWORD)
        assert "Các bước bắt đầu" in visit.text()
        units_and_bodies(visit)
        passwords = people(visit, tmp_path)
        criteria_and_year(visit)
        cluster_and_figures(visit)
        assert "Đã xong 7 trên 7 bước bắt buộc" in visit.go("/quan-tri/cac-buoc-bat-dau").text()
        for login in LOGINS.values():
            pledge(visit, login, passwords)
        approve_all(visit, passwords)
        agreement = freeze(visit)
        for login in LOGINS.values():
            confirm(visit, login)
        assert "Đã xác nhận, chờ bản có chữ ký" in visit.go(agreement).text()
        visit.page.context.close()

"""The columns of the users' sheet, how each is filled in, and where its head stands."""

from __future__ import annotations

from collections.abc import Sequence

from pledge_app.accounts.importing_offices import AUTHORITY, OFFICE, OFFICE_FROM

HEAD = (
    "Họ và tên",
    "Tên đăng nhập",
    "Thư điện tử",
    "Vai trò",
    "Cơ quan",
    "Từ ngày",
    "Đến ngày",
    OFFICE,
    AUTHORITY,
    OFFICE_FROM,
)
GUIDE = {
    "Mỗi dòng": "Một vai trò của một người. Người có nhiều vai trò thì ghi nhiều dòng, cùng tên "
    "đăng nhập.",
    "Họ và tên": "Bắt buộc.",
    "Tên đăng nhập": "Bắt buộc. Từ 3 đến 60 chữ không dấu, số, dấu chấm hoặc gạch, ví dụ: "
    "lan.haiquang.",
    "Thư điện tử": "Để trống được.",
    "Vai trò": "Bắt buộc. Người phụ trách thi đua; Lãnh đạo ký duyệt; Cán bộ thẩm định … như ở "
    "trang Người dùng.",
    "Cơ quan": "Bắt buộc. Tên cơ quan đã có trong danh sách Cơ quan.",
    "Từ ngày": "Bắt buộc. ngày/tháng/năm bắt đầu vai trò.",
    "Đến ngày": "Để trống khi chưa biết ngày kết thúc.",
    OFFICE: "Chỉ ghi cho người đứng ở ô ký của văn bản, ví dụ: Chủ tịch. Chưa có thì phần mềm ghi "
    "người giữ chức, rồi gắn tài khoản.",
    AUTHORITY: "TM., Q., KT., TL., TUQ. Để trống: theo chức vụ.",
    OFFICE_FROM: "Để trống: từ ngày bắt đầu vai trò.",
}
NEEDED = ("Họ và tên", "Tên đăng nhập", "Vai trò", "Cơ quan", "Từ ngày")


def from_head(table: Sequence[Sequence[str]]) -> list[list[str]]:
    """Without a title above the head row, as our own sheets have it; the numbers of the rows
    stay those of the file.
    """
    for place, cells in enumerate(table[:5]):
        if sum(cell in HEAD for cell in cells) >= 3:
            below = [list(row) for row in table[place + 1 :]]
            return [list(cells), *[[] for _n in range(place)], *below]
    return [list(row) for row in table]

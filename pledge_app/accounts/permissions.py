"""The permission table, readable as a document (docs/permissions.md is generated from it)."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from pledge_app.kernel.actor import Role


@dataclass(frozen=True)
class Permission:
    """One thing that may be done, by whom, where. `roles` empty: everybody logged in."""

    act: str
    roles: tuple[Role, ...]
    where: str


def table() -> list[Permission]:
    """In the order of the year. The tests hold it equal to what the lifecycles' policies answer."""
    own, above, office = _("cơ quan của mình"), _("các cụm mình thẩm định"), _("toàn hệ thống")
    lead = _("cụm do cơ quan mình làm Cụm trưởng")
    return [
        Permission(_("Xem đơn vị, cơ quan, năm thi đua, bộ tiêu chí"), (), office),
        Permission(_("Mở năm thi đua, hướng dẫn, đợt thi đua, chỉ tiêu giao"), (Role.REVIEWER, Role.ADMIN), above),
        Permission(_("Nhập bản đăng ký, trình lãnh đạo"), (Role.CLERK, Role.LEADER), own),
        Permission(_("Nhập hộ bản đăng ký (đơn vị phải xác nhận)"), (Role.REVIEWER,), above),
        Permission(_("Ký duyệt, trả lại người nhập"), (Role.LEADER,), own),
        Permission(_("Gửi cấp trên, rút lại"), (Role.CLERK, Role.RECORDS, Role.LEADER), own),
        Permission(_("Yêu cầu bổ sung"), (Role.REVIEWER,), above),
        Permission(_("Thống nhất nội dung, phê duyệt (không phải người đã nhập)"), (Role.REVIEWER,), above),
        Permission(_("Soạn, chốt, hủy bản giao ước cụm"), (Role.CLERK, Role.LEADER), lead),
        Permission(_("Cho ý kiến về dự thảo bản giao ước"), (Role.CLERK, Role.LEADER), _("cụm có cơ quan mình")),
        Permission(_("Xác nhận điện tử trong phần mềm (đúng người giữ chức)"), (Role.LEADER,), own),
        Permission(_("Ghi diễn biến hội nghị, tải bản quét"), (Role.CLERK, Role.LEADER, Role.REVIEWER), lead),
        Permission(_("Vào số, ngày văn bản"), (Role.RECORDS,), own),
        Permission(_("Nhập báo cáo quý"), (Role.CLERK, Role.LEADER), own),
        Permission(_("Duyệt và gửi báo cáo quý"), (Role.LEADER,), own),
        Permission(_("Xác nhận báo cáo quý, yêu cầu bổ sung (không phải người đã nhập)"), (Role.REVIEWER,), above),
        Permission(_("Xem mọi hồ sơ (không thao tác)"), (Role.AUDITOR, Role.ADMIN), office),
        Permission(_("Đơn vị, cơ quan, người giữ chức, căn cứ pháp lý, cụm thi đua, mẫu văn bản, sắp xếp đơn vị"),
                   (Role.ADMIN,), office),
        Permission(_("Người dùng, vai trò, gắn tài khoản với người giữ chức, ngày làm việc của bản chạy thử"),
                   (Role.ADMIN,), office),
    ]

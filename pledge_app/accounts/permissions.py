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
    """In the order of the year. It is written by hand: the policies and lifecycles decide, this
    tells.
    """
    return [*_pledging(), *_agreeing(), *_reporting(), *_administering()]


def _pledging() -> list[Permission]:
    """From the opening of the year to the agreed pledge."""
    own = _("cơ quan của mình")
    above = _("các cụm mình thẩm định")
    office = _("toàn hệ thống")
    return [
        Permission(_("Xem đơn vị, cơ quan, năm thi đua, bộ tiêu chí"), (), office),
        Permission(
            _("Mở năm thi đua, hướng dẫn, đợt thi đua, chỉ tiêu giao, kết quả năm trước"),
            (Role.REVIEWER, Role.ADMIN),
            above,
        ),
        Permission(_("Nhập bản đăng ký, trình lãnh đạo"), (Role.CLERK, Role.LEADER), own),
        Permission(_("Nhập hộ bản đăng ký (đơn vị phải xác nhận)"), (Role.REVIEWER,), above),
        Permission(
            _(
                "Ký duyệt, trả lại người nhập (người đã nhập chỉ tự ký duyệt khi cơ quan có một "
                "người hoặc được cho phép kiêm nhiệm)"
            ),
            (Role.LEADER,),
            own,
        ),
        Permission(
            _("Ghi nhận lãnh đạo đã ký trên giấy (lãnh đạo được báo)"),
            (Role.CLERK, Role.LEADER),
            own,
        ),
        Permission(_("Gửi cấp trên, rút lại"), (Role.CLERK, Role.RECORDS, Role.LEADER), own),
        Permission(_("Yêu cầu bổ sung"), (Role.REVIEWER,), above),
        Permission(
            _(
                "Thống nhất nội dung, phê duyệt (không phải người của đơn vị, không phải "
                "người đã nhập, ký duyệt, gửi)"
            ),
            (Role.REVIEWER,),
            above,
        ),
    ]


def _agreeing() -> list[Permission]:
    """The joint agreement: its text, its figures, its signatures, its number."""
    own = _("cơ quan của mình")
    above = _("các cụm mình thẩm định")
    lead = _("cụm do cơ quan mình làm Cụm trưởng")
    return [
        Permission(_("Soạn, chốt, hủy bản giao ước cụm"), (Role.CLERK, Role.LEADER), lead),
        Permission(
            _("Cho ý kiến về dự thảo bản giao ước"),
            (Role.CLERK, Role.LEADER),
            _("cụm có cơ quan mình"),
        ),
        Permission(_("Xác nhận điện tử trong phần mềm (đúng người giữ chức)"), (Role.LEADER,), own),
        Permission(
            _("Ghi diễn biến hội nghị, ghi nhận chữ ký trên giấy, từ chối, vắng, ghi nhầm"),
            (Role.CLERK, Role.LEADER, Role.REVIEWER),
            lead,
        ),
        Permission(
            _(
                "Phản ánh một chữ ký không đúng (người có chữ ký, người giữ chức); trả lại bản "
                "quét đã có người xác nhận (cán bộ thẩm định)"
            ),
            (Role.LEADER, Role.REVIEWER),
            _("chữ ký của mình, cụm mình thẩm định"),
        ),
        Permission(
            _("Tải bản quét bản đã ký"),
            (Role.CLERK, Role.LEADER, Role.REVIEWER),
            _("cụm có cơ quan mình"),
        ),
        Permission(
            _(
                "Xác nhận chữ ký đã ghi nhận tại bàn, chữ ký trên bản quét (không phải chữ ký "
                "của cơ quan mình, không phải người cùng cơ quan với người ghi nhận, tải lên)"
            ),
            (Role.CLERK, Role.LEADER, Role.REVIEWER),
            _("cụm có cơ quan mình"),
        ),
        Permission(
            _("Đề nghị sửa số liệu tại bàn"),
            (Role.CLERK, Role.LEADER, Role.REVIEWER),
            _("cụm mình làm Cụm trưởng hoặc thẩm định; số liệu của cơ quan mình"),
        ),
        Permission(
            _(
                "Đồng ý sửa số liệu thay mặt đơn vị (không phải người đề nghị; người phụ trách "
                "chỉ ghi nhận văn bản lãnh đạo đã ký)"
            ),
            (Role.LEADER, Role.CLERK),
            own,
        ),
        Permission(
            _("Đồng ý sửa số liệu thay mặt cơ quan thẩm định (không phải người đề nghị)"),
            (Role.REVIEWER,),
            above,
        ),
        Permission(
            _("Cấp số, ghi ngày văn bản; đính chính (không có văn thư: người phụ trách, lãnh đạo)"),
            (Role.RECORDS,),
            own,
        ),
    ]


def _reporting() -> list[Permission]:
    """What is reported in the course of the year."""
    own = _("cơ quan của mình")
    above = _("các cụm mình thẩm định")
    return [
        Permission(_("Nhập báo cáo quý"), (Role.CLERK, Role.LEADER), own),
        Permission(
            _("Duyệt và gửi báo cáo quý (người đã nhập: như khi ký duyệt bản đăng ký)"),
            (Role.LEADER,),
            own,
        ),
        Permission(
            _(
                "Xác nhận báo cáo quý, yêu cầu bổ sung (không phải người của đơn vị, không phải "
                "người đã nhập, gửi, đính kèm minh chứng)"
            ),
            (Role.REVIEWER,),
            above,
        ),
    ]


def _administering() -> list[Permission]:
    """The whole installation."""
    office = _("toàn hệ thống")
    return [
        Permission(_("Xem mọi hồ sơ (không thao tác)"), (Role.AUDITOR, Role.ADMIN), office),
        Permission(
            _("Bộ tiêu chí: lập, sửa bản nháp, ban hành, lập phiên bản mới"), (Role.ADMIN,), office
        ),
        Permission(
            _(
                "Đơn vị, cơ quan, người giữ chức, căn cứ pháp lý, cụm thi đua, mẫu văn bản, sắp "
                "xếp đơn vị"
            ),
            (Role.ADMIN,),
            office,
        ),
        Permission(
            _("Cho phép một người kiêm nhiệm tại một cơ quan, có thời hạn và lý do"),
            (Role.ADMIN,),
            office,
        ),
        Permission(
            _(
                "Người dùng, vai trò, gắn tài khoản với người giữ chức, ngày làm việc của bản "
                "chạy thử"
            ),
            (Role.ADMIN,),
            office,
        ),
    ]

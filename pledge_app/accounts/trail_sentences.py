"""What the trail says was done: users, their roles and what they took home."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.kernel.room import Data, Sentence


def merged(data: Data) -> str:
    """Where one person typed and signed off: that, and why it was right."""
    if not data.get("merged_steps"):
        return ""
    why = {
        "only_one": _(" (cơ quan chỉ có một người)"),
        "permitted": _(" (được cho phép một người kiêm nhiệm)"),
    }.get(str(data.get("merged")), "")
    return _("; người nhập đồng thời là người ký duyệt nên hai bước được nhập làm một") + why


SENTENCES: dict[str, Sentence] = {
    "user.created": lambda d: _("tạo người dùng %(name)s", name=d.get("username", "")),
    "user.logged_in": lambda d: (
        _("đăng nhập bằng một mã dự phòng") if d.get("means") == "recovery" else _("đăng nhập")
    ),
    "user.second_factor_begun": lambda d: _("bật xác thực hai bước"),
    "user.second_factor_removal_asked": lambda d: _("đề nghị gỡ xác thực hai bước"),
    "user.second_factor_removed": lambda d: _("gỡ xác thực hai bước"),
    "user.took_part": lambda d: _("vào vai trong bản chạy thử"),
    "user.password_changed": lambda d: _("đổi mật khẩu"),
    "user.password_reset": lambda d: _("đặt lại mật khẩu"),
    "user.role_granted": lambda d: (
        _("tự giao vai trò tại %(body)s, khi chưa có người dùng nào khác", body=d.get("body", ""))
        if d.get("only_login")
        else _("giao vai trò tại %(body)s", body=d.get("body", ""))
    ),
    "user.role_ended": lambda d: _("kết thúc vai trò tại %(body)s", body=d.get("body", "")),
    "user.disabled": lambda d: _("khóa người dùng"),
    "user.enabled": lambda d: _("mở khóa người dùng"),
    "user.session_ended": lambda d: _("kết thúc một phiên đăng nhập"),
    "table.exported": lambda d: _("xuất bảng Excel, %(n)s dòng", n=d.get("rows", "")),
    "user.tied": lambda d: _(
        "gắn tài khoản với %(who)s – %(office)s",
        who=d.get("person", ""),
        office=d.get("office", ""),
    ),
    "user.renamed": lambda d: _(
        "đổi tên người dùng: %(before)s thành %(after)s",
        before=d.get("before", ""),
        after=d.get("after", ""),
    ),
    "user.handed_over": lambda d: _(
        "bàn giao cho %(who)s: %(roles)s",
        who=d.get("successor", ""),
        roles=d.get("roles", ""),
    ),
    "user.untied": lambda d: _("bỏ gắn tài khoản với %(who)s", who=d.get("person", "")),
}

"""The gallery of the screens' parts, served by the real application: every macro in every state."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, g, render_template, request
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from pledge_app.accounts.current import public
from pledge_app.kernel.room import rooms
from pledge_app.ui.chrome import Chrome, NavItem
from pledge_app.ui.forms import Form, choose, day, decimal, line, required, text, version, whole
from pledge_app.ui.paging import Page

PATH = "/bo-mau"
ROOMS = (
    ("Việc của tôi", "home"),
    ("Giao ước", "pledge"),
    ("Thẩm định", "review"),
    ("Bản giao ước cụm", "agreement"),
    ("Báo cáo quý", "report"),
    ("Năm thi đua", "year"),
    ("Đơn vị", "unit"),
    ("Quản trị", "admin"),
)
WRONG = {
    "name": "\u202e<b>'\"x",
    "why": "quá dài",
    "amount": "1.5",
    "on": "30/02/2023",
    "count": "-1",
    "kind": "9",
}


class Sample(Form):
    """One field of each kind."""

    name = line("Tên chỉ tiêu")
    note = line("Ghi chú", needed=False, help_="Chỉ ghi khi cần giải thích thêm.")
    why = text("Lý do", longest=5)
    amount = decimal("Mục tiêu đăng ký", help_="Đơn vị tính: triệu đồng/người.")
    on = day("Ngày ban hành")
    count = whole("Số bản")
    kind = choose("Hệ thi đua", [("", "Chọn…"), ("ubnd", "UBND"), ("mttq", "MTTQ")])
    password = PasswordField("Mật khẩu", required(), render_kw={"autocomplete": "new-password"})
    agreed = BooleanField("Tôi đã đọc toàn bộ nội dung", [InputRequired()])
    ver = version()


def frame() -> Chrome:
    """Everything that can stand around a page."""
    nav = tuple(NavItem(label, f"#{icon}", icon, current=icon == "pledge") for label, icon in ROOMS)
    return Chrome(
        office_name="Thi đua huyện Hải Hậu",
        version="0",
        person_name="Lê Thị Ví Dụ Quang",
        person_key="1",
        roles="Người phụ trách",
        nav=nav,
        is_narrow=request.cookies.get("nav-narrow") == "1",
        year_label="Năm 2023",
        year_href="#nam",
        line_label="Hệ UBND",
        unit_label="UBND xã Hải Quang",
        unit_href="#don-vi",
        unread=12,
        is_demo=True,
        business_date=datetime(2023, 2, 10, tzinfo=UTC).date(),
    )


@public
def gallery() -> str:
    """The page."""
    g.chrome = frame()
    flash("Đã gửi cấp trên.")
    flash("Chưa tạo được văn bản.", "error")
    wrong = Sample(MultiDict(WRONG), meta={"csrf": False})
    wrong.validate()
    at = datetime(2023, 2, 10, 8, 2, tzinfo=UTC)
    events = [
        SimpleNamespace(
            at=at,
            sentence="Bà Lê Thị Ví Dụ Quang sửa chỉ tiêu OCOP: 2 → 3",
            reason="Thêm một sản phẩm.",
        ),
        SimpleNamespace(at=at, sentence="Ông Trần Văn Ví Dụ trình lãnh đạo", reason=""),
    ]
    problems = [
        SimpleNamespace(anchor="bang", sentence="Chỉ tiêu 2.1 chưa có mục tiêu."),
        SimpleNamespace(anchor="", sentence="Chưa chia chỉ tiêu theo quý."),
    ]
    shown: dict[str, Any] = {
        "form": wrong,
        "plain": Sample(MultiDict(), prefix="p-", meta={"csrf": False}),
        "badges": rooms().badges,
        "events": events,
        "problems": problems,
        "page": Page([], 2, 9, 214),
        "rows": [
            ("Sản phẩm OCOP", "sản phẩm", Decimal("3")),
            ("Giá trị trên 1 ha canh tác", "triệu đồng", Decimal("1234.5")),
        ],
    }
    return render_template("_parts/gallery.html", **shown)


def add_to(app: Flask) -> Flask:
    """The application with the gallery on PATH."""
    app.add_url_rule(PATH, "gallery", gallery)
    return app

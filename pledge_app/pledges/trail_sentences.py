"""What the trail says was done: pledges."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.accounts.trail_sentences import merged
from pledge_app.audit.sentences import day
from pledge_app.kernel.numbers import format_number
from pledge_app.kernel.room import Data, Sentence

MOST_NAMED = 5


def _signed_off(data: Data) -> str:
    said = _("ký duyệt bản đăng ký")
    if data.get("office"):
        said = _("ký duyệt bản đăng ký với chức vụ %(office)s", office=data["office"])
    return said + merged(data)


def _sign_off_recorded(data: Data) -> str:
    if not data.get("leader"):
        return _("ghi nhận đã trình ký trên giấy")
    return _(
        "ghi nhận %(who)s đã ký trên giấy ngày %(day)s",
        who=data["leader"],
        day=day(data.get("signed_on")),
    )


def _sent_up(data: Data) -> str:
    """With the paper's own number and date, as far as they were known."""
    said = _("gửi bản đăng ký lên cấp trên, lần %(n)s", n=data.get("round") or 1)
    if data.get("number"):
        said += _(", số %(n)s", n=data["number"])
    if data.get("dated"):
        said += _(", văn bản ngày %(day)s", day=day(data["dated"]))
    return said


def _assigned_changed(data: Data) -> str:
    """Which assigned figures, from what to what; the first few."""
    figures = data.get("figures") or []
    parts = [
        f"{row['code']}: {_number(row['before'])} → {_number(row['after'])}"
        for row in figures[:MOST_NAMED]
    ]
    more = (
        _(" và %(n)s chỉ tiêu khác", n=len(figures) - MOST_NAMED)
        if len(figures) > MOST_NAMED
        else ""
    )
    return _("nhận chỉ tiêu giao mới (%(what)s)", what="; ".join(parts) + more)


def _number(exact: str | None) -> str:
    return format_number(Decimal(exact)) if exact is not None else _("không giao")


SENTENCES: dict[str, Sentence] = {
    "pledge.assigned_changed": _assigned_changed,
    "pledge.baselines_changed": lambda d: _(
        "nhận kết quả năm trước của %(n)s chỉ tiêu",
        n=d.get("figures", ""),
    ),
    "pledge.started": lambda d: (
        _("nhập hộ: lập bản đăng ký thay đơn vị") if d.get("on_behalf") else _("lập bản đăng ký")
    ),
    "pledge.submitted_to_leader": lambda d: _("trình lãnh đạo bản đăng ký"),
    "pledge.handed_back": lambda d: _("trả lại bản đăng ký để sửa"),
    "pledge.recalled": lambda d: _("lấy lại bản đăng ký từ lãnh đạo để sửa"),
    "pledge.signed_off": _signed_off,
    "pledge.sign_off_recorded": _sign_off_recorded,
    "pledge.sent_up": _sent_up,
    "pledge.withdrawn": lambda d: _("rút lại bản đăng ký đã gửi"),
    "pledge.request_answered": lambda d: (
        _(
            "trả lời yêu cầu bổ sung ở chỉ tiêu %(code)s: %(answer)s",
            code=code,
            answer=d["answer"],
        )
        if (code := d.get("criterion"))
        else _("trả lời yêu cầu bổ sung: %(answer)s", answer=d.get("answer", ""))
    ),
    "pledge.item_added": lambda d: _(
        "thêm “%(name)s” vào chỉ tiêu %(code)s",
        name=d.get("name", ""),
        code=d.get("criterion", ""),
    ),
    "pledge.item_dropped": lambda d: _(
        "bỏ “%(name)s” khỏi chỉ tiêu %(code)s",
        name=d.get("name", ""),
        code=d.get("criterion", ""),
    ),
    "pledge.hamlets_added": lambda d: _(
        "đưa thêm %(n)s thôn, xóm mới ghi vào bản đăng ký",
        n=d.get("n", ""),
    ),
}

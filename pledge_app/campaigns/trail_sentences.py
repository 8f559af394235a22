"""What the trail says was done: the emulation year, its calendar and its legal bases."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day
from pledge_app.kernel.roman import roman
from pledge_app.kernel.room import Data, Sentence


def quarter(data: Data) -> str:
    """The Roman number of a quarter, as it was kept."""
    return roman(data.get("quarter") or 0)


def period(data: Data) -> str:
    """A quarter is kept by its number, any other period by its Vietnamese name."""
    if data.get("quarter"):
        return _("quý %(q)s", q=quarter(data))
    return str(data.get("period") or "")


def _guidance(data: Data) -> str:
    words = {
        "guidance_number": _("số hướng dẫn"),
        "guidance_date": _("ngày hướng dẫn"),
        "guidance_title": _("nội dung hướng dẫn"),
        "pledge_due_on": _("hạn gửi bản đăng ký"),
        "agreement_due_on": _("hạn ký giao ước"),
        "opens_days_before": _("số ngày mở báo cáo trước hạn"),
        "approve_word": _("từ dùng khi đồng ý"),
        "criteria_set_id": _("bộ tiêu chí"),
    }
    named = ", ".join(word for name, word in words.items() if name in data)
    return _("sửa năm thi đua: %(what)s", what=named) if named else _("sửa năm thi đua")


SENTENCES: dict[str, Sentence] = {
    "year.opened": lambda d: _("mở năm thi đua %(year)s", year=d.get("year", "")),
    "year.guidance_set": _guidance,
    "year.figures_assigned": lambda d: (
        _(
            "ghi %(n)s chỉ tiêu giao, trong đó thu hồi %(m)s",
            n=d.get("figures", ""),
            m=d["taken_back"],
        )
        if d.get("taken_back")
        else _("ghi %(n)s chỉ tiêu giao", n=d.get("figures", ""))
    ),
    "year.results_given": lambda d: (
        _(
            "ghi %(n)s kết quả năm trước, thay cả số trong báo cáo đã xác nhận",
            n=d.get("figures", ""),
        )
        if d.get("overrules")
        else _("ghi %(n)s kết quả năm trước", n=d.get("figures", ""))
    ),
    "year.period_added": lambda d: _("thêm kỳ báo cáo: %(period)s", period=period(d)),
    "year.period_set": lambda d: _("sửa ngày, hạn của kỳ báo cáo: %(period)s", period=period(d)),
    "year.period_dropped": lambda d: _("bỏ kỳ báo cáo: %(period)s", period=period(d)),
    "campaign.saved": lambda d: _("sửa đợt thi đua quý %(q)s", q=quarter(d)),
    "commemoration.added": lambda d: _(
        "thêm ngày kỷ niệm của địa phương: %(name)s",
        name=d.get("name", ""),
    ),
    "commemoration.taken_over": lambda d: _(
        "lấy ngày kỷ niệm có sẵn vào lịch: %(name)s",
        name=d.get("name", ""),
    ),
    "calendar.day_added": lambda d: (
        _("ghi ngày %(day)s là ngày làm bù", day=day(d.get("day")))
        if d.get("works")
        else _("ghi ngày %(day)s là ngày nghỉ", day=day(d.get("day")))
    ),
    "calendar.day_dropped": lambda d: _(
        "bỏ ngày %(day)s khỏi lịch làm việc",
        day=day(d.get("day")),
    ),
    "basis.added": lambda d: _("thêm căn cứ %(name)s", name=d.get("citation", "")),
    "basis.corrected": lambda d: _("sửa căn cứ %(name)s", name=d.get("citation", "")),
    "basis.replaced": lambda d: _(
        "ghi văn bản thay thế từ %(day)s: %(name)s",
        day=day(d.get("on")),
        name=d.get("by", ""),
    ),
    "year.extended": lambda d: _(
        "gia hạn cho %(who)s đến %(day)s",
        who=d.get("body") or _("tất cả các đơn vị"),
        day=day(d.get("due_on")),
    ),
}

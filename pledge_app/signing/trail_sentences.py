"""What the trail says was done: signing rounds and their steps."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day
from pledge_app.kernel.room import Data, Sentence


def _slip(data: Data) -> str:
    """What had been recorded by mistake, of whom."""
    was = {
        "refused": _("từ chối ký"),
        "absent": _("vắng mặt"),
        "signed": _("đã ký trên giấy"),
    }.get(str(data.get("was")), "")
    return _("ghi lại: trước đó ghi nhầm %(who)s %(was)s", who=data.get("person", ""), was=was)


def _seen(act: str, data: Data) -> str:
    """Whose signature, and as whom it was vouched for."""
    said = _(
        "%(act)s của %(who)s (%(body)s)",
        act=act,
        who=data.get("person", ""),
        body=data.get("body", ""),
    )
    how = {
        "second_official": _("; là người thứ hai của cùng cơ quan vì không có cơ quan nào khác"),
        "concurrent": _("; một người kiêm nhiệm, theo cho phép của quản trị viên"),
    }
    return said + how.get(str(data.get("how")), "")


SENTENCES: dict[str, Sentence] = {
    "round.opened": lambda d: _("mở lượt ký"),
    "round.reopened": lambda d: _("mở lại lượt ký vì bản quét không đúng"),
    "round.completed": lambda d: _("ghi nhận lượt ký đã đủ"),
    "round.voided": lambda d: _("hủy lượt ký"),
    "step.confirmed": lambda d: _(
        "xác nhận điện tử trong phần mềm thay mặt %(body)s",
        body=d.get("body", ""),
    ),
    "step.signed_on_paper": lambda d: _(
        "ghi nhận %(who)s đã ký trên giấy ngày %(day)s",
        who=d.get("person", ""),
        day=day(d.get("on")),
    ),
    "step.attested": lambda d: _seen(_("xác nhận đã thấy tại bàn chữ ký"), d),
    "step.seen_on_scan": lambda d: _seen(_("xác nhận đã thấy trên bản quét chữ ký"), d),
    "step.corrected": _slip,
    "step.disputed": lambda d: _(
        "phản ánh chữ ký của %(who)s không đúng, không tính nữa",
        who=d.get("person", ""),
    ),
    "step.refused": lambda d: _("ghi nhận %(who)s từ chối ký", who=d.get("person", "")),
    "step.absent": lambda d: _("ghi nhận %(who)s vắng mặt", who=d.get("person", "")),
}

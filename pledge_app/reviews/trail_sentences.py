"""What the trail says was done: reviewing a pledge."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import figure
from pledge_app.kernel.room import Data, Sentence


def _amended(data: Data) -> str:
    """Which figure, from what to what, and with whose consent."""
    said = _("sửa chỉ tiêu %(code)s", code=data.get("criterion", ""))
    if not data.get("commune"):
        return said
    consents = _(
        " từ %(before)s thành %(after)s, với sự đồng ý của %(commune)s và %(reviewer)s",
        before=figure(data.get("before")),
        after=figure(data.get("after")),
        commune=data["commune"],
        reviewer=data.get("reviewer", ""),
    )
    return said + consents


SENTENCES: dict[str, Sentence] = {
    "pledge.review_begun": lambda d: _("bắt đầu thẩm định"),
    "pledge.sent_back": lambda d: _("yêu cầu bổ sung bản đăng ký"),
    "pledge.approved": lambda d: _("thống nhất nội dung bản đăng ký"),
    "pledge.approval_taken_back": lambda d: _("rút lại việc thống nhất nội dung bản đăng ký"),
    "pledge.amended": _amended,
    "pledge.came_into_force": lambda d: _("ghi nhận bản giao ước đã ký; bản đăng ký có hiệu lực"),
    "pledge.closed": lambda d: _("kết thúc năm thi đua"),
}

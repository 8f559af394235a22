"""What the trail says was done: reports and their evidence."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.accounts.trail_sentences import merged
from pledge_app.campaigns.trail_sentences import period
from pledge_app.kernel.room import Data, Sentence


def _sent_up_report(data: Data) -> str:
    sentence = _("ký duyệt và gửi báo cáo lên cấp trên") + merged(data)
    if data.get("late"):
        sentence += _("; nộp sau hạn")
    return sentence


SENTENCES: dict[str, Sentence] = {
    "report.opened": lambda d: _("mở báo cáo %(period)s", period=period(d)),
    "report.submitted_to_leader": lambda d: _("trình lãnh đạo báo cáo"),
    "report.handed_back": lambda d: _("trả lại báo cáo để sửa"),
    "report.recalled": lambda d: _("lấy lại báo cáo từ lãnh đạo để sửa"),
    "report.sent_up": _sent_up_report,
    "report.sent_back": lambda d: _("yêu cầu bổ sung báo cáo"),
    "report.confirmed": lambda d: _("xác nhận báo cáo"),
    "report.evidence_added": lambda d: _("thêm tệp minh chứng “%(name)s”", name=d.get("name", "")),
    "report.evidence_removed": lambda d: _("gỡ tệp minh chứng “%(name)s”", name=d.get("name", "")),
    "report.superseded": lambda d: _("lập bản đính chính thay báo cáo này"),
    "report.corrected": lambda d: _("lập báo cáo này để đính chính bản đã xác nhận"),
}

"""What the trail says was done: papers, their numbers, scans and wordings."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.kernel.room import Sentence

SENTENCES: dict[str, Sentence] = {
    "document.frozen": lambda d: _("chốt nội dung văn bản"),
    "document.render_retried": lambda d: _("yêu cầu tạo lại văn bản"),
    "scan.uploaded": lambda d: _("tải lên bản quét"),
    "scan.confirmed": lambda d: _("xác nhận bản quét đúng là văn bản đã chốt"),
    "scan.rejected": lambda d: _("không nhận bản quét"),
    "document.revised": lambda d: _("lưu bản thứ %(n)s của văn bản", n=d.get("n", "")),
    "document.numbered": lambda d: _(
        "cấp số, ghi ngày văn bản: %(number)s",
        number=d.get("number", ""),
    ),
    "document.number_corrected": lambda d: _(
        "đính chính số, ngày văn bản: %(before)s thành %(after)s; lý do: %(reason)s",
        before=d.get("before", ""),
        after=d.get("after", ""),
        reason=d.get("reason", ""),
    ),
    "wording.set": lambda d: _("lưu mẫu văn bản, phiên bản %(n)s", n=d.get("version", "")),
}

"""What the trail says was done: the meeting of a cluster."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.kernel.room import Sentence

SENTENCES: dict[str, Sentence] = {
    "meeting.planned": lambda d: _("sửa kế hoạch hội nghị"),
    "meeting.pack_asked": lambda d: _(
        "yêu cầu tạo bộ tài liệu hội nghị, %(n)s văn bản",
        n=d.get("papers", ""),
    ),
    "meeting.pack_paper_retried": lambda d: _(
        "yêu cầu tạo lại văn bản %(name)s của bộ tài liệu hội nghị",
        name=d.get("name", ""),
    ),
    "meeting.recorded": lambda d: _("ghi biên bản hội nghị ký kết"),
    "meeting.closed": lambda d: _("chốt biên bản hội nghị ký kết"),
}

"""What the trail says was done: the demo."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day
from pledge_app.kernel.room import Sentence

SENTENCES: dict[str, Sentence] = {
    "business_date.moved": lambda d: _(
        "chuyển ngày làm việc của bản chạy thử tới %(day)s",
        day=day(d.get("to")),
    ),
}

"""The word, icon and tone of every state of a quarterly report. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

BADGES = {
    "report": {
        "not_due": Badge(_l("Chưa đến hạn"), "clock", "draft"),
        "open": Badge(_l("Đang nhập"), "edit", "draft"),
        "due_soon": Badge(_l("Đến hạn"), "clock", "wait"),
        "overdue": Badge(_l("Quá hạn"), "warn", "error"),
        "late": Badge(_l("Nộp muộn"), "warn", "wait"),
        "with_leader": Badge(_l("Chờ lãnh đạo"), "clock", "wait"),
        "sent": Badge(_l("Chờ xác nhận"), "send", "sent"),
        "returned": Badge(_l("Yêu cầu bổ sung"), "back", "wait"),
        "confirmed": Badge(_l("Đã xác nhận"), "check", "good"),
        "superseded": Badge(_l("Đã được thay thế"), "swap", "draft"),
    },
}

"""The word, icon and tone of every state of a report. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge
from pledge_app.progress.plan_to_date import NO_FIGURE, NOT_PLANNED, STANDING_WORDS

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
    "pace": {
        "ahead": Badge(
            STANDING_WORDS["ahead"],
            "above",
            "good",
        ),
        "on_time": Badge(
            STANDING_WORDS["on_time"],
            "check",
            "sent",
        ),
        "behind": Badge(
            STANDING_WORDS["behind"],
            "below",
            "wait",
        ),
        NOT_PLANNED: Badge(
            STANDING_WORDS[NOT_PLANNED],
            "clock",
            "draft",
        ),
        NO_FIGURE: Badge(
            STANDING_WORDS[NO_FIGURE],
            "warn",
            "draft",
        ),
    },
}

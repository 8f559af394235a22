"""The word, icon and tone of a paper while it is being made. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

BADGES = {
    "paper": {
        "rendering": Badge(_l("Đang tạo văn bản"), "gear", "wait"),
        "ready": Badge(_l("Đã có văn bản"), "check", "good"),
        "failed": Badge(_l("Chưa tạo được văn bản"), "warn", "error"),
    },
}

"""The word, icon and tone of every state of a criteria set. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

BADGES = {
    "criteria_set": {
        "draft": Badge(_l("Nháp"), "edit", "draft"),
        "published": Badge(_l("Đã ban hành"), "lock", "good"),
        "ended": Badge(_l("Hết hiệu lực"), "cross", "draft"),
    },
}

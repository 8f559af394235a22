"""The word, icon and tone of a task, by how near its deadline is. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

BADGES = {
    "task": {
        "late": Badge(_l("Quá hạn"), "warn", "error"),
        "soon": Badge(_l("Sắp đến hạn"), "clock", "wait"),
        "wait": Badge(_l("Cần làm"), "info", "draft"),
    },
}

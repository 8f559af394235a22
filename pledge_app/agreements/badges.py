"""The word, icon and tone of every state of an agreement. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

BADGES = {
    "agreement": {
        "draft": Badge(_l("Dự thảo"), "edit", "draft"),
        "rendering": Badge(_l("Đang tạo văn bản"), "gear", "wait"),
        "awaiting": Badge(_l("Chờ ký"), "sign", "wait"),
        "confirmed": Badge(_l("Đã xác nhận, chờ bản có chữ ký"), "sign", "wait"),
        "inked": Badge(_l("Đã ký trên giấy, chờ bản quét"), "sign", "good"),
        "signed": Badge(_l("Đã ký"), "check", "good"),
        "replaced": Badge(_l("Đã được thay thế"), "swap", "draft"),
        "void": Badge(_l("Đã hủy"), "cross", "error"),
    },
}

"""The word, icon and tone of every state of a signing step. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

BADGES = {
    "step": {
        "pending": Badge(_l("Chưa ký"), "clock", "wait"),
        "confirmed": Badge(_l("Đã xác nhận điện tử"), "check", "sent"),
        "recorded": Badge(_l("Đã ghi nhận ký, chờ người thứ hai"), "clock", "wait"),
        "inked": Badge(_l("Đã ký trên giấy"), "sign", "good"),
        "signed": Badge(_l("Đã ký, thấy trên bản quét"), "check", "good"),
        "refused": Badge(_l("Từ chối ký"), "cross", "error"),
        "absent": Badge(_l("Vắng mặt"), "info", "draft"),
    },
}

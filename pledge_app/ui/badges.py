"""The word, icon and tone of every state on screen. Words as in the glossary."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Badge(NamedTuple):
    """Always a word with an icon; the colour only repeats what they say."""

    word: LazyString
    icon: str
    tone: str


BADGES: dict[str, dict[str, Badge]] = {
    "pledge": {
        "none": Badge(_l("Chưa lập"), "info", "draft"),
        "draft": Badge(_l("Nháp"), "edit", "draft"),
        "with_leader": Badge(_l("Chờ lãnh đạo"), "clock", "wait"),
        "sent": Badge(_l("Đã gửi"), "send", "sent"),
        "sent_again": Badge(_l("Đã gửi lại"), "send", "sent"),
        "returned": Badge(_l("Yêu cầu bổ sung"), "back", "wait"),
        "agreed": Badge(_l("Đã thống nhất"), "check", "good"),
        "in_force": Badge(_l("Đang thực hiện"), "run", "good"),
        "closed": Badge(_l("Đã kết thúc"), "lock", "draft"),
        "discontinued": Badge(_l("Đã dừng"), "lock", "draft"),
    },
    "criteria_set": {
        "draft": Badge(_l("Nháp"), "edit", "draft"),
        "published": Badge(_l("Đã ban hành"), "lock", "good"),
    },
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
    "step": {
        "pending": Badge(_l("Chưa ký"), "clock", "wait"),
        "confirmed": Badge(_l("Đã xác nhận điện tử"), "check", "sent"),
        "recorded": Badge(_l("Đã ghi nhận ký, chờ người thứ hai"), "clock", "wait"),
        "inked": Badge(_l("Đã ký trên giấy"), "sign", "good"),
        "signed": Badge(_l("Đã ký, thấy trên bản quét"), "check", "good"),
        "refused": Badge(_l("Từ chối ký"), "cross", "error"),
        "absent": Badge(_l("Vắng mặt"), "info", "draft"),
    },
    "task": {
        "late": Badge(_l("Quá hạn"), "warn", "error"),
        "soon": Badge(_l("Sắp đến hạn"), "clock", "wait"),
        "wait": Badge(_l("Cần làm"), "info", "draft"),
    },
    "paper": {
        "rendering": Badge(_l("Đang tạo văn bản"), "gear", "wait"),
        "ready": Badge(_l("Đã có văn bản"), "check", "good"),
        "failed": Badge(_l("Chưa tạo được văn bản"), "warn", "error"),
    },
}


def badge(kind: str, state: str) -> Badge:
    """The badge of a state; KeyError names one that the table lacks."""
    return BADGES[kind][state]

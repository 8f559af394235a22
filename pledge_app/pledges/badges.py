"""The word, icon and tone of every state of a pledge. Words as in the glossary."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import Badge

PLEDGE_BADGES = {
    "none": Badge(
        _l("Chưa lập"),
        "info",
        "draft",
    ),
    "draft": Badge(_l("Nháp"), "edit", "draft"),
    "with_leader": Badge(
        _l("Chờ lãnh đạo"),
        "clock",
        "wait",
    ),
    "signed_off": Badge(
        _l("Đã ký duyệt, chưa gửi"),
        "sign",
        "wait",
    ),
    "sent": Badge(_l("Đã gửi"), "send", "sent"),
    "sent_again": Badge(
        _l("Đã gửi lại"),
        "send",
        "sent",
    ),
    "returned": Badge(
        _l("Yêu cầu bổ sung"),
        "back",
        "wait",
    ),
    "agreed": Badge(
        _l("Đã thống nhất"),
        "check",
        "good",
    ),
    "in_force": Badge(
        _l("Đang thực hiện"),
        "run",
        "good",
    ),
    "closed": Badge(
        _l("Đã kết thúc"),
        "lock",
        "draft",
    ),
    "discontinued": Badge(
        _l("Đã dừng"),
        "lock",
        "draft",
    ),
}
BADGES = {"pledge": PLEDGE_BADGES}

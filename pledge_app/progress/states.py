"""The states of a report. Đến hạn, Quá hạn, Nộp muộn are read from dates, not stored."""

from __future__ import annotations

from enum import StrEnum

from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.progress import policy


class ReportState(StrEnum):
    """Đang nhập · Chờ lãnh đạo · Chờ xác nhận · Yêu cầu bổ sung · Đã xác nhận · Đã được thay
    thế.
    """

    OPEN = "open"
    WITH_LEADER = "with_leader"
    SENT = "sent"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"


S = ReportState
REPORT_LIFE = Lifecycle(
    S.OPEN,
    # move                from                   to             who
    ("submit_to_leader", {S.OPEN, S.RETURNED}, S.WITH_LEADER, policy.enters_for),
    ("hand_back", {S.WITH_LEADER}, S.OPEN, policy.leads_for),
    ("recall", {S.WITH_LEADER}, S.OPEN, policy.enters_for),
    ("send_up", {S.WITH_LEADER}, S.SENT, policy.sends_for),
    ("send_back", {S.SENT}, S.RETURNED, policy.reviews_for),
    ("confirm", {S.SENT}, S.CONFIRMED, policy.reviews_for),
    ("supersede", {S.CONFIRMED}, S.SUPERSEDED, policy.enters_for),
)

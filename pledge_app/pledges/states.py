"""The states of a pledge and the one table of its moves."""

from __future__ import annotations

from enum import StrEnum

from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.pledges import policy


class PledgeState(StrEnum):
    """Nháp · Chờ lãnh đạo · Đã gửi · Yêu cầu bổ sung · Đã thống nhất · Đang thực hiện · Đã kết
    thúc · Đã dừng.
    """

    DRAFT = "draft"
    WITH_LEADER = "with_leader"
    SENT = "sent"
    RETURNED = "returned"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    CLOSED = "closed"
    DISCONTINUED = "discontinued"  # its unit was merged or abolished


S = PledgeState
PLEDGE_LIFE = Lifecycle(
    S.DRAFT,
    # move                from                     to             who
    ("submit_to_leader", {S.DRAFT, S.RETURNED}, S.WITH_LEADER, policy.types_for),
    ("hand_back", {S.WITH_LEADER}, S.DRAFT, policy.leads_for),
    ("recall", {S.WITH_LEADER}, S.DRAFT, policy.types_for),
    ("sign_off", {S.WITH_LEADER}, S.WITH_LEADER, policy.signs_off_for),
    ("record_sign_off", {S.WITH_LEADER}, S.WITH_LEADER, policy.enters_for),
    ("send_up", {S.WITH_LEADER}, S.SENT, policy.sends_for),
    ("withdraw", {S.SENT}, S.DRAFT, policy.sends_for),
    ("send_back", {S.SENT}, S.RETURNED, policy.asks_for),
    ("approve", {S.SENT}, S.AGREED, policy.reviews_for),
    ("take_back", {S.AGREED}, S.SENT, policy.reviews_for),
    ("amend", {S.AGREED}, S.AGREED, policy.by_system),
    ("come_into_force", {S.AGREED}, S.IN_FORCE, policy.by_system),
    ("close", {S.IN_FORCE}, S.CLOSED, policy.by_system),
    (
        "discontinue",
        {
            S.DRAFT,
            S.WITH_LEADER,
            S.SENT,
            S.RETURNED,
            S.AGREED,
            S.IN_FORCE,
        },
        S.DISCONTINUED,
        policy.by_system,
    ),
)

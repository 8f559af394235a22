"""The states of an agreement, of a change proposed at the table, and the tables of their moves."""

from __future__ import annotations

from enum import StrEnum

from pledge_app.agreements import policy
from pledge_app.kernel.lifecycle import Lifecycle


class AgreementState(StrEnum):
    """Dự thảo · Đang tạo văn bản · Chờ ký · Đã xác nhận, chờ bản có chữ ký · Đã ký trên giấy,
    chờ bản quét · Đã ký · Đã được thay thế · Đã hủy.

    Clicks alone never make "Đã ký": a signature is ink, recorded at the table and then seen on a
    scan.
    """

    DRAFT = "draft"
    RENDERING = "rendering"
    AWAITING = "awaiting"
    CONFIRMED = "confirmed"
    INKED = "inked"
    SIGNED = "signed"
    REPLACED = "replaced"
    VOID = "void"


S = AgreementState
AT_SIGNING = (S.AWAITING, S.CONFIRMED, S.INKED, S.SIGNED)
"""Frozen and printed, neither replaced nor void: marks, scans and minutes are taken."""
STANDING = (S.CONFIRMED, S.INKED, S.SIGNED)
"""May be in force; those of an earlier release are so by confirmations alone."""
IN_FORCE = (S.AWAITING, *STANDING)
"""In force, where `in_force_on` says so: after a dispute less may be known of its signatures
than before.
"""
AGREEMENT_LIFE = Lifecycle(
    S.DRAFT,
    # move             from                        to            who
    ("freeze", {S.DRAFT}, S.RENDERING, policy.composes_or_system),
    ("ready", {S.RENDERING}, S.AWAITING, policy.by_system),
    ("retry", {S.RENDERING}, S.RENDERING, policy.composes_for),
    ("all_confirm", {S.AWAITING}, S.CONFIRMED, policy.by_system),
    ("all_ink", {S.AWAITING, S.CONFIRMED}, S.INKED, policy.by_system),
    ("complete", {S.AWAITING, S.CONFIRMED, S.INKED}, S.SIGNED, policy.by_system),
    ("back_to_awaiting", {S.CONFIRMED, S.INKED, S.SIGNED}, S.AWAITING, policy.by_system),
    ("back_to_confirmed", {S.INKED, S.SIGNED}, S.CONFIRMED, policy.by_system),
    ("back_to_inked", {S.SIGNED}, S.INKED, policy.by_system),
    (
        "void",
        {
            S.DRAFT,
            S.RENDERING,
            S.AWAITING,
            S.CONFIRMED,
        },
        S.VOID,
        policy.composes_or_system,
    ),
    (
        "replace",
        {
            S.AWAITING,
            S.CONFIRMED,
            S.INKED,
            S.SIGNED,
        },
        S.REPLACED,
        policy.by_system,
    ),
)


class AmendmentState(StrEnum):
    """Chờ đồng ý · Đã sửa · Không đồng ý · Hết hiệu lực."""

    OPEN = "open"
    APPLIED = "applied"
    REJECTED = "rejected"
    LAPSED = "lapsed"


A = AmendmentState
AMENDMENT_LIFE = Lifecycle(
    A.OPEN,
    ("apply", {A.OPEN}, A.APPLIED, policy.by_system),
    ("reject", {A.OPEN}, A.REJECTED, policy.answers_for),
    ("lapse", {A.OPEN}, A.LAPSED, policy.by_system),
)

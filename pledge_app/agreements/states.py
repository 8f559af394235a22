"""The states of an agreement and the one table of its moves."""

from __future__ import annotations

from enum import StrEnum

from pledge_app.agreements import policy
from pledge_app.kernel.lifecycle import Lifecycle


class AgreementState(StrEnum):
    """Dự thảo · Đang tạo văn bản · Chờ ký · Đã ký · Đã được thay thế · Đã hủy."""

    DRAFT = "draft"
    RENDERING = "rendering"
    AWAITING = "awaiting"
    SIGNED = "signed"
    REPLACED = "replaced"
    VOID = "void"


S = AgreementState
AGREEMENT_LIFE = Lifecycle(
    S.DRAFT,
    # move             from                        to            who
    ("freeze", {S.DRAFT}, S.RENDERING, policy.composes_for),
    ("ready", {S.RENDERING}, S.AWAITING, policy.by_system),
    ("retry", {S.RENDERING}, S.RENDERING, policy.composes_for),
    ("complete", {S.AWAITING}, S.SIGNED, policy.by_system),
    ("void", {S.DRAFT, S.RENDERING, S.AWAITING}, S.VOID, policy.composes_for),
    ("replace", {S.SIGNED}, S.REPLACED, policy.by_system),
)

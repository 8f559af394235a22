"""A figure that somebody proposes to change after it was agreed, and who consented."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AMENDMENT_LIFE, AmendmentState
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.pledges.models import Target


class Amendment(Identified, Stateful, Base):
    """Đề nghị sửa số liệu: nothing changes before the commune and the reviewer have each said
    yes.

    `agreement` is the version at which it was proposed. `hamlets`: TargetItem id as text →
    [state, period id], where the figure is a share of them. A `note` says which signed paper a yes
    rests on.
    """

    __tablename__ = "amendment"
    LIFE = AMENDMENT_LIFE

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    state: Mapped[AmendmentState] = mapped_column(
        choice(AmendmentState, "amendment_state"),
        default=AmendmentState.OPEN,
    )
    old_goal: Mapped[Decimal | None]
    new_goal: Mapped[Decimal]
    hamlets: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str]
    proposed_by_id: Mapped[int]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    commune_by_id: Mapped[int | None]
    commune_by: Mapped[str] = mapped_column(default="")
    commune_note: Mapped[str] = mapped_column(default="")
    commune_at: Mapped[datetime | None]
    reviewer_by_id: Mapped[int | None]
    reviewer_by: Mapped[str] = mapped_column(default="")
    reviewer_note: Mapped[str] = mapped_column(default="")
    reviewer_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down, or lapsed
    ended_at: Mapped[datetime | None]
    agreement: Mapped[Agreement] = relationship()
    target: Mapped[Target] = relationship()

    @property
    def is_applied(self) -> bool:
        """Both consented: the figure is changed."""
        return self.state is AmendmentState.APPLIED

    @property
    def is_rejected(self) -> bool:
        """One side said no, or it was withdrawn."""
        return self.state is AmendmentState.REJECTED

    @property
    def has_lapsed(self) -> bool:
        """Nobody answered before the agreement was signed."""
        return self.state is AmendmentState.LAPSED

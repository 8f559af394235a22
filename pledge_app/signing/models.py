"""Rounds and steps."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.documents.models import Document
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.signing.states import ROUND_LIFE, Means, RoundState, StepState


class SigningRound(Identified, Stateful, Base):
    """Lượt ký of one document."""

    __tablename__ = "signing_round"
    __table_args__ = (UniqueConstraint("document_id", "revision"),)
    LIFE = ROUND_LIFE

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[RoundState] = mapped_column(choice(RoundState, "round_state"), default=RoundState.OPEN)
    opened_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    scan_confirmed_at: Mapped[datetime | None]  # the newest scan that a second person confirmed
    void_reason: Mapped[str] = mapped_column(default="")
    document: Mapped[Document] = relationship()
    steps: Mapped[list[SigningStep]] = relationship(back_populates="round", order_by="SigningStep.position")


class SigningStep(Identified, Base):
    """One signatory (or witness who signs) of the round, as frozen, and what they did."""

    __tablename__ = "signing_step"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("signing_round.id"), index=True)
    position: Mapped[int]
    cell_id: Mapped[str] = mapped_column(String(32))  # "sig-3": the anchor on the paper
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_witness: Mapped[bool] = mapped_column(default=False)
    body_name: Mapped[str]
    person_name: Mapped[str]
    title: Mapped[str]
    authority: Mapped[str] = mapped_column(String(8))
    state: Mapped[StepState] = mapped_column(choice(StepState, "step_state"), default=StepState.PENDING)
    # Two independent marks: the electronic confirmation and the wet signature on the paper.
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None]
    receipt: Mapped[str] = mapped_column(default="")  # head of the trail at the confirmation, 16 hex digits
    signed_on_paper_on: Mapped[date | None]
    on_scan_at: Mapped[datetime | None]  # a second person saw this signature on the confirmed scan
    reason: Mapped[str] = mapped_column(default="")  # of a refusal or absence
    round: Mapped[SigningRound] = relationship(back_populates="steps")

    @property
    def means(self) -> list[Means]:
        """By which means this step was done."""
        done = [(self.confirmed_at, Means.CONFIRMATION), (self.signed_on_paper_on, Means.PAPER)]
        return [means for mark, means in done if mark is not None]

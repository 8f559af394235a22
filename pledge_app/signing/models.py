"""Rounds and steps."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.documents.models import Document
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.signing.states import (
    ROUND_LIFE,
    STEP_LIFE,
    MarkKind,
    Means,
    RoundState,
    StepState,
    Vouched,
)


class SigningRound(Identified, Stateful, Base):
    """Lượt ký of one document."""

    __tablename__ = "signing_round"
    __table_args__ = (UniqueConstraint("document_id", "revision"),)
    LIFE = ROUND_LIFE

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[RoundState] = mapped_column(
        choice(RoundState, "round_state"),
        default=RoundState.OPEN,
    )
    opened_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    scan_confirmed_at: Mapped[datetime | None]  # the newest scan that a second person confirmed
    void_reason: Mapped[str] = mapped_column(default="")
    document: Mapped[Document] = relationship()
    steps: Mapped[list[SigningStep]] = relationship(
        back_populates="round",
        order_by="SigningStep.position",
    )

    @property
    def is_open(self) -> bool:
        """Marks are taken."""
        return self.state is RoundState.OPEN


class SigningStep(Identified, Stateful, Base):
    """One signatory (or witness who signs) of the round, as frozen, and what they did."""

    __tablename__ = "signing_step"
    __table_args__ = (UniqueConstraint("round_id", "position"),)
    LIFE = STEP_LIFE

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
    state: Mapped[StepState] = mapped_column(
        choice(StepState, "step_state"),
        default=StepState.PENDING,
    )
    # Of a refusal, an absence or a dispute.
    reason: Mapped[str] = mapped_column(default="")
    refused_by_holder: Mapped[bool] = mapped_column(default=False, server_default=false())
    round: Mapped[SigningRound] = relationship(back_populates="steps")
    history: Mapped[list[SigningMark]] = relationship(
        back_populates="step",
        order_by="SigningMark.id",
    )

    @property
    def is_refused(self) -> bool:
        """The signatory will not sign; taken back only as a slip."""
        return self.state is StepState.REFUSED

    @property
    def may_stay_away(self) -> bool:
        """Nothing is known of a signature yet."""
        return self.state in (StepState.PENDING, StepState.ABSENT)

    @property
    def marks(self) -> list[SigningMark]:
        """The marks that count, in the order in which they were made."""
        return [mark for mark in self.history if mark.withdrawn_at is None]

    @property
    def withdrawn(self) -> list[SigningMark]:
        """The marks that were taken back or disputed: they are shown and count no more."""
        return [mark for mark in self.history if mark.withdrawn_at is not None]

    @property
    def confirmed_at(self) -> datetime | None:
        """When the holder confirmed in the software."""
        return self._when(MarkKind.CONFIRMATION)

    @property
    def confirmed_by_id(self) -> int | None:
        """Who confirmed in the software."""
        mark = self.mark(MarkKind.CONFIRMATION)
        return mark.by_id if mark is not None else None

    @property
    def receipt(self) -> str:
        """Head of the trail at the confirmation, 16 hex digits; "" without one."""
        mark = self.mark(MarkKind.CONFIRMATION)
        return mark.receipt if mark is not None else ""

    @property
    def signed_on_paper_on(self) -> date | None:
        """The day of the wet signature, as recorded."""
        mark = self.mark(MarkKind.INK)
        return mark.day if mark is not None else None

    @property
    def attested_at(self) -> datetime | None:
        """When a second person, who was at the table, said that this signature was made there."""
        return self._when(MarkKind.TABLE)

    @property
    def on_scan_at(self) -> datetime | None:
        """When a second person saw this signature on the scan."""
        return self._when(MarkKind.SCAN)

    def _when(self, kind: MarkKind) -> datetime | None:
        mark = self.mark(kind)
        return mark.at if mark is not None else None

    @property
    def is_inked(self) -> bool:
        """A wet signature that somebody recorded and somebody else saw, at the table or on the
        scan.
        """
        seen = self.attested_at is not None or self.on_scan_at is not None
        return self.signed_on_paper_on is not None and seen

    @property
    def is_only_recorded(self) -> bool:
        """A wet signature that one person recorded and nobody else saw: it can still be a slip."""
        return self.signed_on_paper_on is not None and not self.is_inked

    @property
    def shown_state(self) -> str:
        """The state as its badge reads: by the strongest mark."""
        if self.state is not StepState.SIGNED:
            return self.state.value
        if self.on_scan_at is not None:
            return "signed"
        if self.is_inked:
            return "inked"
        return "recorded" if self.signed_on_paper_on is not None else "confirmed"

    def mark(self, kind: MarkKind) -> SigningMark | None:
        """The mark of a kind that counts, if the step has it."""
        return next((row for row in self.marks if row.kind is kind), None)

    @property
    def recorded_by_id(self) -> int | None:
        """Who recorded the wet signature; None: nobody, or an earlier release did not keep it."""
        ink = self.mark(MarkKind.INK)
        return ink.by_id if ink is not None else None

    @property
    def means(self) -> list[Means]:
        """By which means this step was done."""
        done = [(self.confirmed_at, Means.CONFIRMATION), (self.signed_on_paper_on, Means.PAPER)]
        return [means for mark, means in done if mark is not None]


class SigningMark(Identified, Base):
    """One mark of one signatory and who made it: nobody makes the second one to their own first.

    The database lets nobody erase or change it; it is taken back once, in the columns for that.
    """

    __tablename__ = "signing_mark"
    __table_args__ = (
        Index(
            "uq_signing_mark_that_counts",
            "step_id",
            "kind",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    step_id: Mapped[int] = mapped_column(ForeignKey("signing_step.id"), index=True)
    kind: Mapped[MarkKind] = mapped_column(choice(MarkKind, "mark_kind"))
    # None: of an earlier release, not known.
    by_id: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(default="")
    # For which bodies they acted at that time; "" of an earlier release.
    as_body: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    # Of ink: the day of the signature.
    day: Mapped[date | None]
    # Of a second person's mark.
    how: Mapped[Vouched | None] = mapped_column(choice(Vouched, "vouched"))
    # The scan on which it was seen.
    upload_pid: Mapped[str] = mapped_column(String(22), default="")
    # Of a confirmation: head of the trail, 16 hex digits.
    receipt: Mapped[str] = mapped_column(String(16), default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None]
    withdrawn_by_name: Mapped[str] = mapped_column(default="")
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    step: Mapped[SigningStep] = relationship(back_populates="history")

    @property
    def is_confirmation(self) -> bool:
        """The holder pressed a button in the software."""
        return self.kind is MarkKind.CONFIRMATION

    @property
    def is_ink(self) -> bool:
        """A wet signature, as the first person recorded it."""
        return self.kind is MarkKind.INK

    @property
    def is_at_the_table(self) -> bool:
        """A second person saw it made."""
        return self.kind is MarkKind.TABLE

    @property
    def is_by_second_official(self) -> bool:
        """The second person is of the same body: there was no other body."""
        return self.how is Vouched.SECOND_OFFICIAL

    @property
    def is_by_same_person(self) -> bool:
        """An administrator allowed one person to be both."""
        return self.how is Vouched.CONCURRENT

"""Agreements (one row per version), their parties and comments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.agreements.states import AGREEMENT_LIFE, STANDING, AgreementState
from pledge_app.campaigns.models import EmulationYear, LegalBasis
from pledge_app.documents.models import Document
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.orgs.models import Authority, Body, Cluster, OfficeHolding, Person
from pledge_app.pledges.models import Pledge


class Agreement(Identified, Stateful, Base):
    """Bản giao ước của cụm, one version. A later one names the one it replaces."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("cluster_id", "version"),)
    LIFE = AGREEMENT_LIFE

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    version_id: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    lead_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    state: Mapped[AgreementState] = mapped_column(
        choice(AgreementState, "agreement_state"),
        default=AgreementState.DRAFT,
    )
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    paper_date: Mapped[date]  # the date for which căn cứ must be in force
    place: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    contents: Mapped[str] = mapped_column(
        default="",
        server_default="",
    )  # I. Nội dung thi đua, the common part
    standards: Mapped[str] = mapped_column(default="")  # tiêu chuẩn thi đua, in words
    measures: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    scoring: Mapped[str] = mapped_column(default="", server_default="")
    commitment: Mapped[str] = mapped_column(default="", server_default="")
    copies: Mapped[str] = mapped_column(default="")
    recipients: Mapped[str] = mapped_column(default="")  # nơi nhận, a line each
    symbol: Mapped[str] = mapped_column(
        default=""
    )  # "GƯ-CTĐ" where the lead registers it; else no number
    show_qr: Mapped[bool] = mapped_column(default=True)
    circulated_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))  # the frozen paper
    preview_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))  # the newest DỰ THẢO
    frozen_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    in_force_on: Mapped[
        date | None
    ]  # the paper's day where it is past, else the day of the last signature
    refreeze: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
    )  # made by a change at the table
    void_reason: Mapped[str] = mapped_column(default="")
    cluster: Mapped[Cluster] = relationship()
    emulation_year: Mapped[EmulationYear] = relationship()
    lead_body: Mapped[Body] = relationship()
    replaces: Mapped[Agreement | None] = relationship(remote_side="Agreement.id")
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    preview: Mapped[Document | None] = relationship(foreign_keys=[preview_id])
    parties: Mapped[list[Party]] = relationship(
        back_populates="agreement",
        order_by="Party.position",
    )
    bases: Mapped[list[AgreementBasis]] = relationship(
        order_by="AgreementBasis.position",
        cascade="all, delete-orphan",
    )
    comments: Mapped[list[AgreementComment]] = relationship(
        back_populates="agreement",
        order_by="AgreementComment.id",
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def is_draft(self) -> bool:
        """Its words may still be changed."""
        return self.state is AgreementState.DRAFT

    @property
    def is_void(self) -> bool:
        """Given up, with its reason."""
        return self.state is AgreementState.VOID

    @property
    def is_past(self) -> bool:
        """Void, or a later version stands in its place."""
        return self.state in (AgreementState.VOID, AgreementState.REPLACED)

    @property
    def is_being_printed(self) -> bool:
        """Frozen, and its paper is not there yet."""
        return self.state is AgreementState.RENDERING

    @property
    def awaits_worker(self) -> bool:
        """What is shown of it, the paper or the preview of a draft, is being made."""
        shown = self.document if self.is_being_printed else self.preview if self.is_draft else None
        return shown is not None and shown.is_being_made

    @property
    def has_been_printed(self) -> bool:
        """Its paper could be signed: there is a meeting to tell of."""
        return not (self.is_draft or self.is_being_printed or self.is_void)

    @property
    def may_be_refused(self) -> bool:
        """A refusal still keeps it from being signed."""
        return self.state in (AgreementState.AWAITING, AgreementState.CONFIRMED)

    @property
    def is_standing(self) -> bool:
        """Confirmed, inked or signed: only a new version changes it."""
        return self.state in STANDING


class Party(Identified, Base):
    """Các bên: a commune's body with its agreed pledge; a witness party has none."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("agreement_id", "body_id"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledge.id"))
    position: Mapped[int]
    is_witness: Mapped[bool] = mapped_column(default=False)
    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    body: Mapped[Body] = relationship()
    pledge: Mapped[Pledge | None] = relationship()
    signatories: Mapped[list[Signatory]] = relationship(
        back_populates="party",
        order_by="Signatory.position",
        cascade="all, delete-orphan",
    )


class Signatory(Identified, Base):
    """One cell of the signature grid: 1..n per party (cấp ủy, chính quyền, MTTQ …)."""

    __tablename__ = "signatory"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    position: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))  # whose seal
    holding_id: Mapped[int | None] = mapped_column(ForeignKey("office_holding.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    title: Mapped[str]
    authority: Mapped[Authority] = mapped_column(
        choice(Authority, "authority"),
        default=Authority.TM,
    )
    party: Mapped[Party] = relationship(back_populates="signatories")
    body: Mapped[Body] = relationship()
    holding: Mapped[OfficeHolding | None] = relationship()
    person: Mapped[Person | None] = relationship()


class AgreementBasis(Base):
    """A căn cứ of the agreement: a legal basis of the register, or a line of the lead's own."""

    __tablename__ = "agreement_basis"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    position: Mapped[int]
    legal_basis_id: Mapped[int | None] = mapped_column(ForeignKey("legal_basis.id"))
    text: Mapped[str]
    legal_basis: Mapped[LegalBasis | None] = relationship()


class AgreementComment(Identified, Base):
    """What a member says of the DỰ THẢO: a comment, or its agreement. Never overwritten."""

    __tablename__ = "agreement_comment"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    agrees: Mapped[bool]
    text: Mapped[str] = mapped_column(default="")
    draft_sha256: Mapped[str] = mapped_column(default="")  # of the content that was read
    by_name: Mapped[str]
    at: Mapped[datetime]
    agreement: Mapped[Agreement] = relationship(back_populates="comments")
    body: Mapped[Body] = relationship()

"""A cluster's meeting: what is planned, the papers made at once, what was recorded."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypedDict

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.agreements.models import Agreement
from pledge_app.documents.models import Document
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.orgs.models import Body, Cluster
from pledge_app.papers.definition import Content


class Attendance(StrEnum):
    """How somebody took part in the meeting."""

    PRESENT = "present"
    ABSENT = "absent"
    REFUSED = "refused"
    WITNESS = "witness"
    GUEST = "guest"


class VoteLine(TypedDict):
    """One matter that the meeting voted on, with its own figures."""

    matter: str
    in_favour: int
    against: int
    abstained: int | None
    """None: was not counted."""


class Meeting(Identified, Base):
    """A meeting of any kind that signs: place, time, agenda, votes, lead and deputy; its minutes.

    `title`: "" = named after the signing. `votes_for` and its neighbours are the vote on the
    agreement, `other_votes` those on everything else.
    """

    __tablename__ = "meeting"
    __table_args__ = (CheckConstraint("votes_for >= 0 AND votes_against >= 0", name="votes"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    title: Mapped[str] = mapped_column(default="")
    place: Mapped[str]
    on_date: Mapped[date]
    begins: Mapped[str]  # "08 giờ 00"
    ends: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    proceedings: Mapped[str] = mapped_column(default="")
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    votes_abstained: Mapped[int | None]  # None: not counted, no column on the paper
    other_votes: Mapped[list[VoteLine]] = mapped_column(JSON, default=list)
    chair_name: Mapped[str] = mapped_column(default="")
    second_chair_name: Mapped[str] = mapped_column(default="")
    secretary_name: Mapped[str] = mapped_column(default="")
    next_lead_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    next_deputy_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))  # the minutes
    version_id: Mapped[int] = mapped_column(default=1)
    agreement: Mapped[Agreement] = relationship()
    next_lead: Mapped[Body | None] = relationship(foreign_keys=[next_lead_body_id])
    next_deputy: Mapped[Body | None] = relationship(foreign_keys=[next_deputy_body_id])
    document: Mapped[Document | None] = relationship()
    attendees: Mapped[list[Attendee]] = relationship(
        back_populates="meeting",
        order_by="Attendee.position",
        cascade="all, delete-orphan",
    )
    __mapper_args__ = {"version_id_col": version_id}


class Attendee(Base):
    """Delegate named in the minutes. `party_title` (chức vụ đảng) stands here, never in a
    signature block.
    """

    __tablename__ = "attendee"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    office: Mapped[str] = mapped_column(default="")
    party_title: Mapped[str] = mapped_column(default="")
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance, "attendance"))
    note: Mapped[str] = mapped_column(default="")
    meeting: Mapped[Meeting] = relationship(back_populates="attendees")


class MeetingPlan(Identified, Base):
    """Kế hoạch hội nghị of a cluster's year: it holds for every version of the agreement.

    `title`: "" = named after the signing. `matters`: the office's own agenda, a line each, "giờ;
    nội dung; người thực hiện"; "" = the usual one, made of `items`.
    `items`: values of agenda.Item, in any order; `guests`: a line each, "Họ tên; chức vụ đảng; chức
    vụ, cơ quan".
    """

    __tablename__ = "meeting_plan"

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), unique=True)
    title: Mapped[str] = mapped_column(default="")
    on_date: Mapped[date | None]
    begins: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    chair_name: Mapped[str] = mapped_column(default="")
    second_chair_name: Mapped[str] = mapped_column(default="")
    secretary_name: Mapped[str] = mapped_column(default="")
    items: Mapped[list[Any]] = mapped_column(default=list)
    matters: Mapped[str] = mapped_column(default="")
    guests: Mapped[str] = mapped_column(default="")
    news_closing: Mapped[str] = mapped_column(default="")
    news_author: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column(default=1)
    cluster: Mapped[Cluster] = relationship()
    __mapper_args__ = {"version_id_col": version_id}


class PackState(StrEnum):
    """Đang tạo, xong, hỏng."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class MeetingPack(Identified, Base):
    """Bộ tài liệu hội nghị: what its papers say (as it was when asked for), and the ZIP of all.

    `papers`: list of {"name", "kind", "content", "version"}; version: of the templates.
    """

    __tablename__ = "meeting_pack"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    state: Mapped[PackState] = mapped_column(
        choice(PackState, "pack_state"),
        default=PackState.MAKING,
    )
    papers: Mapped[list[Any]]
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    error: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    agreement: Mapped[Agreement] = relationship()
    made: Mapped[list[PackPaper]] = relationship(
        back_populates="pack",
        order_by="PackPaper.position",
    )

    @property
    def done(self) -> int:
        """How many papers are made."""
        return sum(row.state is PackState.READY for row in self.made)


class PackPaper(Identified, Base):
    """One paper of a pack, made by a job of its own: how far it is, its PDF and its DOCX.

    A pack that was made before papers had rows of their own has none.
    """

    __tablename__ = "pack_paper"
    __table_args__ = (UniqueConstraint("pack_id", "position"),)

    pack_id: Mapped[int] = mapped_column(ForeignKey("meeting_pack.id"))
    position: Mapped[int]  # in the pack's `papers`
    state: Mapped[PackState] = mapped_column(
        choice(PackState, "pack_paper_state"),
        default=PackState.MAKING,
    )
    pdf_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    word_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    error: Mapped[str] = mapped_column(default="")
    pack: Mapped[MeetingPack] = relationship(back_populates="made")

    @property
    def name(self) -> str:
        """Of its files, without their ending."""
        return str(self.pack.papers[self.position]["name"])

    @property
    def kind(self) -> str:
        """Of paper."""
        return str(self.pack.papers[self.position]["kind"])

    @property
    def content(self) -> Content:
        """What it says."""
        content: Content = self.pack.papers[self.position]["content"]
        return content

    @property
    def template_version(self) -> int:
        """A pack asked for before versions were kept has the first."""
        return int(self.pack.papers[self.position].get("version", 1))

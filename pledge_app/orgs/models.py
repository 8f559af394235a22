"""Units and bodies with dates. A code is never an identity: it belongs to a name for a time."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.orgs.levels import UnitLevel


class Line(StrEnum):
    """Hệ: the two lines are the same rooms with other names."""

    UBND = "ubnd"
    MTTQ = "mttq"


class BodyKind(StrEnum):
    """Which organisation of a unit a body is."""

    UBND = "ubnd"
    MTTQ = "mttq"
    PARTY = "party"  # Đảng ủy, cấp ủy
    COUNCIL = "council"  # HĐND
    EMULATION_COUNCIL = "emulation_council"  # Hội đồng TĐKT
    UNION = "union"  # tổ chức chính trị - xã hội khác
    DEPARTMENT = "department"  # sở, phòng, ban, ngành
    SERVICE = "service"  # đơn vị sự nghiệp: trường, trạm, bệnh viện
    ENTERPRISE = "enterprise"  # doanh nghiệp
    ARMED = "armed"  # quân sự, công an, biên phòng
    HAMLET = "hamlet"  # thôn, xóm, ấp, tổ dân phố: its head signs, without a seal


class Authority(StrEnum):
    """How a signatory signs (Nghị định 30/2020, Điều 13)."""

    TM = "TM."
    Q = "Q."
    KT = "KT."
    TL = "TL."
    TUQ = "TUQ."
    NONE = ""


class Unit(Identified, Base):
    """A territory, from its founding to its end. Names, codes and parents are dated rows."""

    __tablename__ = "unit"

    level: Mapped[UnitLevel] = mapped_column(choice(UnitLevel, "unit_level"))
    exists_from: Mapped[date | None]  # None: before our registers begin
    exists_to: Mapped[date | None]  # the first day on which it no longer exists
    source: Mapped[str]
    names: Mapped[list[UnitName]] = relationship(
        back_populates="unit",
        order_by="UnitName.used_from",
    )
    parents: Mapped[list[UnitParent]] = relationship(
        foreign_keys="UnitParent.unit_id",
        back_populates="unit",
        order_by="UnitParent.used_from",
    )


class UnitName(Base):
    """What a unit was called, and under which code, from–to."""

    __tablename__ = "unit_name"
    __table_args__ = (
        Index("ix_unit_name_search", "search_key"),
        Index("ix_unit_name_code", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]  # "Xã Hải Quang"
    code: Mapped[str | None] = mapped_column(String(16))
    search_key: Mapped[str]
    sort_key: Mapped[str]
    used_from: Mapped[date | None]
    used_to: Mapped[date | None]
    unit: Mapped[Unit] = relationship(back_populates="names")


class UnitParent(Base):
    """Cấp trên trực tiếp, from–to."""

    __tablename__ = "unit_parent"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    used_from: Mapped[date | None]
    used_to: Mapped[date | None]
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], back_populates="parents")
    parent: Mapped[Unit] = relationship(foreign_keys=[parent_id])


class Succession(Base):
    """`successor` took over (part of) `predecessor` on a date, by a legal basis."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id", "on_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    on_date: Mapped[date]
    basis: Mapped[str]
    predecessor: Mapped[Unit] = relationship(foreign_keys=[predecessor_id])
    successor: Mapped[Unit] = relationship(foreign_keys=[successor_id])


class Body(Identified, Base):
    """An organisation of a unit: it issues, numbers, signs, seals."""

    __tablename__ = "body"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[BodyKind] = mapped_column(choice(BodyKind, "body_kind"))
    name: Mapped[str]  # "UBND xã Hải Quang"
    full_name: Mapped[str]  # "Ủy ban nhân dân xã Hải Quang"
    # "ỦY BAN NHÂN DÂN HUYỆN HẢI HẬU" on papers
    superior_name: Mapped[str] = mapped_column(default="")
    # "UBND", "MTTQ-BTT": the tail of a paper's number
    symbol: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")  # "Hải Quang": địa danh on papers
    exists_from: Mapped[date | None]
    exists_to: Mapped[date | None]
    version_id: Mapped[int] = mapped_column(default=1, server_default="1")
    unit: Mapped[Unit] = relationship()
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def short(self) -> str:
        """What its column in a table is called: "Hải Quang". Hamlets share their commune's địa
        danh: "Xóm 2".
        """
        return self.name if self.kind is BodyKind.HAMLET else self.place or self.name


class Person(Identified, Base):
    """Somebody who holds or held an office. A person may have no login."""

    __tablename__ = "person"

    name: Mapped[str]
    is_illustrative: Mapped[bool] = mapped_column(default=False)


class PersonName(Base):
    """What a person was called before; `used_to`: the first day of the next name."""

    __tablename__ = "person_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    used_to: Mapped[date]
    basis: Mapped[str]


class OfficeHolding(Identified, Base):
    """A person in an office of a body, from–to (chức vụ, người giữ chức)."""

    __tablename__ = "office_holding"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    title: Mapped[str]  # "Chủ tịch"
    authority: Mapped[Authority] = mapped_column(
        choice(Authority, "authority"),
        default=Authority.TM,
    )
    held_from: Mapped[date]
    held_to: Mapped[date | None]
    version_id: Mapped[int] = mapped_column(default=1, server_default="1")
    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()
    __mapper_args__ = {"version_id_col": version_id}


class Delegation(Identified, Base):
    """An office-holder lets another person sign for a time (ủy quyền)."""

    __tablename__ = "delegation"

    holding_id: Mapped[int] = mapped_column(ForeignKey("office_holding.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    authority: Mapped[Authority] = mapped_column(
        choice(Authority, "authority"),
        default=Authority.TUQ,
    )
    basis: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    holding: Mapped[OfficeHolding] = relationship()
    delegate: Mapped[Person] = relationship()


class ConcurrentDuties(Identified, Base):
    """Một người kiêm nhiệm: one official of the body may take two steps that otherwise take two
    people.

    `valid_to` is the first day on which it no longer holds.
    """

    __tablename__ = "concurrent_duties"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    reason: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    body: Mapped[Body] = relationship()


class Cluster(Identified, Base):
    """Cụm / khối / vùng thi đua of one year and one line."""

    __tablename__ = "cluster"
    __table_args__ = (CheckConstraint("year BETWEEN 1948 AND 2200", name="year"),)

    name: Mapped[str]  # "Vùng thi đua Quang Đông"
    year: Mapped[int] = mapped_column(index=True)
    line: Mapped[Line] = mapped_column(choice(Line, "line"))
    issuer_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))  # issues the guidance
    reviewer_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    version_id: Mapped[int] = mapped_column(default=1, server_default="1")
    issuer: Mapped[Body] = relationship(foreign_keys=[issuer_body_id])
    reviewer: Mapped[Body] = relationship(foreign_keys=[reviewer_body_id])
    members: Mapped[list[ClusterMembership]] = relationship(
        back_populates="cluster",
        order_by="ClusterMembership.position",
    )
    leads: Mapped[list[ClusterLead]] = relationship(
        back_populates="cluster",
        order_by="ClusterLead.held_from",
    )
    papers: Mapped[list[ClusterPaper]] = relationship(
        back_populates="cluster",
        order_by="ClusterPaper.dated",
    )
    __mapper_args__ = {"version_id_col": version_id}


class ClusterMembership(Base):
    """A body of a commune in a cluster. `position` is the order of the columns on paper."""

    __tablename__ = "cluster_membership"
    __table_args__ = (UniqueConstraint("cluster_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    position: Mapped[int]
    cluster: Mapped[Cluster] = relationship(back_populates="members")
    body: Mapped[Body] = relationship()


class LeadKind(StrEnum):
    """Cụm trưởng, cụm phó."""

    LEAD = "lead"
    DEPUTY = "deputy"


class ClusterLead(Base):
    """The lead or deputy: a body *and* its person, for a date range, by vote or decision."""

    __tablename__ = "cluster_lead"

    id: Mapped[int] = mapped_column(primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[LeadKind] = mapped_column(choice(LeadKind, "lead_kind"))
    basis: Mapped[str]
    held_from: Mapped[date]
    held_to: Mapped[date | None]
    cluster: Mapped[Cluster] = relationship(back_populates="leads")
    body: Mapped[Body] = relationship()
    person: Mapped[Person | None] = relationship()


class ClusterPaperKind(StrEnum):
    """Which of the cluster's own papers it is."""

    DIVISION = "division"  # quyết định chia cụm
    RULES = "rules"  # quy chế hoạt động
    CONFIRMATION = "confirmation"  # văn bản chuẩn y Cụm trưởng, Cụm phó
    OTHER = "other"


class ClusterPaper(Identified, Base):
    """A paper that the cluster rests on: known by number, day and issuer. Dropped ones stay in
    the trail.
    """

    __tablename__ = "cluster_paper"

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    kind: Mapped[ClusterPaperKind] = mapped_column(choice(ClusterPaperKind, "cluster_paper_kind"))
    number: Mapped[str]  # "215/QĐ-UBND"
    dated: Mapped[date]
    issuer: Mapped[str]  # "UBND huyện Hải Hậu"
    title: Mapped[str]
    cluster: Mapped[Cluster] = relationship(back_populates="papers")


class RegisterImport(Identified, Base):
    """A register of units that was loaded in the browser: from when it holds and what it did."""

    __tablename__ = "register_import"

    source: Mapped[str]
    on_date: Mapped[date]
    added: Mapped[int]
    changed: Mapped[int]
    unclear: Mapped[int]
    made_by: Mapped[str]
    made_at: Mapped[datetime]

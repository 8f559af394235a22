"""What is planned for a cluster's meeting, and the papers that were made for it at once."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.agreements.models import Agreement
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.orgs.models import Cluster


class MeetingPlan(Identified, Base):
    """Kế hoạch hội nghị of a cluster's year: it holds for every version of the agreement.

    `items`: values of agenda.Item, in any order; `guests`: a line each, "Họ tên; chức vụ đảng; chức
    vụ, cơ quan".
    """

    __tablename__ = "meeting_plan"

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), unique=True)
    on_date: Mapped[date | None]
    begins: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    chair_name: Mapped[str] = mapped_column(default="")
    secretary_name: Mapped[str] = mapped_column(default="")
    items: Mapped[list[Any]] = mapped_column(default=list)
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
    """Bộ tài liệu hội nghị: what its papers say (as it was when asked for), how many are made,
    the ZIP.

    `papers`: list of {"name", "kind", "content", "version"}; version: of the templates.
    """

    __tablename__ = "meeting_pack"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    state: Mapped[PackState] = mapped_column(
        choice(PackState, "pack_state"), default=PackState.MAKING
    )
    papers: Mapped[list[Any]]
    done: Mapped[int] = mapped_column(default=0)
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    error: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    agreement: Mapped[Agreement] = relationship()

"""Who wants a digest where, and the letters on their way."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, Identified, choice


class MailAddress(Base):
    """One user's address for the digest. Nothing is sent before it is confirmed by the code sent
    there.
    """

    __tablename__ = "mail_address"

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # accounts.User
    address: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    code_sha256: Mapped[str] = mapped_column(String(64), default="")
    code_until: Mapped[datetime | None]
    tries_left: Mapped[int] = mapped_column(default=0)


class MailState(StrEnum):
    """Chờ gửi, đã gửi, không gửi được."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutgoingMail(Identified, Base):
    """A letter, written in the transaction of what it tells of and sent after it. `key` is
    unique: once is enough.
    """

    __tablename__ = "outgoing_mail"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    user_id: Mapped[int] = mapped_column(index=True)
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[MailState] = mapped_column(
        choice(MailState, "mail_state"),
        default=MailState.WAITING,
    )
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")

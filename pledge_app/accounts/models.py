"""Users, role grants, login sessions, second factors, throttle."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.models import Body, Person


class User(Identified, Base):
    """A login. `person` links it to the offices that person holds: one login in use for each
    person.
    """

    __tablename__ = "app_user"
    __table_args__ = (
        Index(
            "uq_app_user_person_in_use",
            "person_id",
            unique=True,
            sqlite_where=text("disabled_at IS NULL"),
            postgresql_where=text("disabled_at IS NULL"),
        ),
    )

    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # Name and username, folded, one a line.
    search_key: Mapped[str] = mapped_column(default="", server_default="")
    sort_key: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None] = mapped_column(
        String(255)
    )  # None: cannot log in by password
    must_change_password: Mapped[bool] = mapped_column(default=False)
    one_time_until: Mapped[datetime | None]  # from then on a one-time password opens nothing
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    demo_part: Mapped[str | None] = mapped_column(
        String(32),
        unique=True,
    )  # "clerk", …: Vào vai, demo only
    disabled_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()
    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="user",
        order_by="RoleGrant.held_from",
    )

    @validates("name", "username")
    def _keys_follow(self, key: str, value: str) -> str:
        name = value if key == "name" else self.name or ""
        username = value if key == "username" else self.username or ""
        self.search_key = search_key_of(name, username)
        self.sort_key = sort_key(name)
        return value


def search_key_of(name: str, username: str) -> str:
    """What a user is found by: either line holds what is looked for, never a piece of both."""
    return f"{fold(name)}\n{fold(username)}"


class RoleGrant(Identified, Base):
    """A role at a body, from–to (the first day on which it no longer holds)."""

    __tablename__ = "role_grant"

    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    held_from: Mapped[date]
    held_to: Mapped[date | None]
    user: Mapped[User] = relationship(back_populates="grants")
    body: Mapped[Body] = relationship()


class LoginSession(Identified, Base):
    """One login on one machine. Only the SHA-256 of the cookie's 256-bit token is stored."""

    __tablename__ = "login_session"

    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # The password was right, the second factor is still asked for: nobody is logged in.
    waits_for_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))
    user: Mapped[User] = relationship()


class SecondFactor(Identified, Base):
    """The authenticator app of a user, proved by a first code (TOTP, RFC 6238)."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), unique=True)
    secret: Mapped[str] = mapped_column(String(64))  # base32; the codes are made from it
    begun_at: Mapped[datetime]
    last_step: Mapped[int]  # of the last code taken, in half minutes: a code counts once
    removal_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    removal_asked_at: Mapped[datetime | None]
    recovery: Mapped[list[RecoveryCode]] = relationship(cascade="all, delete-orphan")


class RecoveryCode(Identified, Base):
    """Stands in for the app once. Only the SHA-256 of the 80-bit code is stored."""

    __tablename__ = "recovery_code"

    factor_id: Mapped[int] = mapped_column(ForeignKey("second_factor.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class LoginThrottle(Base):
    """Failed tries by account and source; delays grow, nobody is locked out for good."""

    __tablename__ = "login_throttle"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]

"""Who acts: a person at this moment, with the roles they hold at bodies today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do at one body, from one date to another."""

    CLERK = "clerk"  # người phụ trách thi đua, khen thưởng
    LEADER = "leader"  # lãnh đạo, người ký
    RECORDS = "records"  # văn thư
    REVIEWER = "reviewer"  # chuyên viên cấp trên
    ADMIN = "admin"  # quản trị
    AUDITOR = "auditor"  # giám sát, chỉ đọc


ACTING = (Role.CLERK, Role.LEADER, Role.RECORDS, Role.REVIEWER)
"""The roles in which somebody acts for a body; administrators and auditors act for none."""


@dataclass(frozen=True)
class Grant:
    """One role at one body (and the unit of that body)."""

    role: Role
    body_id: int
    unit_id: int


@dataclass(frozen=True)
class Actor:
    """`user_id` None is the system itself (clock, worker) or the public.

    `today` is the day for which the roles were read: rules that ask for a day ask for this one.
    """

    user_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    person_id: int | None = None
    is_system: bool = False
    today: date | None = None
    bodies: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bodies", frozenset(grant.body_id for grant in self.grants))

    def has(self, role: Role, body_id: int | None = None) -> bool:
        """True when the actor holds `role`, at `body_id` when one is given."""
        return any(
            g.role is role and (body_id is None or g.body_id == body_id) for g in self.grants
        )

    def bodies_as(self, *roles: Role) -> frozenset[int]:
        """The bodies at which the actor holds one of `roles`."""
        return frozenset(grant.body_id for grant in self.grants if grant.role in roles)

    @property
    def sees_all(self) -> bool:
        """Administrators and auditors read every unit's papers; they act on none of them."""
        return self.is_system or self.has(Role.ADMIN) or self.has(Role.AUDITOR)


SYSTEM = Actor(
    user_id=None,
    name="Hệ thống",
    is_system=True,
)
PUBLIC = Actor(user_id=None, name="Khách")


def roles_of(actor: Actor) -> Iterable[Role]:
    """The distinct roles of an actor, in the order of the enum."""
    held = {grant.role for grant in actor.grants}
    return [role for role in Role if role in held]

"""The office of a row of the users' table: tied to its holder, or written and tied in the same go.

Nothing is guessed: two people of one name, or one name under another office, are left to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from pledge_app.accounts.models import User
from pledge_app.accounts.tying import tie
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.text import fold, same_name_key
from pledge_app.orgs.models import Body, OfficeHolding, Person
from pledge_app.orgs.offices import Term, appoint, check_term
from pledge_app.orgs.typed_offices import read_authority

OFFICE, AUTHORITY, OFFICE_FROM = "Chức vụ (nếu là người giữ chức)", "Khi ký ghi", "Giữ chức từ ngày"


class OfficeFault(DomainError):
    """The office of a row cannot be written as it stands; the sentence says what to do."""


@dataclass(frozen=True)
class Asked:
    """What a row says of an office."""

    username: str
    name: str
    body: Body
    title: str
    authority: str
    held_from: date


@dataclass(frozen=True)
class OfficePlan:
    """What will be done: "tie" to a holder who is there, "new" (the office first), "same"
    (nothing).
    """

    does: str
    said: str
    term: Term
    holding_id: int | None


class OfficeRegister:
    """The offices that are held, and those that the rows above would write."""

    def __init__(self, today: date) -> None:
        self.held: dict[int, list[OfficeHolding]] = {}
        rows = db.session.scalars(
            select(OfficeHolding)
            .where(or_(OfficeHolding.held_to.is_(None), OfficeHolding.held_to > today))
            .options(joinedload(OfficeHolding.person), joinedload(OfficeHolding.body))
        )
        for holding in rows:
            self.held.setdefault(holding.body.unit_id, []).append(holding)
        in_use = select(User).where(User.person_id.is_not(None), User.disabled_at.is_(None))
        self.logins = {user.person_id: user.username for user in db.session.scalars(in_use)}
        self.planned: dict[str, tuple[Asked, OfficePlan]] = {}

    def judge(self, asked: Asked, user: User | None) -> OfficePlan:
        """The plan for a row; raises OfficeFault."""
        term = Term(
            asked.title,
            read_authority(asked.authority, asked.title, asked.body.kind),
            asked.held_from,
            None,
        )
        before = self.planned.get(asked.username)
        if before is not None:
            return self._repeated(asked, *before)
        plan = self._first(asked, term, user)
        self.planned[asked.username] = (asked, plan)
        return plan

    def _first(self, asked: Asked, term: Term, user: User | None) -> OfficePlan:
        holding = self._holding_of(asked)
        if holding is None:
            return self._to_write(asked, term, user)
        return self._to_tie(
            asked,
            term,
            holding,
            user,
        )

    def _repeated(self, asked: Asked, first: Asked, plan: OfficePlan) -> OfficePlan:
        same = (
            same_name_key(first.title) == same_name_key(asked.title)
            and first.body.id == asked.body.id
        )
        if not same:
            raise OfficeFault(
                _(
                    "Mỗi người ghi một chức vụ trong tệp (đã có %(title)s, %(body)s ở dòng "
                    "trên); chức vụ khác ghi ở trang "
                    "Cơ quan.",
                    title=first.title,
                    body=first.body.name,
                )
            )
        return OfficePlan(
            "same",
            plan.said,
            plan.term,
            plan.holding_id,
        )

    def _holding_of(self, asked: Asked) -> OfficeHolding | None:
        """The office of that name there; None when nobody of the name holds one in the unit."""
        key = same_name_key(asked.name)
        namesakes = [
            row
            for row in self.held.get(asked.body.unit_id, [])
            if same_name_key(row.person.name) == key
        ]
        if not namesakes:
            return None
        if len({row.person_id for row in namesakes}) > 1:
            raise OfficeFault(
                _(
                    "Có nhiều người tên %(name)s giữ chức tại đây: hãy bỏ trống cột chức vụ rồi "
                    "chọn đúng người ở trang của "
                    "người dùng.",
                    name=asked.name,
                )
            )
        title = same_name_key(asked.title)
        right = [
            row
            for row in namesakes
            if row.body_id == asked.body.id and same_name_key(row.title) == title
        ]
        if not right:
            raise OfficeFault(
                _(
                    "%(name)s đang được ghi là %(title)s, %(body)s. Hãy ghi đúng chức vụ đó, "
                    "hoặc ghi chức vụ mới ở trang Cơ "
                    "quan trước.",
                    name=asked.name,
                    title=namesakes[0].title,
                    body=namesakes[0].body.name,
                )
            )
        return right[0]

    def _to_tie(
        self,
        asked: Asked,
        term: Term,
        holding: OfficeHolding,
        user: User | None,
    ) -> OfficePlan:
        said = f"{holding.person.name} – {holding.title}, {asked.body.name}"
        if user is not None and user.person_id == holding.person_id:
            return OfficePlan(
                "same",
                _("đã gắn với %(who)s", who=said),
                term,
                holding.id,
            )
        other = self.logins.get(holding.person_id)
        if other is not None:
            raise OfficeFault(_("%(who)s đã có tài khoản %(username)s.", who=said, username=other))
        _not_another(user)
        return OfficePlan(
            "tie",
            _("gắn với %(who)s", who=said),
            term,
            holding.id,
        )

    def _to_write(self, asked: Asked, term: Term, user: User | None) -> OfficePlan:
        _not_another(user)
        check_term(asked.body, term, None, None)
        for one, plan in self.planned.values():
            twice = one.body.id == asked.body.id and same_name_key(one.title) == same_name_key(
                asked.title
            )
            if twice and plan.does == "new" and not fold(asked.title).startswith("pho"):
                raise OfficeFault(
                    _(
                        "Chức %(title)s của %(body)s đã ghi cho %(name)s ở dòng trên.",
                        title=asked.title,
                        body=asked.body.name,
                        name=one.name,
                    )
                )
        said = _(
            "sẽ ghi người giữ chức: %(title)s, %(body)s, khi ký ghi %(authority)s, từ %(day)s, "
            "rồi gắn",
            title=asked.title,
            body=asked.body.name,
            authority=term.authority.value or "—",
            day=f"{term.held_from:%d/%m/%Y}",
        )
        return OfficePlan("new", said, term, None)


def hold(
    user: User,
    plan: OfficePlan,
    body: Body,
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Carry a plan out: the office is written where it is new, and the login tied."""
    if plan.does == "same":
        return
    if plan.holding_id is None:
        holding = appoint(
            body,
            plan.term,
            person=None,
            name=user.name,
            actor=actor,
            at=at,
        )
    else:
        holding = db.session.get_one(OfficeHolding, plan.holding_id)
    tie(
        user,
        db.session.get_one(Person, holding.person_id),
        actor=actor,
        at=at,
        today=today,
    )


def _not_another(user: User | None) -> None:
    if user is not None and user.person is not None:
        raise OfficeFault(
            _(
                "Tài khoản này đang gắn với %(who)s. Hãy đổi ở trang của người dùng.",
                who=user.person.name,
            )
        )

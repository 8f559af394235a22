"""Users from a table: judged row by row, then all of them loaded or none. Nobody gets a default
password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts import passwords, sessions
from pledge_app.accounts.first_passwords import First, Made, first_passwords
from pledge_app.accounts.importing_offices import (
    AUTHORITY,
    OFFICE,
    OFFICE_FROM,
    Asked,
    OfficePlan,
    OfficeRegister,
    hold,
)
from pledge_app.accounts.importing_sheet import HEAD, NEEDED
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.accounts.operations import administer, own_doing, refuse_for_oneself
from pledge_app.accounts.words import ROLE_WORDS
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, check
from pledge_app.kernel.text import fold, same_name_key
from pledge_app.orgs.models import Body
from pledge_app.ui.typed_values import parse_day
from pledge_app.web.language import kept_text

MOST_USERS = 700  # each needs a slow hash of a password of its own
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@dataclass
class Row:
    """One row: what was read, what it would do ("new", "role", "same"), what is wrong with it."""

    number: int
    name: str
    username: str
    email: str
    role: Role | None = None
    body: Body | None = None
    held_from: date | None = None
    held_to: date | None = None
    does: str = "new"
    faults: list[str] = field(default_factory=list)
    office: OfficePlan | None = None


@dataclass(frozen=True)
class Reading:
    """A whole table. `fault`: nothing of it can be used, and why."""

    rows: list[Row]
    fault: str = ""
    today: date = date.min

    @property
    def faulty(self) -> list[Row]:
        """The rows that keep the table from being loaded."""
        return [row for row in self.rows if row.faults]

    def offices(self, does: str) -> int:
        """How many rows would tie to a holder who is there ("tie"), or write the office and tie
        ("new").
        """
        return sum(row.office is not None and row.office.does == does for row in self.rows)

    def count(self, does: str) -> int:
        """How many rows would add a user ("new"), only a role ("role"), nothing ("same")."""
        return sum(row.does == does for row in self.rows)


def read(table: Sequence[Sequence[str]], *, today: date) -> Reading:
    """Judge a table with a head row. Writes nothing."""
    places = {fold(word): n for n, word in enumerate(table[0])} if table else {}
    if fold("Chức vụ") in places:
        places.setdefault(fold(OFFICE), places[fold("Chức vụ")])
    missing = [word for word in NEEDED if fold(word) not in places]
    if missing:
        return Reading(
            [],
            _("Dòng đầu thiếu cột: %(names)s. Hãy dùng tệp mẫu.", names=", ".join(missing)),
        )
    bodies = _bodies(today)
    known = {user.username: user for user in db.session.scalars(select(User))}
    offices = OfficeRegister(today)
    rows: list[Row] = []
    for number, cells in enumerate(table[1:], 2):
        if any(cells):
            value = {word: _cell(cells, places.get(fold(word))) for word in HEAD}
            if value["Tên đăng nhập"].lower() in known and not (
                value["Vai trò"] or value["Cơ quan"]
            ):
                rows.append(_without_role(number, value))
                continue
            row = _judge(
                number,
                value,
                bodies,
                known,
                rows,
            )
            _judge_office(
                row,
                value,
                known.get(row.username),
                offices,
            )
            rows.append(row)
    if not rows:
        return Reading([], _("Bảng chỉ có dòng tiêu đề, chưa có người nào."))
    if len({row.username for row in rows if row.does == "new"}) > MOST_USERS:
        return Reading(
            [],
            _("Mỗi lần thêm nhiều nhất %(n)s người. Hãy chia thành nhiều tệp.", n=MOST_USERS),
        )
    return Reading(rows, today=today)


def _without_role(number: int, value: dict[str, str]) -> Row:
    """Somebody who is there already, with no role in this row: as the list is exported."""
    return Row(
        number,
        value["Họ và tên"],
        value["Tên đăng nhập"].lower(),
        value["Thư điện tử"],
        does="same",
    )


def load(
    reading: Reading,
    *,
    actor: Actor,
    at: datetime,
    firsts: Mapping[str, First] | None = None,
) -> list[Made]:
    """Write all rows of a table without a fault. The passwords are hashed before the first row
    is written, unless whoever calls it has them (`firsts`).
    """
    administer(actor)
    check(
        not reading.fault and reading.rows and not reading.faulty,
        _("Bảng còn dòng sai nên chưa nạp dòng nào."),
    )
    if firsts is None:
        # nothing is written yet, and nobody waits for the lock while passwords are hashed
        db.session.rollback()
        firsts = first_passwords(row.username for row in reading.rows if row.does == "new")
    users = _users_named({row.username for row in reading.rows})
    for row in reading.rows:
        if row.username in users and row.does != "same":
            refuse_for_oneself(users[row.username], actor)
    made: list[Made] = []
    for row in reading.rows:
        user = users.get(row.username)
        if user is None:
            first = firsts[row.username]
            user = _add_user(row, first.hashed, actor, at)
            users[row.username] = user
            made.append(Made(user, first.password))
        if row.does != "same":
            _grant(
                user,
                row,
                actor,
                at,
            )
        if row.office is not None and row.body is not None:
            hold(
                user,
                row.office,
                row.body,
                actor=actor,
                at=at,
                today=reading.today,
            )
    return made


def _users_named(usernames: set[str]) -> dict[str, User]:
    """The logins that are there already, by username."""
    stored = db.session.scalars(select(User).where(User.username.in_(usernames)))
    return {user.username: user for user in stored}


def _add_user(row: Row, password_hash: str, actor: Actor, at: datetime) -> User:
    """The new login of a row; its first password has to be changed."""
    user = User(
        username=row.username,
        name=row.name,
        email=row.email,
        password_hash=password_hash,
        must_change_password=True,
        one_time_until=at + passwords.ONE_TIME_FOR,
    )
    db.session.add(user)
    db.session.flush()
    record(
        "user.created",
        user,
        actor=actor,
        at=at,
        username=row.username,
        imported=True,
    )
    return user


def _judge_office(
    row: Row,
    value: dict[str, str],
    user: User | None,
    offices: OfficeRegister,
) -> None:
    """The office of the row, if it names one and the rest of the row can be used."""
    if not (value[OFFICE] and row.body and row.held_from and row.name and not row.faults):
        return
    try:
        begun = parse_day(value[OFFICE_FROM]) if value[OFFICE_FROM] else row.held_from
        asked = Asked(
            row.username,
            row.name,
            row.body,
            value[OFFICE],
            value[AUTHORITY],
            begun,
        )
        row.office = offices.judge(asked, user)
    except DomainError as fault:
        row.faults.append(fault.sentence)
    except ValueError as error:
        row.faults.append(str(error))


def _grant(user: User, row: Row, actor: Actor, at: datetime) -> None:
    assert row.role is not None and row.body is not None and row.held_from is not None
    user.grants.append(
        RoleGrant(
            role=row.role,
            body_id=row.body.id,
            held_from=row.held_from,
            held_to=row.held_to,
        )
    )
    db.session.flush()
    sessions.end_all(user.id, at=at)
    record(
        "user.role_granted",
        user,
        actor=actor,
        at=at,
        unit_id=row.body.unit_id,
        role=row.role.value,
        body=row.body.name,
        held_from=row.held_from,
        **own_doing(user, actor),
    )


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _bodies(today: date) -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = {}
    for body in db.session.scalars(select(Body)):
        if body.exists_to is None or body.exists_to > today:
            for key in {same_name_key(body.name), same_name_key(body.full_name)}:
                found.setdefault(key, []).append(body)
    return found


def _judge(
    number: int,
    value: dict[str, str],
    bodies: dict[str, list[Body]],
    known: dict[str, User],
    before: list[Row],
) -> Row:
    row = Row(
        number,
        value["Họ và tên"],
        value["Tên đăng nhập"].lower(),
        value["Thư điện tử"],
    )
    if not row.name or len(row.name) > 120:
        row.faults.append(_("Chưa có họ và tên."))
    if row.username not in known and not USERNAME.fullmatch(row.username):
        row.faults.append(
            _(
                "Tên đăng nhập “%(name)s” phải từ 3 đến 60 chữ không dấu, số, dấu chấm hoặc gạch.",
                name=row.username[:60],
            )
        )
    if row.email and (row.email.count("@") != 1 or " " in row.email):
        row.faults.append(_("Thư điện tử “%(text)s” không đúng.", text=row.email[:60]))
    row.role = next(
        (
            role
            for role, word in ROLE_WORDS.items()
            if fold(kept_text(word)) == fold(value["Vai trò"])
        ),
        None,
    )
    if row.role is None:
        row.faults.append(_("Không có vai trò “%(text)s”.", text=value["Vai trò"][:60]))
    _judge_body(row, value["Cơ quan"], bodies)
    row.held_from = _day(row, value["Từ ngày"], _("Chưa có ngày bắt đầu."))
    row.held_to = _day(row, value["Đến ngày"], "")
    if row.held_from and row.held_to and row.held_to <= row.held_from:
        row.faults.append(_("Ngày kết thúc phải sau ngày bắt đầu."))
    _judge_against(row, known.get(row.username), before)
    return row


def _judge_body(row: Row, name: str, bodies: dict[str, list[Body]]) -> None:
    found = bodies.get(same_name_key(name), []) if name else []
    if len(found) == 1:
        row.body = found[0]
    elif found:
        row.faults.append(_("Có nhiều cơ quan tên “%(name)s”; hãy ghi tên đầy đủ.", name=name[:80]))
    else:
        row.faults.append(_("Không có cơ quan “%(name)s”.", name=name[:80]))


def _day(row: Row, text: str, missing: str) -> date | None:
    if not text:
        if missing:
            row.faults.append(missing)
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        row.faults.append(str(error))
        return None


def _judge_against(row: Row, user: User | None, before: list[Row]) -> None:
    """Against the users that are there and the rows above: one name is one person, a role is
    given once.
    """
    twin = next((one for one in before if one.username == row.username), None)
    if user is not None:
        row.does = "role"
        if same_name_key(user.name) != same_name_key(row.name):
            row.faults.append(_("Tên đăng nhập này đã là của %(name)s.", name=user.name))
        for held in user.grants:
            same = row.body is not None and held.role is row.role and held.body_id == row.body.id
            if (
                same
                and row.held_from is not None
                and (held.held_to is None or held.held_to > row.held_from)
            ):
                row.does = "same"
    elif twin is not None:
        row.does = "role" if twin.name == row.name else row.does
        if same_name_key(twin.name) != same_name_key(row.name):
            row.faults.append(
                _(
                    "Dòng %(n)s đã dùng tên đăng nhập này cho %(name)s.",
                    n=twin.number,
                    name=twin.name,
                )
            )
    if row.does != "same" and any(
        one.username == row.username and one.role is row.role and one.body is row.body
        for one in before
        if one.role
    ):
        row.faults.append(_("Vai trò này đã có ở một dòng phía trên."))

"""Users as a sheet that reads back: a row per role; the office that the login is tied to at its
body.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from pledge_app.accounts.importing_sheet import HEAD
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.accounts.words import ROLE_WORDS
from pledge_app.kernel.base import db
from pledge_app.orgs.holder_queries import offices_of
from pledge_app.orgs.models import Authority, OfficeHolding
from pledge_app.orgs.queries import valid_on
from pledge_app.tables.writing import Value
from pledge_app.web.language import kept_text

STATE, HOLDER = "Tình trạng", "Là người giữ chức"  # to read; they are not read back
Held = dict[tuple[int | None, int], OfficeHolding]


def head() -> list[str]:
    """What stands over the columns."""
    return [
        "STT",
        *HEAD,
        STATE,
        HOLDER,
    ]


def rows(users: Sequence[User], *, today: date) -> list[Sequence[Value]]:
    """The numbered rows, in the order of the users."""
    held = _held(users, today)
    offices = offices_of([user.person_id for user in users if user.person_id], on=today)
    sheet: list[Sequence[Value]] = []
    for user in users:
        state = "Đã khóa" if user.disabled_at else "Đang dùng"
        holder = offices.get(user.person_id or 0, "")
        who = [
            user.name,
            user.username,
            user.email,
        ]
        for grant in user.grants:
            office = held.get((user.person_id, grant.body_id))
            row = [
                *who,
                *_role(grant),
                *_office(office),
                state,
                holder,
            ]
            sheet.append([len(sheet) + 1, *row])
        if not user.grants:
            blank = [None] * (len(HEAD) - len(who))
            sheet.append(
                [
                    len(sheet) + 1,
                    *who,
                    *blank,
                    state,
                    holder,
                ]
            )
    return sheet


def _held(users: Sequence[User], today: date) -> Held:
    """The offices held today by the people of the logins, by person and body."""
    people = [user.person_id for user in users if user.person_id is not None]
    chosen = select(OfficeHolding).where(
        OfficeHolding.person_id.in_(people),
        valid_on(
            OfficeHolding.held_from,
            OfficeHolding.held_to,
            today,
        ),
    )
    return {(one.person_id, one.body_id): one for one in db.session.scalars(chosen)}


def _role(grant: RoleGrant) -> list[Value]:
    return [
        kept_text(ROLE_WORDS[grant.role]),
        grant.body.name,
        grant.held_from,
        grant.held_to,
    ]


def _office(holding: OfficeHolding | None) -> list[Value]:
    if holding is None:
        return [
            "",
            "",
            None,
        ]
    authority = holding.authority
    return [
        holding.title,
        authority.value if authority is not Authority.NONE else "không",
        holding.held_from,
    ]

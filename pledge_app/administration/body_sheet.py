"""Bodies as a sheet: a row per office-holder, past ones too; one row for a body without any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask_babel import gettext as _

from pledge_app.accounts import tying
from pledge_app.orgs import office_queries
from pledge_app.orgs.models import Body, OfficeHolding
from pledge_app.orgs.words import KIND_WORDS
from pledge_app.tables.writing import Value


def head() -> list[str]:
    """What stands over the columns."""
    return [
        _("STT"),
        _("Cơ quan"),
        _("Loại"),
        _("Có từ ngày"),
        _("Có đến ngày"),
        _("Chức vụ"),
        _("Họ và tên"),
        _("Giữ chức từ ngày"),
        _("Giữ chức đến ngày"),
        _("Tài khoản"),
    ]


def rows(bodies: Sequence[Body]) -> list[Sequence[Value]]:
    """The numbered rows, in the order of the bodies."""
    holdings = office_queries.holdings_of([body.id for body in bodies])
    by_body: dict[int, list[OfficeHolding]] = defaultdict(list)
    for holding in holdings:
        by_body[holding.body_id].append(holding)
    logins = tying.logins_of({holding.person_id for holding in holdings})
    usernames = {person_id: user.username for person_id, user in logins.items()}
    sheet: list[Sequence[Value]] = []
    for body in bodies:
        about: list[Value] = [
            body.name,
            str(KIND_WORDS[body.kind]),
            body.exists_from,
            body.exists_to,
        ]
        if body.id not in by_body:
            sheet.append([len(sheet) + 1, *about])
        for holding in by_body.get(body.id, ()):
            office = _office(holding, usernames.get(holding.person_id, ""))
            sheet.append([len(sheet) + 1, *about, *office])
    return sheet


def _office(holding: OfficeHolding, username: str) -> list[Value]:
    """The columns of one office-holder."""
    return [
        holding.title,
        holding.person.name,
        holding.held_from,
        holding.held_to,
        username,
    ]

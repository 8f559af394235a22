"""Bodies as a sheet that reads back: a row per office-holder, past ones too; one row for a body
without any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pledge_app.accounts import tying
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs import office_queries
from pledge_app.orgs.models import Authority, Body, OfficeHolding
from pledge_app.orgs.named import Places
from pledge_app.orgs.office_sheet import ANOTHER, SAME_PERSON, SHEET
from pledge_app.orgs.words import KIND_WORDS
from pledge_app.tables.writing import Value
from pledge_app.web.language import kept_text

LOGIN = "Tài khoản"  # to read; it is not read back
Seen = dict[tuple[int, str], set[int]]


def head() -> list[str]:
    """What stands over the columns."""
    return [*SHEET.head, LOGIN]


def rows(bodies: Sequence[Body], *, today: date) -> list[Sequence[Value]]:
    """The numbered rows, in the order of the bodies."""
    holdings = office_queries.holdings_of([body.id for body in bodies])
    by_body: dict[int, list[OfficeHolding]] = defaultdict(list)
    for holding in holdings:
        by_body[holding.body_id].append(holding)
    logins = tying.logins_of({holding.person_id for holding in holdings})
    usernames = {person_id: user.username for person_id, user in logins.items()}
    places = Places(today)
    seen: Seen = defaultdict(set)
    sheet: list[Sequence[Value]] = []
    for body in bodies:
        about = _about(body, places)
        if body.id not in by_body:
            sheet.append([len(sheet) + 1, *about])
        for holding in by_body.get(body.id, ()):
            office = _office(holding, body, seen)
            login = usernames.get(holding.person_id, "")
            sheet.append(
                [
                    len(sheet) + 1,
                    *about,
                    *office,
                    login,
                ]
            )
    return sheet


def _about(body: Body, places: Places) -> list[Value]:
    """The columns of a body."""
    return [
        body.name,
        places.called(body.unit.pid) or body.unit.names[-1].name,
        kept_text(KIND_WORDS[body.kind]),
        body.full_name,
        body.symbol,
        body.place,
        body.superior_name,
        body.exists_from,
        body.exists_to,
    ]


def _office(
    holding: OfficeHolding,
    body: Body,
    seen: Seen,
) -> list[Value]:
    """The columns of one office-holder; whether a namesake above is the same person."""
    people = seen[(body.unit_id, same_name_key(holding.person.name))]
    namesake = ""
    if people:
        namesake = SAME_PERSON if holding.person_id in people else ANOTHER
    people.add(holding.person_id)
    authority = holding.authority
    return [
        holding.person.name,
        namesake,
        holding.title,
        authority.value if authority is not Authority.NONE else "không",
        holding.held_from,
        holding.held_to,
    ]

"""Xuất Excel: a table whole, not only the page that is shown; numbers typed, text never a
formula; recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from flask import Response, request

from pledge_app.accounts.current import actor
from pledge_app.accounts.models import User
from pledge_app.audit.operations import Subject, record
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.tables.writing import Band, Value, download, xlsx

YEAR = re.compile(r"[12][0-9]{3}")


def exported(
    title: str,
    head: Sequence[str],
    rows: list[Sequence[Value]],
    subject: Subject | None = None,
    *,
    bands: Sequence[Band] = (),
    bold: Collection[int] = (),
    frozen: int = 2,
) -> Response:
    """The sheet as a download; the trail says who took how many rows. `subject`: whose table it
    is; None: a list.

    The file's name says of when it is: the title's own year, the year that was asked for (?nam=),
    or today.
    """
    who = actor()
    record(
        "table.exported",
        subject if subject is not None else db.session.get_one(User, who.user_id),
        actor=who,
        at=clock.now(),
        rows=len(rows),
    )
    return download(
        xlsx(
            title,
            head,
            rows,
            bands=bands,
            bold=bold,
            frozen=frozen,
        ),
        f"{_dated(title)}.xlsx",
    )


def _dated(title: str) -> str:
    year = request.args.get("nam", "")
    if YEAR.search(title):
        return title
    return f"{title} - {year if YEAR.fullmatch(year) else format(clock.today(), '%d-%m-%Y')}"

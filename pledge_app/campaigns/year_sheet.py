"""Emulation years from a sheet: opened, with their criteria set and deadlines."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.operations import open_year, set_guidance
from pledge_app.criteria.models import CriteriaSet
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.numbers import year_number
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs.cluster_sheet import read_line
from pledge_app.orgs.models import Body, Line
from pledge_app.orgs.named import Bodies
from pledge_app.tables.filled import Blank, Filled, row_by_row
from pledge_app.tables.filled import Line as Row

YEAR, LINE, ISSUER, SET = "Năm", "Hệ", "Cơ quan hướng dẫn", "Bộ tiêu chí"
PLEDGES_DUE, AGREEMENT_DUE = "Hạn gửi bản đăng ký", "Hạn ký giao ước"

SHEET = Blank(
    head=(
        YEAR,
        LINE,
        ISSUER,
        SET,
        PLEDGES_DUE,
        AGREEMENT_DUE,
    ),
    needed=(YEAR, ISSUER),
    guide={},
    example=(),
)


def carry_out(
    sheet: Filled,
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Open every year that is not open yet; each row says what it did, or why not."""
    bodies = Bodies(today)
    for row in sheet.lines:
        with row_by_row(row):
            _open(row, bodies, actor, at)


def _open(
    row: Row,
    bodies: Bodies,
    actor: Actor,
    at: datetime,
) -> None:
    number = year_number(row.wants(YEAR))
    if number is None:
        raise DomainError(_("Năm “%(text)s” không đúng.", text=row[YEAR][:20]))
    line = read_line(row[LINE])
    issuer = bodies.find(row.wants(ISSUER))
    if _is_open(number, line, issuer):
        return
    year = open_year(
        number,
        line,
        issuer,
        actor=actor,
        at=at,
    )
    values = {
        "criteria_set_id": _set(row[SET]),
        "pledge_due_on": row.day(PLEDGES_DUE),
        "agreement_due_on": row.day(AGREEMENT_DUE),
    }
    set_guidance(
        year,
        {name: value for name, value in values.items() if value is not None},
        version=year.version_id,
        actor=actor,
        at=at,
    )
    row.does.append(_("mở năm thi đua %(year)s của %(body)s", year=number, body=issuer.name))


def _is_open(number: int, line: Line, issuer: Body) -> bool:
    same = select(EmulationYear.id).where(
        EmulationYear.year == number,
        EmulationYear.line == line,
        EmulationYear.issuer_body_id == issuer.id,
    )
    return db.session.scalar(same) is not None


def _set(name: str) -> int | None:
    """The newest published set of that name; raises DomainError."""
    if not name:
        return None
    published = select(CriteriaSet).where(CriteriaSet.published_at.is_not(None))
    found = db.session.scalars(published.order_by(CriteriaSet.version.desc()))
    key = same_name_key(name)
    for one in found:
        if same_name_key(one.name) == key:
            return one.id
    raise DomainError(_("Không có bộ tiêu chí “%(name)s” đã ban hành.", name=name[:80]))

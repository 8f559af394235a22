"""Search across rooms. Only what the actor may see; nothing is cut silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.text import fold
from pledge_app.orgs import queries as orgs
from pledge_app.orgs.models import Body
from pledge_app.pledges import queries as pledges
from pledge_app.pledges.models import Pledge

MOST = 20


@dataclass(frozen=True)
class Found:
    """One hit."""

    kind: str
    name: str
    href: str


def look_up(text: str, *, seen_by: Actor, on: date) -> list[Found]:
    """At most MOST units and MOST pledges whose names hold `text`; the page says when there are
    more.
    """
    units = db.session.execute(orgs.units(on=on, text=text).limit(MOST)).all()
    found = [
        Found(
            _("Đơn vị"),
            f"{row.name}" + (f" ({row.parent_name})" if row.parent_name else ""),
            url_for("orgs.show", pid=row.pid),
        )
        for row in units
    ]
    key = fold(text)
    rows = db.session.execute(
        select(Pledge.pid, Body.name, EmulationYear.year)
        .join(Pledge.cluster)
        .join(Pledge.body)
        .join(Pledge.emulation_year)
        .where(pledges.visible_to(seen_by))
        .order_by(Pledge.id)
    )
    hits = [row for row in rows if key in fold(row.name)][:MOST]
    return found + [
        Found(_("Bản đăng ký"), f"{row.name} · {row.year}", url_for("pledges.show", pid=row.pid))
        for row in hits
    ]

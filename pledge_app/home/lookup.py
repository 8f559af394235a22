"""Search across rooms. Only what the actor may see; nothing is cut silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.text import fold
from pledge_app.orgs import queries as orgs
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
    """At most MOST units and MOST pledges whose names hold `text`; the page says when there are more."""
    units = db.session.execute(orgs.units(on=on, text=text).limit(MOST)).all()
    found = [Found(_("Đơn vị"), f"{row.name}" + (f" ({row.parent_name})" if row.parent_name else ""),
                   url_for("orgs.show", pid=row.pid)) for row in units]
    key = fold(text)
    rows = db.session.scalars(select(Pledge).join(Pledge.cluster).where(pledges.visible_to(seen_by))).unique()
    hits = [row for row in rows if key in fold(row.body.name)][:MOST]
    return found + [Found(_("Bản đăng ký"), f"{row.body.name} · {row.emulation_year.year}",
                          url_for("pledges.show", pid=row.pid)) for row in hits]

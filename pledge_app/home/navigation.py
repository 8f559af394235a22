"""What stands around every page: office, navigation, year, line, unit, bell, business date."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from pledge_app.accounts.current import actor
from pledge_app.accounts.words import role_word
from pledge_app.config import VERSION
from pledge_app.home.guides import help_for
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor, roles_of
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import DEMO_PASSWORD, installation
from pledge_app.kernel.room import rooms
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, Line
from pledge_app.ui.chosen import chosen
from pledge_app.ui.chrome import Chrome, NavItem

NARROW = "nav-narrow"  # written by app.js when the navigation is folded


def line_word(line: Line) -> str:
    """Hệ UBND, Hệ MTTQ."""
    return {Line.UBND: _("Hệ UBND"), Line.MTTQ: _("Hệ MTTQ")}[line]


def chrome() -> Chrome:
    """The frame of this request's page; read once a request."""
    if "chrome" not in g:
        g.chrome = _chrome()
    made: Chrome = g.chrome
    return made


def _chrome() -> Chrome:
    here = installation()
    office = here.office_name if here is not None else _("Giao ước thi đua")
    is_demo = here is not None and here.is_demo
    today = clock.today()
    if not current_user.is_authenticated:
        return Chrome(
            office_name=office,
            version=VERSION,
            is_demo=is_demo,
            demo_password=DEMO_PASSWORD if is_demo else "",
            business_date=today if is_demo else None,
        )
    who = actor()
    unit = (
        db.session.scalar(select(Body.name).where(Body.id == who.grants[0].body_id))
        if who.grants
        else None
    )
    unread = (
        db.session.scalar(
            select(func.count())
            .select_from(Notice)
            .where(Notice.user_id == who.user_id, Notice.read_at.is_(None))
        )
        or 0
    )
    return Chrome(
        office_name=office,
        version=VERSION,
        person_name=who.name,
        person_key=str(who.user_id),
        roles=" · ".join(str(role_word(role)) for role in roles_of(who)),
        nav=tuple(_nav(who)),
        is_narrow=request.cookies.get(NARROW) == "1",
        year_label=_("Năm %(year)s", year=chosen("nam") or today.year),
        years=tuple(_years(today.year)),
        year_href=url_for("campaigns.index"),
        line_label=line_word(Line(chosen("he"))) if chosen("he") else _line(who),
        lines=(("", _("Mọi hệ")), *((line.value, line_word(line)) for line in Line)),
        unit_label=unit or "",
        unit_href=url_for("pledges.index", cua_toi=1),
        help_href=help_for(request.endpoint),
        unread=unread,
        is_demo=is_demo,
        demo_password=DEMO_PASSWORD if is_demo else "",
        business_date=today if is_demo else None,
    )


def _years(today: int) -> Iterable[tuple[str, str]]:
    """In November one works on the next year; a chosen one stays in the list."""
    years = {today + 1, today, today - 1, today - 2}
    if chosen("nam"):
        years.add(int(chosen("nam")))
    yield "", _("Mọi năm")
    for year in sorted(years, reverse=True):
        yield str(year), _("Năm %(year)s", year=year)


def _line(who: Actor) -> str:
    found = (
        db.session.scalar(
            select(Cluster.line)
            .outerjoin(ClusterMembership)
            .where(
                ClusterMembership.body_id.in_(who.bodies) | Cluster.reviewer_body_id.in_(who.bodies)
            )
            .order_by(Cluster.year.desc())
            .limit(1)
        )
        if who.bodies
        else None
    )
    return line_word(found) if found is not None else ""


def _nav(who: Actor) -> list[NavItem]:
    shown = [entry for entry in rooms().navigation if entry.is_shown_to(who)]
    current = _current([entry.endpoint for entry in shown])
    return [
        NavItem(
            str(entry.label),
            url_for(entry.endpoint),
            entry.icon,
            entry.endpoint == current,
        )
        for entry in shown
    ]


def _current(shown: list[str]) -> str:
    """The endpoint of the entry that this page belongs to, shown or not; "": to none."""
    registered = rooms()
    for entry in registered.navigation:
        if entry.prefix and request.path.startswith(entry.prefix):
            return entry.endpoint
    blueprint = request.blueprint or "home"
    for endpoint in registered.stands_under.get(blueprint, ()):
        if endpoint in shown:
            return endpoint
    of_blueprint = (one for one in shown if one.partition(".")[0] == blueprint)
    return next(of_blueprint, "")

"""Việc đến hạn: what is due, whose it is, when, how many working days are left; the same as
plain text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, exists, select, true
from sqlalchemy.orm import joinedload

from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.working_days import WorkCalendar
from pledge_app.home import work
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.text import sort_key
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import queries as progress
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState

SOON = 5  # working days
MOST_NAMES = 30  # in one line; the list of reports or pledges has them all
NOT_SENT = (PledgeState.DRAFT, PledgeState.WITH_LEADER, PledgeState.RETURNED)
REPORT_NOT_SENT = (ReportState.OPEN, ReportState.WITH_LEADER, ReportState.RETURNED)

Line = tuple[str, str, date | None, str, bool]  # what, whose, due, address, mine


@dataclass(frozen=True)
class Due:
    """One line. `left`: working days, 0 is today, below 0 late, None without a deadline; `last`:
    the last working day in time, where the deadline itself is none.
    """

    what: str
    whose: str
    due: date | None
    left: int | None
    last: date | None
    href: str
    is_mine: bool = True

    @property
    def tone(self) -> str:
        """late, soon or wait, as the badges of tasks."""
        if self.left is None:
            return "wait"
        return "late" if self.left < 0 else "soon" if self.left <= SOON else "wait"

    def words(self) -> str:
        """How much time is left."""
        if self.left is None:
            return _("Chưa ấn định hạn")
        if self.left < 0:
            return _("Quá hạn %(n)s ngày làm việc", n=-self.left)
        said = (
            _("Hạn trong hôm nay") if self.left == 0 else _("Còn %(n)s ngày làm việc", n=self.left)
        )
        if self.last is not None:
            said += "; " + _("hạn vào ngày nghỉ, cần xong ngày %(day)s", day=_day(self.last))
        return said


def rows(actor: Actor, *, today: date, calendar: WorkCalendar) -> list[Due]:
    """Mine first by urgency, then what others owe me; a fixed number of statements."""
    mine = [
        (task.title, task.detail, task.due, task.href, True)
        for task in work.tasks(actor, today=today)
    ]
    coming = [
        (
            _(
                "Nhập báo cáo %(period)s, mở ngày %(day)s",
                period=one.period.name,
                day=_day(one.opens_on),
            ),
            one.body_name,
            one.due_on,
            url_for("progress.index"),
            True,
        )
        for one in progress.upcoming(actor)
    ]
    made = [
        _row(*one, today=today, calendar=calendar)
        for one in (*mine, *coming, *_together(_owed(actor, today)))
    ]
    return sorted(
        made,
        key=lambda row: (
            not row.is_mine,
            row.due is None,
            row.due or date.max,
            row.what,
            row.whose,
        ),
    )


def pressing(found: Iterable[Due]) -> list[Due]:
    """What a letter is worth: late, or due within SOON working days."""
    return [row for row in found if row.is_mine and row.left is not None and row.left <= SOON]


def as_text(found: Iterable[Due], *, today: date, name: str) -> str:
    """Plain text for Zalo or a letter: no links, no marks."""
    lines = [_("VIỆC ĐẾN HẠN - %(name)s - ngày %(day)s", name=name, day=_day(today))]
    for number, row in enumerate(found, 1):
        due = _("hạn %(day)s", day=_day(row.due)) if row.due else ""
        lines.append(
            f"{number}. {row.what}: {row.whose}" + (f" - {due} ({row.words()})" if due else "")
        )
    if len(lines) == 1:
        lines.append(_("Không có việc nào đang chờ."))
    return "\n".join(lines)


def _row(
    what: str,
    whose: str,
    due: date | None,
    href: str,
    is_mine: bool,
    *,
    today: date,
    calendar: WorkCalendar,
) -> Due:
    if due is None:
        return Due(what, whose, None, None, None, href, is_mine)
    last = calendar.last_before(due)
    return Due(
        what,
        whose,
        due,
        calendar.days_left(today, due),
        last if last != due else None,
        href,
        is_mine,
    )


def _together(owed: Iterable[Line]) -> list[Line]:
    """One line for all bodies that owe the same by the same day."""
    bodies: dict[tuple[str, date | None, str], list[str]] = {}
    for what, name, due, href, _mine in owed:
        bodies.setdefault((what, due, href), []).append(name)
    return [
        (what, _listed(sorted(names, key=sort_key)), due, href, False)
        for (what, due, href), names in bodies.items()
    ]


def _listed(names: list[str]) -> str:
    said = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        said += " " + _("và %(n)s đơn vị khác", n=len(names) - MOST_NAMES)
    return said if len(names) == 1 else _("%(n)s đơn vị: %(names)s", n=len(names), names=said)


def _owed(actor: Actor, today: date) -> Iterable[Line]:
    """What the communes of my clusters have not sent yet; never what is in it."""
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not (reviewing or actor.sees_all):
        return
    mine = true() if actor.sees_all else Cluster.reviewer_body_id.in_(reviewing)
    for year, body_id, name in db.session.execute(
        select(EmulationYear, Body.id, Body.name)
        .join(
            Cluster,
            and_(
                Cluster.year == EmulationYear.year,
                Cluster.line == EmulationYear.line,
                Cluster.issuer_body_id == EmulationYear.issuer_body_id,
            ),
        )
        .join(ClusterMembership, ClusterMembership.cluster_id == Cluster.id)
        .join(Body, Body.id == ClusterMembership.body_id)
        .where(
            mine,
            EmulationYear.criteria_set_id.is_not(None),
            EmulationYear.year >= today.year,
            EmulationYear.pledge_due_on.is_not(None),
            ~exists().where(
                Pledge.emulation_year_id == EmulationYear.id,
                Pledge.body_id == Body.id,
                Pledge.state.not_in(NOT_SENT),
            ),
        )
    ):
        yield (
            _("Gửi bản đăng ký thi đua năm %(year)s", year=year.year),
            name,
            year.pledge_due(body_id),
            url_for("pledges.index"),
            False,
        )
    for report in db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .options(
            joinedload(ProgressReport.pledge).joinedload(Pledge.body),
            joinedload(ProgressReport.pledge).joinedload(Pledge.emulation_year),
        )
        .where(
            mine,
            ProgressReport.state.in_(REPORT_NOT_SENT),
            Pledge.state != PledgeState.DISCONTINUED,
        )
    ):
        of_year = report.pledge.emulation_year.year
        yield (
            _("Gửi báo cáo %(period)s", period=report.period.dated),
            report.pledge.body.name,
            report.due_on,
            url_for("progress.index", nam=of_year, ky=report.period.code),
            False,
        )


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"

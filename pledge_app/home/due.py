"""Việc đến hạn: what is due, whose it is, when, how many working days are left; the same as
plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from pledge_app.campaigns.working_days import WorkCalendar
from pledge_app.home.tasks import SOON, tasks, tone
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.room import DueLine, rooms
from pledge_app.kernel.text import sort_key

MOST_NAMES = 30  # in one line; the list of reports or pledges has them all


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
        return tone(self.left)

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
    registered = rooms().all
    mine = [
        DueLine(
            task.title,
            task.detail,
            task.due,
            task.href,
        )
        for task in tasks(actor, today=today)
    ]
    mine += _asked((ask for room in registered for ask in room.coming), actor, today)
    owed = _asked((ask for room in registered for ask in room.owed), actor, today)
    listed = [_timed(line, True, today, calendar) for line in mine]
    listed += [_timed(line, False, today, calendar) for line in _together(owed)]
    return sorted(listed, key=_urgency)


def _asked(
    questions: Iterable[Callable[[Actor, date], Iterable[DueLine]]],
    actor: Actor,
    today: date,
) -> list[DueLine]:
    return [line for ask in questions for line in ask(actor, today)]


def _urgency(row: Due) -> tuple[bool, bool, date, str, str]:
    return not row.is_mine, row.due is None, row.due or date.max, row.what, row.whose


def pressing(found: Iterable[Due]) -> list[Due]:
    """What a letter is worth: late, or due within SOON working days."""
    return [row for row in found if row.is_mine and row.left is not None and row.left <= SOON]


def for_group(found: Iterable[Due], *, today: date, address: str) -> str:
    """What the communes still owe, for their Zalo group: by deadline, each by its name, with where
    to send; "" when they owe nothing. Nothing of one's own.
    """
    by_day: dict[date, list[Due]] = {}
    for row in found:
        if not row.is_mine and row.due is not None:
            by_day.setdefault(row.due, []).append(row)
    if not by_day:
        return ""
    lines = [_("Kính gửi các đơn vị. Đến ngày %(day)s còn các việc sau:", day=_day(today))]
    for due, rows in sorted(by_day.items()):
        left = rows[0].words()
        lines.append(
            _(
                "Hạn %(day)s (%(left)s):",
                day=_day(due),
                left=left[0].lower() + left[1:],
            )
        )
        lines += [f"- {row.what}: {row.whose}" for row in rows]
    lines.append(_("Gửi tại: %(address)s", address=address))
    lines.append(_("Trân trọng cảm ơn."))
    return "\n".join(lines)


def as_text(found: Iterable[Due], *, today: date, name: str) -> str:
    """Plain text for Zalo or a letter: no links, no marks."""
    lines = [
        _(
            "VIỆC ĐẾN HẠN - %(name)s - ngày %(day)s",
            name=name,
            day=_day(today),
        )
    ]
    for number, row in enumerate(found, 1):
        due = _("hạn %(day)s", day=_day(row.due)) if row.due else ""
        lines.append(
            f"{number}. {row.what}: {row.whose}" + (f" - {due} ({row.words()})" if due else "")
        )
    if len(lines) == 1:
        lines.append(_("Không có việc nào đang chờ."))
    return "\n".join(lines)


def _timed(
    line: DueLine,
    is_mine: bool,
    today: date,
    calendar: WorkCalendar,
) -> Due:
    if line.due is None:
        return Due(
            line.what,
            line.whose,
            None,
            None,
            None,
            line.href,
            is_mine,
        )
    last = calendar.last_before(line.due)
    return Due(
        line.what,
        line.whose,
        line.due,
        calendar.days_left(today, line.due),
        last if last != line.due else None,
        line.href,
        is_mine,
    )


def _together(owed: Iterable[DueLine]) -> list[DueLine]:
    """One line for all bodies that owe the same by the same day."""
    bodies: dict[tuple[str, date | None, str], list[str]] = {}
    for line in owed:
        bodies.setdefault((line.what, line.due, line.href), []).append(line.whose)
    return [
        DueLine(
            what,
            _listed(sorted(names, key=sort_key)),
            due,
            href,
        )
        for (what, due, href), names in bodies.items()
    ]


def _listed(names: list[str]) -> str:
    said = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        said += " " + _("và %(n)s đơn vị khác", n=len(names) - MOST_NAMES)
    return (
        said
        if len(names) == 1
        else _(
            "%(n)s đơn vị: %(names)s",
            n=len(names),
            names=said,
        )
    )


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"

"""Working days of an office in Vietnam: weeks, public holidays, compensated days. Pure.

Source: data/public_holidays.csv (Bộ luật Lao động 2019, Điều 111–112), data/working_day_changes.csv
(yearly swaps).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar

ONE = timedelta(days=1)
SATURDAY = 5
LONGEST = 3660  # days that are counted; a deadline further away is a slip of the pen
NEXT_TO = "lien-ke"


@dataclass(frozen=True)
class Rule:
    """One row of the holidays: `before` days ahead of the day itself it begins; None: the day
    next to it.
    """

    name: str
    is_lunar: bool
    day: int
    month: int
    before: int | None
    days: int
    first_year: int = 0


@dataclass(frozen=True)
class Change:
    """One day that differs: `works` says whether it is worked; `note` why, `certainty` of the
    source.
    """

    day: date
    works: bool
    note: str
    certainty: str = ""


@dataclass(frozen=True)
class WorkCalendar:
    """Days off and days on that the week alone does not tell; each with its reason."""

    off: Mapping[date, str] = field(default_factory=dict)
    on: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Monday to Friday, without holidays, and the days that compensate."""
        return day in self.on or (day.weekday() < SATURDAY and day not in self.off)

    def last_before(self, due: date) -> date:
        """The last working day on which a thing due on `due` can be done: `due` itself, or an
        earlier one.
        """
        while not self.is_working(due):
            due -= ONE
        return due

    def days_left(self, today: date, due: date) -> int:
        """Working days after `today` until the last one that is in time: 0 means today; below 0:
        late by so many.
        """
        last = self.last_before(due)
        if due < today:
            return -max(1, self._count(due, today))
        return self._count(today, last) if last > today else 0

    def _count(self, after: date, until: date) -> int:
        span = min((until - after).days, LONGEST)
        return sum(self.is_working(after + ONE * n) for n in range(1, span + 1))


def calendar_of(
    years: Iterable[int],
    rules: Iterable[Rule],
    changes: Iterable[Change],
) -> WorkCalendar:
    """The calendar of some years; a change wins over what the rules give, a later change over an
    earlier one.
    """
    rows = list(rules)
    off: dict[date, str] = {}
    for year in years:
        off |= holidays(year, rows)
    on: dict[date, str] = {}
    for change in changes:
        (on if change.works else off)[change.day] = change.note
        (off if change.works else on).pop(change.day, None)
    return WorkCalendar(off, on)


def holidays(year: int, rules: Iterable[Rule]) -> dict[date, str]:
    """Days off of one year by law, with the compensation of those that fall on a weekend."""
    days_off: dict[date, str] = {}
    for rule in rules:
        days_off |= dict.fromkeys(_days(rule, year), rule.name)
    for day in sorted(day for day in days_off if day.weekday() >= SATURDAY):
        instead = day
        while instead in days_off or instead.weekday() >= SATURDAY:
            instead += ONE
        days_off[instead] = f"Nghỉ bù: {days_off[day]}"
    return dict(sorted(days_off.items()))


def _days(rule: Rule, year: int) -> list[date]:
    if year < rule.first_year:
        return []
    if rule.is_lunar:
        if not SUPPORTED_YEAR_RANGE[0] <= year <= SUPPORTED_YEAR_RANGE[1]:
            return []
        main = lunar_to_solar(LunarDate(rule.day, rule.month, year))
    else:
        main = date(year, rule.month, rule.day)
    if rule.before is not None:
        return [main - ONE * rule.before + ONE * n for n in range(rule.days)]
    return [main, main - ONE if (main - ONE).weekday() < SATURDAY else main + ONE]


def read_rules(lines: Iterable[str]) -> list[Rule]:
    """The rows of data/public_holidays.csv."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [
        Rule(
            row["ten"],
            row["lich"] == "am",
            int(row["ngay"]),
            int(row["thang"]),
            None if row["truoc"] == NEXT_TO else int(row["truoc"]),
            int(row["so_ngay"]),
            int(row["tu_nam"] or 0),
        )
        for row in rows
    ]


def read_changes(lines: Iterable[str]) -> list[Change]:
    """The rows of data/working_day_changes.csv."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [
        Change(
            date.fromisoformat(row["ngay"]),
            row["loai"] == "lam",
            row["ghi_chu"],
            row["do_chac"],
        )
        for row in rows
    ]

"""The kinds of a reporting period: how many a year has, the days they usually cover, their codes.

Pure. The days of a real period are data (15/12 to 14/06 occurs); these are only where one begins.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """Tháng · quý · 6 tháng · 9 tháng · cả năm."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"

    @property
    def adds_up(self) -> bool:
        """A month's or quarter's figure is what it brought by itself, so that they add up; the
        figure of a half year, nine months or a year is the year so far at its end.
        """
        return self in (PeriodKind.MONTH, PeriodKind.QUARTER)


# Units set themselves goals for the periods of this kind that their year has.
GOALS_BY = PeriodKind.QUARTER
IN_A_YEAR = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.NINE_MONTHS: 1,
    PeriodKind.YEAR: 1,
}
MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
CODES = {
    PeriodKind.MONTH: "thang",
    PeriodKind.QUARTER: "quy",
    PeriodKind.HALF: "6-thang",
    PeriodKind.NINE_MONTHS: "9-thang",
    PeriodKind.YEAR: "nam",
}
_CODE = re.compile(r"(thang|quy|6-thang|9-thang|nam)-([1-9][0-9]?)")
PeriodKey = tuple[PeriodKind, int]


def numbers_of(kind: PeriodKind) -> range:
    """1 to as many as a year has."""
    return range(1, IN_A_YEAR[kind] + 1)


def months_of(kind: PeriodKind, number: int) -> range:
    """The months that it stands for, whatever its days: the first half is 1 to 6."""
    last = MONTHS[kind] * number
    return range(last - MONTHS[kind] + 1, last + 1)


def usual_bounds(year: int, kind: PeriodKind, number: int) -> tuple[date, date]:
    """The first and last day by the calendar. ValueError: a year has no such period."""
    if number not in numbers_of(kind):
        raise ValueError(f"no {kind.value} {number}")
    months = months_of(kind, number)
    first_month = months[0]
    last_month = months[-1]
    after = date(year + 1, 1, 1) if last_month == 12 else date(year, last_month + 1, 1)
    return date(year, first_month, 1), after - timedelta(days=1)


def code(kind: PeriodKind, number: int) -> str:
    """As an address names it: "quy-1", "6-thang-2"."""
    return f"{CODES[kind]}-{number}"


def read_code(text: str) -> PeriodKey | None:
    """The period that an address names, or None."""
    match = _CODE.fullmatch(text)
    if match is None:
        return None
    kind = next(kind for kind, word in CODES.items() if word == match[1])
    number = int(match[2])
    return (kind, number) if number in numbers_of(kind) else None

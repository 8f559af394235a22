"""What a period is called, in one place: alone, at the head of a column, with its year."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.campaigns.periods import PeriodKind, numbers_of
from pledge_app.kernel.roman import roman

KIND_WORDS = {
    PeriodKind.MONTH: _l("Tháng"),
    PeriodKind.QUARTER: _l("Quý"),
    PeriodKind.HALF: _l("6 tháng"),
    PeriodKind.NINE_MONTHS: _l("9 tháng"),
    PeriodKind.YEAR: _l("Cả năm"),
}


def period_name(kind: PeriodKind, number: int) -> LazyString:
    """Within a sentence: "quý I", "6 tháng đầu năm", "tháng 3", "9 tháng", "cả năm"."""
    if kind is PeriodKind.MONTH:
        return _l("tháng %(n)s", n=number)
    if kind is PeriodKind.QUARTER:
        return _l("quý %(q)s", q=roman(number))
    if kind is PeriodKind.HALF:
        return _l("6 tháng đầu năm") if number == 1 else _l("6 tháng cuối năm")
    return _l("9 tháng") if kind is PeriodKind.NINE_MONTHS else _l("cả năm")


def period_heading(kind: PeriodKind, number: int) -> LazyString:
    """At the head of a column or a card: "Quý I"."""
    if kind is PeriodKind.MONTH:
        return _l("Tháng %(n)s", n=number)
    if kind is PeriodKind.QUARTER:
        return _l("Quý %(q)s", q=roman(number))
    if kind is PeriodKind.YEAR:
        return _l("Cả năm")
    return period_name(kind, number)


def dated_name(kind: PeriodKind, number: int, year: int) -> LazyString:
    """With its year: "quý I năm 2023", "6 tháng đầu năm 2023", "năm 2023"."""
    if kind is PeriodKind.MONTH:
        return _l("tháng %(n)s năm %(year)s", n=number, year=year)
    if kind is PeriodKind.QUARTER:
        return _l("quý %(q)s năm %(year)s", q=roman(number), year=year)
    if kind is PeriodKind.HALF and number == 1:
        return _l("6 tháng đầu năm %(year)s", year=year)
    if kind is PeriodKind.HALF:
        return _l("6 tháng cuối năm %(year)s", year=year)
    if kind is PeriodKind.NINE_MONTHS:
        return _l("9 tháng năm %(year)s", year=year)
    return _l("năm %(year)s", year=year)


def next_dated(kind: PeriodKind, number: int, year: int) -> LazyString:
    """What comes after it, with its year: "quý II năm 2023"; after nine months the last quarter."""
    if kind is PeriodKind.NINE_MONTHS:
        return dated_name(PeriodKind.QUARTER, 4, year)
    if number in numbers_of(kind)[:-1]:
        return dated_name(kind, number + 1, year)
    return dated_name(kind, 1, year + 1)


def until_name(kind: PeriodKind, number: int) -> LazyString:
    """Up to its end: "hết quý I", "hết năm"; the second half ends with the year."""
    if kind is PeriodKind.YEAR or (kind is PeriodKind.HALF and number == 2):
        return _l("hết năm")
    return _l("hết %(period)s", period=period_name(kind, number))

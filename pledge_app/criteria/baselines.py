"""Last year's result of one criterion: reported in this software, or given by the level above.

Pure.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class BaselineSource(StrEnum):
    """Where a result comes from. Stored."""

    NONE = ""
    REPORTED = "reported"  # confirmed reports of last year
    GIVEN = "given"  # pasted by the level above


class Reported(NamedTuple):
    """What confirmed reports say of last year. `is_whole`: up to its end, so that it is the year's
    result.
    """

    value: Decimal
    is_whole: bool


class Given(NamedTuple):
    """What the level above gave; `overrules`: it said that this holds against a confirmed
    report.
    """

    value: Decimal
    overrules: bool


class Baseline(NamedTuple):
    """The result that is used, and where it comes from."""

    value: Decimal | None
    source: BaselineSource


NOTHING = Baseline(None, BaselineSource.NONE)


def baseline(given: Given | None, reported: Reported | None) -> Baseline:
    """The confirmed result of the whole year, else what was given, else the part of the year that
    was confirmed.
    """
    reports_win = reported is not None and reported.is_whole and not (given and given.overrules)
    if given is not None and not reports_win:
        return Baseline(given.value, BaselineSource.GIVEN)
    if reported is not None:
        return Baseline(reported.value, BaselineSource.REPORTED)
    return NOTHING

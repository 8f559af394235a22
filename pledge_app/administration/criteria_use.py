"""What a set of criteria was worth: its cost to a unit, and what last year's results say of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.queries import years_by
from pledge_app.criteria.cost import QUARTERS, Cost, cost_of
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.criteria.separation import Result, Sameness, sameness
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress.figures import actuals

SAMENESS_WORDS = {
    Sameness.EQUAL: _l("kết quả như nhau"),
    Sameness.REACHED: _l("đều đạt mức đã đăng ký"),
}


@dataclass(frozen=True)
class Unseparated:
    """A criterion of the set that told none of `units` units from another, and why."""

    row: Criterion
    units: int
    why: Sameness


@dataclass(frozen=True)
class LastYear:
    """What the results of `year` say. `compared`: criteria with results of two units or more."""

    year: int
    compared: int
    unseparated: list[Unseparated]


def cost(chosen: CriteriaSet) -> Cost:
    """With as many reports as the newest year has that goes by the set; else one a quarter."""
    years = years_by(chosen.id)
    reports = sum(period.due_on is not None for period in years[0].periods) if years else 0
    return cost_of(chosen.criteria, reports or QUARTERS)


def cost_words(counted: Cost) -> str:
    """60 số liệu: 12 chỉ tiêu của năm và 48 kết quả trong 4 kỳ báo cáo …"""
    words = _(
        "%(n)s số liệu: %(goals)s chỉ tiêu của năm và %(results)s kết quả trong %(reports)s kỳ "
        "báo cáo",
        n=counted.figures,
        goals=counted.goals,
        results=counted.results,
        reports=counted.reports,
    )
    if counted.listed:
        words += "; " + _(
            "thêm trạng thái của từng thôn, xóm, sản phẩm … ở %(n)s tiêu chí", n=counted.listed
        )
    if counted.divisible:
        words += "; " + _(
            "%(n)s chỉ tiêu lũy kế có thể chia theo quý, không bắt buộc", n=counted.divisible
        )
    return words


def last_year(chosen: CriteriaSet, *, today: date) -> LastYear:
    """Of all units of the set's line with confirmed results of the whole year before the one that
    the set holds for now; a set in the making, before the one that it is made for.
    """
    year = max(chosen.valid_from.year, today.year) - 1
    results = _results(chosen, year)
    rows = [row for row in chosen.criteria if not row.is_group]
    unseparated = []
    for row in rows:
        known = results[row.indicator_id]
        why = sameness(known, row.direction, is_strict=row.is_strict)
        if why is not None:
            unseparated.append(Unseparated(row, len(known), why))
    compared = sum(len(results[row.indicator_id]) > 1 for row in rows)
    return LastYear(year, compared, unseparated)


def _results(chosen: CriteriaSet, year: int) -> dict[int, list[Result]]:
    """By indicator id, of each unit that reported the whole year."""
    goals = (
        select(Pledge.body_id, Criterion.indicator_id, Target.goal)
        .join(Target.pledge)
        .join(Target.criterion)
        .join(Pledge.emulation_year)
        .where(EmulationYear.year == year)
    )
    if chosen.line is not None:
        goals = goals.where(EmulationYear.line == chosen.line)
    pledged = db.session.execute(goals).all()
    reached = actuals({body_id for body_id, _indicator_id, _goal in pledged}, year)
    results: dict[int, list[Result]] = defaultdict(list)
    for body_id, indicator_id, goal in pledged:
        reported = reached.get(body_id, {}).get(indicator_id)
        if reported is not None and reported.is_whole:
            results[indicator_id].append(Result(reported.value, goal))
    return results

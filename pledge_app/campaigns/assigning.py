"""Assigned figures on the page: the table communes × criteria, and what a pasted block would
change.
"""

from __future__ import annotations

from decimal import Decimal

from pledge_app.campaigns import assigned_figures, pasting, queries
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.pasting import Reading, Table
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.paste import Declared


def table(year: EmulationYear) -> Table:
    """The figures of a year: one column for each member of its clusters."""
    return Table(queries.member_bodies(year), queries.criteria_of(year), queries.assigned_to(year))


def read(year: EmulationYear, block: str, said: Declared) -> Reading:
    """Read a block against the year's communes and criteria. Writes nothing."""
    return pasting.read(
        table(year),
        block,
        said,
        may_be_negative=False,
        wrong=_wrong,
    )


def _wrong(criterion: Criterion, value: Decimal) -> str:
    return assigned_figures.wrong_figure(criterion.kind, value)

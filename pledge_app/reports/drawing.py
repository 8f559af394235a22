"""What is drawn of a cluster: communes × periods, and the same figures as a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.charts.svg import Series, grouped_bars
from pledge_app.criteria.models import Criterion
from pledge_app.orgs.queries import column_names
from pledge_app.reports.overview import Overview

COMPARED = 2  # fewer bars compare nothing


@dataclass(frozen=True)
class Drawing:
    """What is drawn, and the same figures as a table."""

    svg: str
    title: str
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


def drawing(made: Overview, criterion: Criterion | None) -> Drawing | None:
    """Communes × periods: per cent of the plan to date for one criterion, or how many targets were
    as planned. None where it would say nothing: of fewer than two communes, or the same of all.
    """
    bodies = [row.body for row in made.members]
    names = dict(
        zip(
            [body.id for body in bodies],
            column_names(bodies),
            strict=True,
        )
    )
    if criterion is None:
        title = _("Số chỉ tiêu đúng tiến độ hoặc vượt, đến hết từng kỳ")
        rows = tuple((names[row.body.id], row.kept) for row in made.members)
        unit = ""
    else:
        line = next(line for line in made.lines if line.criterion.id == criterion.id)
        title = _("Tỷ lệ thực hiện kế hoạch đến hết từng kỳ: %(name)s", name=criterion.name)
        rows = tuple((names[row.body.id], row.percents) for row in line.rows)
        unit = "%"
    told = [values for _name, values in rows if any(value is not None for value in values)]
    if len(told) < COMPARED or len(set(told)) == 1:
        return None
    series = []
    for at, period in enumerate(made.periods):
        values = [values[at] for _name, values in rows]
        if any(value is not None for value in values):
            series.append(Series(str(period.heading), values))
    said = _("Biểu đồ thanh ngang theo đơn vị và kỳ; số liệu có trong bảng bên dưới.")
    return Drawing(
        grouped_bars(
            title,
            said,
            [name for name, _values in rows],
            series,
            unit=unit,
        ),
        title,
        rows,
    )

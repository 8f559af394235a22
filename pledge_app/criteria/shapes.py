"""What the figures of a criterion look like to whoever reads them: the one way from a criterion to
the parser.
"""

from __future__ import annotations

from pledge_app.criteria.kinds import ValueKind
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.numbers import Shape


def shape_of(criterion: Criterion, *, may_be_negative: bool) -> Shape:
    """`may_be_negative`: what was reached may be, what is promised or assigned may not."""
    unit = criterion.unit_of_measure.strip()
    counted = criterion.kind in (ValueKind.PERCENT, ValueKind.COUNTED_ROWS)
    return Shape(
        unit=unit,
        is_percent=counted or "%" in unit,
        is_yes_no=criterion.is_yes_no,
        may_be_negative=may_be_negative,
    )

"""The cells of a row: their names, what they show, and the token that names their content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from flask_babel import gettext as _

from pledge_app.campaigns.models import Period
from pledge_app.kernel.numbers import format_number
from pledge_app.pledges import entry
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.goal_cells import GOAL, by_cell, cell_name, period_number, periods_of
from pledge_app.pledges.models import Target

TEXTS = ("measures", "reason_lower")


def cell_labels(periods: Sequence[Period]) -> dict[str, str]:
    """The head of each column, in its order."""
    return {
        GOAL: _("Chỉ tiêu"),
        **{cell_name(period): str(period.heading) for period in periods},
        "measures": _("Biện pháp"),
        "reason_lower": _("Lý do thấp hơn mức giao"),
    }


def token(target: Target) -> str:
    """Version and digest of a row: a row that comes back untouched is no change, whatever others
    did.
    """
    return f"{target.version}.{digest(target, entry.entry_of(target))}"


def digest(target: Target, row: RowEntry) -> str:
    """Twelve hex digits for the content of a row; a computed goal is no part of it."""
    goal = None if entry.is_counted(target) else row.goal
    figures = by_cell(periods_of(target), goal, row.split).values()
    texts = [format_number(value) for value in figures] + [row.reason_lower, row.measures]
    items = sorted(
        (key, state.value if state else "", period_number(target, period_id) or 0)
        for key, (state, period_id) in row.items.items()
    )
    return hashlib.sha256(json.dumps([texts, items]).encode("utf-8")).hexdigest()[:12]


def shown(target: Target, row: RowEntry) -> dict[str, str]:
    """The cells of a row as they are read: "1.234,5"."""
    figures = by_cell(periods_of(target), row.goal, row.split)
    return {
        **{name: format_number(value) for name, value in figures.items()},
        "measures": row.measures,
        "reason_lower": row.reason_lower,
    }

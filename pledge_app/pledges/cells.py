"""The cells of a row: their names, what they show, and the token that names their content."""

from __future__ import annotations

import hashlib
import json

from flask_babel import gettext as _

from pledge_app.kernel.numbers import format_number
from pledge_app.pledges import entry
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Target

NUMBERS = ("goal", "q1", "q2", "q3", "q4")
TEXTS = ("measures", "reason_lower")
CELLS = (*NUMBERS, *TEXTS)


def cell_labels() -> dict[str, str]:
    """The head of each column, in its order."""
    return {
        "goal": _("Chỉ tiêu"),
        "q1": _("Quý I"),
        "q2": _("Quý II"),
        "q3": _("Quý III"),
        "q4": _("Quý IV"),
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
    said = [format_number(value) for value in (goal, *row.quarters)] + [
        row.reason_lower,
        row.measures,
    ]
    items = sorted(
        (key, state.value if state else "", quarter or 0)
        for key, (state, quarter) in row.items.items()
    )
    return hashlib.sha256(json.dumps([said, items]).encode("utf-8")).hexdigest()[:12]


def shown(row: RowEntry) -> dict[str, str]:
    """The cells of a row as they are read: "1.234,5"."""
    figures = dict(zip(NUMBERS, (row.goal, *row.quarters), strict=True))
    return {
        **{name: format_number(value) for name, value in figures.items()},
        "measures": row.measures,
        "reason_lower": row.reason_lower,
    }

"""Verbs of the quarterly report."""

from __future__ import annotations

from decimal import Decimal


def last_year_actuals(body_id: int, year: int) -> dict[str, Decimal]:
    """What `body_id` reached in `year`, by criterion code."""
    return {}

"""Opening the reports that are due as a daily duty of the worker."""

from __future__ import annotations

from datetime import datetime

from pledge_app.kernel import clock
from pledge_app.progress.due_reports import open_due_reports


def business_day(_at: datetime) -> str:
    """The business date: reports are opened once on each."""
    return str(clock.today())


def open_reports(at: datetime) -> str:
    """Open what is due on the business date."""
    today = clock.today()
    return f"{today}: {len(open_due_reports(today=today, at=at))}"

"""What a report of a longer period begins with: what the reports within it already tell."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from pledge_app.campaigns.models import Period
from pledge_app.campaigns.periods import MONTHS
from pledge_app.kernel.base import db
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState

GATHERED = ("movements", "difficulties", "causes")
"""Texts that still hold at the end of the longer period; what comes next does not."""


def begin_with_shorter(report: ProgressReport) -> None:
    """Take over what was done for the campaigns, and gather what the reports of the longest
    shorter kind say. A report of the shortest period stays blank.
    """
    within = _within(report)
    done = {row.campaign_id: row.done for one in within for row in one.campaigns if row.done}
    for row in report.campaigns:
        row.done = done.get(row.campaign_id, "")
    longest = max((MONTHS[one.period.kind] for one in within), default=0)
    speaking = [one for one in within if MONTHS[one.period.kind] == longest]
    for name in GATHERED:
        setattr(
            report,
            name,
            _joined(str(getattr(one, name)) for one in speaking),
        )


def _within(report: ProgressReport) -> list[ProgressReport]:
    """The newest version of each report of the same pledge for a shorter period within this one,
    the shorter ones first.
    """
    length = MONTHS[report.period.kind]
    of_the_year = report.period.emulation_year.periods
    if all(MONTHS[period.kind] >= length for period in of_the_year):
        return []
    rows = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.period)
        .where(
            ProgressReport.pledge_id == report.pledge_id,
            ProgressReport.state != ReportState.SUPERSEDED,
        )
        .order_by(Period.number, ProgressReport.version)
    )
    shorter = [
        one for one in rows if MONTHS[one.period.kind] < length and report.period.covers(one.period)
    ]
    return sorted(
        shorter,
        key=lambda one: MONTHS[one.period.kind],
    )


def _joined(texts: Iterable[str]) -> str:
    """Their lines, each once."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return "\n".join(dict.fromkeys(filter(None, lines)))

"""Real time for sessions, throttles and the trail; business time, which a demo may move, for the
rest.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pledge_app.kernel.installation import installation

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Real time, aware, UTC. Only views and commands call this; verbs are given `at=`."""
    return datetime.now(UTC)


def today() -> date:
    """The business date in Vietnam: the demo's own date, else the real one."""
    row = installation()
    if row is not None and row.is_demo and row.business_date is not None:
        return row.business_date
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """`moment` on the clock of Vietnam."""
    return moment.astimezone(VIETNAM)

"""The office that the faults strike: every flow has its thing in it, and each commune's texts
carry a mark of their own.
"""

from __future__ import annotations

from pathlib import Path

from pledge_app.audit.operations import seal
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from tests import agreeing, make
from tests.cast import Cast
from tests.loopback import Office, furnish
from tests.rooms.progress import reports

CRITERIA = 20
GOALS = {
    str(100 + number): "1" for number in range(CRITERIA)
}  # of the criteria that furnish() adds


def furnished(place: Path) -> Office:
    """Hải Quang enters, Hải Tây sends, Hải Đông has an agreement to freeze, Hải Lý reports a
    quarter.
    """
    return furnish(place, CRITERIA, _things)


def mark(name: str) -> str:
    """What only that commune's people, and those above it, may read (I8)."""
    return f"MARK-{name.encode().hex()}"


def _things(cast: Cast) -> dict[str, str]:
    sent = make.pledge(cast, "Hải Tây", state="complete", goals=GOALS)
    made = agreeing.agreement(cast, communes=("Hải Đông",), goals=GOALS)
    report = reports.report_of(cast, "Hải Lý", goals=GOALS)
    for pledge in db.session.query(Pledge):
        pledge.targets[0].measures = mark(pledge.body.place)
        db.session.flush()
        if pledge.sent_at is not None:
            seal(pledge, actor=SYSTEM, at=make.AT)
    db.session.commit()
    return {"sent": sent.pid, "agreement": made.pid, "report": report.pid}

"""What nobody presses: the worker makes the papers, the night opens the reports that are due."""

from __future__ import annotations

from pledge_app.documents.models import Document, RenderState
from pledge_app.kernel.base import db
from pledge_app.progress.due_reports import open_due_reports
from pledge_app.progress.models import ProgressReport
from tests import agreeing
from tests.agreeing import AT
from tests.journeys.expected import REPORTS_OPEN, ReportNow, Signature, YearNow
from tests.journeys.office import Office


def make_papers(office: Office, now: YearNow) -> None:
    """The worker is done with every paper that waits; what is drawn has tests of its own."""
    waiting = db.session.query(Document).filter_by(state=RenderState.RENDERING).all()
    for document in waiting:
        agreeing.rendered(document)
    for agreement in now.agreements:
        if agreement.state == "rendering":
            agreement.state = "awaiting"
            agreement.is_round_open = True
            agreement.signatures = {name: Signature() for name in agreement.parties}
    db.session.expire_all()


def pass_the_night(office: Office, now: YearNow) -> None:
    """The day comes on which the reports of the quarter open; once more is no harm."""
    office.move_to(REPORTS_OPEN)
    now.today = REPORTS_OPEN
    open_due_reports(today=REPORTS_OPEN, at=AT)
    db.session.commit()
    db.session.expire_all()


def take_in_new_reports(office: Office, now: YearNow) -> None:
    """A commune whose pledge is in force has its report from the day on which it opens."""
    if now.today < REPORTS_OPEN:
        return
    reporting = {row.commune for row in now.reports}
    for commune, pledge in now.pledges.items():
        if pledge.state == "in_force" and commune not in reporting:
            of_commune = db.session.query(ProgressReport).join(ProgressReport.pledge)
            opened = of_commune.filter_by(pid=pledge.pid).one()
            now.reports.append(ReportNow(opened.pid, commune))

"""The printed report, drawing and all, is in the form that the decree asks for."""

from __future__ import annotations

from sqlalchemy import select

from pledge_app.documents.models import Document, Envelope
from pledge_app.documents.operations import frozen_content
from pledge_app.kernel.base import db
from pledge_app.papers.decree.checker import check_paper
from pledge_app.papers.printing.paper import render
from pledge_app.progress.states import ReportState
from tests.rooms.progress.reports import in_state, report_of


def test_a_report_as_it_is_sent_passes_the_check_of_papers(app, cast):
    report = in_state(cast, report_of(cast), ReportState.SENT)
    document = db.session.scalar(
        select(Document).join(Envelope).where(Envelope.subject_pid == report.pid)
    )
    assert document is not None
    pdf = render("quarter_report", frozen_content(document.envelope)).pdf
    assert check_paper(pdf) == []

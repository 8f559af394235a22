"""What the room registers: quarterly reports and their evidence."""

from __future__ import annotations

from flask import url_for
from flask_babel import lazy_gettext as _l

from pledge_app.campaigns.events import BASELINES, REPORTS_DUE
from pledge_app.documents.models import PaperKind
from pledge_app.documents.paper_words import PaperWords, of_the_newest
from pledge_app.kernel.room import ClockDuty, NavEntry, Room
from pledge_app.progress import (
    autosave_views,
    evidence_views,
    opening,
    operations,
    queries,
    tasks,
    views,
)
from pledge_app.progress.badges import BADGES
from pledge_app.progress.trail_sentences import SENTENCES


def report_page(pid: str) -> str:
    """The page of a quarterly report."""
    return url_for("progress.show", pid=pid)


GUIDES = {
    "progress.index": "nguoi-phu-trach#bao-cao-quy",
    "progress.edit": "nguoi-phu-trach#bao-cao-quy",
    "progress.show": "lanh-dao#duyet-bao-cao-quy",
    "evidence.index": "nguoi-phu-trach#minh-chung-cua-bao-cao-quy",
}

ROOM = Room(
    name="progress",
    blueprints=(views.bp, autosave_views.bp, evidence_views.bp),
    views=(views, autosave_views, evidence_views),
    sentences=SENTENCES,
    badges=BADGES,
    papers=(
        PaperWords(
            PaperKind.QUARTER_REPORT,
            "Báo cáo tiến độ quý",
            report_page,
            of_the_newest(queries.report_standing),
        ),
    ),
    duties=(ClockDuty("open_reports", opening.business_day, opening.open_reports),),
    tasks=(tasks.to_report,),
    coming=(tasks.coming,),
    owed=(tasks.owed,),
    navigation=(NavEntry(50, _l("Báo cáo quý"), "progress.index", "report"),),
    answers=(
        BASELINES.answer(operations.last_year_actuals),
        REPORTS_DUE.answer(operations.follow_deadline),
    ),
    guides=GUIDES,
)

"""What the room registers: reports and their evidence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.campaigns.events import BASELINES, PERIODS_REPORTED, REPORTS_DUE
from pledge_app.documents.room_papers import RoomPaper, of_the_newest
from pledge_app.kernel.room import ClockDuty, NavEntry, Room
from pledge_app.progress import (
    autosave_views,
    due_reports,
    evidence_views,
    opening,
    operations,
    queries,
    sealed,
    tasks,
    views,
)
from pledge_app.progress.badges import BADGES
from pledge_app.progress.paper import QUARTER_REPORT
from pledge_app.progress.trail_sentences import SENTENCES

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
    papers=(RoomPaper(QUARTER_REPORT, of_the_newest(queries.report_standing)),),
    duties=(ClockDuty("open_reports", opening.business_day, opening.open_reports),),
    tasks=(tasks.to_report,),
    coming=(tasks.coming,),
    owed=(tasks.owed,),
    navigation=(
        NavEntry(
            50,
            _l("Báo cáo quý"),
            "progress.index",
            "report",
        ),
    ),
    answers=(
        BASELINES.answer(operations.last_year_actuals),
        REPORTS_DUE.answer(due_reports.follow_deadline),
        PERIODS_REPORTED.answer(queries.periods_reported),
    ),
    guides=GUIDES,
    sealed=sealed.ALL,
)

"""What the room registers: the meeting of a cluster."""

from __future__ import annotations

from pledge_app.agreements.events import VERSION_MADE
from pledge_app.documents.room_papers import RoomPaper
from pledge_app.kernel.room import JobKind, Room
from pledge_app.meetings import (
    minutes,
    pack,
    pack_views,
    scan_views,
    signing_tasks,
    table_views,
    views,
)
from pledge_app.meetings.blueprint import bp
from pledge_app.meetings.paper import PAPERS
from pledge_app.meetings.trail_sentences import SENTENCES

GUIDES = {
    "meetings.show": "cum-truong#hoi-nghi-ky-ket",
    "meetings.of_minutes": "cum-truong#hoi-nghi-ky-ket",
    "meetings.close": "cum-truong#hoi-nghi-ky-ket",
    "meetings.scan": "cum-truong#ban-quet-so-va-ngay",
    "meetings.pack": "cum-truong#chuan-bi-hoi-nghi-bo-tai-lieu",
    "meetings.plan": "cum-truong#chuan-bi-hoi-nghi-bo-tai-lieu",
}

ROOM = Room(
    name="meetings",
    blueprints=(bp,),
    views=(views, table_views, scan_views, pack_views),
    sentences=SENTENCES,
    papers=tuple(RoomPaper(paper) for paper in PAPERS),
    jobs=(
        JobKind(pack.MAKE_PAPER, pack.make_paper, pack.give_up_paper),
        JobKind(pack.MAKE_ZIP, pack.make_zip, pack.give_up_zip),
    ),
    tasks=(signing_tasks.around_signing,),
    answers=(VERSION_MADE.answer(minutes.follow_version),),
    guides=GUIDES,
)

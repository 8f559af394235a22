"""What the room registers: the meeting of a cluster."""

from __future__ import annotations

from flask import url_for

from pledge_app.agreements.events import VERSION_MADE
from pledge_app.documents.models import Document, PaperKind
from pledge_app.documents.paper_words import PaperWords, of_the_newest
from pledge_app.documents.standing import Standing
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
from pledge_app.meetings.trail_sentences import SENTENCES


def minutes_page(pid: str) -> str:
    """The page of a meeting, by its own public id."""
    return url_for("meetings.of_minutes", pid=pid)


def recorded(_document: Document) -> Standing:
    """Minutes stand as they were recorded."""
    return Standing.RECORDED


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
    papers=(
        PaperWords(
            PaperKind.MINUTES,
            "Biên bản hội nghị ký kết",
            minutes_page,
            of_the_newest(recorded),
        ),
    ),
    jobs=(JobKind(pack.MAKE, pack.make_pack, pack.give_up),),
    tasks=(signing_tasks.around_signing,),
    answers=(VERSION_MADE.answer(minutes.follow_version),),
    guides=GUIDES,
)

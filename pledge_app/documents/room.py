"""What the room registers: papers, numbers, scans, the public check."""

from __future__ import annotations

from pledge_app.documents import checks, operations, sealed, views, work
from pledge_app.documents.badges import BADGES
from pledge_app.documents.trail_sentences import SENTENCES
from pledge_app.kernel.room import JobKind, Room

GUIDES = {
    "documents.show": "cum-truong#ban-quet-so-va-ngay",
    "documents.check": "cum-truong#kiem-tra-cong-khai",
    "documents.public": "cum-truong#kiem-tra-cong-khai",
}

ROOM = Room(
    name="documents",
    blueprints=(views.bp,),
    views=(views,),
    sentences=SENTENCES,
    badges=BADGES,
    jobs=(JobKind(operations.RENDER, work.render_document, work.give_up),),
    guides=GUIDES,
    checks=checks.ALL,
    sealed=sealed.ALL,
)

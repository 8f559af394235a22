"""What the room registers: the emulation year."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.campaigns import deadline_views, result_views, views, workday_views
from pledge_app.campaigns.trail_sentences import SENTENCES
from pledge_app.kernel.daytime import time_words
from pledge_app.kernel.room import NavEntry, Room

GUIDES = {
    "campaigns.index": "tham-dinh#mo-nam-thi-dua",
    "campaigns.show": "tham-dinh#mo-nam-thi-dua",
    "campaigns.open_year": "tham-dinh#mo-nam-thi-dua",
    "campaigns.guidance": "tham-dinh#mo-nam-thi-dua",
    "campaigns.campaign": "tham-dinh#mo-nam-thi-dua",
    "campaigns.local_days": "tham-dinh#mo-nam-thi-dua",
    "campaigns.assigned": "tham-dinh#mo-nam-thi-dua",
    "results.last_year": "tham-dinh#mo-nam-thi-dua",
    "workdays.index": "quan-tri#lich-lam-viec",
    "deadlines": "tham-dinh#mo-nam-thi-dua",
}

ROOM = Room(
    name="campaigns",
    blueprints=(views.bp, result_views.bp, workday_views.bp, deadline_views.bp),
    views=(views, result_views, workday_views, deadline_views),
    sentences=SENTENCES,
    filters={"hour": time_words},
    navigation=(
        NavEntry(
            60,
            _l("Năm thi đua"),
            "campaigns.index",
            "year",
        ),
    ),
    guides=GUIDES,
)

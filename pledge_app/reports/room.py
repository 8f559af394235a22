"""What the room registers: overviews and sheets."""

from __future__ import annotations

from pledge_app.kernel.room import Room
from pledge_app.reports import exports, lists, views
from pledge_app.reports.blueprint import bp

GUIDES = {
    "reports.overview": "tham-dinh#xac-nhan-bao-cao-quy",
}

ROOM = Room(
    name="reports",
    blueprints=(bp,),
    views=(exports, lists, views),
    guides=GUIDES,
)

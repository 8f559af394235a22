"""What the room registers: the business date of the example."""

from __future__ import annotations

from pledge_app.demo import views
from pledge_app.demo.trail_sentences import SENTENCES
from pledge_app.kernel.room import Room

ROOM = Room(
    name="demo",
    blueprints=(views.bp,),
    views=(views,),
    sentences=SENTENCES,
)

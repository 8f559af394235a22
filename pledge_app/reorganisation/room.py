"""What the room registers: mergers, splits and renames."""

from __future__ import annotations

from pledge_app.kernel.room import Room
from pledge_app.reorganisation import views
from pledge_app.reorganisation.trail_sentences import SENTENCES

GUIDES = {
    "reorganisation": "quan-tri#sap-xep-don-vi",
}

ROOM = Room(
    name="reorganisation",
    blueprints=(views.bp,),
    views=(views,),
    sentences=SENTENCES,
    guides=GUIDES,
)

"""What the room registers: units, bodies, offices, clusters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.room import NavEntry, Room
from pledge_app.orgs import views
from pledge_app.orgs.queries import column_names
from pledge_app.orgs.trail_sentences import SENTENCES

ROOM = Room(
    name="orgs",
    blueprints=(views.bp,),
    views=(views,),
    sentences=SENTENCES,
    globals={"column_names": column_names},
    navigation=(
        NavEntry(
            70,
            _l("Đơn vị"),
            "orgs.index",
            "unit",
        ),
    ),
)

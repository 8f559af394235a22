"""What the room registers: a unit's pledge."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.campaigns.events import (
    FIGURES_ASSIGNED,
    RESULTS_GIVEN,
    SETS_PLEDGED,
    SIGNED_BODIES,
)
from pledge_app.criteria.events import HISTORY_CHANGED
from pledge_app.documents.room_papers import RoomPaper, of_the_newest
from pledge_app.kernel.room import NavEntry, Room
from pledge_app.orgs.events import HAMLETS_ADDED, MEMBER_PLEDGED
from pledge_app.pledges import (
    assigned,
    baselines,
    entry_views,
    hamlets,
    plan_views,
    queries,
    sealed,
    tasks,
    views,
)
from pledge_app.pledges.badges import BADGES
from pledge_app.pledges.blueprint import bp
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.standing import registration_standing
from pledge_app.pledges.trail_sentences import SENTENCES

GUIDES = {
    "pledges.index": "nguoi-phu-trach#lap-ban-dang-ky",
    "pledges.show": "nguoi-phu-trach#trinh-lanh-dao-gui-cap-tren",
    "pledges.edit": "nguoi-phu-trach#nhap-chi-tieu",
    "pledges.plan": "nguoi-phu-trach#dot-thi-dua-va-danh-hieu",
    "pledges.summary": "lanh-dao#ky-duyet-ban-dang-ky",
}

ROOM = Room(
    name="pledges",
    blueprints=(bp,),
    views=(entry_views, plan_views, views),
    sentences=SENTENCES,
    badges=BADGES,
    papers=(RoomPaper(REGISTRATION, of_the_newest(registration_standing)),),
    tasks=(tasks.to_begin, tasks.to_enter_and_send, tasks.to_number),
    owed=(tasks.owed,),
    navigation=(
        NavEntry(
            20,
            _l("Giao ước"),
            "pledges.index",
            "pledge",
        ),
    ),
    answers=(
        SETS_PLEDGED.answer(queries.sets_pledged),
        FIGURES_ASSIGNED.answer(assigned.follow),
        RESULTS_GIVEN.answer(baselines.follow),
        HISTORY_CHANGED.answer(baselines.follow_sets),
        SIGNED_BODIES.answer(assigned.signed_bodies),
        MEMBER_PLEDGED.answer(queries.member_pledged),
        HAMLETS_ADDED.answer(hamlets.take_up_everywhere),
    ),
    guides=GUIDES,
    sealed=sealed.ALL,
)

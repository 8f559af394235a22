"""What the room registers: my work, what is due, search, help, the frame of every page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.administration.events import FIRST_STEPS
from pledge_app.home import digest, due_views, navigation, views
from pledge_app.home.badges import BADGES
from pledge_app.kernel.room import ClockDuty, NavEntry, Room
from pledge_app.web.events import START_PAGE

GUIDES = {
    "home.index": "nguoi-phu-trach#viec-cua-toi",
    "home.kept": "nguoi-phu-trach#khi-co-su-co",
    "due.index": "nguoi-phu-trach#viec-den-han-va-thu-nhac",
    "due.letters": "nguoi-phu-trach#viec-den-han-va-thu-nhac",
    "home.notices": "nguoi-phu-trach#viec-cua-toi",
    "home.steps": "quan-tri#cac-buoc-bat-dau",
}


def start_page() -> str:
    """Việc của tôi, or for a stranger the way to log in."""
    return "home.index"


def first_steps_page() -> str:
    """The first steps of a new office."""
    return "home.steps"


ROOM = Room(
    name="home",
    blueprints=(views.bp, due_views.bp),
    views=(views, due_views),
    badges=BADGES,
    duties=(ClockDuty("digest", digest.day_of, digest.write_all),),
    navigation=(
        NavEntry(
            10,
            _l("Việc của tôi"),
            "home.index",
            "home",
        ),
    ),
    answers=(START_PAGE.answer(start_page), FIRST_STEPS.answer(first_steps_page)),
    context={"chrome": navigation.chrome},
    guides=GUIDES,
)

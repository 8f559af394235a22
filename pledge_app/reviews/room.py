"""What the room registers: the level above."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.room import NavEntry, Room
from pledge_app.pledges.events import REVIEW_PAGE
from pledge_app.reviews import deciding_views, sealed, table_views, tasks, views
from pledge_app.reviews.blueprint import bp
from pledge_app.reviews.trail_sentences import SENTENCES


def review_page() -> str:
    """Where the level above reads a pledge as it was sent."""
    return "reviews.show"


def reviews(actor: Actor) -> bool:
    """Whoever reviews anything sees the way there."""
    return actor.has(Role.REVIEWER)


GUIDES = {
    "reviews.index": "tham-dinh#danh-sach-cho-tham-dinh",
    "reviews.table": "tham-dinh#bang-tong-hop",
    "reviews.show": "tham-dinh#tham-dinh-mot-ban-dang-ky",
}

ROOM = Room(
    name="reviews",
    blueprints=(bp,),
    views=(deciding_views, table_views, views),
    sentences=SENTENCES,
    answers=(REVIEW_PAGE.answer(review_page),),
    tasks=(tasks.to_review,),
    navigation=(
        NavEntry(
            30,
            _l("Thẩm định"),
            "reviews.index",
            "review",
            reviews,
        ),
    ),
    guides=GUIDES,
    sealed=sealed.ALL,
)

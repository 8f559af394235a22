"""What the room registers: agreements and changes proposed to them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.agreements import (
    amendment_views,
    coming_into_force,
    falling_back,
    party_views,
    queries,
    sealed,
    signing_views,
    tasks,
    views,
    vouching,
)
from pledge_app.agreements.badges import BADGES
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.trail_sentences import SENTENCES
from pledge_app.documents.events import DOCUMENT_READY
from pledge_app.documents.room_papers import RoomPaper
from pledge_app.kernel.room import NavEntry, Room
from pledge_app.reviews.events import COMPOSED
from pledge_app.signing.events import (
    GIVES_UP_SIGNING,
    RECORDS_SIGNING,
    REVIEWS_SIGNING,
    ROUND_MARKED,
    ROUND_UNMARKED,
    VOUCHES,
)

GUIDES = {
    "agreements.index": "cum-truong#lap-du-thao",
    "agreements.show": "cum-truong#lay-y-kien-va-chot",
    "agreements.edit": "cum-truong#lap-du-thao",
    "agreements.list_parties": "cum-truong#lap-du-thao",
    "agreements.edit_party": "cum-truong#lap-du-thao",
    "agreements.freeze": "cum-truong#lay-y-kien-va-chot",
    "agreements.change_at_the_table": "cum-truong#hoi-nghi-ky-ket",
    "agreements.confirm": "lanh-dao#xac-nhan-ban-giao-uoc",
    "agreements.receipt": "lanh-dao#xac-nhan-ban-giao-uoc",
    "agreements.new_version": "cum-truong#hoi-nghi-ky-ket",
    "agreements.void": "cum-truong#lay-y-kien-va-chot",
}

ROOM = Room(
    name="agreements",
    blueprints=(bp,),
    views=(
        amendment_views,
        party_views,
        signing_views,
        views,
    ),
    sentences=SENTENCES,
    badges=BADGES,
    papers=(RoomPaper(AGREEMENT, queries.agreement_standing),),
    tasks=(
        tasks.to_finish_or_comment,
        tasks.to_compose,
        tasks.to_confirm,
    ),
    navigation=(
        NavEntry(
            40,
            _l("Bản giao ước cụm"),
            "agreements.index",
            "agreement",
        ),
    ),
    answers=(
        COMPOSED.answer(queries.is_composed),
        DOCUMENT_READY.answer(coming_into_force.document_ready),
        ROUND_MARKED.answer(coming_into_force.round_marked),
        ROUND_UNMARKED.answer(falling_back.round_unmarked),
        REVIEWS_SIGNING.answer(vouching.reviews_signing),
        GIVES_UP_SIGNING.answer(vouching.gives_up_signing),
        RECORDS_SIGNING.answer(vouching.records_signing),
        VOUCHES.answer(vouching.vouches_for),
    ),
    guides=GUIDES,
    sealed=sealed.ALL,
)

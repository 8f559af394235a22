"""What the room registers: agreements and changes proposed to them."""

from __future__ import annotations

from flask import url_for
from flask_babel import lazy_gettext as _l

from pledge_app.agreements import (
    amendment_views,
    falling_back,
    operations,
    party_views,
    queries,
    signing_views,
    tasks,
    views,
    vouching,
)
from pledge_app.agreements.badges import BADGES
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.trail_sentences import SENTENCES
from pledge_app.documents.events import DOCUMENT_READY
from pledge_app.documents.models import PaperKind
from pledge_app.documents.paper_words import PaperWords
from pledge_app.kernel.room import NavEntry, Room
from pledge_app.signing.events import (
    RECORDS_SIGNING,
    REVIEWS_SIGNING,
    ROUND_MARKED,
    ROUND_UNMARKED,
    VOUCHES,
)


def agreement_page(pid: str) -> str:
    """The page of an agreement."""
    return url_for("agreements.show", pid=pid)


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
    papers=(
        PaperWords(
            PaperKind.AGREEMENT,
            "Bản giao ước thi đua",
            agreement_page,
            queries.agreement_standing,
        ),
    ),
    tasks=(
        tasks.to_finish_or_comment,
        tasks.to_compose,
        tasks.to_confirm,
    ),
    navigation=(NavEntry(40, _l("Bản giao ước cụm"), "agreements.index", "agreement"),),
    answers=(
        DOCUMENT_READY.answer(operations.document_ready),
        ROUND_MARKED.answer(operations.round_marked),
        ROUND_UNMARKED.answer(falling_back.round_unmarked),
        REVIEWS_SIGNING.answer(vouching.reviews_signing),
        RECORDS_SIGNING.answer(vouching.records_signing),
        VOUCHES.answer(vouching.vouches_for),
    ),
    guides=GUIDES,
)

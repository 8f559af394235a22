"""What the room registers: the pages of the administrator."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.administration import (
    alone_views,
    basis_views,
    cluster_views,
    committee_views,
    criteria_state_views,
    criteria_views,
    office_views,
    people_views,
    register_views,
    sheet_views,
    shipped_views,
    unit_views,
    views,
    wording_views,
)
from pledge_app.documents.events import DAMAGED_FILES
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.room import NavEntry, Room

VIEWS = (
    alone_views,
    basis_views,
    cluster_views,
    committee_views,
    criteria_state_views,
    criteria_views,
    office_views,
    people_views,
    register_views,
    sheet_views,
    shipped_views,
    unit_views,
    views,
    wording_views,
)


def damaged_files_page() -> str:
    """The stored files that do not match their hash."""
    return "administration.damaged_files"


def administers(actor: Actor) -> bool:
    """Whoever administers anything sees the way there."""
    return actor.has(Role.ADMIN)


GUIDES = {
    "administration.index": "quan-tri#cac-buoc-bat-dau",
    "offices": "quan-tri#co-quan-va-nguoi-giu-chuc",
    "alone": "quan-tri#cum-thi-dua",
    "people": "quan-tri#doi-ten-va-ban-giao",
    "committees": "quan-tri#co-quan-va-nguoi-giu-chuc",
    "clusters": "quan-tri#cum-thi-dua",
    "bases": "quan-tri#can-cu-phap-ly",
    "wordings": "quan-tri#mau-van-ban",
    "registers": "quan-tri#nhap-danh-muc-don-vi",
    "criteria": "quan-tri#bo-tieu-chi",
    "sheets": "quan-tri#nhap-tu-excel",
    "shipped": "quan-tri#du-lieu-co-san",
    "units": "quan-tri#nhap-danh-muc-don-vi",
}

ROOM = Room(
    name="administration",
    blueprints=tuple(dict.fromkeys(module.bp for module in VIEWS)),
    views=VIEWS,
    navigation=(
        NavEntry(
            80,
            _l("Quản trị"),
            "administration.index",
            "admin",
            administers,
            prefix="/quan-tri",
        ),
    ),
    answers=(DAMAGED_FILES.answer(damaged_files_page),),
    stands_under={"criteria": ("administration.index", "campaigns.index")},
    guides=GUIDES,
)

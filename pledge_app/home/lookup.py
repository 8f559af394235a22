"""Search across rooms. Only what the actor may see; nothing is cut silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from pledge_app.campaigns.models import EmulationYear, LegalBasis
from pledge_app.criteria import queries as criteria
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.documents.models import Document, DocumentNumber
from pledge_app.documents.policy import may_read
from pledge_app.documents.queries import by_code
from pledge_app.documents.room_papers import room_paper
from pledge_app.kernel.actor import Actor, Role, roles_of
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import local
from pledge_app.kernel.text import fold, like_pattern
from pledge_app.orgs import queries as orgs
from pledge_app.orgs.models import Body, OfficeHolding, Person, Unit
from pledge_app.pledges import queries as pledges
from pledge_app.pledges.models import Pledge

MOST = 20
CODE_LENGTH = 10  # of the code beside the QR
T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """One hit."""

    kind: str
    name: str
    href: str


def look_up(text: str, *, seen_by: Actor, on: date) -> list[Found]:
    """At most MOST hits of a kind: units, pledges, papers by code or number, criteria, people in
    office, and, for who keeps them, legal bases. The page says when there may be more.
    """
    return [
        *_papers(text, seen_by),
        *_units(text, on),
        *_pledges(text, seen_by),
        *_criteria(text, seen_by),
        *_people(text),
        *_bases(text, seen_by),
    ]


def _holding(text: str, rows: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The first rows whose name holds the text, with or without diacritics; of `rows` the database
    has left out what cannot.
    """
    key = fold(text)
    return list(islice((row for row in rows if key in fold(name(row))), MOST))


def _units(text: str, on: date) -> list[Found]:
    rows = db.session.execute(orgs.units(on=on, text=text).limit(MOST))
    return [
        Found(
            _("Đơn vị"),
            f"{row.name}" + (f" ({row.parent_name})" if row.parent_name else ""),
            url_for("orgs.show", pid=row.pid),
        )
        for row in rows
    ]


def _pledges(text: str, seen_by: Actor) -> list[Found]:
    rows = db.session.execute(
        select(
            Pledge.pid,
            Body.name,
            EmulationYear.year,
        )
        .join(Pledge.cluster)
        .join(Pledge.body)
        .join(Pledge.emulation_year)
        .where(pledges.visible_to(seen_by), Body.name.ilike(like_pattern(text)))
        .order_by(Pledge.id)
    )
    return [
        Found(
            _("Bản đăng ký"),
            f"{row.name} · {row.year}",
            url_for("pledges.show", pid=row.pid),
        )
        for row in _holding(text, rows, lambda row: row.name)
    ]


def _papers(text: str, seen_by: Actor) -> list[Found]:
    """By the code that is printed beside the QR, or by number and symbol: "27/ĐK-UBND"."""
    number, _slash, symbol = text.partition("/")
    of_number = (
        select(Document)
        .join(DocumentNumber)
        .where(
            DocumentNumber.number.in_([number.strip(), number.strip().zfill(2)]),
            DocumentNumber.symbol == symbol.strip(),
        )
        .options(joinedload(Document.envelope))
        .distinct()
        .order_by(Document.id.desc())
        .limit(MOST)
    )
    coded = by_code(text) if len(text) == CODE_LENGTH else None
    papers = [coded] if coded is not None else []
    if symbol.strip():
        papers += db.session.scalars(of_number)
    return [
        Found(
            _("Văn bản"),
            _named(paper),
            url_for("documents.show", pid=paper.pid),
        )
        for paper in papers
        if may_read(seen_by, paper.envelope.body_ids)
    ]


def _named(paper: Document) -> str:
    moment = f"{local(paper.envelope.frozen_at):%d/%m/%Y}"
    return f"{room_paper(paper).name} · {paper.envelope.short_code} · {moment}"


def _criteria(text: str, seen_by: Actor) -> list[Found]:
    shown = criteria.sets(seen_by=seen_by).with_only_columns(CriteriaSet.id).order_by(None)
    rows = db.session.execute(
        select(
            Criterion.code,
            Criterion.name,
            CriteriaSet.name.label("of"),
            CriteriaSet.pid,
        )
        .join(CriteriaSet, CriteriaSet.id == Criterion.criteria_set_id)
        .where(
            Criterion.criteria_set_id.in_(shown),
            Criterion.name.ilike(like_pattern(text)),
        )
        .order_by(CriteriaSet.id.desc(), Criterion.position)
    )
    return [
        Found(
            _("Tiêu chí"),
            f"{row.code}. {row.name} ({row.of})",
            url_for("criteria.show", pid=row.pid),
        )
        for row in _holding(text, rows, lambda row: row.name)
    ]


def _people(text: str) -> list[Found]:
    rows = db.session.execute(
        select(
            Person.name,
            OfficeHolding.title,
            Body.name.label("body"),
            Unit.pid,
        )
        .join(OfficeHolding, OfficeHolding.person_id == Person.id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .join(Unit, Unit.id == Body.unit_id)
        .where(Person.name.ilike(like_pattern(text)))
        .order_by(OfficeHolding.held_from.desc(), OfficeHolding.id)
    )
    return [
        Found(
            _("Người giữ chức"),
            f"{row.name}, {row.title} {row.body}",
            url_for("orgs.show", pid=row.pid),
        )
        for row in _holding(text, rows, lambda row: row.name)
    ]


def _bases(text: str, seen_by: Actor) -> list[Found]:
    """Their pages are the administrator's."""
    if Role.ADMIN not in roles_of(seen_by):
        return []
    rows = db.session.execute(
        select(LegalBasis.citation, LegalBasis.pid)
        .where(LegalBasis.citation.ilike(like_pattern(text)))
        .order_by(LegalBasis.in_force_from.desc())
    )
    return [
        Found(
            _("Căn cứ"),
            row.citation,
            url_for("bases.show", pid=row.pid),
        )
        for row in _holding(text, rows, lambda row: row.citation)
    ]

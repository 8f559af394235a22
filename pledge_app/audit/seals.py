"""Seals: the digest of the rows that hang on a thing, in the trail with the deeds that change them.

A row that was changed, added or removed beside the program is then told from what the trail says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import Row, Select, select

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import JsonObject, content_sha256
from pledge_app.kernel.checks import Sealed
from pledge_app.kernel.room import rooms

SEALED = "trail.sealed"
"""The verb of an event that only seals: no deed, and no line of a timeline."""


def seals_of(verb: str, kind: str, pid: str) -> JsonObject | None:
    """What an event of `verb` on one thing seals: digest by name of the check, None for what it
    lifts. None when it seals nothing.
    """
    seals: JsonObject = {}
    for one in rooms().sealed:
        if one.subject.__tablename__ != kind:
            continue
        if verb in one.lifted_by:
            seals[one.name] = None
        elif verb == SEALED or not one.by or verb in one.by:
            seals[one.name] = digest_of_rows(_values(rows_of(one, pid)))
    return seals or None


def digest_of_rows(rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 of the canonical JSON of the rows, each as the list of its values."""
    return content_sha256([list(row) for row in rows])


NOTHING = digest_of_rows([])


def chosen_rows(one: Sealed) -> Select[*tuple[object, ...]]:
    """The rows of a seal: the public id of the thing, then what is sealed, in the order of both."""
    of, subject = one.of.__table__.c, one.subject.__table__.c
    values = [of[name] for name in one.columns]
    order = (subject["pid"], of["id"])
    return select(subject["pid"], of["id"], *values).where(*one.joined).order_by(*order)


def rows_of(one: Sealed, pid: str) -> Sequence[Row[*tuple[object, ...]]]:
    """Those of one thing, as the database has them now."""
    chosen = chosen_rows(one).where(one.subject.__table__.c["pid"] == pid)
    return db.session.execute(chosen).all()


def broken(one: Sealed) -> Iterator[str]:
    """A sentence for each thing whose rows are not those that the trail sealed."""
    told = _told(one.name)
    here = _here(one)
    for pid in sorted(told.keys() | here.keys()):
        digest = here.get(pid, NOTHING)
        sealed = told.get(pid)
        if sealed is None:
            if digest != NOTHING and (one.is_always_sealed or not one.by):
                yield _sentence(one, pid, _("có trong dữ liệu nhưng nhật ký không ghi"))
        elif digest == NOTHING != sealed:
            yield _sentence(one, pid, _("nhật ký có ghi nhưng đã mất khỏi dữ liệu"))
        elif digest != sealed:
            yield _sentence(one, pid, _("khác với lúc được ghi vào nhật ký"))


def _here(one: Sealed) -> dict[str, str]:
    found = db.session.execute(chosen_rows(one).execution_options(yield_per=500))
    groups = groupby(found, key=lambda row: str(row[0]))
    return {pid: digest_of_rows(_values(rows)) for pid, rows in groups}


def _values(rows: Iterable[Row[*tuple[object, ...]]]) -> list[Sequence[object]]:
    return [row[1:] for row in rows]


def _told(name: str) -> dict[str, str | None]:
    """The newest seal of each thing; None: it was lifted."""
    chosen = select(TrailEvent.subject_pid, TrailEvent.sealed)
    events = chosen.where(TrailEvent.sealed.is_not(None)).order_by(TrailEvent.seq)
    told: dict[str, str | None] = {}
    for pid, sealed in db.session.execute(events.execution_options(yield_per=500)):
        if sealed is not None and name in sealed:
            told[pid] = sealed[name]
    return told


def _sentence(one: Sealed, pid: str, fault: str) -> str:
    return _(
        "%(what)s (hồ sơ %(kind)s %(pid)s): %(fault)s",
        what=one.what,
        kind=one.subject.__tablename__,
        pid=pid,
        fault=fault,
    )

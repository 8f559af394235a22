"""All papers of the meeting at once: asked for, and the job that makes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements.models import Agreement
from pledge_app.audit.operations import record
from pledge_app.documents.operations import frozen_content, keep_file, store
from pledge_app.documents.sandbox import both_in_child
from pledge_app.documents.stored import read_stored
from pledge_app.jobs import operations as jobs
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import plain
from pledge_app.kernel.errors import check
from pledge_app.meetings.models import MeetingPack, PackState
from pledge_app.meetings.news_item import plain_text
from pledge_app.meetings.pack_contents import pack_papers
from pledge_app.meetings.plan import preparing
from pledge_app.meetings.queries import newest_pack
from pledge_app.notices.operations import notify

MAKE = "agreements.pack"  # kept: jobs of before wait under this name
ZIP = "application/zip"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def ask_for_pack(agreement: Agreement, *, actor: Actor, at: datetime, today: date) -> MeetingPack:
    """All papers of the meeting as they would read now; the worker makes them. Pressed twice:
    the one under way.
    """
    preparing(agreement, actor)
    newest = newest_pack(agreement)
    if newest is not None and newest.state is PackState.MAKING:
        return newest
    check(
        [party for party in agreement.parties if not party.is_witness],
        _("Bản giao ước chưa có bên nào."),
    )
    pack = MeetingPack(
        agreement=agreement,
        papers=plain(pack_papers(agreement, today=today)),
        asked_by=actor.name,
        asked_at=at,
    )
    db.session.add(pack)
    db.session.flush()
    jobs.enqueue(MAKE, f"pack:{pack.pid}", at=at, pack=pack.pid)
    record(
        "meeting.pack_asked",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        papers=len(pack.papers),
    )
    return pack


def is_current(pack: MeetingPack, agreement: Agreement, *, today: date) -> bool:
    """True when the papers would read the same today."""
    return bool(plain(pack_papers(agreement, today=today)) == pack.papers)


def make_pack(payload: dict[str, Any]) -> None:
    """The job: each paper as PDF and DOCX, then the ZIP. Begins anew when it is tried again;
    done, it stays.
    """
    pack = _find(payload["pack"])
    if pack.state is PackState.READY:
        return
    papers, made, signed = pack.papers, [], _signed_pdf(pack)
    pack.done, pack.error, pack.state = 0, "", PackState.MAKING
    db.session.commit()  # nothing is held while the child works
    for paper in papers:
        version = paper.get("version", 1)  # a pack asked for before versions were kept
        pdf, word = both_in_child(paper["kind"], paper["content"], version)
        name = paper["name"]
        made += [
            (f"{name}.pdf", signed if name.endswith("ban-ky") and signed else pdf),
            (f"{name}.docx", word),
        ]
        if paper["kind"] == "news":
            made.append((f"{name}.txt", plain_text(paper["content"]).encode("utf-8-sig")))
        pack = _find(payload["pack"])
        jobs.hold(at=clock.now())  # the next paper may take half a minute
        pack.done += 1
        db.session.commit()
    data = _zipped(made)
    store().put(data)
    pack = _find(payload["pack"])
    at = clock.now()
    jobs.hold(at=at)
    keep_file(data, ZIP, at=at)
    pack.file_sha256, pack.state, pack.made_at = store().put(data), PackState.READY, at
    notify(
        user_ids_at(pack.agreement.lead_body_id, (Role.CLERK,)),
        _l("Bộ tài liệu hội nghị đã tạo xong."),
        "meetings.pack",
        pack.agreement.pid,
        at=at,
    )
    db.session.commit()


def give_up(payload: dict[str, Any], reason: str) -> None:
    """The last attempt failed: the page says so and offers another try."""
    pack = _find(payload["pack"])
    pack.state, pack.error = PackState.FAILED, reason[:2000]
    db.session.commit()


def _signed_pdf(pack: MeetingPack) -> bytes | None:
    """The frozen paper's own bytes: what is signed is never made a second time."""
    document = pack.agreement.document
    if document is None or document.file_sha256 is None:
        return None
    frozen = plain(frozen_content(document.envelope))
    wanted = any(
        paper["name"].endswith("ban-ky") and paper["content"] == frozen for paper in pack.papers
    )
    return read_stored(document.file_sha256) if wanted else None


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)
    return out.getvalue()


def _find(pid: str) -> MeetingPack:
    return db.session.scalars(select(MeetingPack).where(MeetingPack.pid == pid)).one()


HANDLERS: dict[str, Callable[[dict[str, Any]], None]] = {MAKE: make_pack}
GIVEN_UP: dict[str, Callable[[dict[str, Any], str], None]] = {MAKE: give_up}

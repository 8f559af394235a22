"""All papers of the meeting at once: asked for, a job for each, a job for the ZIP of all."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements.models import Agreement
from pledge_app.audit.operations import record
from pledge_app.documents.operations import DOCX_AS_STORED, frozen_content, keep_file, store
from pledge_app.documents.sandbox import both_in_child
from pledge_app.documents.stored import read_stored
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Payload
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import plain
from pledge_app.kernel.errors import Conflict, check
from pledge_app.meetings.models import MeetingPack, PackPaper, PackState
from pledge_app.meetings.news_item import plain_text
from pledge_app.meetings.pack_contents import pack_papers
from pledge_app.meetings.plan import preparing
from pledge_app.meetings.queries import newest_pack
from pledge_app.notices.operations import notify

MAKE_PAPER = "meetings.pack_paper"
MAKE_ZIP = "meetings.pack_zip"
PDF = "application/pdf"
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
    pack.made = [PackPaper(position=position) for position in range(len(pack.papers))]
    db.session.add(pack)
    db.session.flush()
    for row in pack.made:
        _ask_for_paper(row, at)
    record(
        "meeting.pack_asked",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        papers=len(pack.papers),
    )
    return pack


def retry_paper(row: PackPaper, *, actor: Actor, at: datetime) -> None:
    """Ask again for the one paper that could not be made; the others stay as they are."""
    preparing(row.pack.agreement, actor)
    if row.state is not PackState.FAILED:
        raise Conflict(
            _("Văn bản này không ở tình trạng lỗi. Hãy tải lại trang để xem tình trạng hiện tại.")
        )
    row.state = PackState.MAKING
    row.error = ""
    row.pack.state = PackState.MAKING
    row.pack.error = ""
    _ask_for_paper(row, at)
    record(
        "meeting.pack_paper_retried",
        row.pack.agreement,
        actor=actor,
        at=at,
        unit_id=row.pack.agreement.lead_body.unit_id,
        name=row.name,
    )


def _ask_for_paper(row: PackPaper, at: datetime) -> None:
    job = jobs.enqueue(
        MAKE_PAPER,
        f"pack_paper:{row.pid}",
        at=at,
        paper=row.pid,
    )
    jobs.retry(job, at=at)


def is_current(pack: MeetingPack, agreement: Agreement, *, today: date) -> bool:
    """True when the papers would read the same today."""
    return bool(plain(pack_papers(agreement, today=today)) == pack.papers)


def make_paper(payload: Payload) -> None:
    """The job of one paper: its PDF and its DOCX. A paper that is made stays."""
    row = _find_paper(payload["paper"])
    if row.state is PackState.READY:
        return
    kind, content, version = row.kind, row.content, row.template_version
    db.session.commit()  # nothing is held while the child works
    printed, word = both_in_child(kind, content, version)
    row = _find_paper(payload["paper"])
    pdf = _signed_pdf(row) or printed.pdf
    store().put(pdf)
    store().put(word)
    db.session.commit()
    at = clock.now()
    row = _locked(payload["paper"])
    jobs.hold(at=at)
    row.pdf_sha256 = keep_file(pdf, PDF, at=at).sha256
    row.word_sha256 = keep_file(word, DOCX_AS_STORED, at=at).sha256
    row.state = PackState.READY
    row.error = ""
    _settle(row.pack, at)
    db.session.commit()


def give_up_paper(payload: Payload, reason: str) -> None:
    """The last attempt failed: the page names the paper and offers another try."""
    row = _locked(payload["paper"])
    row.state = PackState.FAILED
    row.error = reason[:2000]
    _settle(row.pack, clock.now())


def _settle(pack: MeetingPack, at: datetime) -> None:
    """After each paper: the last one asks for the ZIP, or leaves a pack that lacks some."""
    states = {row.state for row in pack.made}
    if states == {PackState.READY}:
        job = jobs.enqueue(
            MAKE_ZIP,
            f"pack_zip:{pack.pid}",
            at=at,
            pack=pack.pid,
        )
        jobs.retry(job, at=at)
    elif PackState.MAKING not in states:
        pack.state = PackState.FAILED


def make_zip(payload: Payload) -> None:
    """The job that ends a pack: all its files in one. A pack that is ready stays."""
    pack = _find(payload["pack"])
    if pack.state is PackState.READY:
        return
    kept = [
        (f"{row.name}{ending}", sha256)
        for row in pack.made
        for ending, sha256 in ((".pdf", row.pdf_sha256), (".docx", row.word_sha256))
    ]
    texts = [
        (f"{row.name}.txt", plain_text(row.content).encode("utf-8-sig"))
        for row in pack.made
        if row.kind == "news"
    ]
    db.session.commit()
    files = [(name, read_stored(sha256)) for name, sha256 in kept if sha256 is not None]
    data = _zipped(sorted(files + texts))
    store().put(data)
    db.session.commit()
    pack = _find(payload["pack"])
    at = clock.now()
    jobs.hold(at=at)
    pack.file_sha256 = keep_file(data, ZIP, at=at).sha256
    pack.state = PackState.READY
    pack.made_at = at
    notify(
        user_ids_at(pack.agreement.lead_body_id, (Role.CLERK,)),
        _l("Bộ tài liệu hội nghị đã tạo xong."),
        "meetings.pack",
        pack.agreement.pid,
        at=at,
    )
    db.session.commit()


def give_up_zip(payload: Payload, reason: str) -> None:
    """The last attempt failed: the page says so and offers another pack."""
    pack = _find(payload["pack"])
    pack.state = PackState.FAILED
    pack.error = reason[:2000]


def _signed_pdf(row: PackPaper) -> bytes | None:
    """The frozen agreement's own bytes: what is signed is never made a second time."""
    document = row.pack.agreement.document
    if document is None or document.file_sha256 is None or row.kind != "agreement":
        return None
    is_frozen = row.content == plain(frozen_content(document.envelope))
    return read_stored(document.file_sha256) if is_frozen else None


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _find(pid: str) -> MeetingPack:
    return db.session.scalars(select(MeetingPack).where(MeetingPack.pid == pid)).one()


def _find_paper(pid: str) -> PackPaper:
    return db.session.scalars(select(PackPaper).where(PackPaper.pid == pid)).one()


def _locked(pid: str) -> PackPaper:
    """The paper, nobody else ending one of its pack meanwhile: one of them is the last."""
    pack_id = select(PackPaper.pack_id).where(PackPaper.pid == pid).scalar_subquery()
    db.session.scalars(select(MeetingPack).where(MeetingPack.id == pack_id).with_for_update()).one()
    return _find_paper(pid)

"""What is given out of the store. A file that does not match its hash is given to nobody and is
an alarm.
"""

from __future__ import annotations

import logging

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from pledge_app.accounts.queries import administrator_ids
from pledge_app.documents import events
from pledge_app.documents.models import DamagedFile, Document, DocumentWord, StoredFile
from pledge_app.documents.operations import DOCX_AS_STORED, frozen_content, store
from pledge_app.documents.revisions import revisions_of
from pledge_app.documents.sandbox import word_in_child
from pledge_app.documents.sentences import sentence
from pledge_app.documents.store import StoreError
from pledge_app.kernel import clock
from pledge_app.kernel.base import db, new_pid
from pledge_app.kernel.database import own_writer
from pledge_app.kernel.errors import Busy, Damaged, DomainError
from pledge_app.notices.models import Notice
from pledge_app.papers.errors import PaperError
from pledge_app.web.language import kept_text

log = logging.getLogger(__name__)
MOST_LOOKED_AT = 20  # damaged files that one health check reads again


def read_stored(sha256: str) -> bytes:
    """The bytes of a stored file. Raises Damaged when they are others or missing; the
    administrators are told.
    """
    try:
        return store().read(sha256)
    except StoreError as error:
        db.session.rollback()
        log.error("stored file damaged: %s", error)
        _alarm(sha256)
        raise Damaged(
            _(
                "Tệp trong kho không khớp với mã băm đã ghi khi lưu, nên không được đưa ra cho "
                "bất kỳ ai. Hồ sơ không thay đổi. Quản trị viên đã được báo để lấy lại tệp từ "
                "bản sao lưu."
            )
        ) from error


def _alarm(sha256: str) -> None:
    """A row for the health check and one notice for each administrator, in a transaction beside
    the GET.
    """
    at = clock.now()
    told = administrator_ids(on=clock.today())
    db.session.rollback()
    said = kept_text(
        _l("Một tệp trong kho không khớp mã băm đã ghi. Hãy lấy lại tệp từ bản sao lưu.")
    )
    try:
        with own_writer(db.engine) as connection:
            connection.execute(insert(DamagedFile).values(sha256=sha256, found_at=at))
            for user_id in told:
                connection.execute(
                    insert(Notice).values(
                        pid=new_pid(),
                        user_id=user_id,
                        sentence=said,
                        endpoint=events.DAMAGED_FILES(),
                        subject_pid=sha256[:22],
                        at=at,
                    )
                )
    except IntegrityError:  # known already: nobody is told twice
        return
    except SQLAlchemyError:  # the refusal itself must not depend on it
        log.exception("damaged file not noted")


def damaged() -> list[DamagedFile]:
    """The files known to be damaged, the newest found first."""
    return list(
        db.session.scalars(
            select(DamagedFile).order_by(DamagedFile.found_at.desc(), DamagedFile.sha256)
        )
    )


def all_is_whole() -> bool:
    """True when no file is known to be damaged. One that was brought back from a backup is
    forgotten.
    """
    known = list(
        db.session.scalars(
            select(DamagedFile.sha256).order_by(DamagedFile.found_at).limit(MOST_LOOKED_AT)
        )
    )
    db.session.rollback()
    mended = [sha256 for sha256 in known if _is_whole(sha256)]
    if mended:
        with own_writer(db.engine) as connection:
            connection.execute(delete(DamagedFile).where(DamagedFile.sha256.in_(mended)))
    return len(mended) == len(known)


def _is_whole(sha256: str) -> bool:
    try:
        store().open(sha256).close()
    except StoreError:
        return False
    return True


def word_of(document: Document) -> bytes:
    """The DOCX that was made with the PDF. Papers of earlier releases have none: theirs is made
    when it is first asked for, and then kept; nothing of the database is held meanwhile.

    Raises DomainError; Busy while this process makes another paper.
    """
    for revision in revisions_of(document):
        if revision.docx_sha256 is not None:
            return read_stored(revision.docx_sha256)
    kept = db.session.get(DocumentWord, document.id)
    if kept is not None:
        return read_stored(kept.file_sha256)
    envelope = document.envelope
    document_id = document.id
    kind, content, version = (
        envelope.kind,
        frozen_content(envelope),
        envelope.template_version,
    )
    db.session.rollback()
    try:
        data = word_in_child(kind, content, version)
    except PaperError as refusal:
        if refusal.reason == "full":
            raise Busy(sentence(refusal)) from refusal
        raise DomainError(sentence(refusal)) from refusal
    _keep_word(document_id, data)
    return data


def _keep_word(document_id: int, data: bytes) -> None:
    """In a transaction beside the GET. A full disk or a locked database costs the next asker a
    second, no more.
    """
    at = clock.now()
    try:
        sha256 = store().put(data)
        with own_writer(db.engine) as connection:
            if (
                connection.scalar(select(StoredFile.sha256).where(StoredFile.sha256 == sha256))
                is None
            ):
                connection.execute(
                    insert(StoredFile).values(
                        sha256=sha256,
                        size=len(data),
                        media_type=DOCX_AS_STORED,
                        stored_at=at,
                    )
                )
            connection.execute(
                insert(DocumentWord).values(
                    document_id=document_id,
                    file_sha256=sha256,
                    made_at=at,
                )
            )
    except IntegrityError:  # somebody else asked at the same moment: the same bytes
        return
    except (OSError, StoreError, SQLAlchemyError):
        log.exception("DOCX of document %s not kept", document_id)

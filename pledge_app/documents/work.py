"""The render job: envelope → PDF and DOCX in a child process → store → row. Nothing slow inside a
transaction.
"""

from __future__ import annotations

from sqlalchemy import select

from pledge_app.documents import operations
from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.sandbox import both_in_child
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Payload
from pledge_app.kernel import clock, crash
from pledge_app.kernel.base import db
from pledge_app.papers.decree.checker import check_make_up, check_paper
from pledge_app.papers.decree.reading import read
from pledge_app.papers.errors import PaperError


class WorkRefused(Exception):
    """The job cannot succeed however often it is tried; the message goes to the job's row."""


def render_document(payload: Payload) -> None:
    """Render one document. Idempotent: a paper that is ready stays as it is. Raises PaperError
    to be tried again.
    """
    document = _find(payload["document"])
    if document.state is RenderState.READY:
        return
    envelope = document.envelope
    kind = envelope.kind
    content = operations.frozen_content(envelope)
    version = envelope.template_version
    db.session.commit()  # nothing is held while the child works
    is_draft = envelope.is_draft
    paper, docx = both_in_child(kind, content, version)
    findings = checked_pages(paper.pdf, kind) if is_draft else None
    crash.point("between_rendering")
    kept = operations.put_in_store(paper, docx)
    crash.point("before_keeping")
    document = _find(payload["document"])
    jobs.hold(at=clock.now())  # in the transaction of the result: who lost the job keeps nothing
    if document.state is not RenderState.READY:
        operations.keep_rendered(document, kept, at=clock.now())
        document.findings = findings
    db.session.commit()


def checked_pages(pdf: bytes, kind: str) -> list[str]:
    """What the checker would have looked at again before a draft is frozen, in its own words."""
    found = [*check_paper(pdf, kind), *check_make_up(read(pdf), kind)]
    return list(dict.fromkeys(str(one) for one in found))


def give_up(payload: Payload, reason: str) -> None:
    """The last attempt failed: the page shows it and offers another try, or to void the paper."""
    operations.mark_failed(_find(payload["document"]), reason)


def _find(pid: str) -> Document:
    document = db.session.scalar(select(Document).where(Document.pid == pid))
    if document is None:
        raise WorkRefused(f"no document {pid}")
    return document


FAILURES = (PaperError, OSError)

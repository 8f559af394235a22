"""Agreements in any state, reached by legal moves: agreeing.agreement(cast, state="awaiting").

The paper is not drawn here: the worker's second transaction keeps a small PDF of ours (rendering
has its own tests).
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pledge_app.accounts import passwords
from pledge_app.accounts.models import User
from pledge_app.agreements import operations, queries, signing
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import BasisLine
from pledge_app.documents.models import Document, RenderState, Upload
from pledge_app.documents.operations import keep_file, keep_rendered, put_in_store
from pledge_app.kernel.base import db
from pledge_app.meetings import pack
from pledge_app.meetings.models import MeetingPack
from pledge_app.orgs.models import Cluster
from pledge_app.papers.intake.inspection import Upload as Inspected
from pledge_app.papers.printing.paper import PrintedPaper
from pledge_app.signing.models import SigningRound, SigningStep
from tests import make
from tests.cast import COMMUNES, TODAY, Cast

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
)
DOCX = b"PK\x03\x04 as a DOCX begins"
ORDER = ("draft", "circulated", "rendering", "awaiting", "confirmed", "inked", "signed")
LEADERS = {
    "Hải Quang": "hung",
    "Hải Đông": "dong_leader",
    "Hải Tây": "tay_leader",
    "Hải Lý": "ly_leader",
}


def agreement(
    cast: Cast,
    *,
    state: str = "draft",
    communes: tuple[str, ...] = COMMUNES,
    goals: dict[str, str] | None = None,
) -> Agreement:
    """The agreement of the cast's cluster in one of ORDER, with the agreed pledges of
    `communes`.
    """
    for commune in communes:
        make.pledge(cast, commune, state="agreed", goals=goals)
    lead = make.actor(cast, "dong")
    made = operations.start_agreement(
        db.session.get_one(Cluster, cast.cluster), actor=lead, at=AT, today=TODAY
    )
    operations.save_texts(
        made,
        {
            "place": "Hải Đông",
            "purpose": "Đẩy mạnh thi đua.",
            "measures": "Tuyên truyền.",
            "organisation": "Báo cáo hằng quý.",
        },
        bases=[BasisLine(row.text, row.legal_basis_id) for row in made.bases],
        paper_date=TODAY,
        show_qr=True,
        version=made.version_id,
        actor=lead,
        at=AT,
    )
    db.session.commit()
    reached = ORDER.index(state)
    if reached >= 1:
        operations.circulate(made, actor=lead, at=AT)
        db.session.commit()
    if reached >= 2:
        operations.freeze(made, version=made.version_id, actor=lead, at=AT)
    if reached >= 3:
        rendered(paper(made))
    if reached >= 4:
        for commune in communes:
            confirm(cast, made, commune)
    if reached >= 5:
        signed_at_the_table(cast, made)
    if reached >= 6:
        seen_on_scan(cast, made)
    db.session.commit()
    return made


def signed_at_the_table(cast: Cast, made: Agreement) -> None:
    """Everybody signs in ink: the lead records it, the reviewer was there and says so."""
    steps = opened(made).steps
    for row in steps:
        signing.sign_on_paper(
            made, row, on=TODAY, actor=make.actor(cast, "dong"), at=AT, today=TODAY
        )
    signing.attest(made, steps, actor=make.actor(cast, "rev"), at=AT)
    db.session.commit()


def scan(cast: Cast, made: Agreement, who: str = "dong") -> Upload:
    """A scan of the signed paper, uploaded as the page does it."""
    file = Inspected("application/pdf", PDF, 1, 300, False, "application/pdf")
    kept = signing.upload_scan(made, file, "Bản ký.pdf", actor=make.actor(cast, who), at=AT)
    db.session.commit()
    return kept


def seen_on_scan(cast: Cast, made: Agreement) -> Upload:
    """The lead uploads the scan, the reviewer sees every signature on it."""
    kept = scan(cast, made)
    signing.confirm_scan(
        made, kept, opened(made).steps, actor=make.actor(cast, "rev"), at=AT, on=TODAY
    )
    db.session.commit()
    return kept


def paper(made: Agreement) -> Document:
    """Its frozen paper."""
    assert made.document is not None
    return made.document


def draft_of(made: Agreement) -> Document:
    """Its newest preview."""
    assert made.preview is not None
    return made.preview


def rendered(document: Document) -> None:
    """The worker is done with a paper."""
    keep_rendered(document, put_in_store(PrintedPaper(PDF, 1, ()), DOCX), at=AT)
    db.session.commit()


def of_an_earlier_release(document: Document) -> Document:
    """Its paper as releases left it that kept no DOCX with the PDF and no revisions."""
    document.file_sha256 = keep_file(PDF, "application/pdf", at=AT).sha256
    document.pages = 1
    document.state = RenderState.READY
    document.rendered_at = AT
    db.session.commit()
    return document


def opened(made: Agreement) -> SigningRound:
    """Its signing round."""
    found = queries.round_of(made)
    assert found is not None
    return found


def step(cast: Cast, made: Agreement, commune: str) -> SigningStep:
    """The step of a commune."""
    return next(row for row in opened(made).steps if row.body_id == cast.bodies[commune])


def confirm(cast: Cast, made: Agreement, commune: str) -> str:
    """The chairman of a commune confirms in the software; the receipt."""
    given = signing.confirm(
        made,
        step(cast, made, commune),
        content_sha256=paper(made).envelope.content_sha256,
        actor=make.actor(cast, LEADERS[commune]),
        at=AT,
        today=TODAY,
    )
    db.session.commit()
    return given


def set_password(cast: Cast, who: str, password: str = "một câu rất dài để vào") -> str:
    """Give somebody of the cast a password."""
    db.session.get_one(User, cast.users[who]).password_hash = passwords.hash_password(password)
    db.session.commit()
    return password


def print_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each paper of a pack is one and the same page: for a test of what is done with papers."""
    printed = PrintedPaper(PDF, pages=1, cells=())
    monkeypatch.setattr(pack, "both_in_child", lambda kind, *_rest: (printed, kind.encode()))


def make_papers(asked: MeetingPack) -> None:
    """What the worker does after a pack was asked for: a job for each paper, and the ZIP of all."""
    for pid in [row.pid for row in asked.made]:
        pack.make_paper({"paper": pid})
    pack.make_zip({"pack": asked.pid})
    db.session.expire_all()

"""An office in which everything was done once that the trail seals: the tests alter it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from pledge_app.accounts import operations as accounts
from pledge_app.accounts.models import User
from pledge_app.agreements import amendments, operations, signing
from pledge_app.agreements.models import Agreement
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.documents import numbers, wording
from pledge_app.documents.models import Document, Envelope
from pledge_app.documents.numbers import Entry
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from pledge_app.papers.intake.inspection import Upload as Inspected
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.progress import due_reports, evidence
from pledge_app.progress.evidence import Received
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.signing import operations as steps
from tests import agreeing, make
from tests.cast import TODAY, Cast
from tests.rooms.progress import reports

AT = agreeing.AT
HERE = "Hải Quang"


@dataclass(frozen=True)
class Year:
    """What was made: public ids."""

    agreement: str
    pledge: str
    report: str
    paper: str
    user: str


def build(cast: Cast) -> Year:
    """The year of a cluster, by legal acts, up to a confirmed report and a numbered paper."""
    made = agreeing.agreement(cast, state="circulated")
    _say_no(cast, made)
    _reworded(cast)
    operations.freeze(made, version=made.version_id, actor=make.actor(cast, "dong"), at=AT)
    agreeing.rendered(agreeing.paper(made))
    _proposed_in_vain(cast, made)
    agreeing.confirm(cast, made, HERE)
    _recorded_by_mistake(cast, made)
    agreeing.signed_at_the_table(cast, made)
    agreeing.seen_on_scan(cast, made)
    pledge = db.session.query(Pledge).filter_by(body_id=cast.bodies[HERE]).one()
    paper = _numbered(cast, pledge)
    report = _reported(cast, pledge)
    user = _granted(cast)
    db.session.commit()
    return Year(made.pid, pledge.pid, report.pid, paper.pid, user.pid)


def _say_no(cast: Cast, made: Agreement) -> None:
    operations.comment(
        made,
        db.session.get_one(Body, cast.bodies[HERE]),
        agrees=False,
        text="Chưa thống nhất chỉ tiêu.",
        read_sha256=operations.content_now(made),
        actor=make.actor(cast, "hung"),
        at=AT,
    )


def _reworded(cast: Cast) -> None:
    now = wording.wording(REGISTRATION)
    wording.set_wording(
        REGISTRATION,
        dict(now.words) | {"closing": "Xin trân trọng báo cáo."},
        note="Theo góp ý.",
        version=now.version,
        actor=make.actor(cast, "quan"),
        at=AT,
    )


def _proposed_in_vain(cast: Cast, made: Agreement) -> None:
    pledge = db.session.query(Pledge).filter_by(body_id=cast.bodies[HERE]).one()
    lead = make.actor(cast, "dong")
    row = amendments.propose(
        made, make.target_of(pledge), Decimal(7), "Hội nghị đề nghị", actor=lead, at=AT
    )
    amendments.reject(row, "Không đủ nguồn lực.", actor=lead, at=AT)


def _recorded_by_mistake(cast: Cast, made: Agreement) -> None:
    lead = make.actor(cast, "dong")
    step = agreeing.step(cast, made, "Hải Lý")
    signing.sign_on_paper(made, step, on=TODAY, actor=lead, at=AT, today=TODAY)
    steps.correct(step, "ghi nhầm người", actor=lead, at=AT)
    db.session.commit()


def _numbered(cast: Cast, pledge: Pledge) -> Document:
    paper = db.session.query(Document).join(Envelope).filter_by(subject_pid=pledge.pid).one()
    agreeing.rendered(paper)
    body, van = db.session.get_one(Body, pledge.body_id), make.actor(cast, "van")
    five, six = Entry("05", "ĐK-UBND", TODAY), Entry("06", "ĐK-UBND", TODAY)
    numbers.enter_number(paper, body, five, is_sure=True, actor=van, at=AT, today=TODAY)
    numbers.correct_number(
        paper, body, six, "ghi nhầm", is_sure=True, actor=van, at=AT, today=TODAY
    )
    return paper


def _reported(cast: Cast, pledge: Pledge) -> ProgressReport:
    period = pledge.emulation_year.period(PeriodKind.QUARTER, 1)
    assert period is not None
    report = due_reports.open_report(pledge, period, at=AT)
    file = Inspected("application/pdf", agreeing.PDF, 1, 300, False, "application/pdf")
    evidence.attach(
        report,
        Received(file, b"a picture", "Biểu quý I.pdf", len(agreeing.PDF), "0" * 64),
        pin="",
        actor=make.actor(cast, "lan"),
        at=AT,
    )
    return reports.in_state(cast, report, ReportState.CONFIRMED)


def _granted(cast: Cast) -> User:
    admin = make.actor(cast, "quan")
    user, _password = accounts.create_user("moi", "Ông Mới", actor=admin, at=AT)
    body = db.session.get_one(Body, cast.bodies[HERE])
    until = TODAY + timedelta(days=300)
    accounts.grant_role(user, Role.CLERK, body, held_from=TODAY, held_to=until, actor=admin, at=AT)
    return user

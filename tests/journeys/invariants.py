"""What must hold after every step (I1–I10): each function names what does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pledge_app.agreements import queries
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.models import Agreement
from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import GENESIS, digest_of, first_broken_link
from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.operations import store
from pledge_app.jobs.models import Job
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from pledge_app.progress.models import ProgressReport
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import MarkKind
from tests import make
from tests.journeys.expected import COMMUNES, EVERYBODY, AgreementNow, YearNow
from tests.journeys.office import Office
from tests.journeys.pledging import mark
from tests.tools.docs import LIVES

STATEFUL: dict[str, Any] = {
    "Pledge": Pledge,
    "Agreement": Agreement,
    "ProgressReport": ProgressReport,
    "SigningRound": SigningRound,
    "SigningStep": SigningStep,
    "Amendment": Amendment,
}


@dataclass
class Papers:
    """The bytes of each paper as they were first seen: they never change (I6)."""

    contents: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    events: int = 0
    digest: str = GENESIS
    """How far the trail was followed."""


def broken(office: Office, now: YearNow, papers: Papers) -> list[str]:
    """Every invariant that does not hold."""
    found = [
        *pledges_stand(now),
        *agreements_stand(office, now),
        *changes_stand(now),
        *reports_stand(now),
        *papers_stand(papers),
        *trail_goes_on(papers),
        *states_are_known(),
    ]
    db.session.rollback()
    return found


def pledges_stand(now: YearNow) -> Iterator[str]:
    """I1, I4: every acknowledged figure and step is there, and nothing else."""
    stored = {row.pid: row for row in db.session.query(Pledge)}
    if set(stored) != {row.pid for row in now.pledges.values() if row.pid}:
        yield "I1 pledges that nobody began, or that are lost"
    for expected in now.pledges.values():
        if not expected.pid or expected.pid not in stored:
            continue
        pledge = stored[expected.pid]
        if pledge.state.value != expected.state:
            yield f"I1 {expected.commune}: {pledge.state.value}, expected {expected.state}"
        if expected.is_filled:
            goals = {row.criterion.code: row.goal for row in pledge.targets}
            wrong = {code for code, goal in expected.goals.items() if goals[code] != goal}
            if wrong:
                yield f"I4 {expected.commune}: goals of {sorted(wrong)} are not what was typed"


def agreements_stand(office: Office, now: YearNow) -> Iterator[str]:
    """I1, I2: each version stands where the signatures that are known of it bring it."""
    stored = {row.pid: row for row in db.session.query(Agreement)}
    if set(stored) != {row.pid for row in now.agreements}:
        yield "I1 versions that nobody made, or that are lost"
    for expected in now.agreements:
        agreement = stored.get(expected.pid)
        if agreement is None:
            continue
        if agreement.state.value != expected.state:
            yield (
                f"I1 version {expected.version}: {agreement.state.value}, expected {expected.state}"
            )
        if (agreement.in_force_on is not None) != expected.is_in_force:
            yield f"I2 version {expected.version}: in force is {not expected.is_in_force}"
        yield from signatures_stand(office, expected, agreement)
    standing = [row for row in stored.values() if row.in_force_on is not None]
    if sum(row.state.value not in {"replaced", "void"} for row in standing) > 1:
        yield "I2 two versions are in force at once"


def signatures_stand(office: Office, expected: AgreementNow, agreement: Agreement) -> Iterator[str]:
    """I2: every mark is there, by whom it was made, and no other."""
    opened = queries.round_of(agreement)
    if opened is None:
        if expected.signatures:
            yield f"I2 version {expected.version}: no signing round"
        return
    if (opened.state.value == "open") != expected.is_round_open:
        yield f"I2 version {expected.version}: the round is {opened.state.value}"
    names = {user_id: name for name, user_id in office.cast.users.items()}
    bodies = {body_id: name for name, body_id in office.cast.bodies.items()}
    for step in opened.steps:
        signature = expected.signatures[bodies[step.body_id]]
        marks = {row.kind: names.get(row.by_id or 0, "") for row in step.marks}
        wanted = {
            MarkKind.CONFIRMATION: signature.confirmed_by,
            MarkKind.INK: signature.recorded_by,
            MarkKind.TABLE: signature.attested_by,
        }
        wanted = {kind: who for kind, who in wanted.items() if who}
        if {kind: who for kind, who in marks.items() if kind is not MarkKind.SCAN} != wanted:
            yield f"I2 {bodies[step.body_id]}: marks {marks}, expected {wanted}"
        if (MarkKind.SCAN in marks) != bool(signature.scan):
            yield f"I2 {bodies[step.body_id]}: on a scan is {MarkKind.SCAN in marks}"
        if step.state.value != signature.state:
            yield f"I2 {bodies[step.body_id]}: {step.state.value}, expected {signature.state}"


def changes_stand(now: YearNow) -> Iterator[str]:
    """I1: every change at the table is answered as it was, by those who answered."""
    stored = {row.pid: row for row in db.session.query(Amendment)}
    for expected in now.changes:
        state = stored[expected.pid].state.value
        if state != expected.state:
            yield f"I1 change of {expected.commune}: {state}, expected {expected.state}"


def reports_stand(now: YearNow) -> Iterator[str]:
    """I1, I4: every acknowledged figure of a report is there; a confirmed one stays as it was."""
    stored = {row.pid: row for row in db.session.query(ProgressReport)}
    if set(stored) != {row.pid for row in now.reports}:
        yield "I1 reports that nobody opened, or that are lost"
    for expected in now.reports:
        report = stored.get(expected.pid)
        if report is None:
            continue
        if report.state.value != expected.state:
            yield f"I1 report of {expected.commune}: {report.state.value}, not {expected.state}"
        if expected.is_filled:
            values = {row.target.criterion.code: row.value for row in report.lines}
            if values != expected.values:
                yield f"I4 report of {expected.commune}: {values}, typed {expected.values}"


def papers_stand(papers: Papers) -> Iterator[str]:
    """I2, I6, I7: a finished paper has its file, its bytes never change, and one that is not
    finished has somebody who will make it.
    """
    for document in db.session.query(Document):
        content = document.envelope.content_sha256
        if papers.contents.setdefault(document.pid, content) != content:
            yield f"I6 {document.pid}: another content than was frozen"
        if document.state is RenderState.READY:
            file = document.file_sha256 or ""
            if papers.files.setdefault(document.pid, file) != file:
                yield f"I6 {document.pid}: other bytes than were signed"
            if not file or not store().path(file).is_file():
                yield f"I2 {document.pid}: ready without its file"
        elif not db.session.query(Job).filter(Job.key.contains(document.pid)).count():
            yield f"I7 {document.pid}: nobody will make it"


def trail_goes_on(papers: Papers) -> Iterator[str]:
    """I3, I5: every new event follows the one before it, and its digest holds."""
    fresh = db.session.query(TrailEvent).filter(TrailEvent.seq > papers.events)
    for event in fresh.order_by(TrailEvent.seq):
        follows = event.seq == papers.events + 1 and event.previous == papers.digest
        if not follows or event.digest != digest_of(event):
            yield f"I3 the chain breaks at {event.seq}"
        papers.events = event.seq
        papers.digest = event.digest


def whole_trail_holds() -> Iterator[str]:
    """I3: the chain from its first event to its last."""
    link = first_broken_link()
    if link is not None:
        yield f"I3 the chain breaks at {link}"


def states_are_known() -> Iterator[str]:
    """Every state is one that its table of moves leads to."""
    for name, table in STATEFUL.items():
        life = LIVES[name]
        known = {life.start, *(move.target for move in life)}
        for (state,) in db.session.query(table.state).distinct():
            if state not in known:
                yield f"{name}: no move leads to {state}"


OPEN_PAGES = ("/", "/giao-uoc", "/giao-uoc-cum", "/bao-cao-quy", "/thong-bao", "/tim?q=MARK")
"""What everybody who is logged in may open, and sees only their own in."""


def closed_pages(now: YearNow) -> list[str]:
    """The pages of the things of the cluster."""
    pages = [f"/giao-uoc/{row.pid}" for row in now.pledges.values() if row.pid]
    pages += [f"/giao-uoc-cum/{row.pid}" for row in now.agreements]
    return pages + [f"/bao-cao-quy/{row.pid}" for row in now.reports]


def stranger_reads(office: Office, who: str, path: str, closed: list[str]) -> Iterator[str]:
    """I8: nobody of another district finds a thing of the cluster, nor a text of it in a list."""
    answer = office.get(who, path)
    wanted = 404 if path in closed else 200
    if answer.status != wanted:
        yield f"I8 {path} answers {who} with {answer.status}"
    for commune in COMMUNES:
        if mark(commune) in answer.text:
            yield f"I8 {path} shows {who} a text of {commune}"


WAITING_FOR_PEOPLE: dict[Any, set[str]] = {
    Pledge: {"draft", "with_leader", "sent", "returned"},
    Agreement: {"draft", "awaiting", "confirmed"},
    ProgressReport: {"open", "with_leader", "sent", "returned", "confirmed"},
}


def nobody_is_stuck(office: Office) -> Iterator[str]:
    """I7: whatever waits for people can be moved on by one of them."""
    actors = [make.actor(office.cast, who, today=office.today) for who in sorted(EVERYBODY)]
    for table, states in WAITING_FOR_PEOPLE.items():
        for row in db.session.query(table):
            waits = row.state.value in states
            if waits and not any(row.LIFE.open_to(row, actor) for actor in actors):
                yield f"I7 {table.__name__}: nobody can move it on from {row.state.value}"
    db.session.rollback()

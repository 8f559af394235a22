"""What must hold after every fault (I1–I10); each function names what does not."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.script import ScriptDirectory
from sqlalchemy import select

from pledge_app import ROOT
from pledge_app.audit.models import TrailEvent
from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.operations import store
from pledge_app.jobs.models import Job
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from pledge_app.pledges.models import Target
from pledge_app.upkeep.restore import verify
from pledge_app.upkeep.upgrade import revision
from tests.loopback import Office


def broken(office: Office, acknowledged: dict[str, tuple[str, str]]) -> list[str]:
    """Every invariant that does not hold. `acknowledged`: target → (goal acknowledged, goal in flight or "")."""
    with office.app().app_context():
        set_reading(True)
        found = [*_saves(acknowledged), *_chain(), *_papers(), *_once()]
        db.session.remove()
        found += _schema()
        set_reading(False)
        db.engine.dispose()
    return found


def _saves(acknowledged: dict[str, tuple[str, str]]) -> Iterator[str]:
    """I1, I4: a row holds what was acknowledged last, or what was in flight when the fault came; nothing else."""
    for pid, wanted in acknowledged.items():
        goal = db.session.scalar(select(Target.goal).where(Target.pid == pid))
        shown = "" if goal is None else f"{goal.normalize():f}"
        if shown not in wanted:
            yield f"I1 {pid}: {shown!r}, wanted {wanted}"


def _chain() -> Iterator[str]:
    """I3, I6: the trail's chain, the envelopes and every stored file as `pledge verify` reads them."""
    for sentence in verify():
        yield f"I3 {sentence}"


def _papers() -> Iterator[str]:
    """I2, I7: a ready paper has its file; one that is not ready has a job that will make it."""
    for document in db.session.scalars(select(Document)):
        if document.state is RenderState.READY:
            if not document.file_sha256 or not store().path(document.file_sha256).is_file():
                yield f"I2 {document.pid}: ready without file"
        elif db.session.scalar(select(Job.id).where(Job.key == f"render:{document.pid}")) is None:
            yield f"I7 {document.pid}: nobody will make it"


def _schema() -> Iterator[str]:
    """I9: the schema stands at the newest revision."""
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    if revision() != head:
        yield f"I9 revision {revision()}, wanted {head}"


def _once() -> Iterator[str]:
    """I5: a number of the trail is given once and none is missing."""
    numbers = list(db.session.scalars(select(TrailEvent.seq).order_by(TrailEvent.seq)))
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield "I5 the trail has a gap or a number twice"

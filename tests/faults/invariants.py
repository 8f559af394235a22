"""What must hold after every fault (I1–I10); each function names what does not."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.script import ScriptDirectory
from sqlalchemy import select

from pledge_app.application import ROOT
from pledge_app.audit.models import TrailEvent
from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.operations import store
from pledge_app.jobs.models import Job
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from pledge_app.upkeep.upgrade import revision
from pledge_app.upkeep.verifying import verify
from tests.cast import COMMUNES
from tests.faults.office import mark
from tests.loopback import Office

PLACES = {"sent": "/giao-uoc", "agreement": "/giao-uoc-cum", "report": "/bao-cao-quy"}


def broken(office: Office) -> list[str]:
    """Every invariant that does not hold. What was acknowledged (I1, I4, I5) the flows compare
    themselves.
    """
    with office.app().app_context():
        set_reading(True)
        found = [*_chain(), *_papers(), *_once(), *_strangers(office)]
        db.session.remove()
        found += _schema()
        set_reading(False)
        db.engine.dispose()
    found += [f"I10 {said}" for said in office.unkind]
    office.unkind.clear()
    return found


def _chain() -> Iterator[str]:
    """I3, I6: the trail's chain, the envelopes and every stored file as `pledge verify` reads
    them.
    """
    for sentence in verify():
        yield f"I3 {sentence}"


def _papers() -> Iterator[str]:
    """I2, I7: a ready paper has its file; one that is not ready has a job that will make it."""
    for document in db.session.scalars(select(Document)):
        if document.state is RenderState.READY:
            if not document.file_sha256 or not store().path(document.file_sha256).is_file():
                yield f"I2 {document.pid}: ready without file"
        elif (
            document.state is RenderState.RENDERING
            and db.session.scalar(select(Job.id).where(Job.key == f"render:{document.pid}")) is None
        ):
            yield f"I7 {document.pid}: nobody will make it"


def _schema() -> Iterator[str]:
    """I9: the schema stands at the newest revision."""
    if revision() != head():
        yield f"I9 revision {revision()}, wanted {head()}"


def head() -> str | None:
    """The newest revision of this program."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def _once() -> Iterator[str]:
    """I5: a number of the trail is given once and none is missing."""
    numbers = list(db.session.scalars(select(TrailEvent.seq).order_by(TrailEvent.seq)))
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield "I5 the trail has a gap or a number twice"


def _strangers(office: Office) -> Iterator[str]:
    """I8: a clerk of another district reads none of the four communes' texts, on no page that
    she can open.
    """
    client = office.app().test_client()
    client.set_cookie("sid", office.tokens["xa"])
    marks = [mark(name) for name in COMMUNES]
    for path in (
        "/",
        "/giao-uoc",
        "/giao-uoc-cum",
        "/bao-cao-quy",
        "/thong-bao",
        "/tim?q=MARK",
        f"/giao-uoc/{office.pledge}",
        *(f"{path}/{office.pids[name]}" for name, path in PLACES.items()),
    ):
        text = client.get(path).get_data(as_text=True)
        yield from (f"I8 {path} shows {one}" for one in marks if one in text)

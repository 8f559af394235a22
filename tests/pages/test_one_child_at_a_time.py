"""The DOCX of a paper of an earlier release is made when it is asked for, in a process of its own
for a second or more: not by everybody at once, and once for each paper.
"""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import select

from pledge_app.child.starting import turn
from pledge_app.documents import sandbox
from pledge_app.documents.models import Document, DocumentWord
from pledge_app.documents.operations import store
from pledge_app.documents.store import FileStore
from pledge_app.kernel.base import db
from tests import agreeing, make
from tests.pages.test_documents import frozen_registration, registration
from tests.site import Visitor

MADE = b"PK\x03\x04 as a DOCX begins"


class Children:
    """Instead of child processes: counts how many there are at one moment."""

    def __init__(self) -> None:
        self.started = self.now = self.most = 0
        self.counting = threading.Lock()
        self.may_end = threading.Event()

    def __call__(self, what, task, data=b""):
        with self.counting:
            self.started += 1
            self.now += 1
            self.most = max(self.most, self.now)
        self.may_end.wait(10)
        with self.counting:
            self.now -= 1
        return {}, MADE


@pytest.fixture
def children(monkeypatch) -> Children:
    made = Children()
    monkeypatch.setattr(sandbox, "in_child", made)
    return made


def ask(app, user_id: int, path: str, said: list[tuple[int, str | None, bytes]]) -> None:
    with app.app_context():
        client = Visitor(app, user_id).client
        answer = client.get(path)
        said.append((answer.status_code, answer.headers.get("Retry-After"), answer.data))
        db.session.remove()


def test_eight_clerks_start_one_child_and_the_others_are_told_at_once(app, cast, visit, children):
    paper = agreeing.of_an_earlier_release(frozen_registration(make.pledge(cast, state="sent")))
    path = f"/van-ban/{paper.pid}/docx"
    said: list[tuple[int, str | None, bytes]] = []
    db.session.commit()
    asking = [
        threading.Thread(target=ask, args=(app, cast.users["lan"], path, said)) for _n in range(8)
    ]
    for one in asking:
        one.start()
    deadline = time.monotonic() + 20
    while len(said) < 7 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(said) == 7, "seven have their answer while the first paper is still being made"
    assert {(status, after) for status, after, _body in said} == {(503, "5")}
    assert all("thử lại sau 5 giây" in body.decode() for _status, _after, body in said)
    assert visit(None)._ask("GET", "/ping").status_code == 200
    children.may_end.set()
    for one in asking:
        one.join(20)
    assert children.most == children.started == 1
    assert (200, None, MADE) in said


def test_a_docx_is_made_once_and_then_given_out_of_the_store(app, cast, visit, children):
    children.may_end.set()
    paper = agreeing.of_an_earlier_release(frozen_registration(make.pledge(cast, state="sent")))
    path, paper_id = f"/van-ban/{paper.pid}/docx", paper.id
    for _n in range(3):
        assert visit("lan").get(path).data == MADE
    assert children.started == 1
    kept = db.session.get_one(DocumentWord, paper_id)
    assert store().read(kept.file_sha256) == MADE
    db.session.rollback()


def test_a_disk_that_does_not_take_it_still_gives_it_out(app, cast, visit, children, monkeypatch):
    children.may_end.set()
    paper = agreeing.of_an_earlier_release(frozen_registration(make.pledge(cast, state="sent")))

    def full(_self, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileStore, "put", full)
    assert visit("lan").get(f"/van-ban/{paper.pid}/docx").data == MADE
    assert db.session.scalars(select(DocumentWord)).all() == []
    db.session.rollback()


def test_a_preview_of_wordings_waits_its_turn_and_keeps_what_was_typed(app, cast, visit, children):
    children.may_end.set()
    registration(make.pledge(cast, state="sent"))
    assert db.session.scalars(select(Document)).first() is not None
    db.session.rollback()
    page = visit("quan").get("/quan-tri/mau-van-ban/registration").text
    assert "type_name" in page
    with turn():
        answer = visit("quan").post(
            "/quan-tri/mau-van-ban/registration/xem-truoc",
            {"type_name": "BẢN ĐĂNG KÝ CỦA TÔI"},
            status=503,
        )
    assert answer.headers["Retry-After"] == "5" and "BẢN ĐĂNG KÝ CỦA TÔI" in answer.text
    assert children.started == 0

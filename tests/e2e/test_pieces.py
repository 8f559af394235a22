"""Pieces of a page that renew themselves: the list of files, and a page that waits for a paper."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, Playwright, expect
from sqlalchemy import select

from pledge_app.documents.models import Document, Envelope, RenderState
from pledge_app.kernel.base import db
from tests.e2e import office, scenes
from tests.e2e.browser import Visit, person
from tests.e2e.test_quarter_saves_itself import opened, stored
from tests.rooms.progress.files import paper


def waiting_paper() -> Document:
    """The registration of Hải Quang, which no worker has made."""
    document = db.session.scalars(
        select(Document)
        .join(Envelope)
        .where(Envelope.subject_pid == scenes.hai_quang().pid)
        .where(Document.state == RenderState.RENDERING)
        .order_by(Document.id.desc())
    ).first()
    assert document is not None
    return document


def pdf(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/pdf", buffer=content)


def test_files_appear_in_the_list_and_a_page_that_waits_loads_again(
    place: Path, tmp_path: Path, playwright: Playwright
):
    with office.served(place, opened, worker=False) as address:
        visit = Visit(person(playwright, tmp_path / "clerk"), address).take_part("nguoi-phu-trach")
        with office.inside(place):
            evidence = f"/bao-cao-quy/{stored(place).pid}/minh-chung"
            document = f"/van-ban/{waiting_paper().pid}"

        visit.go(evidence)
        rows = visit.page.locator("#evidence-list tbody tr")
        visit.page.evaluate("window.isTheSamePage = true")
        files = [pdf("một.pdf", paper()), pdf("hai.pdf", paper(mark="2")), pdf("hỏng.pdf", b"no")]
        visit.page.locator("#file").set_input_files(files)
        expect(visit.page.locator(".queue li")).to_have_count(3)
        expect(rows).to_have_count(2, timeout=15_000)
        expect(visit.page.locator(".queue .bad")).to_have_count(1, timeout=15_000)
        assert visit.page.evaluate("window.isTheSamePage")

        visit.go(document)
        visit.page.evaluate("window.isTheSamePage = true")
        with visit.page.expect_response("**/trang-thai", timeout=15_000) as asked:
            pass
        assert asked.value.ok
        assert visit.page.evaluate("window.isTheSamePage"), "the paper is not there yet"
        visit.page.route(
            "**/trang-thai",
            lambda route: route.fulfill(json={}, headers={"HX-Refresh": "true"}),
        )
        with visit.page.expect_navigation(timeout=15_000):
            pass
        assert not visit.said

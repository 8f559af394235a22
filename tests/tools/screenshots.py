"""docs/pictures/: every page of the example at 1366×768 and 390×844, every paper's pages. Run: make screenshots"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from sqlalchemy import select

from pledge_app import ROOT
from pledge_app.agreements.models import Agreement
from pledge_app.documents.models import Document, Envelope, PaperKind, RenderState
from pledge_app.documents.operations import store
from pledge_app.jobs.models import Job
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.orgs.models import Cluster, Unit, UnitName
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.upkeep.work import drain
from tests.e2e import office
from tests.e2e.browser import DESKTOP, PHONE, Visit, person

PICTURES = ROOT / "docs" / "pictures"


def pages() -> dict[str, list[tuple[str, str]]]:
    """Part → (name, path) of the pages to picture, from what the example holds."""
    def pledge(state: PledgeState) -> str:
        return db.session.scalars(select(Pledge.pid).where(Pledge.state == state).order_by(Pledge.id)).first() or ""

    def report(state: ReportState) -> str:
        return db.session.scalars(select(ProgressReport.pid).where(ProgressReport.state == state)
                                  .order_by(ProgressReport.id.desc())).first() or ""

    agreement = db.session.scalars(select(Agreement.pid).order_by(Agreement.id)).first()
    cluster = db.session.scalars(select(Cluster).where(Cluster.year == 2023)).first()
    unit = db.session.scalars(select(Unit.pid).join(UnitName).where(UnitName.name == "Xã Hải Quang")).first()
    paper = db.session.execute(select(Document.pid, Envelope.short_code).join(Envelope).where(
        Envelope.kind == PaperKind.AGREEMENT, Document.state == RenderState.READY)).first()
    year = cluster and db.session.scalar(select(Pledge).where(Pledge.cluster_id == cluster.id))
    assert cluster is not None and paper is not None and year
    returned = pledge(PledgeState.RETURNED)
    return {
        "": [("demo", "/"), ("login", "/dang-nhap"), ("check", "/kiem-tra"), ("public", f"/kiem-tra/{paper.short_code}"),
             ("help", "/huong-dan"), ("accessibility", "/tro-nang")],
        "nguoi-phu-trach": [
            ("home-clerk", "/"), ("pledges", "/giao-uoc"), ("pledge", f"/giao-uoc/{returned}"),
            ("grid", f"/giao-uoc/{returned}/nhap"), ("plan", f"/giao-uoc/{returned}/dot-thi-dua"),
            ("summary", f"/giao-uoc/{returned}/tom-tat"), ("units", "/don-vi"), ("unit", f"/don-vi/{unit}"),
            ("years", "/nam-thi-dua"), ("year", f"/nam-thi-dua/{year.emulation_year.pid}"), ("reports", "/bao-cao-quy"),
            ("agreements", "/giao-uoc-cum"), ("notices", "/thong-bao"), ("search", "/tim?q=hai+quang"),
            ("sessions", "/tai-khoan/phien"), ("password", "/tai-khoan/mat-khau"), ("kept", "/noi-dung-da-giu")],
        "lanh-dao": [("home-leader", "/")],
        "tham-dinh": [
            ("home-reviewer", "/"), ("queue", "/tham-dinh"), ("review-table", f"/tham-dinh/bang/{cluster.pid}"),
            ("review", f"/tham-dinh/{pledge(PledgeState.SENT)}"), ("report", f"/bao-cao-quy/{report(ReportState.SENT)}")],
        "cum-truong": [("home-lead", "/"), ("agreement", f"/giao-uoc-cum/{agreement}"),
                       ("paper", f"/van-ban/{paper.pid}")],
        "quan-tri": [("home-admin", "/"), ("users", "/quan-tri/nguoi-dung"), ("permissions", "/quan-tri/phan-quyen"),
                     ("business-date", "/quan-tri/ngay-lam-viec")],
    }


def make_papers() -> None:
    """Render what the pages wait for, and one paper of each kind; the example leaves its papers to the worker."""
    for kind in PaperKind:
        first = db.session.scalars(select(Document.pid).join(Envelope).where(
            Envelope.kind == kind, Envelope.is_draft.is_(False)).order_by(Document.id)).first()
        for job in db.session.scalars(select(Job).where(Job.key == f"render:{first}")):
            job.run_after = now()
    db.session.commit()
    drain()


def papers(target: Path) -> None:
    """The pages of one paper of each kind."""
    for kind in PaperKind:
        row = db.session.execute(select(Document.file_sha256).join(Envelope).where(
            Envelope.kind == kind, Document.state == RenderState.READY, Envelope.is_draft.is_(False))
            .order_by(Document.id)).first()
        if row is not None and row.file_sha256:
            subprocess.run(["pdftoppm", "-r", "70", "-png", str(store().path(row.file_sha256)),
                            str(target / f"paper-{kind.value}")], check=True)


def make_small() -> None:
    """128 colours are enough for pages and papers, and a third of the bytes."""
    for path in PICTURES.glob("*.png"):
        picture = Image.open(path).convert("RGB")
        picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Make them all anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        place = office.copy_of(office.base(Path(folder) / "example"), Path(folder) / "office")
        with office.inside(place) as app, app.test_request_context():
            make_papers()
            wanted = pages()
            papers(PICTURES)
        with office.served(place) as address, sync_playwright() as playwright:
            for size, box in (("desktop", DESKTOP), ("phone", PHONE)):
                context = person(playwright, Path(folder) / size, size=box)
                visit = Visit(context, address)
                for part, paths in wanted.items():
                    if part:
                        visit.take_part(part)
                    for name, path in paths:
                        visit.page.goto(address + path)
                        visit.page.screenshot(path=str(PICTURES / f"{name}-{size}.png"))
                context.close()
    make_small()


if __name__ == "__main__":
    main()

"""docs/pictures/: every page of the example at 1366×768 and 390×844, every paper's pages. Run:
make screenshots
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from sqlalchemy import select

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import User
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import start_agreement
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.story import content_of
from pledge_app.application import ROOT
from pledge_app.campaigns.models import Period
from pledge_app.demo.levels_2026 import starts_on
from pledge_app.demo.operations import go_to_2026
from pledge_app.documents.models import Document, Envelope, RenderState
from pledge_app.documents.operations import store
from pledge_app.documents.sandbox import render_in_child
from pledge_app.jobs.models import Job
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now, today
from pledge_app.meetings.pack import ask_for_pack
from pledge_app.orgs.models import Body, Cluster, LeadKind, Unit, UnitName
from pledge_app.papers.registry import every_paper
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import evidence
from pledge_app.progress.correcting import correct
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.upkeep.worker import drain
from tests.e2e import office
from tests.e2e.browser import DESKTOP, PHONE, Visit, person
from tests.tools.pictures import road, scan

PICTURES = ROOT / "docs" / "pictures"


def pages() -> dict[str, list[tuple[str, str]]]:
    """Part → (name, path) of the pages to picture, from what the example holds."""
    agreement = db.session.scalars(select(Agreement.pid).order_by(Agreement.id)).first()
    cluster = db.session.scalars(select(Cluster).where(Cluster.year == 2023)).first()
    unit = db.session.scalars(
        select(Unit.pid).join(UnitName).where(UnitName.name == "Xã Hải Quang")
    ).first()
    paper = db.session.execute(
        select(Document.pid, Envelope.short_code)
        .join(Envelope)
        .where(Envelope.kind == AGREEMENT.kind, Document.state == RenderState.READY)
    ).first()
    year = cluster and db.session.scalar(select(Pledge).where(Pledge.cluster_id == cluster.id))
    assert cluster is not None and paper is not None and year
    returned, entered = _pledge(PledgeState.RETURNED), own_report()
    return {
        "": _without_name(paper.short_code),
        "nguoi-phu-trach": [
            ("home-clerk", "/"),
            ("pledges", "/giao-uoc"),
            ("pledge", f"/giao-uoc/{returned}"),
            ("grid", f"/giao-uoc/{returned}/nhap"),
            ("plan", f"/giao-uoc/{returned}/dot-thi-dua"),
            ("summary", f"/giao-uoc/{returned}/tom-tat"),
            ("units", "/don-vi"),
            ("unit", f"/don-vi/{unit}"),
            ("years", "/nam-thi-dua"),
            ("year", f"/nam-thi-dua/{year.emulation_year.pid}"),
            ("reports", "/bao-cao-quy"),
            ("agreements", "/giao-uoc-cum"),
            ("notices", "/thong-bao"),
            ("search", "/tim?q=hai+quang"),
            ("sessions", "/tai-khoan/phien"),
            ("password", "/tai-khoan/mat-khau"),
            ("kept", "/noi-dung-da-giu"),
            ("due", "/viec-den-han"),
            ("letters", "/tai-khoan/thu-nhac"),
            ("report-entry", f"/bao-cao-quy/{entered}/nhap"),
            ("evidence", f"/bao-cao-quy/{entered}/minh-chung"),
            ("workdays", "/lich-lam-viec"),
        ],
        "lanh-dao": [("home-leader", "/")],
        "tham-dinh": [
            ("home-reviewer", "/"),
            ("queue", "/tham-dinh"),
            ("review-table", f"/tham-dinh/bang/{cluster.pid}"),
            ("review", f"/tham-dinh/{_pledge(PledgeState.SENT)}"),
            ("report", f"/bao-cao-quy/{_report(ReportState.SENT)}"),
        ],
        "cum-truong": [
            ("home-lead", "/"),
            ("agreement", f"/giao-uoc-cum/{agreement}"),
            ("plan-meeting", f"/giao-uoc-cum/{agreement}/chuan-bi-hoi-nghi"),
            ("pack", f"/giao-uoc-cum/{agreement}/bo-tai-lieu"),
            ("meeting", f"/giao-uoc-cum/{agreement}/hoi-nghi"),
            ("paper", f"/van-ban/{paper.pid}"),
        ],
        "quan-tri": _administration(cluster),
    }


def _without_name(code: str) -> list[tuple[str, str]]:
    return [
        ("demo", "/"),
        ("login", "/dang-nhap"),
        ("check", "/kiem-tra"),
        ("public", f"/kiem-tra/{code}"),
        ("help", "/huong-dan"),
        ("accessibility", "/tro-nang"),
    ]


def _administration(cluster: Cluster) -> list[tuple[str, str]]:
    body = db.session.scalars(select(Body.pid).where(Body.name == "UBND xã Hải Quang")).one()
    return [
        ("home-admin", "/"),
        ("users", "/quan-tri/nguoi-dung"),
        ("permissions", "/quan-tri/phan-quyen"),
        ("business-date", "/quan-tri/ngay-lam-viec"),
        ("administration", "/quan-tri"),
        ("user-import", "/quan-tri/nguoi-dung/nhap"),
        ("bodies", "/quan-tri/co-quan"),
        ("body", f"/quan-tri/co-quan/{body}"),
        ("bases", "/quan-tri/can-cu"),
        ("clusters", "/quan-tri/cum"),
        ("criteria", "/bo-tieu-chi"),
        ("criteria-new", "/quan-tri/bo-tieu-chi/them"),
        ("criteria-shipped", "/quan-tri/bo-tieu-chi/co-san"),
        ("bases-shipped", "/quan-tri/can-cu/co-san"),
        ("cluster", f"/quan-tri/cum/{cluster.pid}"),
        ("wordings", "/quan-tri/mau-van-ban"),
        ("wording", "/quan-tri/mau-van-ban/agreement"),
        ("register", "/quan-tri/don-vi/nhap"),
        ("reorganisation", "/quan-tri/sap-xep"),
        ("reorganisation-merge", "/quan-tri/sap-xep/merge"),
    ]


def _pledge(state: PledgeState) -> str:
    return (
        db.session.scalars(
            select(Pledge.pid).where(Pledge.state == state).order_by(Pledge.id)
        ).first()
        or ""
    )


def _report(state: ReportState) -> str:
    return (
        db.session.scalars(
            select(ProgressReport.pid)
            .where(ProgressReport.state == state)
            .order_by(ProgressReport.id.desc())
        ).first()
        or ""
    )


def make_papers() -> None:
    """Render what the pages wait for, and one paper of each kind; the example leaves its papers
    to the worker.
    """
    for paper in every_paper():
        first = db.session.scalars(
            select(Document.pid)
            .join(Envelope)
            .where(Envelope.kind == paper.kind, Envelope.is_draft.is_(False))
            .order_by(Document.id)
        ).first()
        for job in db.session.scalars(select(Job).where(Job.key == f"render:{first}")):
            job.run_after = now()
    db.session.commit()
    made = db.session.scalars(select(Agreement).order_by(Agreement.id)).first()
    assert made is not None
    ask_for_pack(made, actor=actor_of(part("cum-truong"), today=today()), at=now(), today=today())
    add_evidence()
    db.session.commit()
    drain()


def part(name: str) -> User:
    """One of the example's people."""
    return db.session.scalars(select(User).filter_by(demo_part=name)).one()


def own_report() -> str:
    """A quarterly report that the example's clerk is entering."""
    bodies = [grant.body_id for grant in part("nguoi-phu-trach").grants]
    return (
        db.session.scalars(
            select(ProgressReport.pid)
            .join(ProgressReport.pledge)
            .where(
                Pledge.body_id.in_(bodies),
                ProgressReport.state.in_((ReportState.OPEN, ReportState.RETURNED)),
            )
            .order_by(ProgressReport.id.desc())
        ).first()
        or ""
    )


def add_evidence() -> None:
    """The clerk corrects the last report of 2022, with two files."""
    clerk = actor_of(part("nguoi-phu-trach"), today=today())
    last = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.pledge)
        .where(Pledge.body_id.in_(clerk.bodies), ProgressReport.state == ReportState.CONFIRMED)
        .join(ProgressReport.period)
        .order_by(Period.number.desc())
    ).first()
    assert last is not None
    correct(last, "Ghi nhầm số mô hình.", actor=clerk, at=now())
    db.session.commit()
    for name, drawn in (
        ("Ảnh đường xóm 5 sau khi làm.jpg", road()),
        ("Biên bản nghiệm thu mô hình.jpg", scan()),
    ):
        file = evidence.receive(drawn, name)
        report = db.session.scalars(
            select(ProgressReport).where(ProgressReport.pid == own_report())
        ).one()
        evidence.attach(report, file, pin="", actor=clerk, at=now())
        db.session.commit()


def papers(target: Path) -> None:
    """The pages of one paper of each kind."""
    for paper in every_paper():
        row = db.session.execute(
            select(Document.file_sha256)
            .join(Envelope)
            .where(
                Envelope.kind == paper.kind,
                Document.state == RenderState.READY,
                Envelope.is_draft.is_(False),
            )
            .order_by(Document.id)
        ).first()
        if row is not None and row.file_sha256:
            subprocess.run(
                [
                    "pdftoppm",
                    "-r",
                    "70",
                    "-png",
                    str(store().path(row.file_sha256)),
                    str(target / f"paper-{paper.kind}"),
                ],
                check=True,
            )


LEVELS = {
    "front": "Cụm thi đua Mặt trận số 3",
    "province": "Cụm thi đua các xã phía Nam",
    "hamlets": "Khối thi đua các xóm xã Hải Quang",
}
PAGES_2026 = {
    "2026-mat-tran-xa": ("front-clerk", "/"),
    "2026-tinh": ("province-queue", "/tham-dinh"),
    "2026-xom": ("hamlet-clerk", "/"),
}
WORDS_2026 = {
    "purpose": "Đẩy mạnh phong trào thi đua yêu nước, phấn đấu hoàn thành các nhiệm vụ năm 2026.",
    "measures": (
        "Đưa chỉ tiêu thi đua vào chương trình công tác từng quý; phân công người phụ trách từng "
        "chỉ tiêu.\nTuyên truyền, nêu gương điển hình tiên tiến; giúp nhau cùng thực hiện."
    ),
    "organisation": (
        "Hằng quý, các đơn vị báo cáo kết quả với cơ quan hướng dẫn. Cuối năm, đơn vị Cụm trưởng "
        "tổ chức tổng kết, bình xét."
    ),
}


def papers_2026(target: Path) -> None:
    """The agreement of each level, as its lead would freeze it today."""
    for level, name in LEVELS.items():
        cluster = db.session.scalars(select(Cluster).where(Cluster.name == name)).one()
        lead = next(row.body for row in cluster.leads if row.kind is LeadKind.LEAD)
        clerk = next(
            user
            for user in db.session.scalars(select(User))
            for grant in user.grants
            if grant.body_id == lead.id and grant.role is Role.CLERK
        )
        made = start_agreement(
            cluster, actor=actor_of(clerk, today=starts_on()), at=now(), today=starts_on()
        )
        for field, said in WORDS_2026.items():
            setattr(made, field, said)
        content = {**content_of(made), "short_code": "", "public_url": "", "draft": True}
        pdf = render_in_child(AGREEMENT.kind, content).pdf
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            subprocess.run(
                ["pdftoppm", "-r", "70", "-png", file.name, str(target / f"paper-2026-{level}")],
                check=True,
            )


def make_small() -> None:
    """128 colours are enough for pages and papers, and a third of the bytes."""
    for path in PICTURES.glob("*.png"):
        picture = Image.open(path)
        if picture.mode == "P":  # made small before
            continue
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def only(
    wanted: dict[str, list[tuple[str, str]]], names: set[str]
) -> dict[str, list[tuple[str, str]]]:
    """The pages that were named on the command line; all when none was."""
    chosen = {
        part_name: [page for page in paths if page[0] in names or not names]
        for part_name, paths in wanted.items()
    }
    return {part_name: paths for part_name, paths in chosen.items() if paths}


def shoot(
    place: Path, wanted: dict[str, list[tuple[str, str]]], profiles: Path, *, language: str = ""
) -> None:
    """Each part's pages, desktop and phone."""
    with office.served(place) as address, sync_playwright() as playwright:
        for size, box in (("desktop", DESKTOP), ("phone", PHONE)):
            context = person(playwright, profiles / size, size=box)
            visit = Visit(context, address)
            for part_name, paths in wanted.items():
                if part_name:
                    visit.take_part(part_name)
                if language:
                    visit.page.get_by_role("button", name=language).first.click()
                    visit.page.wait_for_load_state()
                for name, path in paths:
                    visit.page.goto(address + path, wait_until="networkidle")
                    visit.page.screenshot(path=str(PICTURES / f"{name}-{size}.png"))
            context.close()


def main(names: set[str]) -> None:
    """Make them all anew, or only the pages of 2022 and 2023 that are named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png") if not names else ():
        old.unlink()
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        example = office.base(folder / "example")
        place = office.copy_of(example, folder / "office")
        with office.inside(place) as app, app.test_request_context():
            make_papers()
            wanted = pages()
            if not names:
                papers(PICTURES)
        shoot(place, only(wanted, names), folder / "2023")
        if names:
            make_small()
            return
        shoot(
            place, {"nguoi-phu-trach": [("english", "/")]}, folder / "english", language="English"
        )
        shoot(
            place, {"": [("guide", "/huong-dan/quan-tri")]}, folder / "guide"
        )  # when its pictures are there
        later = office.copy_of(example, folder / "later")
        with office.inside(later) as app, app.test_request_context():
            go_to_2026(actor=actor_of(part("quan-tri"), today=today()), at=now())
            db.session.commit()
            papers_2026(PICTURES)
            db.session.rollback()
        shoot(later, {name: [page] for name, page in PAGES_2026.items()}, folder / "2026")
    make_small()


if __name__ == "__main__":
    main(set(sys.argv[1:]))

"""The quarter's report saves itself in a real browser: a dropped line, an ended login, a killed
browser lose nothing.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright, expect
from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.progress import due_reports
from pledge_app.progress.models import ProgressReport
from pledge_app.reviews import operations as review
from tests.e2e import office, scenes
from tests.e2e.browser import Visit, person
from tests.e2e.test_journeys import cell, kill_browser


def opened() -> None:
    """Hải Quang reports its first quarter."""
    scenes.agreed()
    pledge = scenes.hai_quang()
    review.come_into_force(pledge, at=now())
    first = pledge.emulation_year.campaigns[0].period
    due_reports.open_report(pledge, first, at=now())


def stored(place: Path) -> ProgressReport:
    return db.session.scalars(
        select(ProgressReport).where(ProgressReport.pledge_id == scenes.hai_quang().id)
    ).one()


def test_a_report_saves_itself_and_loses_nothing(
    place: Path, tmp_path: Path, playwright: Playwright
):
    profile = tmp_path / "clerk"
    with office.served(place, opened, worker=False) as address:
        visit = Visit(person(playwright, profile), address).take_part("nguoi-phu-trach")
        with office.inside(place):
            path = f"/bao-cao-quy/{stored(place).pid}/nhap"
        visit.go(path)
        status = visit.page.locator("[data-status]")
        cell(visit, 0, "value").fill("1234,5")
        cell(visit, 0, "explanation").fill("đang chờ công nhận")
        expect(status).to_contain_text("Đã lưu lúc", timeout=15_000)
        expect(visit.page.locator("tr.row").nth(0).locator("td.cell.saved")).to_have_count(2)
        expect(visit.page.locator("[data-totals]")).to_contain_text("Đã nhập 1/")

        cell(visit, 1, "value").fill("0.500")
        expect(visit.page.locator("tr.notes").nth(1)).to_contain_text(
            "Ý bạn là 0,5?", timeout=15_000
        )
        expect(visit.page.locator("tr.row").nth(1).locator("td.cell.unsaved")).to_have_count(1)
        visit.page.get_by_role("button", name="Sửa thành 0,5").click()
        expect(cell(visit, 1, "value")).to_have_value("0,5")
        expect(visit.page.locator("tr.row").nth(1).locator("td.cell.saved")).to_have_count(1)

        visit.page.context.set_offline(True)
        visit.page.locator("#difficulties").fill("Mưa bão")
        expect(status).to_contain_text("mất kết nối", timeout=15_000)
        expect(visit.page.locator(".field.unsaved")).to_have_count(1)
        visit.page.context.set_offline(False)
        expect(status).to_contain_text("Đã lưu lúc", timeout=30_000)

        visit.page.context.clear_cookies()  # the login ended
        cell(visit, 2, "value").fill("7")
        expect(status).to_contain_text("Đăng nhập trong thẻ khác", timeout=15_000)
        kill_browser(profile)

        visit = Visit(person(playwright, profile), address).take_part("nguoi-phu-trach")
        visit.go(path)
        expect(cell(visit, 2, "value")).to_have_value("7")
        expect(visit.page.locator("[data-status]")).to_contain_text("Đã lưu lúc", timeout=15_000)
        visit.page.context.close()
    with office.inside(place):
        report = stored(place)
        assert [str(line.value) for line in report.lines[:3]] == ["1234.5", "0.5", "7"]
        assert (report.lines[0].explanation, report.difficulties) == (
            "đang chờ công nhận",
            "Mưa bão",
        )

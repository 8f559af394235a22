"""The work fills the screen: rows of the sheet in sight, cells all field, the bars of a phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.e2e.browser import DESKTOP, PHONE, Visit, person
from tests.loopback import Browser, Web, furnish

ROWS_IN_SIGHT = """() => { const bar = document.querySelector('.sticky').getBoundingClientRect();
return [...document.querySelectorAll('tr.row')].filter(
  (row) => row.getBoundingClientRect().bottom <= bar.top + 1).length; }"""
BARS = """() => ['.sticky', '.side'].reduce(
  (sum, name) => sum + document.querySelector(name).getBoundingClientRect().height, 0)"""
AT_FOOT = """() => { const cell = document.querySelector('tr.row td.cell[data-cell-of=goal]');
const box = cell.getBoundingClientRect(); return [box.left + box.width / 2, box.bottom - 4]; }"""


def sheet(context, web: Web) -> Page:
    """The sheet of twelve criteria, opened by its clerk."""
    address = f"http://127.0.0.1:{web.port}"
    cookies = Browser(web).cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies])
    visit = Visit(context, address)
    visit.page.goto(f"{address}/giao-uoc/{web.office.pledge}/nhap")
    return visit.page


def test_seven_rows_are_in_sight_and_a_cell_is_all_field(tmp_path: Path, playwright: Playwright):
    web = Web(furnish(tmp_path, 12))
    try:
        with person(playwright, tmp_path / "desk", size=DESKTOP) as context:
            page = sheet(context, web)
            assert page.evaluate(ROWS_IN_SIGHT) >= 7
            page.mouse.click(*page.evaluate(AT_FOOT))
            assert page.evaluate("document.activeElement.dataset.cell") == "goal"
            text = page.locator("tr.row td.text textarea").first
            text.fill("Mở lớp tập huấn kỹ thuật cho các hộ trồng lúa, nuôi tôm.\n" * 6)
            assert text.evaluate("(area) => area.scrollHeight <= area.clientHeight + 4")
        with person(playwright, tmp_path / "phone", size=PHONE) as context:
            page = sheet(context, web)
            assert page.evaluate(BARS) <= 0.2 * PHONE["height"]
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    finally:
        web.end()

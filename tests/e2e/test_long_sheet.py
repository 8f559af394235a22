"""A sheet of 200 criteria: a cell reached by a key is in sight, a long block from Excel is saved
whole.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright, expect

from tests.e2e.browser import Visit, person
from tests.e2e.test_journeys import PASTE
from tests.loopback import Browser, Web, furnish

CRITERIA = 200
IN_SIGHT = """() => { const cell = document.activeElement.getBoundingClientRect();
const head = document.querySelector('.sheet thead th').getBoundingClientRect();
const bar = document.querySelector('.sticky').getBoundingClientRect();
return cell.top >= head.bottom - 1 && cell.bottom <= bar.top + 1; }"""


def test_200_criteria_are_entered_by_keys_and_by_a_block(tmp_path: Path, playwright: Playwright):
    web = Web(furnish(tmp_path, CRITERIA))
    try:
        with person(playwright, tmp_path / "profile") as context:
            address = f"http://127.0.0.1:{web.port}"
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": address}
                    for name, value in Browser(web).cookies.items()
                ]
            )
            visit = Visit(context, address)
            visit.page.goto(f"{address}/giao-uoc/{web.office.pledge}/nhap")
            goals = visit.page.locator("tr.row input[data-cell=goal]")
            goals.nth(60).focus()
            for key in ["ArrowUp"] * 14 + ["ArrowDown"] * 40:
                visit.page.keyboard.press(key)
                assert visit.page.evaluate(IN_SIGHT), f"hidden after {key}"
            goals.nth(10).focus()
            visit.page.evaluate(PASTE, "\n".join(f"{row}\t0\t0\t0\t{row}" for row in range(150)))
            expect(visit.page.locator("[data-pasted]")).to_contain_text("Đã dán 750 ô.")
            expect(visit.page.locator("[data-status]")).to_contain_text(
                "Đã lưu lúc", timeout=60_000
            )
            expect(visit.page.locator("td.cell.saving, td.cell.unsaved")).to_have_count(0)
            visit.page.reload()
            assert [goals.nth(number).input_value() for number in (9, 10, 159, 160)] == [
                "",
                "0",
                "149",
                "",
            ]
            assert not visit.said
    finally:
        web.end()

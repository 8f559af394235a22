"""Going back in the browser never overwrites what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e.browser import Visit, person
from tests.loopback import Browser, Web, furnish

GRID, PLAN = "nhap", "dot-thi-dua"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """An office with one draft."""
    served = Web(furnish(tmp_path, 4))
    try:
        yield served
    finally:
        served.end()


def at_a_desk(context: BrowserContext, web: Web, who: str) -> Visit:
    """One of the cast, logged in."""
    address = f"http://127.0.0.1:{web.port}"
    cookies = [
        {"name": name, "value": value, "url": address}
        for name, value in Browser(web, who).cookies.items()
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return Visit(context, address)


def opened(visit: Visit, web: Web, page: str) -> Page:
    visit.page.goto(f"{visit.address}/giao-uoc/{web.office.pledge}/{page}")
    return visit.page


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Đã lưu lúc", timeout=15_000)
    expect(page.locator(".saving, .unsaved")).to_have_count(0)


@pytest.mark.parametrize("field", ["textarea[data-cell=measures]", "select[name^=state-]"])
def test_the_sheet_goes_back_to_what_the_server_holds(
    web: Web, tmp_path: Path, playwright: Playwright, field: str
) -> None:
    mine, other = ("CỦA TÔI", "CỦA NGƯỜI KHÁC") if "textarea" in field else ("reached", "nearly")
    with (
        person(playwright, tmp_path / "a") as first,
        person(playwright, tmp_path / "b") as second,
    ):
        lan, hung = at_a_desk(first, web, "lan"), at_a_desk(second, web, "hung")
        fill(opened(lan, web, GRID), field, mine)
        saved(lan.page)
        lan.page.goto(f"{lan.address}/giao-uoc")
        fill(opened(hung, web, GRID), field, other)
        saved(hung.page)

        lan.page.go_back()
        expect(lan.page.locator(field).first).to_have_value(other)
        lan.page.locator("tr.row [data-cell=q1]").first.fill("1")
        saved(lan.page)
        hung.page.reload()
        assert hung.page.locator(field).first.input_value() == other


def fill(page: Page, field: str, value: str) -> None:
    place = page.locator(field).first
    if field.startswith("select"):
        page.locator(".hamlets details").first.evaluate("details => { details.open = true; }")
        place.select_option(value)
    else:
        place.fill(value)


def test_a_plain_form_goes_back_to_what_the_server_holds(
    web: Web, tmp_path: Path, playwright: Playwright
) -> None:
    with (
        person(playwright, tmp_path / "a") as first,
        person(playwright, tmp_path / "b") as second,
    ):
        lan, hung = at_a_desk(first, web, "lan"), at_a_desk(second, web, "hung")
        objective = "textarea[name^=objective]"
        opened(lan, web, PLAN).locator(objective).first.fill("CỦA TÔI")
        lan.page.get_by_role("button", name="Lưu").first.click()
        lan.page.wait_for_load_state()
        lan.page.goto(f"{lan.address}/giao-uoc")
        opened(hung, web, PLAN).locator(objective).first.fill("CỦA NGƯỜI KHÁC")
        hung.page.get_by_role("button", name="Lưu").first.click()
        hung.page.wait_for_load_state()

        for _back in range(
            2
        ):  # over the page that followed the saving to the one that was typed into
            lan.page.go_back()
        assert lan.page.locator(objective).first.input_value() == "CỦA NGƯỜI KHÁC"

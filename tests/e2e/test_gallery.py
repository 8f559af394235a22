"""Every part of the screens in a real browser: nothing for axe to find, nothing that moves,
nothing lost.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright
from werkzeug.serving import make_server

from tests.e2e.browser import ARGUMENTS, DESKTOP, PHONE, Visit
from tests.gallery import PATH, add_to

MOVED = """new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300); })"""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The gallery on a port of its own."""
    server = make_server("127.0.0.1", 0, add_to(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def opened(playwright: Playwright, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The gallery in a fresh browser of the wanted size."""
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    size: Any = getattr(request, "param", DESKTOP)
    context = browser.new_context(viewport=size, locale="vi-VN", bypass_csp=True)
    page = Visit(context, address).page
    page.goto(address + PATH)
    yield page
    browser.close()


@pytest.mark.parametrize("opened", [DESKTOP, PHONE, {"width": 320, "height": 640}], indirect=True)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen_or_moves(
    opened: Page, address: str
):
    assert (
        opened.evaluate(MOVED) < 0.1
    )  # what Web Vitals call good; on a slow machine without Arial a font may come late
    Visit(opened.context, address).look()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(opened: Page):
    assert opened.evaluate("document.activeElement.matches('[data-focus]')")
    opened.get_by_role("link", name="Mục tiêu đăng ký: Ý bạn là 1,5?").click()
    assert opened.evaluate("document.activeElement.id") == "amount"


def test_what_cannot_be_undone_is_asked_first_and_a_second_enter_does_nothing(opened: Page):
    button = opened.get_by_role("button", name="Chốt nội dung trình ký")
    button.focus()
    opened.keyboard.press("Enter")
    assert "không sửa được" in opened.locator("dialog[open]").inner_text()
    opened.keyboard.press("Enter")
    assert opened.locator("dialog").count() == 0
    assert opened.url.endswith(PATH)


def test_half_a_form_is_offered_again_but_never_to_somebody_else_and_never_a_password(
    opened: Page, address: str
):
    opened.fill("#p-name", "Nhập dở dang")
    opened.fill("#p-password", "bí mật")
    opened.goto(address + PATH)
    opened.get_by_role("button", name="Lấy lại nội dung đó").click()
    assert opened.input_value("#p-name") == "Nhập dở dang"
    assert opened.input_value("#p-password") == ""
    assert "bí mật" not in opened.evaluate("JSON.stringify(localStorage)")
    keys = opened.evaluate("Object.keys(localStorage)")
    assert keys == [f"kept:1:{PATH}#plain"]  # 1 is the person


def test_a_form_that_is_not_kept_asks_before_it_is_left(opened: Page, address: str):
    asked: list[str] = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.accept()

    opened.on("dialog", stay)
    opened.fill("#note", "chưa lưu")
    opened.goto(address + PATH)
    assert asked == ["beforeunload"]


def test_the_navigation_folds_and_stays_folded(opened: Page, address: str):
    opened.get_by_role("button", name="Thu gọn").click()
    opened.goto(address + PATH)
    assert opened.locator(".frame.narrow").count() == 1
    assert opened.get_by_role("link", name="Báo cáo quý").is_visible()


@pytest.mark.parametrize("opened", [PHONE], indirect=True)
def test_on_a_phone_four_rooms_stand_below_and_the_others_behind_one_button(opened: Page):
    links = opened.locator("nav.side > ul a:visible")
    assert links.count() == 4
    opened.locator(".more > summary").click()
    assert opened.get_by_role("link", name="Quản trị").is_visible()
    opened.keyboard.press("Escape")
    assert not opened.get_by_role("link", name="Quản trị").is_visible()

"""Chromium as a person uses it: every page is looked at by axe, and nothing may complain in the
console.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from pledge_app.application import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def person(
    playwright: Playwright, profile: Path, *, size: dict[str, int] | None = None
) -> BrowserContext:
    """A browser with a profile of its own on disk, so that it can be killed and opened again."""
    return playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path="/usr/bin/chromium",
        args=ARGUMENTS,
        viewport=size or DESKTOP,  # type: ignore[arg-type]
        locale="vi-VN",
        bypass_csp=True,
    )  # axe is put into the page from outside; the CSP itself has its own test


class Visit:
    """One page of a person, with what the console said."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.address = address
        self.said: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _listen(self, message: Any) -> None:
        if (
            message.type == "error"
            and "favicon" not in message.text
            and "status of 4" not in message.text
        ):
            self.said.append(message.text)

    def take_part(self, part: str) -> Visit:
        """Vào vai from the demo's front page."""
        self.page.context.clear_cookies()
        self.page.goto(self.address + "/")
        self.page.locator(f'form[action="/vao-vai/{part}"] button').click()
        self.page.wait_for_load_state()
        return self.look()

    def go(self, path: str) -> Visit:
        """Open a page and look at it."""
        self.page.goto(self.address + path)
        return self.look()

    def press(self, name: str, *, confirm: bool = False) -> Visit:
        """Press the button or link called `name`; `confirm`: and the one in the dialog that
        asks.
        """
        main = self.page.get_by_role("main")
        target = (
            main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first
        )
        target.click()
        if confirm:
            self.page.locator("dialog[open] button.primary").click()
        self.page.wait_for_load_state()
        return self.look()

    def look(self) -> Visit:
        """axe finds nothing, the console is quiet, the page is not wider than the screen."""
        assert not self.said, self.said
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        # What lies half under a bar that stays can be scrolled free; axe would call it too small a
        # target.
        self.page.add_style_tag(content=".sticky, .side { position: static !important; }")
        found = self.page.evaluate(
            "rules => axe.run({runOnly: rules}).then(r => r.violations.map(v => v.id + ': ' + "
            "v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))",
            RULES,
        )
        assert not found, f"{self.page.url}: {found}"
        wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert not wide, f"{self.page.url} is wider than the screen"
        return self

    def text(self) -> str:
        """The words of the page's main part."""
        return self.page.get_by_role("main").inner_text()

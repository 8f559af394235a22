"""From a key to the screen: the sheet of 200 criteria in a real Chromium, while it saves itself
to a real server.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

import click
from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure
from tests.e2e.browser import person
from tests.loopback import Browser, Web, furnish

CRITERIA = 200
GOAL = 50.0  # ms
ROWS = range(2, 198, 7)
KEYS = ("1", "2", "5", "Enter", "7", "Backspace", "ArrowRight", "3")
PAUSE = 60  # ms between two keys: a quick typist
# From the moment the key reached the browser to the first task after the frame that shows what it
# did.
WATCH = """() => { window.taken = [];
document.addEventListener('keydown', event => requestAnimationFrame(() => {
  const after = new MessageChannel();
  after.port1.onmessage = () => window.taken.push(performance.now() - event.timeStamp);
  after.port2.postMessage(0);
}), true); }"""


def figures(place: Path) -> list[Figure]:
    """The median; the 95th percentile is printed beside it."""
    place.mkdir()
    web = Web(furnish(place, CRITERIA))
    try:
        with sync_playwright() as driver, person(driver, place / "profile") as context:
            address = f"http://127.0.0.1:{web.port}"
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": address}
                    for name, value in Browser(web).cookies.items()
                ]
            )
            page = context.pages[0]
            page.goto(f"{address}/giao-uoc/{web.office.pledge}/nhap")
            taken = typed(page)
    finally:
        web.end()
    late = quantiles(taken, n=20)[-1]
    click.echo(
        f"pages.key_to_screen_200: {len(taken)} keys, median {median(taken):.1f} ms, 95th "
        f"percentile {late:.1f} ms"
    )
    return [Figure("pages.key_to_screen_200", median(taken), GOAL, "ms")]


def typed(page: Page) -> list[float]:
    """Type into rows from the first to the last; milliseconds of each key."""
    goals = page.locator("tr.row input[data-cell=goal]")
    if goals.count() < CRITERIA - 1:  # one criterion of the cast is counted, not typed
        raise RuntimeError(f"only {goals.count()} rows")
    page.evaluate(WATCH)
    for number in ROWS:
        goals.nth(number).focus()
        for key in KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(PAUSE)
    taken: list[float] = page.evaluate("window.taken")
    if len(taken) < len(ROWS) * len(KEYS):
        raise RuntimeError(f"{len(taken)} keys were seen")
    if page.locator("td.cell.saved").count() == 0:
        raise RuntimeError("nothing was saved while typing")
    return taken

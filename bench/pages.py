"""Pages through the real server on loopback, in pings: the time of the fixed text /ping in the
same run.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from bench.figures import Figure, interleaved
from tests.loopback import Browser, Web, furnish
from tests.weight import first_load

CRITERIA = 40
ROUNDS = 40
FIRST_LOAD = 120.0  # kB
FIELD = re.compile(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


def figures(place: Path) -> list[Figure]:
    """Every figure of the pages."""
    web = Web(furnish(place, CRITERIA))
    try:
        lan = Browser(web)
        grid = f"/giao-uoc/{web.office.pledge}/nhap"
        sheet = Sheet(lan, grid)
        taken = interleaved(
            {
                "ping": lambda: lan.get("/ping"),
                "open": lambda: lan.get(grid),
                "read": sheet.look,
                "row": sheet.save_row,
                "read again": sheet.look,
                "all": sheet.save_all,
            },
            ROUNDS,
        )
        weight = first_load(lan.fetch, grid)
    finally:
        web.end()
    ping = taken["ping"]
    return [
        Figure("pages.open_grid_40", taken["open"] / ping, 25, "pings"),
        Figure("pages.save_row", taken["row"] / ping, 25, "pings"),
        Figure("pages.save_all_40", taken["all"] / ping, 60, "pings"),
        Figure("pages.first_load", weight, FIRST_LOAD, "kB"),
    ]


class Sheet:
    """The grid as Lan last saw it: what a save must send along."""

    def __init__(self, lan: Browser, path: str) -> None:
        self.lan, self.path, self.count = lan, path, itertools.count(1)
        self.fields: dict[str, str] = {}

    def look(self) -> None:
        """Open the grid and remember the hidden versions."""
        _status, body = self.lan.get(self.path)
        self.fields = {
            name: value for name, value in FIELD.findall(body.decode()) if name.startswith("ver-")
        }

    def save_row(self) -> None:
        """Another number in one row, stored with its trail."""
        number, target = next(self.count), self.lan.office.targets[-1]
        status, said = self.lan.save_row(target, str(number), self.fields[f"ver-{target}"], number)
        if status != 200 or not said["applied"]:
            raise RuntimeError(f"row: {status} {said}")

    def save_all(self) -> None:
        """The whole sheet with another number in every row."""
        number = next(self.count)
        status, _body = self.lan.send(
            self.path,
            self.fields | {f"goal-{target}": str(number) for target in self.lan.office.targets},
        )
        if status != 303:
            raise RuntimeError(f"full save: {status}")

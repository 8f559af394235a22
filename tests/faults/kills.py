"""The web server is killed at a random moment of a save, or at a named crash point; then everything is compared."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.faults.invariants import broken
from tests.loopback import Browser, Office, Web

LONGEST = 0.25  # seconds of work before a kill at a random moment


@dataclass
class Row:
    """A line of the table that `make faults` prints."""

    fault: str
    count: int = 0
    broken: list[str] = field(default_factory=list)


class Clerk:
    """Lan saves one row after the other and remembers what the server acknowledged."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance, self.number = office, chance, 0
        self.said: dict[str, tuple[str, str]] = {}

    def work(self, web: Web, most: int) -> None:
        """Open the grid, save rows until the server dies or `most` were saved."""
        try:
            lan = Browser(web)
            page = lan.get(f"/giao-uoc/{self.office.pledge}/nhap")[1].decode()
            versions = dict(re.findall(r'name="ver-([^"]+)" value="([^"]*)"', page))
            self._settle(page)
            for _turn in range(most):
                self._save(lan, versions)
        except (OSError, HTTPException):
            return

    def _settle(self, page: str) -> None:
        """What was in flight when the server died is now either there or not: the page says which."""
        for target, known in self.said.items():
            shown = re.search(rf'name="goal-{target}"[^>]*value="([^"]*)"', page)
            found = shown.group(1).replace(".", "") if shown else ""
            self.said[target] = (found, found) if found in known else known

    def _save(self, lan: Browser, versions: dict[str, str]) -> None:
        target = self.chance.choice(self.office.targets)
        self.number += 1
        goal = str(self.number)
        self.said[target] = (self.said.get(target, ("", ""))[0], goal)
        status, said = lan.save_row(target, goal, versions[target], self.number)
        if status != 200:
            raise HTTPException(f"{status} {said}")
        versions[target] = said["ver"]
        self.said[target] = (goal, goal)


def at_random(office: Office, kills: int, chance: random.Random, *, every: int = 10) -> Row:
    """`kills` times: work for a random while, then SIGKILL; the invariants after every `every` kills."""
    row, clerk, web = Row("kill -9 while saving rows"), Clerk(office, chance), Web(office)
    try:
        for number in range(kills):
            working = threading.Thread(target=clerk.work, args=(web, 10_000))
            working.start()
            working.join(chance.uniform(0.01, LONGEST))
            web.end()
            working.join()
            row.count += 1
            if number % every == every - 1 or number == kills - 1:
                row.broken += broken(office, clerk.said)
            web.begin()
    finally:
        web.end()
    return row


def at_points(office: Office, chance: random.Random) -> Iterator[Row]:
    """Every crash point of a save: the server ends itself there, at the first row saved."""
    clerk = Clerk(office, chance)
    for point in ("before_commit", "after_commit"):
        row, web = Row(f"crash point {point}, saving a row"), Web(office, CRASHPOINT=point)
        try:
            number = clerk.number
            clerk.work(web, 10)
            row.count = clerk.number - number
            if row.count != 1:
                row.broken.append(f"the point was not reached: {row.count} saves")
        finally:
            web.end()
        row.broken += broken(office, clerk.said)
        yield row
        web = Web(office)
        clerk.work(web, 3)
        web.end()
        row.broken += broken(office, clerk.said)

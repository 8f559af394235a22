"""Two clerks of one commune in one sheet at the same moment: nothing of either is lost without a
word (I4).
"""

from __future__ import annotations

import random
import re
import threading

from tests.faults.flows import UNIT, Save
from tests.faults.invariants import broken
from tests.faults.kills import Row
from tests.loopback import Browser, Office, Web

TURNS = 100
CELLS = 3  # few, so that they meet often


class Clerk(threading.Thread):
    """One of them: saves, and when the row was changed meanwhile, reads the other's goal and
    decides again.
    """

    def __init__(self, web: Web, number: int) -> None:
        super().__init__()
        self.web, self.number, self.chance = web, number, random.Random(number)
        self.taken: list[tuple[str, str, str]] = []  # target, version it was based on, goal
        self.met, self.wrong = 0, list[str]()

    def run(self) -> None:
        """TURNS rows."""
        browser = Browser(self.web)
        page = browser.get(f"/giao-uoc/{self.web.office.pledge}/nhap")[1].decode()
        versions = dict(re.findall(r'name="ver-([^"]+)" value="([^"]*)"', page))
        for turn in range(1, TURNS + 1):
            target, goal = (
                self.chance.choice(self.web.office.targets[:CELLS]),
                f"{self.number}{turn:04d}",
            )
            status, said = browser.save_row(target, goal, versions[target], turn)
            if status == 200 and said["applied"]:
                self.taken.append((target, versions[target], goal))
            elif status == 409 and "values" in said:
                self.met += 1
            else:
                self.wrong.append(f"I4/I10 {status} {said}")
                return
            versions[target] = said["ver"]


def two_clerks(office: Office) -> Row:
    """Each version of a row was the base of one save at most, and the last save stands."""
    row, web, flow = Row("two clerks in one sheet"), Web(office), Save(office, random.Random(0))
    try:
        clerks = [Clerk(web, number) for number in (1, 2)]
        for clerk in clerks:
            clerk.start()
        for clerk in clerks:
            clerk.join()
    finally:
        web.end()
    row.count = sum(clerk.met for clerk in clerks)
    taken = [one for clerk in clerks for one in clerk.taken]
    bases = [(target, base) for target, base, _goal in taken]
    row.broken += [said for clerk in clerks for said in clerk.wrong]
    if len(set(bases)) != len(bases):
        row.broken.append("I4: two saves were built on the same version of a row")
    if not row.count:
        row.broken.append("the clerks never met")
    for target in {target for target, _base, _goal in taken}:
        goals = {int(goal) for one, _base, goal in taken if one == target}
        shown = flow.ask("SELECT goal FROM target WHERE pid = ?", target)[0]
        if shown // UNIT not in goals:
            row.broken.append(f"I4 {target}: {shown} was never saved")
    row.broken += broken(office)
    return row

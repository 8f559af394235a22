"""The web server is killed at a random moment, or ends itself at a named crash point; then
everything is compared.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.faults.flows import WEB_FLOWS, Flow, Refused, Upload
from tests.faults.invariants import broken
from tests.loopback import Office, Web

POINTS = ("before_commit", "after_commit")
FILE_POINTS = ("before_rename", "after_rename")  # only an upload writes files in the web server
STEPS = 12  # more than any flow needs until it comes past a point


@dataclass
class Row:
    """A line of the table that `make faults` prints."""

    fault: str
    count: int = 0
    broken: list[str] = field(default_factory=list)


def until_it_dies(flow: Flow, web: Web, row: Row, most: int) -> None:
    """Work until the server is gone or `most` steps are done; a refusal by a living server goes
    into the row.
    """
    try:
        flow.work(web, most)
    except (OSError, HTTPException, ValueError):  # ValueError: half an answer
        return
    except Refused as refusal:
        row.broken.append(str(refusal))


def at_random(
    office: Office, kills: int, chance: random.Random, *, every: int = 10
) -> Iterator[Row]:
    """Each flow `kills` times: work for a random while, then SIGKILL. What was acknowledged is
    compared after each kill, the rest of the invariants after every `every`.
    """
    for kind in WEB_FLOWS:
        row, flow, web = Row(f"kill -9, {kind.name}"), kind(office, chance), Web(office)
        try:
            for number in range(kills):
                working = threading.Thread(target=until_it_dies, args=(flow, web, row, 10_000))
                working.start()
                working.join(chance.uniform(0.01, kind.seconds))
                web.end()
                working.join()
                row.count += 1
                row.broken += flow.settle()
                if number % every == every - 1 or number == kills - 1:
                    row.broken += broken(office)
                web.begin()
            row.broken += goes_on(flow, web)
        finally:
            web.end()
        row.broken += flow.settle()
        row.fault += f" ({flow.steps} acknowledged)"
        yield row


def at_points(office: Office, chance: random.Random) -> Iterator[Row]:
    """Each flow, each point that it passes: the server ends itself there; started again, the
    flow goes on.
    """
    for kind in WEB_FLOWS:
        for point in POINTS + (FILE_POINTS if kind is Upload else ()):
            row, flow, web = (
                Row(f"crash point {point}, {kind.name}"),
                kind(office, chance),
                Web(office, CRASHPOINT=point),
            )
            try:
                until_it_dies(flow, web, row, STEPS)
                row.count = int(web.child.poll() is not None or not web.answers())
            finally:
                web.end()
            if not row.count:
                row.broken.append("the point was not reached")
            row.broken += [*flow.settle(), *broken(office)]
            web = Web(office)
            try:
                row.broken += goes_on(flow, web)
            finally:
                web.end()
            row.broken += [*flow.settle(), *broken(office)]
            yield row


def goes_on(flow: Flow, web: Web) -> list[str]:
    """I7: after the fault the next steps are taken."""
    row = Row("")
    before = flow.steps
    until_it_dies(flow, web, row, 3)
    return row.broken or (
        [] if flow.steps == before + 3 else [f"I7 {flow.name}: the server died again"]
    )

"""Print fault × count × invariants; exit code 1 when one does not hold. SEED chooses the
moments, KILLS how many.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from tests.faults import clerks, disk, kills, locked, rendering, slow, upkeep
from tests.faults.flows import WEB_FLOWS
from tests.faults.kills import Row
from tests.faults.office import furnished

SEED = int(os.environ.get("SEED", "2023"))
KILLS = int(os.environ.get("KILLS", "200"))
FLOWS = len(WEB_FLOWS) + 1  # and the worker's


def faults(place: Path, chance: random.Random) -> Iterator[Row]:
    """Every fault, one after the other: on one office as far as they leave it as it was."""
    (place / "office").mkdir()
    office = furnished(place / "office")
    yield from kills.at_points(office, chance)
    yield from rendering.at_points(office)
    yield from kills.at_random(office, KILLS // FLOWS, chance)
    yield rendering.at_random(office, KILLS - KILLS // FLOWS * (FLOWS - 1), chance)
    yield clerks.two_clerks(office)
    yield locked.locked(office)
    yield slow.slow_bodies(office)
    yield from upkeep.at_points(office, place)
    yield disk.full(place)


def main(place: Path) -> int:
    """Print each fault when it is over."""
    click.echo(f"SEED={SEED} KILLS={KILLS}")
    held = True
    for row in faults(place, random.Random(SEED)):
        click.echo(f"{row.fault:<56} {row.count:>5}  {'held' if not row.broken else 'BROKEN'}")
        for said in row.broken[:5]:
            click.echo(f"    {said}")
        held = held and not row.broken
    return 0 if held else 1


if __name__ == "__main__":
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # ends through every `finally`: no server stays behind
    with tempfile.TemporaryDirectory() as directory:
        sys.exit(main(Path(directory)))

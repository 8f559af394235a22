"""Print fault × count × invariants; exit code 1 when one does not hold. SEED chooses the moments."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

import click

from tests.faults import kills, locked
from tests.loopback import furnish

SEED = int(os.environ.get("SEED", "2023"))
KILLS = int(os.environ.get("KILLS", "200"))


def main(place: Path) -> int:
    """Every fault on one office, one after the other."""
    chance = random.Random(SEED)
    office = furnish(place, 20)
    click.echo(f"SEED={SEED}")
    rows = [*kills.at_points(office, chance), kills.at_random(office, KILLS, chance), locked.locked(office)]
    for row in rows:
        click.echo(f"{row.fault:<44} {row.count:>5}  {'held' if not row.broken else 'BROKEN'}")
        for said in row.broken[:5]:
            click.echo(f"    {said}")
    return 1 if any(row.broken for row in rows) else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        sys.exit(main(Path(directory)))

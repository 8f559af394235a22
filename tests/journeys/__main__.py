"""`make walks`: many long years at random. SEED=, STEPS= (of one walk), WALKS=; prints the figures,
and the steps of a walk that failed. PLANT= takes a guard away first, PLANT=all one after the other:
then a run that finds nothing is the failure.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from hypothesis import seed
from hypothesis.stateful import get_state_machine_test

from tests.cast import Cast
from tests.conftest import build_base
from tests.journeys.office import Office
from tests.journeys.opening import opened
from tests.journeys.plants import PLANTS
from tests.journeys.year import MILESTONES, Figures, settings_of, walks_of

SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
STEPS = int(os.environ.get("STEPS") or 100)
WALKS = int(os.environ.get("WALKS") or 40)


def offices(base: tuple[str, Cast], folder: Path) -> Callable[[], Office]:
    """Each call opens another office."""
    numbers = count()

    def open_one() -> Office:
        place = folder / f"walk-{next(numbers)}"
        place.mkdir()
        return opened(base, place)

    return open_one


def walk(open_office: Callable[[], Office], milestones: Sequence[int]) -> tuple[str, Figures]:
    """(what does not hold, or "" where everything does; how far it went)."""
    figures = Figures()
    walks = walks_of(open_office, figures, milestones)
    test = get_state_machine_test(walks, settings=settings_of(WALKS, STEPS))
    try:
        seed(SEED)(test)()
    except AssertionError:
        return traceback.format_exc(), figures
    return "", figures


def plain(open_office: Callable[[], Office]) -> bool:
    """A run with every guard in its place; whether everything held."""
    wrong, figures = walk(open_office, MILESTONES)
    print(wrong or "everything held")
    print(figures)
    return not wrong


def planted(open_office: Callable[[], Office], names: Sequence[str]) -> bool:
    """A run without each of these guards; whether every one was missed."""
    found = {}
    for name in names:
        begins_at, take_away = PLANTS[name]
        with take_away():
            wrong, figures = walk(open_office, [begins_at])
        found[name] = bool(wrong)
        print(f"{'found' if wrong else 'NOT FOUND'}: {name} ({figures.walks} walks)")
    return all(found.values())


def main() -> int:
    """Walk; 1 when something does not hold, or a guard is not missed."""
    began = time.monotonic()
    plant = os.environ.get("PLANT", "")
    with tempfile.TemporaryDirectory(prefix="pledge-walks-") as place:
        base = Path(place) / "base"
        base.mkdir()
        open_office = offices(build_base(base), Path(place))
        if plant:
            held = planted(open_office, list(PLANTS) if plant == "all" else [plant])
        else:
            held = plain(open_office)
    print(f"SEED={SEED} STEPS={STEPS} WALKS={WALKS}, {time.monotonic() - began:.0f} s")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())

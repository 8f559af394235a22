"""A year at random: whoever does whatever whenever, nothing is lost and nobody does what is not
theirs.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.office import Office
from tests.journeys.plants import PLANTS
from tests.journeys.year import ACTS, Figures, settings_of, walks_of

SHORT = settings_of(walks=6, steps=30, same_every_time=True)
SEARCH = settings_of(walks=60, steps=30, same_every_time=True)


def test_a_year_at_random(open_office: Callable[[], Office]):
    figures = Figures()
    run_state_machine_as_test(walks_of(open_office, figures), settings=SHORT)
    assert figures.walks >= 6
    assert {"who may", "who may not", "too early or too late", "twice"} <= set(figures.steps)
    assert len(figures.acts) > len(ACTS) / 3, figures


@pytest.mark.parametrize("name", ["strangers see agreements", "one's own signature is vouched for"])
def test_a_guard_that_is_taken_away_is_missed(open_office: Callable[[], Office], name: str):
    begins_at, take_away = PLANTS[name]
    walks = walks_of(open_office, Figures(), [begins_at])
    with take_away(), pytest.raises(AssertionError):
        run_state_machine_as_test(walks, settings=SEARCH)

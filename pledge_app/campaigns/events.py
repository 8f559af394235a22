"""What the emulation year tells the rooms above it, and what it asks of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pledge_app.criteria.baselines import Reported
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.events import Arrow

if TYPE_CHECKING:
    from pledge_app.campaigns.assigned_figures import FigureChange


class ResultsGiven(Protocol):
    """Last year's results of some bodies were given or changed."""

    def __call__(
        self,
        year_id: int,
        body_ids: set[int],
        *,
        actor: Actor,
        at: datetime,
    ) -> None: ...


class FiguresAssigned(Protocol):
    """Assigned figures were given, corrected or taken back."""

    def __call__(
        self,
        year_id: int,
        changes: Sequence[FigureChange],
        *,
        actor: Actor,
        at: datetime,
    ) -> None: ...


RESULTS_GIVEN: Arrow[ResultsGiven] = Arrow("results given")
FIGURES_ASSIGNED: Arrow[FiguresAssigned] = Arrow("figures assigned")
# The due day of a period's reports has changed: (period id).
REPORTS_DUE: Arrow[Callable[[int], None]] = Arrow("reports due")
# What bodies reported of a year, by body id and indicator id: (body ids, year).
BASELINES: Arrow[Callable[[Collection[int], int], dict[int, dict[int, Reported]]]] = Arrow(
    "baselines"
)
# The criteria sets that the pledges of a year use: (year id).
SETS_PLEDGED: Arrow[Callable[[int], set[int]]] = Arrow("sets pledged")
# The bodies whose figures are fixed by a signed paper: (year id).
SIGNED_BODIES: Arrow[Callable[[int], set[int]]] = Arrow("signed bodies")
# The periods of a year on which reports hang: (year id).
PERIODS_REPORTED: Arrow[Callable[[int], set[int]]] = Arrow("periods reported")

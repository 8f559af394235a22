"""Guards taken away on purpose: a walk that does not find each of them would find nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from sqlalchemy import true

from pledge_app.agreements import policy as agreement_policy
from pledge_app.agreements import queries as agreement_queries
from pledge_app.kernel import events
from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.pledges import policy as pledge_policy
from pledge_app.pledges import views as pledge_views
from pledge_app.pledges.states import PLEDGE_LIFE
from pledge_app.progress.states import REPORT_LIFE
from pledge_app.signing.states import Vouched


@contextmanager
def _instead(owner: Any, name: str, value: Any) -> Iterator[None]:
    """`name` of `owner` is `value`, until the walk is over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, value)
        yield


@contextmanager
def _open_to_all(life: Lifecycle, move: str) -> Iterator[None]:
    """Everybody may make the move."""
    with pytest.MonkeyPatch.context() as patch:
        everybody = replace(life.moves[move], who=lambda _actor, _subject: True)
        patch.setitem(life.moves, move, everybody)
        yield


class Plant(NamedTuple):
    """A guard that is taken away, and after how many steps of the main line it is missed."""

    begins_at: int
    take_away: Callable[[], AbstractContextManager[None]]


PLANTS: dict[str, Plant] = {
    "who typed signs off": Plant(
        0, lambda: _instead(pledge_policy, "typed", lambda _actor, _row: False)
    ),
    "anybody recalls a pledge": Plant(9, lambda: _open_to_all(PLEDGE_LIFE, "recall")),
    "an old page will do": Plant(
        9, lambda: _instead(pledge_views, "_same", lambda _row, _form: None)
    ),
    "any member leads": Plant(
        19,
        lambda: _instead(
            agreement_policy, "leads_cluster", lambda actor, _cluster: bool(actor.bodies)
        ),
    ),
    "strangers see agreements": Plant(
        21, lambda: _instead(agreement_queries, "visible_to", lambda _actor: true())
    ),
    "one's own signature is vouched for": Plant(
        24,
        lambda: _instead(
            events.VOUCHES, "listener", lambda _step, _first, _actor: Vouched.OTHER_BODY
        ),
    ),
    "a dispute changes nothing": Plant(
        27, lambda: _instead(events.ROUND_UNMARKED, "listener", lambda _round, *, at: None)
    ),
    "anybody confirms a report": Plant(36, lambda: _open_to_all(REPORT_LIFE, "confirm")),
}

"""What a leader reads before signing off: every goal, what was asked, what changed, what is
lower and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pledge_app.criteria.kinds import Direction
from pledge_app.criteria.words import measure_words
from pledge_app.pledges.models import AdditionRequest, Pledge, Target
from pledge_app.pledges.rules import needs_reason
from pledge_app.pledges.sent import Difference
from pledge_app.pledges.sheet import is_lower
from pledge_app.pledges.snapshot import grouped


@dataclass(frozen=True)
class Line:
    """One target. `difference` is from last year's actual, `change` that in per cent, None where
    it cannot be said.
    """

    pid: str
    code: str
    name: str
    measure: str
    is_yes_no: bool
    less_is_worse: bool
    baseline: Decimal | None
    assigned: Decimal | None
    goal: Decimal | None
    difference: Decimal | None
    change: Decimal | None
    is_below_assigned: bool
    is_below_last: bool
    is_new: bool
    reason: str
    changed: list[Difference]


@dataclass(frozen=True)
class LineGroup:
    """A group of the criteria set with its targets; code and name are "" outside the groups."""

    code: str
    name: str
    rows: list[Line]


@dataclass(frozen=True)
class Summary:
    """The page of the leader: no target is left out."""

    groups: list[LineGroup]
    asked: list[AdditionRequest]  # by the level above, in the round that is being answered
    other_changes: list[Difference]  # outside the targets

    @property
    def rows(self) -> list[Line]:
        """Every target, in the order of the set."""
        return [row for group in self.groups for row in group.rows]

    @property
    def lower(self) -> list[Line]:
        """The targets that are worse than assigned."""
        return [row for row in self.rows if row.is_below_assigned]

    @property
    def changed(self) -> list[Line]:
        """The targets that were changed since the last signature."""
        return [row for row in self.rows if row.changed]


def summary_of(
    pledge: Pledge,
    last_indicators: frozenset[int],
    since: Sequence[Difference] = (),
) -> Summary:
    """`last_indicators`: indicators of last year's pledge; empty when there was none, then nothing
    is "new". `since`: what changed since the last signature.
    """
    by_criterion: dict[str, list[Difference]] = {}
    for change in since:
        by_criterion.setdefault(change.criterion, []).append(change)
    groups = [
        LineGroup(
            code,
            name,
            [
                _line(
                    target,
                    last_indicators,
                    by_criterion,
                )
                for target in targets
            ],
        )
        for code, name, targets in grouped(pledge)
    ]
    newest = max((row.round for row in pledge.requests), default=0)
    asked = [row for row in pledge.requests if row.round == newest == pledge.round]
    return Summary(
        groups,
        asked,
        by_criterion.get("", []),
    )


def _line(
    target: Target,
    last_indicators: frozenset[int],
    changes: dict[str, list[Difference]],
) -> Line:
    goal = target.goal
    before = target.baseline
    criterion = target.criterion
    difference, change = _moved(goal, before)
    return Line(
        pid=target.pid,
        code=criterion.code,
        name=criterion.name,
        measure=measure_words(criterion),
        is_yes_no=criterion.is_yes_no,
        less_is_worse=criterion.direction not in (Direction.LOWER, Direction.KEEP_ZERO),
        baseline=before,
        assigned=target.assigned,
        goal=goal,
        difference=difference,
        change=change,
        is_below_assigned=is_lower(target),
        is_below_last=needs_reason(
            goal,
            before,
            criterion.direction,
        ),
        is_new=bool(last_indicators) and criterion.indicator_id not in last_indicators,
        reason=target.reason_lower,
        changed=changes.get(criterion.pid, []),
    )


def _moved(
    goal: Decimal | None,
    reference: Decimal | None,
) -> tuple[Decimal | None, Decimal | None]:
    """Goal − reference, and that in per cent of the reference with one decimal; None where it
    cannot be said.
    """
    if goal is None or reference is None:
        return None, None
    difference = goal - reference
    if not reference:
        return difference, None
    return difference, (difference * 100 / abs(reference)).quantize(Decimal("0.1"), ROUND_HALF_UP)

"""What a target must fulfil, how ambitious it is, and what changed since the reviewer last
looked. Pure.

Sentences are the caller's: rules give codes. Figures are exact Decimals; None is blank, which is
not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from pledge_app.criteria.kinds import Cadence, Direction, ValueKind, is_as_good, is_worse

Blank = Decimal | None
HUNDRED = Decimal(100)
SHARE = Decimal("0.01")  # a share of rows is written 66,67


class RowState(StrEnum):
    """The state of one counted row, such as a hamlet. Stored."""

    REACHED = "reached"  # đạt
    NEARLY = "nearly"  # cơ bản đạt
    NOT_REACHED = "not_reached"  # chưa đạt


GOOD_STATES = frozenset({RowState.REACHED, RowState.NEARLY})


def good_states(*, nearly_counts: bool) -> frozenset[RowState]:
    """The states of a counted row that count, as its criterion says."""
    return GOOD_STATES if nearly_counts else frozenset({RowState.REACHED})


class Fault(StrEnum):
    """What is wrong with a target."""

    GOAL_MISSING = "goal_missing"
    GOAL_NEGATIVE = "goal_negative"
    GOAL_NOT_ZERO = "goal_not_zero"  # direction keep_zero
    GOAL_NOT_YES_NO = "goal_not_yes_no"  # neither 0 nor 1
    REASON_MISSING = "reason_missing"  # worse than assigned, and no reason given
    SPLIT_INCOMPLETE = "split_incomplete"  # some periods of a cumulative target are blank
    SPLIT_NEGATIVE = "split_negative"
    SPLIT_SUM = "split_sum"  # the periods do not add up to the goal
    SPLIT_END = "split_end"  # the last period given is not the goal
    ROWS_BLANK = "rows_blank"  # a row without a state
    ROWS_GOAL = "rows_goal"  # the goal is not the percentage of the rows


@dataclass(frozen=True)
class TargetFault:
    """One fault; `field` is "goal", "reason", "split" or "rows".

    `place`: which figure of the split, from 0.
    """

    fault: Fault
    field: str
    expected: Blank = None
    found: Blank = None
    place: int = 0


@dataclass(frozen=True)
class TargetPlain:
    """One target of a pledge. `rows` are the goals of its counted rows; `good`: the states of them
    that count.
    """

    direction: Direction
    cadence: Cadence
    kind: ValueKind = ValueKind.NUMBER
    goal: Blank = None
    assigned: Blank = None
    reason: str = ""
    split: tuple[Blank, ...] = ()
    rows: tuple[RowState | None, ...] = ()
    good: frozenset[RowState] = GOOD_STATES


@dataclass(frozen=True)
class Counted:
    """How many rows are in a good state. `percent` has two decimals; None where there are no
    rows.
    """

    total: int
    good: int
    blank: int
    percent: Blank


def count_rows(
    rows: Sequence[RowState | None],
    good: Collection[RowState] = GOOD_STATES,
) -> Counted:
    """ "100 % số xóm đạt hoặc cơ bản đạt": rows in one of the `good` states; a blank row is not
    good.
    """
    n = sum(row in good for row in rows if row is not None)
    percent = (HUNDRED * n / len(rows)).quantize(SHARE, ROUND_HALF_UP) if rows else None
    return Counted(
        total=len(rows),
        good=n,
        blank=sum(row is None for row in rows),
        percent=percent,
    )


def check_target(target: TargetPlain) -> list[TargetFault]:
    """Everything that keeps the target from being sent; [] = in order."""
    faults = _check_rows(target) if target.kind is ValueKind.COUNTED_ROWS else []
    goal = target.goal
    if goal is None:
        no_rows = target.kind is ValueKind.COUNTED_ROWS and not target.rows
        return faults if no_rows else [*faults, TargetFault(Fault.GOAL_MISSING, "goal")]
    return [*faults, *_check_goal(target, goal), *_check_split(target, goal)]


def _check_goal(target: TargetPlain, goal: Decimal) -> list[TargetFault]:
    if goal < 0:
        return [
            TargetFault(
                Fault.GOAL_NEGATIVE,
                "goal",
                found=goal,
            )
        ]
    if target.direction is Direction.KEEP_ZERO and goal != 0:
        return [
            TargetFault(
                Fault.GOAL_NOT_ZERO,
                "goal",
                expected=Decimal(0),
                found=goal,
            )
        ]
    yes_no = target.kind is ValueKind.YES_NO or target.direction is Direction.YES_NO
    if yes_no and goal not in (0, 1):
        return [
            TargetFault(
                Fault.GOAL_NOT_YES_NO,
                "goal",
                found=goal,
            )
        ]
    if needs_reason(
        goal,
        target.assigned,
        target.direction,
    ) and not any(c.isalpha() for c in target.reason):
        return [
            TargetFault(
                Fault.REASON_MISSING,
                "reason",
                expected=target.assigned,
                found=goal,
            )
        ]
    return []


def needs_reason(goal: Blank, assigned: Blank, direction: Direction) -> bool:
    """Whether the goal is lower than assigned, in the direction's sense."""
    return goal is not None and assigned is not None and is_worse(goal, assigned, direction)


def _check_split(target: TargetPlain, goal: Decimal) -> list[TargetFault]:
    """The split is optional; once begun it must lead to the goal."""
    given = [(place, figure) for place, figure in enumerate(target.split) if figure is not None]
    if not given:
        return []
    faults = [
        TargetFault(
            Fault.SPLIT_NEGATIVE,
            "split",
            found=figure,
            place=place,
        )
        for place, figure in given
        if figure < 0
    ]
    last, end = given[-1]
    total = sum((figure for _place, figure in given), Decimal(0))
    if target.cadence is Cadence.STATE:
        if end != goal:
            faults.append(
                TargetFault(
                    Fault.SPLIT_END,
                    "split",
                    expected=goal,
                    found=end,
                    place=last,
                )
            )
    elif len(given) < len(target.split):
        first = target.split.index(None)
        faults.append(
            TargetFault(
                Fault.SPLIT_INCOMPLETE,
                "split",
                place=first,
            )
        )
    elif total != goal:
        faults.append(
            TargetFault(
                Fault.SPLIT_SUM,
                "split",
                expected=goal,
                found=total,
                place=last,
            )
        )
    return faults


def _check_rows(target: TargetPlain) -> list[TargetFault]:
    counted = count_rows(target.rows, target.good)
    faults = []
    if counted.blank:
        faults.append(
            TargetFault(
                Fault.ROWS_BLANK,
                "rows",
                found=Decimal(counted.blank),
            )
        )
    elif (
        target.goal is not None
        and counted.percent is not None
        and abs(counted.percent - target.goal) >= SHARE
    ):
        faults.append(
            TargetFault(
                Fault.ROWS_GOAL,
                "goal",
                expected=counted.percent,
                found=target.goal,
            )
        )
    return faults


class AmbitionFlag(StrEnum):
    """What the reviewer should look at before agreeing."""

    ALREADY_REACHED = "already_reached"  # last year's actual is already as good as the goal
    BELOW_LAST = "below_last"
    BELOW_ASSIGNED = "below_assigned"


@dataclass(frozen=True)
class Ambition:
    """Differences goal − reference, in the criterion's unit; None where either is blank."""

    vs_last: Blank
    vs_median: Blank
    vs_assigned: Blank
    median: Blank
    flags: tuple[AmbitionFlag, ...]


def median(figures: Sequence[Blank]) -> Blank:
    """Exact median of what is given; blanks are left out; None when nothing is."""
    given = sorted(f for f in figures if f is not None)
    if not given:
        return None
    middle = len(given) // 2
    return given[middle] if len(given) % 2 else (given[middle - 1] + given[middle]) / 2


def ambition(
    goal: Blank,
    last_year: Blank,
    assigned: Blank,
    peers: Sequence[Blank],
    direction: Direction,
    cadence: Cadence = Cadence.STATE,
    *,
    is_strict: bool = False,
) -> Ambition:
    """The goal against last year's actual, the cluster's median and the assigned figure.

    `peers` are the goals of the whole cluster, this one included. "Below" means worse in the
    direction's sense. A cumulative figure begins anew each year, and a kept zero is the goal
    itself: neither can be "already reached".
    """
    middle = median(peers)
    if goal is None:
        return Ambition(
            None,
            None,
            None,
            middle,
            (),
        )
    restarts = cadence is Cadence.CUMULATIVE or direction is Direction.KEEP_ZERO
    flags = []
    if not restarts and is_as_good(last_year, goal, direction, is_strict=is_strict):
        flags.append(AmbitionFlag.ALREADY_REACHED)
    for flag, reference in (
        (AmbitionFlag.BELOW_LAST, last_year),
        (AmbitionFlag.BELOW_ASSIGNED, assigned),
    ):
        if reference is not None and is_worse(
            goal,
            reference,
            direction,
        ):
            flags.append(flag)
    return Ambition(
        _minus(goal, last_year),
        _minus(goal, middle),
        _minus(goal, assigned),
        middle,
        tuple(flags),
    )


def _minus(goal: Decimal, reference: Blank) -> Blank:
    return None if reference is None else goal - reference

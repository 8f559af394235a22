"""What a leader reads before signing off: the figures that changed most, what is new, what is lower and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pledge_app.pledges.grid import is_lower
from pledge_app.pledges.models import Pledge, Target

MOST = 10


@dataclass(frozen=True)
class Line:
    """One target in the summary. `change` is per cent of last year's actual, None where that is 0."""

    pid: str
    code: str
    name: str
    measure: str
    is_yes_no: bool
    baseline: Decimal | None
    assigned: Decimal | None
    goal: Decimal | None
    difference: Decimal | None
    change: Decimal | None
    reason: str


@dataclass(frozen=True)
class Summary:
    """The page of the leader."""

    changed: list[Line]
    new: list[Line]
    lower: list[Line]
    unchanged: int
    beside_assigned: list[Line]  # where nothing is known of last year: the goals that go furthest beyond


def summary_of(pledge: Pledge, last_codes: frozenset[str]) -> Summary:
    """`last_codes`: criteria of last year's pledge; empty when there was none, then nothing is "new"."""
    lines = [_line(target) for target in pledge.targets]
    moved = sorted((line for line in lines if line.difference), key=_weight, reverse=True)
    known = any(line.baseline is not None for line in lines)
    beside = [_against_assigned(line) for line in lines]
    beyond = sorted((line for line in beside if line.difference is not None), key=_weight, reverse=True)
    new = [line for line in lines if last_codes and line.code not in last_codes]
    return Summary(
        changed=moved[:MOST], new=new,
        lower=[_line(target) for target in pledge.targets if is_lower(target)],
        unchanged=sum(line.difference == 0 for line in lines),
        beside_assigned=[] if known else beyond[:MOST])


def _moved(goal: Decimal | None, reference: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Goal − reference, and that in per cent of the reference with one decimal; None where it cannot be said."""
    if goal is None or reference is None:
        return None, None
    share = ((goal - reference) * 100 / abs(reference)).quantize(Decimal("0.1"), ROUND_HALF_UP) if reference else None
    return goal - reference, share


def _against_assigned(line: Line) -> Line:
    difference, change = _moved(line.goal, line.assigned)
    return replace(line, difference=difference, change=change)


def _weight(line: Line) -> tuple[bool, Decimal, Decimal]:
    """From nothing to something comes first, then by per cent."""
    return line.change is None, abs(line.change or Decimal(0)), abs(line.difference or Decimal(0))


def _line(target: Target) -> Line:
    goal, before, criterion = target.goal, target.baseline, target.criterion
    difference, change = _moved(goal, before)
    return Line(target.pid, criterion.code, criterion.name, criterion.unit_of_measure, criterion.is_yes_no, before,
                target.assigned, goal, difference, change, target.reason_lower)

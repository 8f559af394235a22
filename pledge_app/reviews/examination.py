"""One pledge as the level above examines it: what was sent, beside the goals of the cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pledge_app.criteria.kinds import Direction
from pledge_app.criteria.words import BASELINE_WORDS, item_word, measure_words
from pledge_app.pledges import assigned as assigned_figures
from pledge_app.pledges import sent
from pledge_app.pledges.goal_cells import cell_name, periods_of
from pledge_app.pledges.models import AdditionRequest, Pledge, Target
from pledge_app.pledges.rules import Ambition, ambition
from pledge_app.pledges.snapshot import SentContent, SentTarget, grouped


@dataclass(frozen=True)
class Examined:
    """One target as it was sent, with its ambition check, what changed since it was sent back,
    what was asked.
    """

    pid: str
    group: str  # "II. Xây dựng nông thôn mới"
    code: str
    name: str
    measure: str
    less_is_worse: bool
    is_yes_no: bool
    goal: Decimal | None
    split: list[tuple[str, Decimal | None]]  # the goal of each period, under its name
    baseline: Decimal | None
    baseline_from: str  # where it comes from, to read
    assigned: Decimal | None
    assigned_was: str  # when it was sent, to read; "" where it is still the same
    check: Ambition
    measures: str
    reason_lower: str
    counted: str
    changed: list[sent.Difference]
    requests: list[AdditionRequest]
    was_asked: bool  # in the round that was sent back

    @property
    def is_news(self) -> bool:
        """What a reviewer looks at after a resend: changed, or asked about and left as it was."""
        return bool(self.changed) or self.was_asked


def examine(
    pledge: Pledge,
    content: SentContent,
    differences: Sequence[sent.Difference],
) -> list[Examined]:
    """The targets of what was sent beside the goals of the whole cluster."""
    peers: dict[str, list[Decimal | None]] = {}
    criteria = sent.criteria_of_pledge(pledge)
    for other in sent.contents_in(pledge.cluster_id, criteria).values():
        for criterion_pid, goal in sent.goals_of(other).items():
            peers.setdefault(criterion_pid, []).append(goal)
    base = sent.asked_before(pledge)
    rows = {row["id"]: row for row in content["targets"]}
    sent_with = assigned_figures.figures_at_sending(pledge)
    return [
        _examined(
            group,
            target,
            rows[target.criterion.pid],
            peers.get(target.criterion.pid, []),
            differences,
            [row for row in pledge.requests if row.target_id == target.id],
            base,
            sent_with,
        )
        for group, targets in _groups(pledge)
        for target in targets
        if target.criterion.pid in rows
    ]


def _groups(pledge: Pledge) -> list[tuple[str, list[Target]]]:
    return [
        (f"{code}. {name}" if code else name, targets) for code, name, targets in grouped(pledge)
    ]


def _examined(
    group: str,
    target: Target,
    row: SentTarget,
    peers: Sequence[Decimal | None],
    differences: Sequence[sent.Difference],
    requests: list[AdditionRequest],
    base: int | None,
    sent_with: Mapping[str, Decimal | None],
) -> Examined:
    criterion, goal = target.criterion, sent.figure(row["goal"])
    items = item_word(criterion, (item["name"] for item in row["hamlets"]))
    return Examined(
        pid=target.pid,
        group=group,
        code=criterion.code,
        name=criterion.name,
        measure=measure_words(criterion),
        goal=goal,
        is_yes_no=criterion.is_yes_no,
        less_is_worse=criterion.direction not in (Direction.LOWER, Direction.KEEP_ZERO),
        split=[
            (str(period.heading), sent.goal_in(row, cell_name(period)))
            for period in periods_of(target)
        ],
        baseline=target.baseline,
        baseline_from=str(BASELINE_WORDS.get(target.baseline_source, "")),
        assigned=target.assigned,
        assigned_was=assigned_figures.words(criterion, sent_with[criterion.pid])
        if criterion.pid in sent_with
        else "",
        check=ambition(
            goal,
            target.baseline,
            target.assigned,
            peers,
            criterion.direction,
            criterion.cadence,
            is_strict=criterion.is_strict,
        ),
        measures=row["measures"],
        reason_lower=row["reason_lower"],
        counted=sent.counted(row["hamlets"], items),
        changed=[change for change in differences if change.criterion == criterion.pid],
        requests=requests,
        was_asked=base is not None and any(request.round == base for request in requests),
    )

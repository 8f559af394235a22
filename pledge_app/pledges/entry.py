"""What a clerk enters: the start of a pledge, its rows, counted items, campaigns, titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.criteria.kinds import ValueKind
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.kernel.numbers import format_number
from pledge_app.kernel.versions import check_version, overtaken
from pledge_app.pledges.goal_cells import by_cell, periods_of
from pledge_app.pledges.models import CellRevision, Pledge, Target, TitleRegistration
from pledge_app.pledges.rules import RowState, count_rows, good_states
from pledge_app.pledges.states import PledgeState

ENTERING = {PledgeState.DRAFT, PledgeState.RETURNED}
KEPT_REVISIONS = 20


# The state, and the id of the period by whose end it is reached.
ItemGoal = tuple[RowState | None, int | None]


@dataclass(frozen=True)
class RowChange:
    """What an entry changes: columns of the row, goals by period id, counted rows by their id."""

    columns: Mapping[str, Decimal | str | None]
    split: Mapping[int, Decimal | None]
    items: Mapping[int, ItemGoal]

    @property
    def is_empty(self) -> bool:
        """Everything is stored already."""
        return not (self.columns or self.split or self.items)


@dataclass(frozen=True)
class RowEntry:
    """One row as typed and understood. None is blank, which is not zero.

    `split`: goals of periods by period id. `items`: goals of the counted rows by TargetItem id;
    the goal of such a row follows from them.
    """

    goal: Decimal | None
    split: Mapping[int, Decimal] = field(default_factory=dict)
    reason_lower: str = ""
    measures: str = ""
    items: Mapping[int, ItemGoal] = field(default_factory=dict)


def save_row(
    target: Target,
    entry: RowEntry,
    *,
    version: int,
    actor: Actor,
    at: datetime,
    tab: str = "",
    seq: int = 0,
) -> bool:
    """Save one row of the grid. A draft revision, not an event of the trail.

    False: this tab already sent something newer (or exactly this), nothing was written. Raises
    Conflict when the pledge is no longer being entered, or when somebody else saved the row after
    `version`. What is already stored is never a conflict: an answer that got lost may be asked for
    again.
    """
    _typist(target.pledge, actor)
    change = _change(target, entry)
    if tab and seq <= _newest_seq(target, tab):
        return False
    if change.is_empty and (not tab or target.pledge.state not in ENTERING):
        return True
    may_enter(target.pledge, actor)
    if change.is_empty:
        # Remembered all the same: an older text still on its way cannot land after this one.
        _revise(
            target,
            entry,
            actor=actor,
            at=at,
            tab=tab,
            seq=seq,
        )
        return True
    if target.version != version and not _last_written_by(target, tab):
        raise overtaken()
    for name, value in change.columns.items():
        setattr(target, name, value)
    for period_id, goal in change.split.items():
        target.put_goal(period_id, goal)
    _set_items(target, change.items)
    flag_modified(target, "position")  # the row's version counts goals and items too
    _revise(
        target,
        entry,
        actor=actor,
        at=at,
        tab=tab,
        seq=seq,
    )
    wrote(target.pledge, actor)
    db.session.flush()
    return True


def changes_row(target: Target, entry: RowEntry) -> bool:
    """Whether saving `entry` would change the row."""
    return not _change(target, entry).is_empty


def _change(target: Target, entry: RowEntry) -> RowChange:
    after: dict[str, Decimal | str | None] = {
        "reason_lower": entry.reason_lower,
        "measures": entry.measures,
    }
    if not is_counted(target):
        after["goal"] = entry.goal
    split = target.split
    items = _item_goals(target)
    return RowChange(
        columns={name: value for name, value in after.items() if getattr(target, name) != value},
        split={
            period_id: entry.split.get(period_id)
            for period_id in sorted(split.keys() | entry.split.keys())
            if entry.split.get(period_id) != split.get(period_id)
        },
        items={
            key: goal for key, goal in entry.items.items() if key in items and items[key] != goal
        },
    )


def _item_goals(target: Target) -> dict[int, ItemGoal]:
    """The goals of the counted rows as they are stored."""
    return {row.id: (row.state, row.period_id) for row in target.items}


def is_counted(target: Target) -> bool:
    """The goal is the percentage of counted rows. Without rows it is typed like any other."""
    return target.criterion.kind is ValueKind.COUNTED_ROWS and bool(target.items)


def share_of(target: Target, states: Sequence[RowState | None]) -> Decimal | None:
    """Per cent of the counted rows in a state that counts for the target's criterion."""
    good = good_states(nearly_counts=target.criterion.nearly_counts)
    return count_rows(states, good).percent


def _set_items(target: Target, states: Mapping[int, ItemGoal]) -> None:
    if not states:
        return
    for row in target.items:
        if row.id in states:
            row.state, row.period_id = states[row.id]
    given = any(row.state for row in target.items)
    target.goal = share_of(target, [row.state for row in target.items]) if given else None


def save_items(
    target: Target,
    states: Mapping[int, ItemGoal],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """The counted rows by TargetItem id; the goal follows as their percentage."""
    save_row(
        target,
        entry_of(target, items=states),
        version=target.version,
        actor=actor,
        at=at,
    )


def entry_of(target: Target, *, items: Mapping[int, ItemGoal] | None = None) -> RowEntry:
    """The row as it is stored, in the shape in which it is typed; `items` replaces its counted
    rows.
    """
    return RowEntry(
        goal=target.goal,
        split=target.split,
        reason_lower=target.reason_lower,
        measures=target.measures,
        items=_item_goals(target) if items is None else items,
    )


def save_plan(
    pledge: Pledge,
    *,
    joins: Mapping[int, tuple[bool, str]],
    titles: Sequence[tuple[str, str]],
    resolution: str,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Campaigns (by id: joins, objective), titles (title, holder), the resolution behind the
    goals.
    """
    may_enter(pledge, actor)
    check_version(pledge.version_id, version)
    for row in pledge.campaigns:
        if row.campaign_id in joins:
            row.joins, row.objective = joins[row.campaign_id]
    pledge.titles = [
        TitleRegistration(
            position=position,
            title=title,
            holder=holder,
        )
        for position, (title, holder) in enumerate(titles, 1)
    ]
    pledge.resolution = resolution
    wrote(pledge, actor)
    db.session.flush()


def may_enter(pledge: Pledge, actor: Actor) -> Pledge:
    """The pledge if `actor` may type into it now; Forbidden or Conflict otherwise."""
    _typist(pledge, actor)
    if pledge.state not in ENTERING:
        raise Conflict(
            _(
                "Bản đăng ký đã trình hoặc đã gửi nên không nhập thêm được. Phần bạn vừa nhập chưa "
                "ghi vào bản đăng ký nhưng đã được giữ lại trong “Nội dung đã giữ lại”."
            )
        )
    return pledge


def _typist(pledge: Pledge, actor: Actor) -> None:
    if not pledge.LIFE.moves["submit_to_leader"].who(actor, pledge):
        raise Forbidden(_("Chỉ người của đơn vị lập bản đăng ký được nhập."))


def wrote(pledge: Pledge, actor: Actor) -> None:
    """Remember who typed: the author never agrees to their own."""
    if actor.user_id is not None and actor.user_id not in pledge.author_ids:
        pledge.author_ids = [*pledge.author_ids, actor.user_id]


def last_by(target: Target, actor: Actor) -> bool:
    """Whether the newest content of the row is the actor's own, from another tab."""
    newest = db.session.scalar(
        select(CellRevision.user_name)
        .where(CellRevision.target_id == target.id)
        .order_by(CellRevision.id.desc())
        .limit(1)
    )
    return newest == actor.name


def _newest_seq(target: Target, tab: str) -> int:
    return (
        db.session.scalar(
            select(CellRevision.seq)
            .where(CellRevision.target_id == target.id, CellRevision.tab == tab)
            .order_by(CellRevision.seq.desc())
            .limit(1)
        )
        or 0
    )


def _last_written_by(target: Target, tab: str) -> bool:
    """The newest revision came from this very tab: its answer was lost, or is still on its way."""
    newest = db.session.scalar(
        select(CellRevision.tab)
        .where(CellRevision.target_id == target.id)
        .order_by(CellRevision.id.desc())
        .limit(1)
    )
    return bool(tab) and newest == tab


def _revise(
    target: Target,
    entry: RowEntry,
    *,
    actor: Actor,
    at: datetime,
    tab: str,
    seq: int,
) -> None:
    """Keep what was written, the last KEPT_REVISIONS times."""
    figures = by_cell(
        periods_of(target),
        target.goal,
        entry.split,
    )
    values = {
        **{name: format_number(value) for name, value in figures.items()},
        "reason_lower": entry.reason_lower,
        "measures": entry.measures,
        "hamlets": [row.state.value if row.state else "" for row in target.items],
    }
    db.session.add(
        CellRevision(
            target_id=target.id,
            tab=tab,
            seq=seq,
            values=values,
            user_name=actor.name,
            at=at,
        )
    )
    db.session.flush()
    kept = (
        select(CellRevision.id)
        .where(CellRevision.target_id == target.id)
        .order_by(CellRevision.id.desc())
        .limit(KEPT_REVISIONS)
    )
    db.session.execute(
        delete(CellRevision).where(
            CellRevision.target_id == target.id,
            CellRevision.id.not_in(kept.scalar_subquery()),
        )
    )

"""Việc của tôi: what must I do now, by when. Each room asks its own questions; a fixed, small
number of statements for every role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from pledge_app.campaigns.working_days import WorkCalendar
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.room import Task, rooms
from pledge_app.pledges import queries as pledge_queries
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState

SOON = 5  # working days


@dataclass(frozen=True)
class Timed:
    """A task and how near its deadline is: "late", "soon" or "wait", as the badges of tasks."""

    task: Task
    tone: str


def tasks(actor: Actor, *, today: date) -> list[Task]:
    """Everything the actor must do, the most urgent first."""
    every: list[Task] = []
    for room in rooms().all:
        for ask in room.tasks:
            every += ask(actor, today)
    return sorted(every, key=_urgency)


def _urgency(task: Task) -> tuple[bool, date, str, str]:
    return task.due is None, task.due or date.max, task.title, task.detail


def tone(left: int | None) -> str:
    """How a deadline is shown of which so many working days are left; None: there is none."""
    if left is None:
        return "wait"
    if left < 0:
        return "late"
    return "soon" if left <= SOON else "wait"


def timed(listed: Iterable[Task], *, today: date, calendar: WorkCalendar) -> list[Timed]:
    """The tasks with their tones."""
    timed_tasks: list[Timed] = []
    for task in listed:
        left = None if task.due is None else calendar.days_left(today, task.due)
        timed_tasks.append(Timed(task, tone(left)))
    return timed_tasks


def counted(listed: Iterable[Timed]) -> Mapping[str, int]:
    """How many tasks are late, near, and in all."""
    tones = [row.tone for row in listed]
    return {
        "late": tones.count("late"),
        "soon": tones.count("soon"),
        "all": len(tones),
    }


def numbers(actor: Actor) -> list[tuple[str, int]]:
    """My numbers: how many pledges I see stand in each state, in the order of the states."""
    by_state = (
        select(Pledge.state, func.count())
        .join(Pledge.cluster)
        .where(pledge_queries.visible_to(actor))
        .group_by(Pledge.state)
    )
    counts = dict(db.session.execute(by_state).all())
    return [(state.value, counts[state]) for state in PledgeState if state in counts]

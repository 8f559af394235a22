"""What the new room registers: one of each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from pledge_app.audit.sentences import figure
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.room import Badge, ClockDuty, DueLine, JobKind, NavEntry, Room, Task
from pledge_app.orgs.models import Body
from tests.new_room import views


class Points:
    """What the jobs and duties of the new room did, for the test to look at."""

    def __init__(self) -> None:
        self.counted: list[int] = []
        self.given_up: list[str] = []
        self.days: list[datetime] = []
        self.is_failing = False

    def count(self, payload: dict[str, Any]) -> None:
        """The job: count the point of a body."""
        if self.is_failing:
            raise OSError("no paper")
        self.counted.append(payload["body"])

    def give_up(self, _payload: dict[str, Any], reason: str) -> None:
        """The job failed for the last time."""
        self.given_up.append(reason)

    def count_day(self, at: datetime) -> str:
        """The duty: once a day."""
        self.days.append(at)
        return "counted"


def _first_body(actor: Actor) -> Body:
    return db.session.get_one(Body, min(actor.bodies))


def to_give(actor: Actor, today: date) -> Iterable[Task]:
    """A task of every clerk."""
    if actor.has(Role.CLERK):
        body = _first_body(actor)
        page = url_for("points.show", pid=body.pid)
        yield Task("Tự chấm điểm", body.name, "Chấm điểm", page, today)


def coming(actor: Actor, today: date) -> Iterable[DueLine]:
    """What will be a task of every clerk."""
    if actor.has(Role.CLERK):
        yield DueLine("Họp bình xét", _first_body(actor).name, today, "/")


def owed(actor: Actor, today: date) -> Iterable[DueLine]:
    """What everybody owes a reviewer."""
    if actor.has(Role.REVIEWER):
        yield DueLine("Gửi bảng điểm", "UBND xã Ví Dụ", today, "/")


def is_seen(actor: Actor) -> bool:
    """Clerks find the room in the navigation."""
    return actor.has(Role.CLERK)


def new_room(points: Points) -> Room:
    """The room, with its jobs and duties noted in `points`."""
    return Room(
        name="points",
        blueprints=(views.bp,),
        views=(views,),
        sentences={"points.given": lambda d: f"cho {figure(d.get('n'))} điểm"},
        badges={"points": {"given": Badge(_l("Đã chấm điểm"), "check", "good")}},
        jobs=(JobKind("points.count", points.count, points.give_up),),
        duties=(ClockDuty("points", lambda at: str(at.date()), points.count_day),),
        tasks=(to_give,),
        coming=(coming,),
        owed=(owed,),
        navigation=(NavEntry(45, _l("Chấm điểm"), "points.index", "agreement", is_seen),),
        stands_under={"points": ("points.index",)},
        filters={"stars": lambda n: "★" * n},
        globals={"most_points": "tối đa 1.000 điểm"},
        context={"points_today": lambda: "hôm nay 0 điểm"},
        guides={"points": "nguoi-phu-trach#viec-cua-toi"},
    )

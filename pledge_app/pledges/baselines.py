"""Last year's results in the pledges of a year: at their start, and when results come or change
later.

A pledge that is not signed yet follows: the reviewer's flags and the leader's summary stand on the
result of now. A signed one keeps what it was signed with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.accounts.queries import user_ids_by_body
from pledge_app.audit.operations import record
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.queries import criteria_of
from pledge_app.campaigns.results import Place, results
from pledge_app.criteria.baselines import NOTHING, Baseline
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.notices.operations import notify
from pledge_app.pledges.assigned import FOLLOWS
from pledge_app.pledges.models import Pledge


def results_of(year: EmulationYear, body_ids: Iterable[int]) -> dict[Place, Baseline]:
    """The results that are used, by (body id, criterion id)."""
    used, _given, _reported = results(year, body_ids, criteria_of(year))
    return used


def follow(year_id: int, body_ids: set[int], *, actor: Actor, at: datetime) -> None:
    """Write the results of now into the begun pledges of bodies; record it, tell their clerks."""
    year = db.session.get_one(EmulationYear, year_id)
    pledges = db.session.scalars(
        select(Pledge)
        .where(
            Pledge.emulation_year_id == year_id,
            Pledge.body_id.in_(body_ids),
            Pledge.state.in_(FOLLOWS),
        )
        .options(joinedload(Pledge.body), selectinload(Pledge.targets))
        .order_by(Pledge.id)
    ).all()
    _rewrite(
        year,
        pledges,
        actor=actor,
        at=at,
    )


def follow_sets(set_ids: Collection[int], *, actor: Actor, at: datetime) -> None:
    """What rows of these sets measure was put right: the begun pledges that go by them follow."""
    years = db.session.scalars(
        select(EmulationYear)
        .where(EmulationYear.criteria_set_id.in_(set_ids))
        .order_by(EmulationYear.id)
    ).all()
    for year in years:
        body_ids = set(
            db.session.scalars(select(Pledge.body_id).where(Pledge.emulation_year_id == year.id))
        )
        follow(
            year.id,
            body_ids,
            actor=actor,
            at=at,
        )


def follow_report(pledge: Pledge, *, actor: Actor, at: datetime) -> None:
    """A report of `pledge` was confirmed: next year's pledge of the same body stands on it, if it
    is begun.
    """
    year = pledge.emulation_year
    following = db.session.scalars(
        select(Pledge)
        .join(EmulationYear)
        .where(
            Pledge.body_id == pledge.body_id,
            Pledge.state.in_(FOLLOWS),
            EmulationYear.year == year.year + 1,
            EmulationYear.line == year.line,
        )
    ).all()
    for one in following:
        _rewrite(
            one.emulation_year,
            [one],
            actor=actor,
            at=at,
        )


def _rewrite(year: EmulationYear, pledges: Sequence[Pledge], *, actor: Actor, at: datetime) -> None:
    used = results_of(year, [pledge.body_id for pledge in pledges])
    clerks = user_ids_by_body([pledge.body_id for pledge in pledges], (Role.CLERK,))
    for pledge in pledges:
        changed = 0
        for target in pledge.targets:
            now = used.get((pledge.body_id, target.criterion_id), NOTHING)
            if (target.baseline, target.baseline_source) == now:
                continue
            changed += target.baseline != now.value
            target.baseline, target.baseline_source = now
        if changed:
            record(
                "pledge.baselines_changed",
                pledge,
                actor=actor,
                at=at,
                unit_id=pledge.unit_id,
                figures=changed,
            )
            notify(
                clerks.get(pledge.body_id, []),
                _l(
                    "%(body)s: kết quả năm trước của %(n)s chỉ tiêu đã được cập nhật trong bản "
                    "đăng ký.",
                    body=pledge.body.name,
                    n=changed,
                ),
                "pledges.show",
                pledge.pid,
                at=at,
            )

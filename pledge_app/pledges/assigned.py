"""Assigned figures given, corrected or taken back after a pledge was begun: it follows, and its
people are told.

Until the agreement is signed the row of the sheet holds the figure that is assigned now. Nothing
typed changes: a goal that is lower now asks for its reason before the pledge can go on, and the
level above sees the new figure beside the goal that was sent. A signed pledge keeps the figures it
was signed with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.accounts.queries import user_ids_by_body
from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import record
from pledge_app.campaigns.assigned_figures import FigureChange
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import figure_words
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.notices.operations import notify
from pledge_app.pledges.events import REVIEW_PAGE
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.states import PledgeState
from pledge_app.web.language import kept_language

S = PledgeState
FOLLOWS = (S.DRAFT, S.RETURNED, S.WITH_LEADER, S.SENT, S.AGREED)
ABOVE = (S.SENT, S.AGREED)  # the level above has it: it is told too
READ_BY_OTHERS = (
    S.WITH_LEADER,
    *ABOVE,
)  # whoever has the page open must see the new figure before acting
MOST_NAMED = 5


def follow(year_id: int, changes: Sequence[FigureChange], *, actor: Actor, at: datetime) -> None:
    """Write the figures of now into the pledges of the year, record it and tell their people."""
    wanted = {(row.body_id, row.criterion_id): row for row in changes}
    found: dict[Pledge, list[tuple[Target, FigureChange]]] = defaultdict(list)
    for target in _targets(year_id, {row.criterion_id for row in changes}):
        change = wanted.get((target.pledge.body_id, target.criterion_id))
        if change is not None and target.assigned != change.after:
            found[target.pledge].append((target, change))
    clerks = user_ids_by_body([pledge.body_id for pledge in found], (Role.CLERK,))
    leaders = user_ids_by_body([pledge.body_id for pledge in found], (Role.LEADER,))
    reviewers = user_ids_by_body(
        [pledge.cluster.reviewer_body_id for pledge in found],
        (Role.REVIEWER,),
    )
    for pledge, rows in found.items():
        _write(
            pledge,
            rows,
            actor=actor,
            at=at,
        )
        with kept_language():
            what = _named(rows)
        sentence = _l(
            "%(body)s: chỉ tiêu giao thay đổi: %(what)s",
            body=pledge.body.name,
            what=what,
        )
        typists = {
            *clerks.get(pledge.body_id, []),
            *(pledge.author_ids if pledge.on_behalf else []),
        }
        notify(
            typists,
            sentence,
            "pledges.show",
            pledge.pid,
            at=at,
        )
        if pledge.state is S.WITH_LEADER:
            notify(
                leaders.get(pledge.body_id, []),
                sentence,
                "pledges.summary",
                pledge.pid,
                at=at,
            )
        if pledge.state in ABOVE:
            above = reviewers.get(pledge.cluster.reviewer_body_id, [])
            notify(
                above,
                sentence,
                REVIEW_PAGE(),
                pledge.pid,
                at=at,
            )


def signed_bodies(year_id: int) -> set[int]:
    """The bodies whose pledge of the year is signed: it keeps the figures it was signed with."""
    return set(
        db.session.scalars(
            select(Pledge.body_id).where(
                Pledge.emulation_year_id == year_id,
                Pledge.state.not_in(FOLLOWS),
            )
        )
    )


def figures_at_sending(pledge: Pledge) -> dict[str, Decimal | None]:
    """The assigned figures that have changed since the pledge was last sent, by public id of the
    criterion, as they were then.
    """
    if pledge.sent_at is None:
        return {}
    events = db.session.scalars(
        select(TrailEvent)
        .where(
            TrailEvent.subject_kind == Pledge.__tablename__,
            TrailEvent.subject_pid == pledge.pid,
            TrailEvent.verb == "pledge.assigned_changed",
            TrailEvent.at >= pledge.sent_at.replace(microsecond=0),
        )
        .order_by(TrailEvent.seq)
    )
    # The trail of earlier versions names a criterion by its code alone, unique in its set then.
    pids = {target.criterion.code: target.criterion.pid for target in pledge.targets}
    figures: dict[str, Decimal | None] = {}
    for event in events:
        for row in event.data["figures"]:
            before = None if row["before"] is None else Decimal(row["before"])
            figures.setdefault(row.get("criterion") or pids.get(row["code"], ""), before)
    return figures


def _targets(year_id: int, criterion_ids: Iterable[int]) -> Iterable[Target]:
    return db.session.scalars(
        select(Target)
        .join(Target.pledge)
        .where(
            Pledge.emulation_year_id == year_id,
            Pledge.state.in_(FOLLOWS),
            Target.criterion_id.in_(criterion_ids),
        )
        .options(
            joinedload(Target.pledge).joinedload(Pledge.body),
            joinedload(Target.pledge).joinedload(Pledge.cluster),
            joinedload(Target.criterion),
        )
        .order_by(Target.pledge_id, Target.position)
    )


def _write(
    pledge: Pledge,
    rows: list[tuple[Target, FigureChange]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    figures: list[dict[str, Decimal | str | None]] = []
    for target, change in rows:
        figures.append(
            {
                "criterion": target.criterion.pid,
                "code": target.criterion.code,
                "before": target.assigned,
                "after": change.after,
            }
        )
        target.assigned = change.after
    if pledge.state in READ_BY_OTHERS:
        flag_modified(pledge, "round")
    record(
        "pledge.assigned_changed",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        figures=figures,
    )


def _named(rows: list[tuple[Target, FigureChange]]) -> str:
    """ "1. Sản phẩm OCOP: 2 → 3; …": the first few, and how many more."""
    parts = [
        f"{_name(target.criterion)}: {_change(target.criterion, change)}"
        for target, change in rows[:MOST_NAMED]
    ]
    if len(rows) > MOST_NAMED:
        parts.append(_("và %(n)s chỉ tiêu khác", n=len(rows) - MOST_NAMED))
    return "; ".join(parts)


def _name(criterion: Criterion) -> str:
    return f"{criterion.code}. {criterion.name}"


def _change(criterion: Criterion, change: FigureChange) -> str:
    return f"{words(criterion, change.before)} → {words(criterion, change.after)}"


def words(criterion: Criterion, value: Decimal | None) -> str:
    """An assigned figure to read; where there is none, that."""
    return figure_words(value, criterion.is_yes_no) or _("không giao")

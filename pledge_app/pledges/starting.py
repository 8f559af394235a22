"""The start of a pledge: a copy of last year's, with the figures and the hamlets of today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.queries import assigned_to, criteria_of
from pledge_app.criteria.baselines import NOTHING
from pledge_app.criteria.items import items_of_units
from pledge_app.criteria.kinds import HAMLETS, Direction, ValueKind
from pledge_app.criteria.models import CountedItem, Criterion
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, check
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.orgs.queries import hamlets_of
from pledge_app.pledges import baselines, policy
from pledge_app.pledges.models import Pledge, PledgeCampaign, Target, TargetItem, TitleRegistration


def cluster_for(body: Body, year: EmulationYear) -> Cluster | None:
    """The cluster in which `body` takes part in that year and line."""
    return db.session.scalar(
        select(Cluster)
        .join(ClusterMembership)
        .where(
            ClusterMembership.body_id == body.id,
            Cluster.year == year.year,
            Cluster.line == year.line,
            Cluster.issuer_body_id == year.issuer_body_id,
        )
    )


def start_pledge(
    body: Body,
    year: EmulationYear,
    *,
    actor: Actor,
    at: datetime,
    today: date,
    on_behalf: bool = False,
) -> Pledge:
    """Begin a year's pledge as a copy of last year's, with the assigned figures and the hamlets
    of today.
    """
    cluster = cluster_for(body, year)
    check(
        cluster is not None,
        _("Cơ quan này chưa có tên trong cụm thi đua nào của năm %(year)s.", year=year.year),
    )
    assert cluster is not None
    starts = (
        policy.starts_on_behalf(actor, cluster) if on_behalf else policy.starts_for(actor, body)
    )
    if not starts:
        raise Forbidden(_("Chỉ người của cơ quan này được lập bản đăng ký. Dữ liệu chưa thay đổi."))
    _check_may_start(body, year, today)
    pledge = Pledge(
        unit_id=body.unit_id,
        body=body,
        emulation_year=year,
        cluster=cluster,
        on_behalf=on_behalf,
        author_ids=[actor.user_id] if actor.user_id is not None else [],
        is_illustrative=year.is_illustrative,
    )
    db.session.add(pledge)
    last = _last_year(body, year)
    _add_targets(pledge, last, today)
    old_objectives = {row.campaign.quarter: row.objective for row in last.campaigns} if last else {}
    pledge.campaigns = [
        PledgeCampaign(campaign=campaign, objective=old_objectives.get(campaign.quarter, ""))
        for campaign in year.campaigns
    ]
    pledge.titles = [
        TitleRegistration(
            position=row.position,
            title=row.title,
            holder=row.holder,
        )
        for row in (last.titles if last else [])
    ]
    db.session.flush()
    record(
        "pledge.started",
        pledge,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        year=year.year,
        on_behalf=on_behalf,
    )
    return pledge


def _check_may_start(body: Body, year: EmulationYear, today: date) -> None:
    check(
        year.criteria_set_id is not None,
        _("Năm thi đua này chưa chọn bộ tiêu chí. Hãy chờ cấp trên ban hành."),
    )
    check(
        body.exists_to is None or body.exists_to > today,
        _("Cơ quan này đã giải thể nên không lập bản đăng ký mới."),
    )
    same = select(Pledge.id).where(Pledge.emulation_year_id == year.id, Pledge.body_id == body.id)
    if db.session.scalar(same) is not None:
        raise Conflict(
            _(
                "Bản đăng ký năm %(year)s của cơ quan này đã có. Hãy mở bản đó để nhập tiếp.",
                year=year.year,
            )
        )


def _last_year(body: Body, year: EmulationYear) -> Pledge | None:
    return db.session.scalar(
        select(Pledge)
        .join(EmulationYear)
        .where(
            Pledge.body_id == body.id,
            EmulationYear.year == year.year - 1,
            EmulationYear.line == year.line,
        )
    )


def _add_targets(pledge: Pledge, last: Pledge | None, today: date) -> None:
    year = pledge.emulation_year
    assigned = assigned_to(year)
    results = baselines.results_of(year, [pledge.body_id])
    before = {row.criterion.indicator_id: row for row in last.targets} if last else {}
    hamlets = items_of_units(hamlets_of(pledge.body.unit_id, today))
    for criterion in criteria_of(year):
        if criterion.is_group:
            continue
        old = before.get(criterion.indicator_id)
        result = results.get((pledge.body_id, criterion.id), NOTHING)
        target = Target(
            criterion=criterion,
            position=criterion.position,
            assigned=assigned.get((pledge.body_id, criterion.id)),
            baseline=result.value,
            baseline_source=result.source,
            measures=old.measures if old else "",
        )
        target.items = _items(criterion, old, hamlets.values())
        if criterion.direction is Direction.KEEP_ZERO:
            target.goal = Decimal(0)
        pledge.targets.append(target)


def _items(
    criterion: Criterion,
    old: Target | None,
    hamlets: Iterable[CountedItem],
) -> list[TargetItem]:
    """What the criterion counts, without states: the hamlets of today, or the items of last
    year.
    """
    if criterion.kind is not ValueKind.COUNTED_ROWS:
        return []
    items = list(hamlets)
    if criterion.counts != HAMLETS:
        items = [row.item for row in old.items] if old is not None else []
    return [
        TargetItem(
            item=item,
            name=item.name,
            position=position,
        )
        for position, item in enumerate(items, 1)
        if item.kind == criterion.counts
    ]

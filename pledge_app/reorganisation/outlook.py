"""What an act would do, read before anything is written: bodies, offices, roles, clusters,
pledges, agreements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import or_, select

from pledge_app.accounts.models import RoleGrant
from pledge_app.agreements.models import Agreement, Party
from pledge_app.agreements.states import AgreementState
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs.models import (
    Body,
    Cluster,
    ClusterMembership,
    OfficeHolding,
    Unit,
    UnitName,
    UnitParent,
)
from pledge_app.orgs.queries import names_on, valid_on
from pledge_app.orgs.register import TYPE_WORDS, split_type_word
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reorganisation.models import Kind
from pledge_app.reorganisation.plan import Plan, following, lives_on, parent_of

BOUND = (PledgeState.AGREED, PledgeState.IN_FORCE, PledgeState.CLOSED)


@dataclass
class Outlook:
    """What becomes of everything. `problems` keep the act from being carried out."""

    names: dict[int, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # a body and the name of what follows it ("": nothing)
    bodies: list[tuple[Body, str]] = field(default_factory=list)
    offices: list[OfficeHolding] = field(default_factory=list)
    grants: list[RoleGrant] = field(default_factory=list)
    pledges: list[Pledge] = field(default_factory=list)
    replaced: list[tuple[Cluster, Body]] = field(default_factory=list)
    kept: list[tuple[Cluster, Body]] = field(default_factory=list)
    reviewed: list[Cluster] = field(default_factory=list)
    drafts: list[Party] = field(default_factory=list)
    below: list[Unit] = field(default_factory=list)

    @property
    def told(self) -> dict[str, list[str]]:
        """The same as plain words, for the register; two previews of one state say the same."""
        return {
            "units": sorted(self.names.values()),
            "below": [self.names.get(unit.id, unit.pid) for unit in self.below],
            "bodies": [
                f"{body.name} → {after}" if after else body.name for body, after in self.bodies
            ],
            "offices": [f"{row.title} {row.person.name} ({row.body.name})" for row in self.offices],
            "roles": [
                f"{row.user.name}: {row.role.value} ({row.body.name})" for row in self.grants
            ],
            "pledges": [
                f"{row.body.name} {row.emulation_year.year} ({row.state.value})"
                for row in self.pledges
            ],
            "clusters": [
                f"{cluster.name} {cluster.year}: {body.name}"
                for cluster, body in [*self.replaced, *self.kept]
            ],
        }


def foresee(plan: Plan, *, today: date) -> Outlook:
    """Read everything that the act touches."""
    outlook = Outlook(names_on([unit.id for unit in plan.units], plan.on_date))
    _check_plan(plan, outlook)
    bodies = _bodies(plan.units, plan.on_date)
    outlook.bodies = [(body, following(plan, body, outlook.names)) for body in bodies]
    if plan.kind is Kind.RENAME:
        return outlook
    ids = [body.id for body in bodies]
    outlook.below = _below(plan.units, plan.on_date)
    outlook.names |= names_on([unit.id for unit in outlook.below], plan.on_date)
    outlook.offices = list(
        db.session.scalars(
            select(OfficeHolding)
            .where(
                OfficeHolding.body_id.in_(ids),
                or_(OfficeHolding.held_to.is_(None), OfficeHolding.held_to > plan.on_date),
            )
            .order_by(OfficeHolding.body_id, OfficeHolding.id)
        )
    )
    outlook.grants = list(
        db.session.scalars(
            select(RoleGrant)
            .where(
                RoleGrant.body_id.in_(ids),
                or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > plan.on_date),
            )
            .order_by(RoleGrant.body_id, RoleGrant.id)
        )
    )
    outlook.pledges = list(
        db.session.scalars(
            select(Pledge)
            .join(EmulationYear)
            .where(
                Pledge.body_id.in_(ids),
                Pledge.state.not_in([PledgeState.CLOSED, PledgeState.DISCONTINUED]),
                EmulationYear.year >= plan.on_date.year,
            )
            .order_by(EmulationYear.year, Pledge.id)
        )
    )
    _clusters(plan, outlook, ids)
    _agreements(outlook, ids, plan.on_date)
    if plan.kind is Kind.ABOLISH and outlook.below and plan.parent is None:
        outlook.problems.append(
            Problem(
                _(
                    "Còn %(n)s đơn vị trực thuộc. Hãy ghi cấp trên mới của các đơn vị đó.",
                    n=len(outlook.below),
                ),
                "parent",
            )
        )
    if plan.on_date > today:
        outlook.warnings.append(
            _("Ngày hiệu lực chưa tới: chỉ xem trước được, đến ngày đó mới thực hiện.")
        )
    return outlook


def _check_plan(plan: Plan, outlook: Outlook) -> None:
    for unit in plan.units:
        begun = unit.exists_from is None or unit.exists_from < plan.on_date
        if not begun or (unit.exists_to is not None and unit.exists_to <= plan.on_date):
            outlook.problems.append(
                Problem(
                    _(
                        "%(name)s không tồn tại vào ngày %(day)s.",
                        name=outlook.names.get(unit.id, ""),
                        day=f"{plan.on_date:%d/%m/%Y}",
                    ),
                    "units",
                )
            )
    if plan.into is not None and plan.into in plan.units:
        outlook.problems.append(
            Problem(_("Đơn vị nhận không thể nằm trong các đơn vị nhập vào nó."), "into")
        )
    if plan.into is not None and not lives_on(plan.into, plan.on_date):
        outlook.problems.append(Problem(_("Đơn vị nhận không tồn tại vào ngày này."), "into"))
    if plan.parent is not None and not lives_on(plan.parent, plan.on_date):
        outlook.problems.append(
            Problem(_("Cấp trên trực tiếp không tồn tại vào ngày này."), "parent")
        )
    if len({unit.level for unit in plan.units}) > 1:
        outlook.problems.append(Problem(_("Các đơn vị phải cùng cấp."), "units"))
    if plan.name:
        level = plan.units[0].level
        if split_type_word(plan.name, level) is None:
            outlook.problems.append(
                Problem(
                    _(
                        "Tên mới phải bắt đầu bằng loại đơn vị, ví dụ: %(word)s Hải Quang.",
                        word=TYPE_WORDS[level][0],
                    ),
                    "name",
                )
            )
        _check_name(plan, outlook)


def _check_name(plan: Plan, outlook: Outlook) -> None:
    """No living unit below the same parent is called so, and none of the level has the code,
    beside those that end.
    """
    own = [unit.id for unit in plan.units]
    parent = plan.parent or parent_of(plan.units[0], plan.on_date)
    rows = db.session.execute(
        select(UnitName.name, UnitName.code, UnitParent.parent_id)
        .join(Unit, Unit.id == UnitName.unit_id)
        .outerjoin(
            UnitParent,
            (UnitParent.unit_id == Unit.id)
            & valid_on(UnitParent.used_from, UnitParent.used_to, plan.on_date),
        )
        .where(
            Unit.id.not_in(own),
            Unit.level == plan.units[0].level,
            valid_on(Unit.exists_from, Unit.exists_to, plan.on_date),
            valid_on(UnitName.used_from, UnitName.used_to, plan.on_date),
            or_(
                UnitName.code == (plan.code or "-"),
                UnitParent.parent_id == (parent.id if parent else 0),
            ),
        )
    )
    for name, code, parent_id in rows:
        if plan.code and code == plan.code:
            outlook.problems.append(
                Problem(_("Mã %(code)s đang là của %(name)s.", code=plan.code, name=name), "code")
            )
        if (
            parent is not None
            and parent_id == parent.id
            and same_name_key(name) == same_name_key(plan.name)
        ):
            outlook.problems.append(Problem(_("Đã có %(name)s cùng cấp trên.", name=name), "name"))


def _bodies(units: Sequence[Unit], on: date) -> list[Body]:
    return list(
        db.session.scalars(
            select(Body)
            .where(
                Body.unit_id.in_([unit.id for unit in units]),
                or_(Body.exists_to.is_(None), Body.exists_to > on),
            )
            .order_by(Body.unit_id, Body.kind, Body.id)
        )
    )


def _below(units: Iterable[Unit], on: date) -> list[Unit]:
    return list(
        db.session.scalars(
            select(Unit)
            .join(UnitParent, UnitParent.unit_id == Unit.id)
            .where(
                UnitParent.parent_id.in_([unit.id for unit in units]),
                valid_on(UnitParent.used_from, UnitParent.used_to, on),
                valid_on(Unit.exists_from, Unit.exists_to, on),
            )
            .order_by(Unit.id)
        )
    )


def _clusters(plan: Plan, outlook: Outlook, ids: Sequence[int]) -> None:
    rows = db.session.scalars(
        select(ClusterMembership)
        .join(Cluster)
        .where(ClusterMembership.body_id.in_(ids), Cluster.year >= plan.on_date.year)
        .order_by(Cluster.year, Cluster.id)
    )
    for row in rows:
        bound = (
            db.session.scalar(
                select(Pledge.id)
                .where(Pledge.cluster_id == row.cluster_id, Pledge.state.in_(BOUND))
                .limit(1)
            )
            is not None
        )
        free = not bound and plan.kind is Kind.MERGE
        (outlook.replaced if free else outlook.kept).append((row.cluster, row.body))
    outlook.reviewed = list(
        db.session.scalars(
            select(Cluster)
            .where(Cluster.reviewer_body_id.in_(ids), Cluster.year >= plan.on_date.year)
            .order_by(Cluster.year, Cluster.name)
        )
    )
    if plan.kind is Kind.ABOLISH:
        outlook.problems += [
            Problem(
                _(
                    "%(cluster)s (%(year)s) do cơ quan bị giải thể thẩm định. Hãy chọn cơ quan "
                    "thẩm định khác ở trang của cụm trước.",
                    cluster=row.name,
                    year=row.year,
                )
            )
            for row in outlook.reviewed
        ]


def _agreements(outlook: Outlook, ids: Sequence[int], on: date) -> None:
    parties = db.session.scalars(
        select(Party)
        .join(Agreement)
        .where(
            Party.body_id.in_(ids),
            Agreement.state.in_(
                [
                    AgreementState.DRAFT,
                    AgreementState.RENDERING,
                    AgreementState.AWAITING,
                    AgreementState.CONFIRMED,
                ]
            ),
            Agreement.in_force_on.is_(None),
        )
        .order_by(Party.id)
    )
    for party in parties:
        name = party.agreement.cluster.name
        if party.agreement.cluster.year < on.year:
            continue
        if party.agreement.state is AgreementState.DRAFT:
            outlook.drafts.append(party)
        else:
            outlook.problems.append(
                Problem(
                    _(
                        "Bản giao ước của %(cluster)s đang chờ ký có %(body)s. Hãy ký xong hoặc "
                        "hủy trước.",
                        cluster=name,
                        body=party.body.name,
                    )
                )
            )


def title(plan: Plan, outlook: Outlook) -> str:
    """ "Nhập Xã A, Xã B thành Xã C"."""
    names = ", ".join(outlook.names[unit.id] for unit in plan.units)
    if plan.kind is Kind.ABOLISH:
        return f"Giải thể {names}"
    if plan.kind is Kind.RENAME:
        return f"Đổi tên {names} thành {plan.name}"
    return (
        f"Nhập {names} vào {plan.into.names[-1].name}"
        if plan.into is not None
        else f"Nhập {names} thành {plan.name}"
    )

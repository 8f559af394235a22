"""What an act would do, read before anything is written: units, bodies, offices, roles,
clusters, open pledges.
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

BOUND = (PledgeState.AGREED, PledgeState.IN_FORCE, PledgeState.CLOSED)


@dataclass(frozen=True)
class Plan:
    """An act as typed. `units` end (or, renamed, go on); what comes out is `into` or a new unit
    `name` below `parent`.
    """

    kind: Kind
    units: tuple[Unit, ...]
    on_date: date
    basis: str
    name: str = ""
    code: str = ""
    into: Unit | None = None
    parent: Unit | None = None  # of a new unit; of an abolished one: where the units below it go


@dataclass
class Outlook:
    """What becomes of everything. `problems` keep the act from being carried out."""

    names: dict[int, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    bodies: list[tuple[Body, str]] = field(
        default_factory=list
    )  # a body and what follows it ("": nothing)
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


def outlook(plan: Plan, *, today: date) -> Outlook:
    """Read everything that the act touches."""
    made = Outlook(names_on([unit.id for unit in plan.units], plan.on_date))
    _check_plan(plan, made)
    bodies = _bodies(plan.units, plan.on_date)
    made.bodies = [(body, following(plan, body, made.names)) for body in bodies]
    if plan.kind is Kind.RENAME:
        return made
    ids = [body.id for body in bodies]
    made.below = _below(plan.units, plan.on_date)
    made.names |= names_on([unit.id for unit in made.below], plan.on_date)
    made.offices = list(
        db.session.scalars(
            select(OfficeHolding)
            .where(
                OfficeHolding.body_id.in_(ids),
                or_(OfficeHolding.held_to.is_(None), OfficeHolding.held_to > plan.on_date),
            )
            .order_by(OfficeHolding.body_id, OfficeHolding.id)
        )
    )
    made.grants = list(
        db.session.scalars(
            select(RoleGrant)
            .where(
                RoleGrant.body_id.in_(ids),
                or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > plan.on_date),
            )
            .order_by(RoleGrant.body_id, RoleGrant.id)
        )
    )
    made.pledges = list(
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
    _clusters(plan, made, ids)
    _agreements(made, ids, plan.on_date)
    if plan.kind is Kind.ABOLISH and made.below and plan.parent is None:
        made.problems.append(
            Problem(
                _(
                    "Còn %(n)s đơn vị trực thuộc. Hãy ghi cấp trên mới của các đơn vị đó.",
                    n=len(made.below),
                ),
                "parent",
            )
        )
    if plan.on_date > today:
        made.warnings.append(
            _("Ngày hiệu lực chưa tới: chỉ xem trước được, đến ngày đó mới thực hiện.")
        )
    return made


def following(plan: Plan, body: Body, names: dict[int, str]) -> str:
    """The name of the body that follows: the successor's own of that kind, or the old name with
    the new unit's name.
    """
    if plan.kind is Kind.ABOLISH:
        return ""
    if plan.into is not None:
        own = own_body(plan.into, body, plan.on_date)
        if own is not None:
            return own.name
        return renamed(
            body.name,
            names.get(body.unit_id, ""),
            names_on([plan.into.id], plan.on_date).get(plan.into.id, ""),
        )
    return renamed(body.name, names.get(body.unit_id, ""), plan.name)


def own_body(unit: Unit, like: Body, on: date) -> Body | None:
    """The unit's body of the same kind on a day."""
    return db.session.scalar(
        select(Body)
        .where(
            Body.unit_id == unit.id,
            Body.kind == like.kind,
            valid_on(Body.exists_from, Body.exists_to, on),
        )
        .limit(1)
    )


def renamed(text: str, old: str, new: str) -> str:
    """ "UBND xã Hải Đông" with "Xã Hải Đông" → "Xã Hải Tiến" is "UBND xã Hải Tiến"; capitals stay
    capitals.
    """
    small_old, small_new = old[:1].lower() + old[1:], new[:1].lower() + new[1:]
    pairs = [(old, new), (small_old, small_new), (old.upper(), new.upper()), (bare(old), bare(new))]
    for before, after in pairs:
        if before and before in text:
            return text.replace(before, after)
    return text


def bare(full_name: str) -> str:
    """ "Hải Quang" of "Xã Hải Quang"."""
    for level in TYPE_WORDS:
        if (found := split_type_word(full_name, level)) is not None:
            return found[1]
    return full_name


def _check_plan(plan: Plan, made: Outlook) -> None:
    for unit in plan.units:
        begun = unit.exists_from is None or unit.exists_from < plan.on_date
        if not begun or (unit.exists_to is not None and unit.exists_to <= plan.on_date):
            made.problems.append(
                Problem(
                    _(
                        "%(name)s không tồn tại vào ngày %(day)s.",
                        name=made.names.get(unit.id, ""),
                        day=f"{plan.on_date:%d/%m/%Y}",
                    ),
                    "units",
                )
            )
    if plan.into is not None and plan.into in plan.units:
        made.problems.append(
            Problem(_("Đơn vị nhận không thể nằm trong các đơn vị nhập vào nó."), "into")
        )
    if plan.into is not None and not _lives(plan.into, plan.on_date):
        made.problems.append(Problem(_("Đơn vị nhận không tồn tại vào ngày này."), "into"))
    if plan.parent is not None and not _lives(plan.parent, plan.on_date):
        made.problems.append(Problem(_("Cấp trên trực tiếp không tồn tại vào ngày này."), "parent"))
    if len({unit.level for unit in plan.units}) > 1:
        made.problems.append(Problem(_("Các đơn vị phải cùng cấp."), "units"))
    if plan.name:
        level = plan.units[0].level
        if split_type_word(plan.name, level) is None:
            made.problems.append(
                Problem(
                    _(
                        "Tên mới phải bắt đầu bằng loại đơn vị, ví dụ: %(word)s Hải Quang.",
                        word=TYPE_WORDS[level][0],
                    ),
                    "name",
                )
            )
        _check_name(plan, made)


def _check_name(plan: Plan, made: Outlook) -> None:
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
            made.problems.append(
                Problem(_("Mã %(code)s đang là của %(name)s.", code=plan.code, name=name), "code")
            )
        if (
            parent is not None
            and parent_id == parent.id
            and same_name_key(name) == same_name_key(plan.name)
        ):
            made.problems.append(Problem(_("Đã có %(name)s cùng cấp trên.", name=name), "name"))


def parent_of(unit: Unit, on: date) -> Unit | None:
    """Cấp trên trực tiếp on a day, or the last one."""
    rows = [row for row in unit.parents if (row.used_from is None or row.used_from <= on)]
    return rows[-1].parent if rows else None


def _lives(unit: Unit, on: date) -> bool:
    return (unit.exists_from is None or unit.exists_from <= on) and (
        unit.exists_to is None or unit.exists_to > on
    )


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


def _clusters(plan: Plan, made: Outlook, ids: Sequence[int]) -> None:
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
        (made.replaced if free else made.kept).append((row.cluster, row.body))
    made.reviewed = list(
        db.session.scalars(
            select(Cluster)
            .where(Cluster.reviewer_body_id.in_(ids), Cluster.year >= plan.on_date.year)
            .order_by(Cluster.year, Cluster.name)
        )
    )
    if plan.kind is Kind.ABOLISH:
        made.problems += [
            Problem(
                _(
                    "%(cluster)s (%(year)s) do cơ quan bị giải thể thẩm định. Hãy chọn cơ quan "
                    "thẩm định khác ở trang của cụm trước.",
                    cluster=row.name,
                    year=row.year,
                )
            )
            for row in made.reviewed
        ]


def _agreements(made: Outlook, ids: Sequence[int], on: date) -> None:
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
            made.drafts.append(party)
        else:
            made.problems.append(
                Problem(
                    _(
                        "Bản giao ước của %(cluster)s đang chờ ký có %(body)s. Hãy ký xong hoặc "
                        "hủy trước.",
                        cluster=name,
                        body=party.body.name,
                    )
                )
            )

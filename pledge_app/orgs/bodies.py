"""Verbs on bodies: a body is founded, described, ended. Papers already frozen keep what they
say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem, check
from pledge_app.kernel.text import same_name_key
from pledge_app.kernel.versions import check_version
from pledge_app.orgs import events
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Cluster, ClusterMembership, OfficeHolding, Unit
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import valid_on

DESCRIBED = ("kind", "name", "full_name", "superior_name", "symbol", "place", "exists_from")


def add_body(
    unit: Unit,
    values: Mapping[str, object],
    *,
    actor: Actor,
    at: datetime,
) -> Body:
    """A new body of a unit. `values`: the columns named in DESCRIBED."""
    administer(actor)
    _check(values, unit, None)
    body = Body(
        unit=unit,
        exists_to=None,
        **{name: values[name] for name in DESCRIBED},
    )
    db.session.add(body)
    db.session.flush()
    record(
        "body.added",
        body,
        actor=actor,
        at=at,
        unit_id=unit.id,
        name=body.name,
    )
    return body


def describe_body(
    body: Body,
    values: Mapping[str, object],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Names, symbol and place as they stand on papers from now on."""
    administer(actor)
    check_version(body.version_id, version)
    changed = {name: values[name] for name in DESCRIBED if values[name] != getattr(body, name)}
    if not changed:
        return
    _check(values, body.unit, body)
    before = {name: getattr(body, name) for name in changed}
    for name, value in changed.items():
        setattr(body, name, value)
    record(
        "body.described",
        body,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        name=body.name,
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(value) for name, value in changed.items()},
    )


def end_body(
    body: Body,
    *,
    on: date,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The body no longer exists from `on`; its offices end with it. Refused while roles or
    clusters hang on it.
    """
    administer(actor)
    check_version(body.version_id, version)
    check(body.exists_to is None, _("Cơ quan này đã kết thúc hoạt động."))
    check(
        body.exists_from is None or on > body.exists_from,
        _("Ngày kết thúc phải sau ngày thành lập."),
        [Problem(_("Ngày kết thúc phải sau ngày thành lập."), "on")],
    )
    roles = events.ROLES_AT(body.id, on)
    check(
        not roles,
        _(
            "Còn %(n)s vai trò đang giao tại cơ quan này. Hãy kết thúc các vai trò đó trước.",
            n=roles,
        ),
    )
    names = clusters_needing(body, on)
    check(
        not names,
        _(
            "Cơ quan này còn trong cụm thi đua: %(names)s. Hãy sửa cụm trước.",
            names="; ".join(names),
        ),
    )
    body.exists_to = on
    for holding in db.session.scalars(
        select(OfficeHolding).where(OfficeHolding.body_id == body.id)
    ):
        if holding.held_to is None or holding.held_to > on:
            holding.held_to = max(on, holding.held_from)
    record(
        "body.ended",
        body,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        name=body.name,
        on=on,
    )


def clusters_needing(body: Body, on: date) -> list[str]:
    """The clusters of that year and later in which the body is a member, issues or reviews."""
    member = select(ClusterMembership.cluster_id).where(ClusterMembership.body_id == body.id)
    rows = db.session.scalars(
        select(Cluster)
        .where(
            Cluster.year >= on.year,
            Cluster.id.in_(member)
            | (Cluster.issuer_body_id == body.id)
            | (Cluster.reviewer_body_id == body.id),
        )
        .order_by(Cluster.year, Cluster.name)
    )
    return [f"{row.name} ({row.year})" for row in rows]


def _check(values: Mapping[str, object], unit: Unit, own: Body | None) -> None:
    begun = values["exists_from"]
    assert begun is None or isinstance(begun, date)
    if begun is not None and unit.exists_from is not None:
        check(
            begun >= unit.exists_from,
            _("Cơ quan không thể có trước đơn vị của nó."),
            [
                Problem(
                    _("Đơn vị được thành lập ngày %(day)s.", day=f"{unit.exists_from:%d/%m/%Y}"),
                    "exists_from",
                )
            ],
        )
    if unit.exists_to is not None and own is None:
        check(
            begun is not None and begun < unit.exists_to,
            _("Đơn vị này không còn tồn tại; hãy chọn đơn vị kế thừa."),
            [
                Problem(
                    _("Đơn vị đã kết thúc ngày %(day)s.", day=f"{unit.exists_to:%d/%m/%Y}"),
                    "exists_from",
                )
            ],
        )
    ended = own.exists_to if own is not None else None
    check(
        ended is None or begun is None or begun < ended,
        _("Ngày thành lập phải trước ngày kết thúc."),
        [Problem(_("Ngày thành lập phải trước ngày kết thúc."), "exists_from")],
    )
    check(
        (values["kind"] is BodyKind.HAMLET) == (unit.level is UnitLevel.HAMLET),
        _("Loại cơ quan không hợp với cấp của đơn vị."),
        [Problem(_("Thôn, xóm, tổ dân phố và chỉ những đơn vị ấy dùng loại “Thôn, xóm”."), "kind")],
    )
    key = same_name_key(str(values["name"]))
    others = db.session.scalars(
        select(Body).where(
            Body.unit_id == unit.id,
            Body.id != (own.id if own else 0),
            valid_on(Body.exists_from, Body.exists_to, begun or date.max),
        )
    )
    check(
        all(same_name_key(other.name) != key for other in others),
        _("Đơn vị này đã có cơ quan tên như vậy."),
        [Problem(_("Tên này đã dùng cho một cơ quan của đơn vị."), "name")],
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

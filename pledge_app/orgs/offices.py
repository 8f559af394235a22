"""Verbs on offices: who holds which office of a body, from when to when, and who signs by
delegation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.kernel.text import fold, same_name_key
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Authority, Body, Delegation, OfficeHolding, Person
from pledge_app.orgs.policy import administer

SEVERAL = ("pho", "uy vien", "thanh vien", "chuyen vien")  # titles that several people hold at once


@dataclass(frozen=True)
class Term:
    """An office for a time: `held_to` is the first day on which it is no longer held, None while
    it lasts.
    """

    title: str
    authority: Authority
    held_from: date
    held_to: date | None


def appoint(
    body: Body,
    term: Term,
    *,
    person: Person | None,
    name: str,
    actor: Actor,
    at: datetime,
) -> OfficeHolding:
    """Somebody takes an office: `person` who is known already, else a new one called `name`."""
    administer(actor)
    if person is None:
        check(
            name,
            _("Hãy nhập họ và tên, hoặc chọn người đã có."),
            [Problem(_("Chưa nhập họ và tên."), "name")],
        )
    check_term(body, term, person, None)
    if person is None:
        person = Person(name=name)
        db.session.add(person)
        db.session.flush()
    holding = OfficeHolding(
        person=person,
        body=body,
        title=term.title,
        authority=term.authority,
        held_from=term.held_from,
        held_to=term.held_to,
    )
    db.session.add(holding)
    db.session.flush()
    record(
        "office.taken",
        body,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        person=person.name,
        title=term.title,
        held_from=term.held_from,
        held_to=term.held_to,
    )
    return holding


def correct_holding(
    holding: OfficeHolding,
    term: Term,
    *,
    name: str,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """A slip in name, title or dates is put right; a successor is a new row, never this one
    overwritten.
    """
    administer(actor)
    check_version(holding.version_id, version)
    check(name, _("Hãy nhập họ và tên."), [Problem(_("Chưa nhập họ và tên."), "name")])
    check_term(
        holding.body,
        term,
        holding.person,
        holding.id,
    )
    before = _said(holding)
    holding.title = term.title
    holding.authority = term.authority
    holding.held_from = term.held_from
    holding.held_to = term.held_to
    holding.person.name = name
    if (after := _said(holding)) != before:
        record(
            "office.corrected",
            holding.body,
            actor=actor,
            at=at,
            unit_id=holding.body.unit_id,
            person=name,
            title=term.title,
            before=before,
            after=after,
        )


def end_holding(
    holding: OfficeHolding,
    *,
    on: date,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The office is no longer held from `on`."""
    administer(actor)
    check_version(holding.version_id, version)
    if holding.held_to is not None and holding.held_to <= on:
        raise Conflict(
            _("Người này đã thôi giữ chức từ ngày %(day)s.", day=f"{holding.held_to:%d/%m/%Y}")
        )
    check(
        on > holding.held_from,
        _("Ngày thôi giữ chức phải sau ngày nhận chức."),
        [
            Problem(
                _("Người này nhận chức ngày %(day)s.", day=f"{holding.held_from:%d/%m/%Y}"),
                "on",
            )
        ],
    )
    holding.held_to = on
    record(
        "office.left",
        holding.body,
        actor=actor,
        at=at,
        unit_id=holding.body.unit_id,
        person=holding.person.name,
        title=holding.title,
        on=on,
    )


def delegate(
    holding: OfficeHolding,
    name: str,
    *,
    person: Person | None,
    authority: Authority,
    basis: str,
    valid_from: date,
    valid_to: date,
    actor: Actor,
    at: datetime,
) -> Delegation:
    """The holder lets somebody sign for a time; `valid_to` is the last day. A paper gives the
    right.
    """
    administer(actor)
    check(
        person is not None or name,
        _("Hãy nhập họ và tên người được ủy quyền."),
        [Problem(_("Chưa nhập họ và tên."), "name")],
    )
    _check_time(holding, valid_from, valid_to)
    check(
        person is None or person.id != holding.person_id,
        _("Không tự ủy quyền cho chính mình."),
        [Problem(_("Chọn người khác."), "person")],
    )
    if person is None:
        person = Person(name=name)
        db.session.add(person)
        db.session.flush()
    delegation = Delegation(
        holding=holding,
        delegate=person,
        authority=authority,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    db.session.add(delegation)
    db.session.flush()
    record(
        "office.delegated",
        holding.body,
        actor=actor,
        at=at,
        unit_id=holding.body.unit_id,
        person=person.name,
        title=holding.title,
        held_from=valid_from,
        held_to=valid_to,
        basis=basis,
    )
    return delegation


def _check_time(holding: OfficeHolding, valid_from: date, valid_to: date) -> None:
    """A delegation lies within the time for which its holder holds the office."""
    check(
        valid_to >= valid_from,
        _("Ngày kết thúc phải sau ngày bắt đầu."),
        [Problem(_("Ngày kết thúc đứng trước ngày bắt đầu."), "held_to")],
    )
    is_held_until_then = holding.held_to is None or valid_to < holding.held_to
    check(
        holding.held_from <= valid_from and is_held_until_then,
        _("Ủy quyền phải nằm trong thời gian giữ chức."),
        [Problem(_("Người ủy quyền không giữ chức suốt thời gian này."), "held_from")],
    )


def end_delegation(
    delegation: Delegation,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Thu hồi: from the day `on` the delegate signs no more. What was signed before stays
    signed.
    """
    administer(actor)
    check(
        delegation.valid_to >= on,
        _("Ủy quyền này đã kết thúc ngày %(day)s.", day=f"{delegation.valid_to:%d/%m/%Y}"),
    )
    delegation.valid_to = on - timedelta(days=1)
    body = delegation.holding.body
    record(
        "office.delegation_ended",
        body,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        person=delegation.delegate.name,
        title=delegation.holding.title,
        on=on,
    )


def check_term(
    body: Body,
    term: Term,
    person: Person | None,
    own_id: int | None,
) -> None:
    """Raise DomainError where the office cannot be held for that time; `own_id`: the holding
    that is put right.
    """
    check(
        term.held_to is None or term.held_to > term.held_from,
        _("Ngày thôi giữ chức phải sau ngày nhận chức."),
        [Problem(_("Ngày thôi giữ chức đứng trước ngày nhận chức."), "held_to")],
    )
    begun = body.exists_from is None or term.held_from >= body.exists_from
    check(
        begun
        and (
            body.exists_to is None or (term.held_to is not None and term.held_to <= body.exists_to)
        ),
        _("Thời gian giữ chức nằm ngoài thời gian cơ quan tồn tại."),
        [Problem(_("Cơ quan không tồn tại suốt thời gian này."), "held_from")],
    )
    key = same_name_key(term.title)
    alone = not fold(term.title).startswith(SEVERAL)
    for other in db.session.scalars(select(OfficeHolding).where(OfficeHolding.body_id == body.id)):
        if other.id == own_id or same_name_key(other.title) != key or not _overlap(other, term):
            continue
        if alone or (person is not None and other.person_id == person.id):
            until = f"{other.held_to:%d/%m/%Y}" if other.held_to else _("nay")
            check(
                False,
                _(
                    "Chức %(title)s do %(name)s giữ từ %(a)s đến %(b)s. Hãy ghi ngày thôi giữ "
                    "chức của người đó trước.",
                    title=other.title,
                    name=other.person.name,
                    a=f"{other.held_from:%d/%m/%Y}",
                    b=until,
                ),
                [
                    Problem(
                        _("Trùng với thời gian giữ chức của %(name)s.", name=other.person.name),
                        "held_from",
                    )
                ],
            )


def _overlap(other: OfficeHolding, term: Term) -> bool:
    return (other.held_to is None or other.held_to > term.held_from) and (
        term.held_to is None or term.held_to > other.held_from
    )


def _said(holding: OfficeHolding) -> dict[str, str]:
    return {
        "name": holding.person.name,
        "title": holding.title,
        "authority": holding.authority.value,
        "held_from": holding.held_from.isoformat(),
        "held_to": holding.held_to.isoformat() if holding.held_to else "",
    }

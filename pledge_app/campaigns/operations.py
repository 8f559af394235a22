"""Verbs of the year: guidance and deadlines, campaigns and their anniversaries, assigned
figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns import calendar, events, policy
from pledge_app.campaigns.models import (
    AssignedFigure,
    Campaign,
    CampaignAnniversary,
    Commemoration,
    EmulationYear,
    LastResult,
)
from pledge_app.campaigns.scheduling import quarters_of
from pledge_app.criteria.kinds import ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Body, Line


class FigureChange(NamedTuple):
    """What a figure was and what it is now; None: there was none, or there is none any more."""

    unit_id: int
    criterion_id: int
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class AnniversaryChoice:
    """What the author chose for one phrase: day(s) under one count, or the lunar new year."""

    names: tuple[str, ...]
    founding_year: int | None = None
    is_spring: bool = False


def open_year(year: int, line: Line, issuer: Body, *, actor: Actor, at: datetime) -> EmulationYear:
    """Begin a year with its four quarters and a campaign for each, without themes."""
    if not policy.opens_year(actor, issuer):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được mở năm thi đua. Dữ liệu chưa thay đổi."))
    check(
        1990 <= year <= 2100,
        _("Năm thi đua phải từ 1990 đến 2100."),
        [Problem(_("Năm không hợp lệ."), "year")],
    )
    same = select(EmulationYear.id).where(
        EmulationYear.year == year,
        EmulationYear.line == line,
        EmulationYear.issuer_body_id == issuer.id,
    )
    if db.session.scalar(same) is not None:
        raise Conflict(
            _("Năm thi đua %(year)s của cơ quan này đã có. Hãy mở năm đó để sửa.", year=year)
        )
    opened = EmulationYear(
        year=year,
        line=line,
        issuer_body_id=issuer.id,
    )
    for quarter in quarters_of(year):
        opened.periods.append(quarter)
        opened.campaigns.append(
            Campaign(
                period=quarter,
                starts_on=quarter.starts_on,
                ends_on=quarter.ends_on,
            )
        )
    db.session.add(opened)
    db.session.flush()
    record(
        "year.opened",
        opened,
        actor=actor,
        at=at,
        unit_id=issuer.unit_id,
        year=year,
        line=line.value,
    )
    return opened


def set_guidance(
    year: EmulationYear, values: Mapping[str, Any], *, version: int, actor: Actor, at: datetime
) -> None:
    """Guidance, deadlines, criteria set. `values` are columns of EmulationYear named in
    GUIDANCE.
    """
    _guide(year, actor)
    check_version(year.version_id, version)
    chosen = values.get("criteria_set_id", year.criteria_set_id)
    if chosen is not None:
        found = db.session.get(CriteriaSet, chosen)
        check(
            found is not None and found.published_at is not None,
            _("Chỉ chọn được bộ tiêu chí đã ban hành."),
            [Problem(_("Chọn bộ tiêu chí đã ban hành."), "criteria_set")],
        )
        check(
            found is None or found.line in (None, year.line) or chosen == year.criteria_set_id,
            _("Bộ tiêu chí này dành cho hệ khác."),
            [Problem(_("Chọn bộ tiêu chí của hệ này hoặc dùng chung."), "criteria_set")],
        )
    check(
        chosen == year.criteria_set_id or _sets_in_use(year) <= {chosen},
        _(
            "Năm này đã có chỉ tiêu giao, kết quả năm trước hoặc bản đăng ký theo bộ tiêu chí "
            "đang dùng nên không đổi bộ tiêu chí được."
        ),
        [Problem(_("Giữ bộ tiêu chí đang dùng."), "criteria_set")],
    )
    changed = {
        name: values[name]
        for name in GUIDANCE
        if name in values and getattr(year, name) != values[name]
    }
    for name, value in changed.items():
        setattr(year, name, value)
    if changed:
        record(
            "year.guidance_set", year, actor=actor, at=at, unit_id=year.issuer.unit_id, **changed
        )


GUIDANCE = (
    "guidance_number",
    "guidance_date",
    "guidance_title",
    "pledge_due_on",
    "agreement_due_on",
    "opens_days_before",
    "approve_word",
    "criteria_set_id",
)


def save_campaign(
    campaign: Campaign,
    *,
    theme: str,
    contents: str,
    starts_on: date,
    ends_on: date,
    anniversaries: Sequence[AnniversaryChoice],
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Theme (may be empty), dates, contents, anniversaries. The author chooses the quarter of
    each day.
    """
    year = campaign.emulation_year
    _guide(year, actor)
    check_version(campaign.version, version)
    check(
        starts_on <= ends_on,
        _("Ngày bắt đầu phải trước ngày kết thúc."),
        [Problem(_("Ngày bắt đầu sau ngày kết thúc."), "starts_on")],
    )
    for choice in anniversaries:
        if not choice.is_spring:
            try:
                calendar.phrase(year.year, choice.names, choice.founding_year)
            except ValueError:
                check(False, _("Ngày kỷ niệm phải có tên và năm gốc không sau năm thi đua."))
    campaign.theme = theme
    campaign.contents = contents
    campaign.starts_on = starts_on
    campaign.ends_on = ends_on
    campaign.version += 1
    campaign.anniversaries = [
        CampaignAnniversary(
            position=position,
            names=list(choice.names),
            founding_year=choice.founding_year,
            is_spring=choice.is_spring,
        )
        for position, choice in enumerate(anniversaries, 1)
    ]
    record(
        "campaign.saved",
        campaign,
        actor=actor,
        at=at,
        unit_id=year.issuer.unit_id,
        quarter=campaign.quarter,
        theme=theme,
        anniversaries=[list(choice.names) for choice in anniversaries],
    )


def add_commemoration(
    name: str,
    *,
    day: int | None,
    month: int | None,
    founding_year: int | None,
    body: Body,
    actor: Actor,
    at: datetime,
) -> Commemoration:
    """A day of the body's own ("Ngày thành lập xã …")."""
    if not policy.adds_days(actor, body):
        raise Forbidden(_("Chỉ người của cơ quan này được thêm ngày kỷ niệm của cơ quan."))
    check(
        (day is None) == (month is None),
        _("Ngày kỷ niệm phải có cả ngày và tháng, hoặc để trống cả hai."),
        [Problem(_("Nhập cả ngày và tháng, hoặc để trống cả hai."), "day")],
    )
    if day is not None and month is not None:
        try:
            date(2024, month, day)
        except ValueError:
            check(
                False,
                _("Ngày kỷ niệm không có trong lịch."),
                [Problem(_("Kiểm tra lại ngày, tháng."), "day")],
            )
    check(
        founding_year is None or 1 <= founding_year <= at.year,
        _("Năm gốc không hợp lệ."),
        [Problem(_("Năm gốc phải là một năm đã qua."), "founding_year")],
    )
    row = Commemoration(
        name=name,
        day=day,
        month=month,
        founding_year=founding_year,
        shows_count=founding_year is not None,
        certainty="local",
        body_id=body.id,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "commemoration.added",
        row,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        name=name,
    )
    return row


Figure = tuple[
    int, int, Decimal | None
]  # unit id, criterion id, value; None takes back the one that is there


def assign_figures(
    year: EmulationYear, figures: Iterable[Figure], *, actor: Actor, at: datetime
) -> int:
    """Write figures; the number of those that changed.

    Pledges that have begun get the new figures too (pledges/assigned.py).
    """
    _guide(year, actor)
    wanted = {(unit_id, criterion_id): value for unit_id, criterion_id, value in figures}
    _check_figures(year, wanted)
    known = {
        (row.unit_id, row.criterion_id): row
        for row in db.session.scalars(
            select(AssignedFigure).where(AssignedFigure.emulation_year_id == year.id)
        )
    }
    changes: list[FigureChange] = []
    for (unit_id, criterion_id), value in wanted.items():
        row = known.get((unit_id, criterion_id))
        before = row.value if row is not None else None
        if before == value:
            continue
        changes.append(
            FigureChange(
                unit_id,
                criterion_id,
                before,
                value,
            )
        )
        _store_figure(year, unit_id, criterion_id, row, value)
    if changes:
        db.session.flush()
        taken_back = sum(change.after is None for change in changes)
        record(
            "year.figures_assigned",
            year,
            actor=actor,
            at=at,
            unit_id=year.issuer.unit_id,
            figures=len(changes),
            taken_back=taken_back,
        )
        events.FIGURES_ASSIGNED(
            year.id,
            changes,
            actor=actor,
            at=at,
        )
    return len(changes)


def _store_figure(
    year: EmulationYear,
    unit_id: int,
    criterion_id: int,
    row: AssignedFigure | None,
    value: Decimal | None,
) -> None:
    """Write one figure over its row; a blank takes the row away."""
    if row is None:
        row = AssignedFigure(
            emulation_year_id=year.id,
            unit_id=unit_id,
            criterion_id=criterion_id,
            value=value,
        )
        db.session.add(row)
    elif value is None:
        db.session.delete(row)
    else:
        row.value = value


def _check_figures(year: EmulationYear, wanted: Mapping[tuple[int, int], Decimal | None]) -> None:
    kinds: dict[int, ValueKind] = dict(
        db.session.execute(
            select(Criterion.id, Criterion.kind).where(
                Criterion.criteria_set_id == year.criteria_set_id
            )
        ).all()
    )
    for (_unit_id, criterion_id), value in wanted.items():
        check(criterion_id in kinds, _("Tiêu chí không thuộc bộ tiêu chí của năm."))
        wrong = wrong_figure(kinds[criterion_id], value) if value is not None else ""
        check(not wrong, wrong)


def wrong_figure(kind: ValueKind, value: Decimal) -> str:
    """Why a figure cannot be assigned for a criterion of this kind, or ""."""
    return _("Chỉ tiêu giao không được âm.") if value < 0 else wrong_value(kind, value)


def wrong_value(kind: ValueKind, value: Decimal) -> str:
    """Why a figure, promised or reached, cannot be one of a criterion of this kind, or ""."""
    if kind is ValueKind.YES_NO and value not in (0, 1):
        return _("Tiêu chí đạt/không đạt chỉ nhận Đạt hoặc Không đạt.")
    if kind is ValueKind.COUNTED_ROWS and value > 100:
        return _("Tỷ lệ không được quá 100 %.")
    return ""


def _sets_in_use(year: EmulationYear) -> set[int]:
    """The criteria sets that the year's assigned figures, last results and pledges belong to,
    whatever is chosen.
    """
    used = events.SETS_PLEDGED(year.id)
    for kind in (AssignedFigure, LastResult):
        used |= set(
            db.session.scalars(
                select(Criterion.criteria_set_id)
                .join(kind, kind.criterion_id == Criterion.id)
                .where(kind.emulation_year_id == year.id)
                .distinct()
            )
        )
    return used


def _guide(year: EmulationYear, actor: Actor) -> None:
    if not policy.guides(actor, year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa năm thi đua. Dữ liệu chưa thay đổi."))

"""Verbs of the year: guidance and deadlines, campaigns and their anniversaries, assigned
figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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
from pledge_app.campaigns.scheduling import LATEST_DUE, quarters_of
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.criteria.states import SetState
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Body, Line


@dataclass(frozen=True)
class AnniversaryChoice:
    """What the author chose for one phrase: day(s) under one count, or the lunar new year."""

    names: tuple[str, ...]
    founding_year: int | None = None
    is_spring: bool = False


def open_year(
    year: int,
    line: Line,
    issuer: Body,
    *,
    actor: Actor,
    at: datetime,
) -> EmulationYear:
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
    year: EmulationYear,
    values: Mapping[str, object],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Guidance, deadlines, criteria set. `values` are columns of EmulationYear named in
    GUIDANCE.
    """
    check_guides(year, actor)
    check_version(year.version_id, version)
    _check_due_days(year, values)
    chosen = values.get("criteria_set_id", year.criteria_set_id)
    if chosen is not None:
        criteria_set = db.session.get(CriteriaSet, chosen)
        check(
            criteria_set is not None
            and (criteria_set.state is SetState.PUBLISHED or chosen == year.criteria_set_id),
            _("Chỉ chọn được bộ tiêu chí đã ban hành, còn hiệu lực."),
            [Problem(_("Chọn bộ tiêu chí đã ban hành, còn hiệu lực."), "criteria_set")],
        )
        check(
            criteria_set is None
            or criteria_set.line in (None, year.line)
            or chosen == year.criteria_set_id,
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
            "year.guidance_set",
            year,
            actor=actor,
            at=at,
            unit_id=year.issuer.unit_id,
            **changed,
        )


def _check_due_days(year: EmulationYear, values: Mapping[str, object]) -> None:
    """Pledges and agreements are due from the year before to as long as reports may be; a day
    that is not touched stays, whatever it is.
    """
    first = year.year - 1
    last = year.year + LATEST_DUE
    for name in ("pledge_due_on", "agreement_due_on"):
        day = values.get(name)
        if isinstance(day, date) and day != getattr(year, name):
            check(
                first <= day.year <= last,
                _("Hạn phải từ năm trước năm thi đua đến hai năm sau năm đó."),
                [
                    Problem(
                        _(
                            "Chọn một ngày từ 01/01/%(first)s đến 31/12/%(last)s.",
                            first=first,
                            last=last,
                        ),
                        name,
                    )
                ],
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
    check_guides(year, actor)
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


# body id, criterion id, value; None takes back the one that is there
Figure = tuple[int, int, Decimal | None]


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


def check_guides(year: EmulationYear, actor: Actor) -> None:
    if not policy.guides(actor, year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa năm thi đua. Dữ liệu chưa thay đổi."))

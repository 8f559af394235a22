"""Shapes of what is typed about a year, its campaigns and its commemorations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import NumberRange

from pledge_app.campaigns import calendar, queries
from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.campaigns.operations import AnniversaryChoice
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.queries import in_force
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.numbers import whole_number
from pledge_app.kernel.text import LONGEST_LINE, clean_line, same_name_key
from pledge_app.orgs.models import Line
from pledge_app.ui.forms import Form, choose, day, line, text, version, whole

SPARE_ROWS = 3


class OpenForm(Form):
    """A year to begin; its choices depend on the actor: see open_form()."""

    year = whole(_l("Năm"))
    line = choose(_l("Hệ"), [(Line.UBND.value, _l("Hệ UBND")), (Line.MTTQ.value, _l("Hệ MTTQ"))])
    issuer = choose(_l("Cơ quan hướng dẫn"), [])


def open_form(actor: Actor) -> OpenForm:
    """With the bodies for which the actor may open a year."""
    form = OpenForm()
    form.issuer.choices = [(body.pid, body.name) for body in queries.issuers_for(actor)]
    return form


class GuidanceForm(Form):
    """Guidance, deadlines, criteria set."""

    ver = version()
    guidance_number = line(
        _l("Số, ký hiệu hướng dẫn"),
        needed=False,
        longest=60,
        help_=_l("Ví dụ: 19/HD-UBND."),
    )
    guidance_date = day(_l("Ngày ban hành hướng dẫn"), needed=False)
    guidance_title = line(
        _l("Nội dung hướng dẫn"),
        needed=False,
        help_=_l("Ví dụ: về công tác thi đua năm 2023."),
    )
    pledge_due_on = day(_l("Hạn gửi bản đăng ký"), needed=False)
    agreement_due_on = day(_l("Hạn ký giao ước"), needed=False)
    opens_days_before = whole(
        _l("Báo cáo quý mở trước hạn (số ngày)"),
        help_=_l("Từ 0 đến 90 ngày."),
    )
    approve_word = line(
        _l("Từ dùng khi đồng ý"),
        needed=False,
        longest=60,
        help_=_l(
            "Để trống thì dùng từ của hệ: thẩm định, phê duyệt (UBND) hoặc thống nhất nội dung "
            "(MTTQ)."
        ),
    )
    criteria_set = choose(_l("Bộ tiêu chí"), [], needed=False)

    def validate_opens_days_before(self, field: Field) -> None:
        NumberRange(0, 90, _("Hãy nhập số ngày từ 0 đến 90."))(self, field)


def guidance_form(year: EmulationYear) -> GuidanceForm:
    """The form of one year, with the published sets to choose from."""
    values = {
        name: getattr(year, name)
        for name in (
            "guidance_number",
            "guidance_date",
            "guidance_title",
            "pledge_due_on",
            "agreement_due_on",
            "opens_days_before",
            "approve_word",
        )
    }
    chosen = year.criteria_set.pid if year.criteria_set is not None else ""
    form = GuidanceForm(data=values | {"ver": year.version_id, "criteria_set": chosen})
    offered = in_force()
    if year.criteria_set is not None and year.criteria_set not in offered:
        offered.insert(0, year.criteria_set)  # it ended meanwhile; the year keeps it
    form.criteria_set.choices = [
        ("", _("Chưa chọn")),
        *((row.pid, _offer(row, year)) for row in offered),
    ]
    return form


def _offer(row: CriteriaSet, year: EmulationYear) -> str:
    """The name of a set to choose, and a word where its days do not reach into the year."""
    word = f"{row.name} ({_('bản')} {row.version})"
    holds = row.valid_from.year <= year.year and (
        row.valid_to is None or row.valid_to.year >= year.year
    )
    return word if holds else _("%(set)s, không áp dụng cho năm %(year)s", set=word, year=year.year)


class CampaignForm(Form):
    """Theme, contents and dates of a quarter's campaign; its anniversaries are read by
    picks_of().
    """

    ver = version()
    theme = line(_l("Chủ đề"), needed=False, help_=_l("Để trống nếu đợt này không đặt chủ đề."))
    contents = text(_l("Nội dung phát động"), needed=False)
    starts_on = day(_l("Từ ngày"))
    ends_on = day(_l("Đến ngày"))


class LocalDayForm(Form):
    """A day of the issuing body's own."""

    name = line(_l("Tên ngày kỷ niệm"), help_=_l("Ví dụ: Ngày thành lập huyện Hải Hậu."))
    day = whole(_l("Ngày"), needed=False, help_=_l("Ngày trong tháng, ví dụ 27."))
    month = whole(_l("Tháng"), needed=False)
    founding_year = whole(
        _l("Năm gốc"),
        needed=False,
        help_=_l("Để trống nếu ngày này không tính số năm."),
    )


@dataclass(frozen=True)
class OwnRow:
    """A wording that the author chose or typed: `order` is text as typed, equal orders share one
    count.
    """

    order: str = ""
    name: str = ""
    founding_year: str = ""


@dataclass(frozen=True)
class CalendarRow:
    """A day of the calendar that is not chosen yet."""

    pid: str
    name: str
    said: str  # the phrase of this year
    on: str
    founding_year: int | None
    usual_quarter: int | None
    order: str = ""


@dataclass
class Picks:
    """The anniversaries of a campaign as they stand in the form."""

    own: list[OwnRow]
    calendar: list[CalendarRow]
    spring: bool
    spring_order: str
    problems: list[Problem]

    def choices(self) -> list[AnniversaryChoice]:
        """In their order; rows of one number share one count. Fills `problems`."""
        groups: dict[int, list[tuple[str, int | None]]] = {}
        for at, row in enumerate(self.own):
            if row.order and (order := _order(row.order, f"order-own-{at}", self.problems)):
                founded = _founded(row.founding_year, f"year-own-{at}", self.problems)
                if row.name:
                    groups.setdefault(order, []).append((row.name, founded))
                else:
                    self.problems.append(
                        Problem(
                            _("Dòng có thứ tự nhưng chưa có tên ngày kỷ niệm."),
                            f"name-own-{at}",
                        )
                    )
        for day_row in self.calendar:
            if day_row.order and (
                order := _order(day_row.order, f"order-{day_row.pid}", self.problems)
            ):
                groups.setdefault(order, []).append((day_row.name, day_row.founding_year))
        found = {order: self._joined(order, rows) for order, rows in groups.items()}
        if self.spring:
            last = max(found, default=0) + 1
            place = (
                _order(self.spring_order, "order-spring", self.problems)
                if self.spring_order
                else last
            )
            if place in found:
                self.problems.append(
                    Problem(
                        _("Số thứ tự của lời mừng Xuân không được trùng với ngày khác."),
                        "order-spring",
                    )
                )
            found[place] = AnniversaryChoice((), is_spring=True)
        return [found[order] for order in sorted(found)]

    def _joined(self, order: int, rows: list[tuple[str, int | None]]) -> AnniversaryChoice:
        founded = {year for _name, year in rows}
        if len(rows) > 1 and (len(founded) > 1 or None in founded):
            self.problems.append(
                Problem(
                    _(
                        "Các ngày cùng số thứ tự %(n)s không cùng năm gốc nên không ghép chung "
                        "số năm được.",
                        n=order,
                    ),
                    "anniversaries",
                )
            )
        return AnniversaryChoice(tuple(name for name, _year in rows), rows[0][1])


def picks_of(
    campaign: Campaign,
    body_ids: set[int],
    typed: Mapping[str, str] | None = None,
) -> Picks:
    """The rows of the form: as stored, or as `typed` when the form was sent."""
    own, spring, place = _stored(campaign)
    if typed is not None:
        own = [
            OwnRow(
                typed.get(f"order-own-{n}", "").strip()[:9],
                clean_line(typed.get(f"name-own-{n}", ""), LONGEST_LINE),
                typed.get(f"year-own-{n}", "").strip()[:9],
            )
            for n in range(len(own) + SPARE_ROWS)
        ]
        spring = typed.get("spring") == "1"
        place = typed.get("order-spring", "").strip()[:9]
    else:
        own += [OwnRow()] * SPARE_ROWS
    return Picks(
        own,
        _calendar(campaign, body_ids, typed or {}),
        spring,
        place,
        [],
    )


def _stored(campaign: Campaign) -> tuple[list[OwnRow], bool, str]:
    own: list[OwnRow] = []
    place = ""
    for row in campaign.anniversaries:
        if row.is_spring:
            place = str(row.position)
        own += [
            OwnRow(str(row.position), name, str(row.founding_year or ""))
            for name in row.names
            if not row.is_spring
        ]
    return own, bool(place), place


def _calendar(
    campaign: Campaign,
    body_ids: set[int],
    typed: Mapping[str, str],
) -> list[CalendarRow]:
    """The days that the campaign does not have yet, those of its own quarter first."""
    year = campaign.emulation_year.year
    taken = {
        (same_name_key(name), row.founding_year)
        for row in campaign.anniversaries
        for name in row.names
    }
    rows = []
    for row in queries.commemorations(body_ids):
        founded = row.founding_year if row.shows_count else None
        if (
            (row.month is None and row.body_id is None)
            or (same_name_key(row.name), founded) in taken
            or (founded or 0) > year
        ):
            continue  # Tết is the spring phrase
        rows.append(
            CalendarRow(
                row.pid,
                row.name,
                calendar.phrase(year, [row.name], founded),
                f"{row.day:02}/{row.month:02}" if row.day and row.month else "",
                founded,
                row.usual_quarter,
                typed.get(f"order-{row.pid}", "").strip()[:9],
            )
        )
    return sorted(rows, key=lambda row: row.usual_quarter != campaign.quarter)


def _order(text: str, anchor: str, problems: list[Problem]) -> int:
    order = whole_number(text)
    if order is not None and 0 < order < 100:
        return order
    problems.append(Problem(_("Thứ tự phải là số từ 1 đến 99."), anchor))
    return 0


def _founded(text: str, anchor: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    year = whole_number(text)
    if year is not None and 1 <= year <= date.max.year:
        return year
    problems.append(Problem(_("Năm gốc phải là một năm, ví dụ 1945."), anchor))
    return None

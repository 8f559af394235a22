"""Shapes of what is typed about a year, its campaigns and its commemorations."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import NumberRange

from pledge_app.campaigns import queries
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.queries import in_force
from pledge_app.kernel.actor import Actor
from pledge_app.orgs.models import Line
from pledge_app.ui.forms import Form, choose, day, line, text, version, whole


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
    """Theme, contents and dates of a quarter's campaign; its days are read by chosen_days."""

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

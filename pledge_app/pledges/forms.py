"""Shapes of what is typed into a pledge outside its grid."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField

from pledge_app.campaigns.queries import phrases
from pledge_app.kernel.roman import roman
from pledge_app.pledges.models import Pledge
from pledge_app.ui.forms import Form, day, line, text, version

SPARE_TITLES = 3


class StartForm(Form):
    """Which body begins which year."""

    body = HiddenField()
    year = HiddenField()


class MoveForm(Form):
    """A step without words. `ver` is the version of the pledge on the page."""

    ver = version()


class ReasonForm(Form):
    """The leader's comment."""

    ver = version()
    reason = text(
        _l("Nội dung cần sửa"),
        longest=2000,
        rows=3,
    )


class SignedOnPaperForm(Form):
    """Đã trình ký: who signed on paper, and when."""

    leader = line(_l("Người đã ký (họ tên, chức vụ)"), longest=200)
    signed_on = day(_l("Ngày ký"))
    scan = FileField(
        _l("Bản quét có chữ ký"),
        description=_l("PDF, JPEG hoặc PNG, nhiều nhất 20 MB."),
    )


class SendForm(Form):
    """Gửi cấp trên; the paper's number is entered on the paper's own page."""

    ver = version()


class PlanForm(Form):
    """Campaigns, titles, resolution; its fields depend on the pledge: see plan_form()."""

    ver = version()
    resolution = line(
        _l("Nghị quyết làm căn cứ của các chỉ tiêu"),
        needed=False,
        longest=500,
        help_=_l("Ví dụ: Nghị quyết số 05-NQ/ĐU ngày 10/01/2023 của Đảng ủy xã."),
    )


def plan_form(pledge: Pledge) -> PlanForm:
    """The form of one pledge: a tick and an objective per campaign, a line per title and three
    to spare.
    """
    fields: dict[str, object] = {}
    values: dict[str, object] = {"ver": pledge.version_id, "resolution": pledge.resolution}
    for row in sorted(pledge.campaigns, key=lambda row: row.campaign.quarter):
        quarter, key = roman(row.campaign.quarter), row.campaign.pid
        fields[f"joins_{key}"] = BooleanField(_("Tham gia đợt thi đua quý %(q)s", q=quarter))
        fields[f"objective_{key}"] = text(
            _("Mục tiêu, nội dung của đơn vị trong quý %(q)s", q=quarter),
            needed=False,
            longest=4000,
            rows=3,
        )
        values |= {f"joins_{key}": row.joins, f"objective_{key}": row.objective}
    for position in range(len(pledge.titles) + SPARE_TITLES):
        known = pledge.titles[position] if position < len(pledge.titles) else None
        fields[f"title_{position}"] = line(
            _("Danh hiệu, hình thức khen thưởng %(n)s", n=position + 1),
            needed=False,
        )
        fields[f"holder_{position}"] = line(
            _("Tập thể, cá nhân đăng ký %(n)s", n=position + 1),
            needed=False,
        )
        values |= {
            f"title_{position}": known.title if known else "",
            f"holder_{position}": known.holder if known else "",
        }
    made: PlanForm = type(
        "PlanFormOfPledge",
        (PlanForm,),
        fields,
    )(data=values)
    return made


def campaign_lines(pledge: Pledge) -> list[dict[str, object]]:
    """What the guidance says of each campaign, with the key of its fields."""
    return [
        {
            "key": row.campaign.pid,
            "quarter": roman(row.campaign.quarter),
            "theme": row.campaign.theme,
            "starts_on": row.campaign.starts_on,
            "ends_on": row.campaign.ends_on,
            "contents": row.campaign.contents,
            "phrases": phrases(row.campaign),
        }
        for row in sorted(pledge.campaigns, key=lambda row: row.campaign.quarter)
    ]


def joins_of(pledge: Pledge, form: PlanForm) -> dict[int, tuple[bool, str]]:
    """By campaign id: whether the unit joins, and its objective."""
    return {
        row.campaign_id: (
            bool(form[f"joins_{row.campaign.pid}"].data),
            form[f"objective_{row.campaign.pid}"].data or "",
        )
        for row in pledge.campaigns
    }


def titles_of(form: PlanForm) -> list[tuple[str, str]]:
    """(title, holder) of every line with a title."""
    rows = [
        (form[name].data or "", form["holder_" + name.split("_")[1]].data or "")
        for name in form._fields
        if name.startswith("title_")
    ]
    return [(title, holder) for title, holder in rows if title]


def holders_without_title(form: PlanForm) -> list[str]:
    """Names of the title fields left blank although somebody was named for them."""
    return [
        name
        for name in form._fields
        if name.startswith("title_")
        and form["holder_" + name.split("_")[1]].data
        and not form[name].data
    ]

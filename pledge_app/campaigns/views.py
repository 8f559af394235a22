"""The emulation year: guidance, criteria, campaigns, commemorations, assigned figures."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.audit.queries import timeline
from pledge_app.campaigns import (
    assigned_figures,
    assigning,
    calendar,
    events,
    operations,
    pasting,
    policy,
    queries,
)
from pledge_app.campaigns.chosen_days import ChosenDays, stored_days, typed_days
from pledge_app.campaigns.extending import extended_deadline
from pledge_app.campaigns.forms import (
    CampaignForm,
    GuidanceForm,
    LocalDayForm,
    guidance_form,
    open_form,
)
from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.criteria.block import LARGEST_BLOCK
from pledge_app.criteria.queries import find_set
from pledge_app.criteria.words import CADENCE_WORDS, DIRECTION_WORDS
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.errors import Forbidden, Problem
from pledge_app.orgs.models import Line
from pledge_app.orgs.queries import find_body
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of, page_of_list
from pledge_app.web.application import looking
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("campaigns", __name__)
SAVE = "save"


@bp.get("/nam-thi-dua")
def index() -> ResponseReturnValue:
    """All years, newest first."""
    return render_template(
        "campaigns/index.html",
        page=page_of(queries.years()),
        may_open=bool(queries.issuers_for(actor())),
    )


@bp.route("/nam-thi-dua/mo", methods=["GET", "POST"])
@needs(Role.REVIEWER, Role.ADMIN)
def open_year() -> ResponseReturnValue:
    """Begin a year."""
    form = open_form(actor())
    status = 200
    if request.method == "GET":
        form.year.data = clock.today().year
    elif form.validate():
        with catch_refusal(
            field=form.year,
            statuses=(409, 422),
        ) as refusal:
            opened = operations.open_year(
                form.year.data,
                Line(form.line.data),
                find_body(form.issuer.data),
                actor=actor(),
                at=clock.now(),
            )
        status = refusal.status
        if not refusal:
            flash(_("Đã mở năm thi đua. Hãy chọn bộ tiêu chí và đặt các hạn."))
            return redirect(url_for("campaigns.guidance", pid=opened.pid), 303)
    else:
        status = 422
    return render_template("campaigns/open.html", form=form), status


@bp.get("/nam-thi-dua/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """One year, readable by everybody logged in: the guidance binds all."""
    year = queries.find_year(pid)
    table = assigning.table(year)
    return render_template(
        "campaigns/show.html",
        year=year,
        criteria=table.criteria,
        table=table,
        page=page_of_list(table.bodies),
        clusters=queries.clusters_of(year),
        phrases={row.id: queries.phrases(row) for row in year.campaigns},
        celebrated={row.id: calendar.celebrate(queries.phrases(row)) for row in year.campaigns},
        extended_deadline=extended_deadline,
        directions=DIRECTION_WORDS,
        cadences=CADENCE_WORDS,
        may_guide=policy.guides(actor(), year),
        timeline=timeline(EmulationYear.__tablename__, year.pid),
    )


def guided(pid: str) -> EmulationYear:
    """The year, if the actor may change it. Raises NotFound or Forbidden."""
    year = queries.find_year(pid)
    if not policy.guides(actor(), year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa năm thi đua. Dữ liệu chưa thay đổi."))
    return year


@bp.route("/nam-thi-dua/<pid>/huong-dan", methods=["GET", "POST"])
def guidance(pid: str) -> ResponseReturnValue:
    """Guidance, deadlines, criteria set."""
    year = guided(pid)
    form = guidance_form(year)
    if request.method == "POST" and form.validate():
        with catch_refusal(form) as refusal:
            operations.set_guidance(
                year,
                _guidance_values(form),
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lưu hướng dẫn và các hạn."))
            return redirect(url_for("campaigns.show", pid=pid), 303)
    status = 422 if request.method == "POST" else 200
    return render_template(
        "campaigns/guidance.html",
        year=year,
        form=form,
    ), status


def _guidance_values(form: GuidanceForm) -> dict[str, object]:
    values: dict[str, object] = {
        name: form[name].data for name in operations.GUIDANCE if name != "criteria_set_id"
    }
    for name in ("guidance_number", "guidance_title", "approve_word"):
        values[name] = values[name] or ""
    chosen = form.criteria_set.data
    return values | {"criteria_set_id": find_set(chosen).id if chosen else None}


@bp.route("/nam-thi-dua/<pid>/quy/<int:quarter>", methods=["GET", "POST"])
def campaign(pid: str, quarter: int) -> ResponseReturnValue:
    """A campaign: theme, dates, contents, anniversaries. The author chooses the quarter of each
    day; whatever button but "Lưu" only shows the chosen days anew.
    """
    year = guided(pid)
    quarterly = queries.campaign_of(year, quarter)
    if request.method == "GET":
        form = CampaignForm(
            data={
                "ver": quarterly.version,
                "theme": quarterly.theme,
                "contents": quarterly.contents,
                "starts_on": quarterly.starts_on,
                "ends_on": quarterly.ends_on,
            }
        )
        return _campaign_page(
            quarterly,
            form,
            stored_days(quarterly, {year.issuer_body_id}),
        )
    form = CampaignForm()
    days = typed_days(quarterly, {year.issuer_body_id}, request.form)
    if request.form.get("then", SAVE) != SAVE:
        return _campaign_page(
            quarterly,
            form,
            days,
        )
    chosen = days.choices()
    if not form.validate() or days.problems:
        return _campaign_page(
            quarterly,
            form,
            days,
        ), 422
    with catch_refusal() as refusal:
        operations.save_campaign(
            quarterly,
            theme=form.theme.data or "",
            contents=form.contents.data or "",
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            anniversaries=chosen,
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        days.problems += refusal.problems or [Problem(refusal.sentence, "anniversaries")]
        return _campaign_page(
            quarterly,
            form,
            days,
        ), 422
    flash(_("Đã lưu đợt thi đua %(period)s.", period=quarterly.period.name))
    return redirect(url_for("campaigns.show", pid=pid), 303)


def _campaign_page(found: Campaign, form: CampaignForm, days: ChosenDays) -> str:
    problems = [
        Problem(f"{field.label.text}: {error}", field.id)
        for field in form
        for error in field.errors
    ]
    year = found.emulation_year
    return render_template(
        "campaigns/campaign.html",
        year=year,
        campaign=found,
        form=form,
        days=days,
        problems=problems + days.problems,
        spring=calendar.spring_phrase(year.year),
    )


@bp.route("/nam-thi-dua/<pid>/ngay-ky-niem", methods=["GET", "POST"])
def local_days(pid: str) -> ResponseReturnValue:
    """The issuing body's own days beside the calendar's."""
    year = guided(pid)
    form = LocalDayForm()
    if request.method == "POST" and form.validate():
        with catch_refusal(form) as refusal:
            operations.add_commemoration(
                form.name.data,
                day=form.day.data,
                month=form.month.data,
                founding_year=form.founding_year.data,
                body=year.issuer,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã thêm ngày kỷ niệm vào lịch."))
            return redirect(url_for("campaigns.local_days", pid=pid), 303)
    days = queries.commemorations({year.issuer_body_id})
    return render_template(
        "campaigns/days.html",
        year=year,
        form=form,
        days=days,
    ), 422 if request.method == "POST" else 200


@bp.route("/nam-thi-dua/<pid>/chi-tieu-giao", methods=["GET", "POST"])
def assigned(pid: str) -> ResponseReturnValue:
    """The table of assigned figures; a block pasted from Excel is previewed first and written
    when confirmed.
    """
    block = request.form.get("block", "")[: LARGEST_BLOCK + 1]  # one more says that it is too large
    if request.method == "GET":
        return _assigned_page(guided(pid), "", None)
    declaration = pasting.declared(request.form.get("dash", ""), request.form.getlist("same"))
    with looking():
        year = guided(pid)
        reading = assigning.read(year, block, declaration)
        if not reading.is_written:
            return _assigned_page(year, block, reading), reading.status
        figures = reading.figures
    count = assigned_figures.assign_figures(guided(pid), figures, actor=actor(), at=clock.now())
    flash(_("Đã ghi %(n)s chỉ tiêu giao.", n=count))
    return redirect(url_for("campaigns.assigned", pid=pid), 303)


def _assigned_page(year: EmulationYear, block: str, reading: pasting.Reading | None) -> str:
    problems = [Problem(reading.fault, "block")] if reading is not None and reading.fault else []
    table = assigning.table(year)
    signed = events.SIGNED_UNITS(year.id) if reading is not None and reading.taken else set()
    return render_template(
        "campaigns/assigned.html",
        year=year,
        block=block,
        reading=reading,
        problems=problems,
        table=table,
        page=page_of_list(table.bodies),
        signed=signed,
        dash=request.form.get("dash", ""),
        same=request.form.getlist("same"),
    )

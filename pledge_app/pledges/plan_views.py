"""The page of a pledge's campaigns, titles and resolution."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.kernel import clock
from pledge_app.pledges import entry, queries
from pledge_app.pledges.blueprint import bp
from pledge_app.pledges.forms import (
    PlanForm,
    campaign_lines,
    holders_without_title,
    joins_of,
    plan_form,
    titles_of,
)
from pledge_app.pledges.titles import titles_on
from pledge_app.ui.forms import posted_version


@bp.route("/giao-uoc/<pid>/dot-thi-dua", methods=["GET", "POST"])
def plan(pid: str) -> ResponseReturnValue:
    """Campaigns joined with the unit's own objective, titles registered, the resolution behind
    the goals.
    """
    who, at = actor(), clock.now()
    pledge = queries.find_pledge(pid, seen_by=who)
    types = pledge.LIFE.moves["submit_to_leader"].who(who, pledge)
    if request.method == "GET" and (pledge.state not in entry.ENTERING or not types):
        return redirect(url_for("pledges.show", pid=pid), 303)
    pledge.LIFE.admit(
        "submit_to_leader",
        pledge,
        who,
    )
    form = plan_form(pledge)
    if form.is_submitted() and _valid_plan(form):
        entry.save_plan(
            pledge,
            joins=joins_of(pledge, form),
            titles=titles_of(form),
            resolution=form.resolution.data or "",
            version=posted_version(),
            actor=who,
            at=at,
        )
        flash(_("Đã lưu đợt thi đua và danh hiệu đăng ký."))
        return redirect(
            url_for(
                "pledges.edit" if request.form.get("then") == "grid" else "pledges.plan",
                pid=pid,
            ),
            303,
        )
    return render_template(
        "pledges/plan.html",
        pledge=pledge,
        state=queries.shown_state(pledge),
        form=form,
        campaigns=campaign_lines(pledge),
        titles=titles_on(date(pledge.emulation_year.year, 12, 31)),
    ), 422 if form.is_submitted() else 200


def _valid_plan(form: PlanForm) -> bool:
    valid = form.validate()
    for name in holders_without_title(form):
        form[name].errors = [_("Đã ghi người đăng ký nhưng chưa ghi danh hiệu.")]
        valid = False
    return valid

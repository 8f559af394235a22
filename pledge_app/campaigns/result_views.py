"""Kết quả năm trước: the results of the members of a year, and a pasted block of them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.campaigns import events, pasting, results
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.views import guided
from pledge_app.kernel import clock
from pledge_app.kernel.errors import Problem
from pledge_app.ui.paging import page_of_list
from pledge_app.web.application import looking

bp = Blueprint("results", __name__)


@bp.route("/nam-thi-dua/<pid>/ket-qua-nam-truoc", methods=["GET", "POST"])
def last_year(pid: str) -> ResponseReturnValue:
    """The table with its sources; a pasted block is previewed first and written when confirmed."""
    block = request.form.get("block", "")
    if request.method == "GET":
        return _page(guided(pid), "", None)
    declaration = pasting.declared(request.form.get("dash", ""), request.form.getlist("same"))
    overrules = request.form.get("overrules") == "1"
    with looking():
        year = guided(pid)
        pasted = results.read(year, block, declaration, overrules=overrules)
        if not pasted.reading.is_written:
            return _page(year, block, pasted), pasted.reading.status
        figures = pasted.reading.figures
    count = results.give_results(
        guided(pid),
        figures,
        overrules=overrules,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã ghi %(n)s kết quả năm trước.", n=count))
    return redirect(url_for("results.last_year", pid=pid), 303)


def _page(year: EmulationYear, block: str, pasted: results.Pasted | None) -> str:
    problems = (
        [Problem(pasted.reading.fault, "block")]
        if pasted is not None and pasted.reading.fault
        else []
    )
    now = results.shown(year)
    signed = events.SIGNED_UNITS(year.id) if pasted is not None and pasted.reading.taken else set()
    return render_template(
        "campaigns/results.html",
        year=year,
        block=block,
        pasted=pasted,
        problems=problems,
        now=now,
        page=page_of_list(now.table.bodies),
        signed=signed,
        dash=request.form.get("dash", ""),
        same=request.form.getlist("same"),
        overrules=request.form.get("overrules") == "1",
    )

"""Thêm UBND các xã: committees of all communes of a unit, listed, then written with one press."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.orgs import committees, queries

bp = Blueprint("committees", __name__)


@bp.route("/quan-tri/co-quan/ubnd", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add() -> ResponseReturnValue:
    """`?don-vi=`: the unit whose communes are meant; `?cap-tren=1`: with the superior's line."""
    today = clock.today()
    asked = request.args.get("don-vi", "")
    unit = queries.find_unit(asked) if asked else None
    with_superior = request.args.get("cap-tren") == "1"
    if request.method == "POST" and unit is not None:
        added = committees.add_committees(
            unit,
            with_superior=with_superior,
            actor=actor(),
            at=clock.now(),
            today=today,
        )
        flash(_("Đã thêm %(n)s cơ quan. Hãy ghi người giữ chức của từng cơ quan.", n=added))
        return redirect(url_for("offices.index"), 303)
    return render_template(
        "administration/committees.html",
        units=committees.units_with_communes(today),
        unit=unit,
        superior=committees.superior_line(unit) if unit is not None else "",
        with_superior=with_superior,
        rows=committees.proposed(unit, with_superior=with_superior, on=today) if unit else [],
    )

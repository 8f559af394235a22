"""The page of the new room: the points of a body, and the press of a button that gives one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template_string, url_for
from flask.typing import ResponseReturnValue

from pledge_app.accounts.current import actor
from pledge_app.audit.operations import record
from pledge_app.audit.queries import timeline
from pledge_app.jobs import operations as jobs
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body

bp = Blueprint("points", __name__)
PAGE = """
{% extends "_layout/base.html" %}
{% import "_parts/ui.html" as ui with context %}
{% block heading %}Chấm điểm{% endblock %}
{% block state %}{{ ui.badge("points", "given") }}{% endblock %}
{% block content %}
<p>{{ 3 | stars }} {{ most_points }} {{ points_today }}</p>
{{ ui.post_button("Cho điểm", url_for("points.give", pid=body.pid)) }}
{{ ui.timeline(events) }}
{% endblock %}
"""


@bp.get("/diem")
def index() -> ResponseReturnValue:
    """Where the navigation leads: to the points of the first of my bodies."""
    body = db.session.get_one(Body, min(actor().bodies))
    return redirect(url_for("points.show", pid=body.pid), 303)


@bp.get("/diem/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """The points of a body and what happened to them."""
    body = db.session.query(Body).filter_by(pid=pid).one()
    return render_template_string(PAGE, body=body, events=timeline("body", pid))


@bp.post("/diem/<pid>")
def give(pid: str) -> ResponseReturnValue:
    """One more point: recorded now, counted by the worker."""
    body = db.session.query(Body).filter_by(pid=pid).one()
    record("points.given", body, actor=actor(), at=clock.now(), unit_id=body.unit_id, n=1)
    jobs.enqueue("points.count", f"points:{pid}", at=clock.now(), body=body.id)
    return redirect(url_for("points.show", pid=pid), 303)

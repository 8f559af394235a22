"""Cụm thi đua: made, filled, led, with the papers they rest on."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.exporting import exported
from pledge_app.administration import member_sheet
from pledge_app.administration.cluster_forms import (
    ClusterForm,
    PaperForm,
    chosen_lead,
    kind_of,
    lead_form,
    members_form,
    offer_bodies,
)
from pledge_app.administration.office_forms import EndForm
from pledge_app.administration.pages import form_page
from pledge_app.audit.queries import timeline
from pledge_app.campaigns.queries import year_of
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.numbers import whole_number, year_number
from pledge_app.orgs import cluster_queries as queries
from pledge_app.orgs import clusters, leads
from pledge_app.orgs.cluster_sheet import SHEET
from pledge_app.orgs.models import Cluster, ClusterPaperKind, Line
from pledge_app.orgs.queries import find_body
from pledge_app.orgs.words import LEAD_WORDS, LINE_WORDS, PAPER_WORDS
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("clusters", __name__)


@bp.get("/quan-tri/cum")
@needs(Role.ADMIN)
def index() -> ResponseReturnValue:
    """All clusters: by year, line, name."""
    asked, year, line = _asked()
    return render_template(
        "administration/clusters.html",
        page=page_of(queries.clusters(asked, year=year, line=line)),
        asked=asked,
        year=year or "",
        line=line,
        lines=LINE_WORDS,
    )


def _asked() -> tuple[str, int | None, Line | None]:
    """The filters; rubbish asks for nothing."""
    args, year = request.args, request.args.get("nam", "")
    return (
        args.get("q", "").strip()[:100],
        year_number(year),
        next((one for one in Line if one.value == args.get("he")), None),
    )


@bp.post("/quan-tri/cum/xlsx")
@needs(Role.ADMIN)
def export() -> ResponseReturnValue:
    """The filtered clusters as a sheet: a row per member."""
    asked, year, line = _asked()
    found = db.session.scalars(queries.clusters(asked, year=year, line=line)).unique()
    rows = member_sheet.rows(list(found), today=clock.today())
    return exported(_("Cụm thi đua"), SHEET.head, rows)


@bp.route("/quan-tri/cum/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def create() -> ResponseReturnValue:
    """A new cluster, empty or with the members of an older one."""
    form = ClusterForm(data={"year": clock.today().year})
    older = list(db.session.scalars(queries.clusters()))
    offer_bodies(form, None)
    form.copied.choices = [
        ("", _("Không chép")),
        *((row.pid, f"{row.name} ({row.year})") for row in older),
    ]
    if form.validate_on_submit():
        source = next((row for row in older if row.pid == form.copied.data), None)
        members = [row.body for row in source.members] if source is not None else []
        kept = (
            [
                body
                for body in members
                if body.exists_to is None or body.exists_to > date(form.year.data, 1, 1)
            ]
            if 1 <= form.year.data <= 9999
            else []
        )
        with catch_refusal(form) as refusal:
            made = clusters.create_cluster(
                form.name.data,
                form.year.data,
                Line(form.line.data),
                issuer=find_body(form.issuer.data),
                reviewer=find_body(form.reviewer.data),
                members=kept,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lập cụm thi đua."))
            if left := [body.name for body in members if body not in kept]:
                flash(_("Không chép vì đã kết thúc hoạt động: %(names)s.", names="; ".join(left)))
            return redirect(url_for("clusters.show", pid=made.pid), 303)
    return form_page(
        form,
        _("Thêm cụm thi đua"),
        _("Thêm cụm thi đua"),
        url_for("clusters.index"),
        crumbs=_way(),
    )


@bp.get("/quan-tri/cum/<pid>")
@needs(Role.ADMIN)
def show(pid: str) -> ResponseReturnValue:
    """One cluster: members in order, lead and deputy, papers, trail."""
    cluster = queries.find_cluster(pid)
    leads = sorted(cluster.leads, key=lambda row: (row.held_from, row.id), reverse=True)
    return render_template(
        "administration/cluster.html",
        cluster=cluster,
        lines=LINE_WORDS,
        lead_words=LEAD_WORDS,
        paper_words=PAPER_WORDS,
        leads=leads,
        today=clock.today(),
        year=year_of(cluster),
        timeline=timeline(Cluster.__tablename__, cluster.pid),
    )


@bp.route("/quan-tri/cum/<pid>/sua", methods=["GET", "POST"])
@needs(Role.ADMIN)
def describe(pid: str) -> ResponseReturnValue:
    """Name and the bodies above; year and line stay what they are."""
    cluster = queries.find_cluster(pid)
    form = ClusterForm(
        data={
            "ver": cluster.version_id,
            "name": cluster.name,
            "issuer": cluster.issuer.pid,
            "reviewer": cluster.reviewer.pid,
        }
    )
    del form.year, form.line, form.copied
    offer_bodies(form, cluster)
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            clusters.describe_cluster(
                cluster,
                form.name.data,
                issuer=find_body(form.issuer.data),
                reviewer=find_body(form.reviewer.data),
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            return _saved(cluster, _("Đã lưu cụm thi đua."))
    return form_page(
        form,
        _("Sửa cụm thi đua"),
        _("Lưu"),
        url_for("clusters.show", pid=pid),
        crumbs=_way(cluster),
    )


@bp.route("/quan-tri/cum/<pid>/thanh-vien", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add_members(pid: str) -> ResponseReturnValue:
    """Bodies join."""
    cluster = queries.find_cluster(pid)
    asked = request.args.get("q", "").strip()[:100]
    form = members_form(cluster, asked)
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            clusters.add_members(
                cluster,
                [find_body(one) for one in form.bodies.data or []],
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            return _saved(cluster, _("Đã thêm thành viên."))
    return render_template(
        "administration/cluster_members.html",
        cluster=cluster,
        asked=asked,
        form=form,
    ), 422 if form.is_submitted() else 200


@bp.post("/quan-tri/cum/<pid>/thanh-vien/bo")
@needs(Role.ADMIN)
def drop_member(pid: str) -> ResponseReturnValue:
    """A member leaves; it can be added again."""
    cluster = queries.find_cluster(pid)
    body = find_body(request.form.get("body", ""))
    clusters.drop_member(
        cluster,
        body,
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
    )
    return _saved(cluster, _("Đã bỏ %(body)s khỏi cụm.", body=body.name))


@bp.post("/quan-tri/cum/<pid>/thu-tu")
@needs(Role.ADMIN)
def order(pid: str) -> ResponseReturnValue:
    """The order of the columns on paper."""
    cluster = queries.find_cluster(pid)
    places = {
        row.body_id: whole_number(request.form.get(f"place-{row.body.pid}")) or 0
        for row in cluster.members
    }
    clusters.order_members(
        cluster,
        places,
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
    )
    return _saved(cluster, _("Đã lưu thứ tự các thành viên."))


@bp.route("/quan-tri/cum/<pid>/cum-truong", methods=["GET", "POST"])
@needs(Role.ADMIN)
def set_lead(pid: str) -> ResponseReturnValue:
    """Who leads from now on."""
    cluster = queries.find_cluster(pid)
    form = lead_form(cluster)
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            leads.set_lead(
                cluster,
                chosen_lead(form),
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            return _saved(cluster, _("Đã ghi Cụm trưởng, Cụm phó."))
    return form_page(
        form,
        _("Ghi Cụm trưởng, Cụm phó"),
        _("Ghi Cụm trưởng, Cụm phó"),
        url_for("clusters.show", pid=pid),
        crumbs=_way(cluster),
        note=_("Người đang giữ vai trò này mà chưa có ngày kết thúc sẽ thôi từ ngày đó."),
    )


@bp.route("/quan-tri/cum/<pid>/cum-truong/<kind>/ket-thuc", methods=["GET", "POST"])
@needs(Role.ADMIN)
def end_lead(pid: str, kind: str) -> ResponseReturnValue:
    """A lead or deputy leaves without a successor."""
    cluster, which = queries.find_cluster(pid), kind_of(kind)
    if which is None:
        raise NotFound(_("Không có trang này."))
    form = EndForm(data={"ver": cluster.version_id})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            leads.end_lead(
                cluster,
                which,
                on=form.on.data,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            return _saved(cluster, _("Đã ghi ngày kết thúc."))
    return form_page(
        form,
        _("Kết thúc: %(what)s", what=LEAD_WORDS[which]),
        _("Ghi ngày kết thúc"),
        url_for("clusters.show", pid=pid),
        crumbs=_way(cluster),
    )


@bp.route("/quan-tri/cum/<pid>/van-ban/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add_paper(pid: str) -> ResponseReturnValue:
    """A paper that the cluster rests on."""
    cluster = queries.find_cluster(pid)
    form = PaperForm()
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            clusters.add_paper(
                cluster,
                ClusterPaperKind(form.kind.data),
                number=form.number.data,
                dated=form.dated.data,
                issuer=form.issuer.data,
                title=form.title.data,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            return _saved(cluster, _("Đã ghi văn bản của cụm."))
    return form_page(
        form,
        _("Ghi văn bản của cụm"),
        _("Ghi văn bản"),
        url_for("clusters.show", pid=pid),
        crumbs=_way(cluster),
    )


@bp.post("/quan-tri/van-ban-cum/<pid>/bo")
@needs(Role.ADMIN)
def drop_paper(pid: str) -> ResponseReturnValue:
    """A paper recorded by mistake."""
    paper = queries.find_paper(pid)
    cluster = paper.cluster
    clusters.drop_paper(paper, actor=actor(), at=clock.now())
    return _saved(cluster, _("Đã bỏ văn bản khỏi cụm. Nhật ký vẫn giữ thông tin."))


def _way(cluster: Cluster | None = None) -> list[tuple[str, str]]:
    way = [(_("Cụm thi đua"), url_for("clusters.index"))]
    return (
        [*way, (cluster.name, url_for("clusters.show", pid=cluster.pid))]
        if cluster is not None
        else way
    )


def _saved(cluster: Cluster, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("clusters.show", pid=cluster.pid), 303)

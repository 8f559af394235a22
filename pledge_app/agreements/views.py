"""The joint agreement: list, composing, circulating, freezing, versions."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import compose, freezing, operations, policy, queries, story, versions
from pledge_app.agreements.amendment_views import lines_of, may_propose
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.forms import CommentForm, ReasonForm, TextForm
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import BasisLine
from pledge_app.agreements.party_views import drafted
from pledge_app.agreements.states import STANDING, AgreementState
from pledge_app.campaigns.queries import legal_bases
from pledge_app.documents.queries import uploads_of
from pledge_app.kernel import clock
from pledge_app.kernel.errors import Conflict, Problem
from pledge_app.orgs.queries import find_body
from pledge_app.signing.rounds import missing
from pledge_app.ui.chosen import with_chosen
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of
from pledge_app.web.refused_verbs import catch_refusal


@bp.get("/giao-uoc-cum")
def index() -> ResponseReturnValue:
    """The agreements that the actor may see, and the clusters for which one can be begun."""
    args = with_chosen(request.args)
    return render_template(
        "agreements/index.html",
        page=page_of(queries.asked_for(args, seen_by=actor())),
        to_begin=queries.to_begin(actor()),
        asked={name: args.get(name, "") for name in ("nam", "trang_thai")},
        years=queries.years(seen_by=actor()),
        states=list(AgreementState),
    )


@bp.post("/giao-uoc-cum/lap")
def start() -> ResponseReturnValue:
    """Begin the agreement of a cluster. Pressed twice: the one that is there."""
    cluster = queries.find_cluster(request.form.get("cluster", ""))
    there = queries.current_of(cluster, seen_by=actor())
    if there is None:
        there = operations.start_agreement(
            cluster,
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
        flash(
            _(
                "Đã lập dự thảo từ các bản đăng ký đã thống nhất. Hãy soạn phần lời rồi gửi lấy "
                "ý kiến."
            )
        )
    return redirect(url_for("agreements.show", pid=there.pid), 303)


@bp.get("/giao-uoc-cum/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """One version: where it stands, what it says, what its members say of it, who has signed."""
    return _page(queries.find_agreement(pid, seen_by=actor()))


def _page(
    agreement: Agreement,
    comment: CommentForm | None = None,
    problems: tuple[Problem, ...] = (),
) -> str:
    who, content = actor(), story.content_of(agreement)
    opened = queries.round_of(agreement)
    speaking = story.speaking_bodies(agreement, who)
    if comment is None:
        comment = CommentForm(read=operations.content_now(agreement))
        comment.body.choices = [(body.pid, body.name) for body in speaking]
    return render_template(
        "agreements/show.html",
        agreement=agreement,
        content=content,
        steps=story.steps(agreement),
        holder=story.holder(agreement, opened),
        unready=compose.unready(agreement),
        problems=problems,
        waiting=compose.waiting(agreement) if agreement.state is AgreementState.DRAFT else [],
        moves=set(agreement.LIFE.open_to(agreement, who)),
        composes=policy.composes_for(who, agreement),
        opinions=story.opinions(agreement),
        answers=story.answers(agreement),
        comment=comment,
        speaking=speaking,
        preview_fits=story.preview_fits(agreement, content),
        round=opened,
        missing=missing(opened) if opened else [],
        own_steps=story.own_steps(
            agreement,
            opened,
            who,
            clock.today(),
        ),
        versions=queries.versions(agreement),
        newer=queries.newer(agreement),
        timeline=story.timeline(agreement),
        scans=uploads_of(Agreement.__tablename__, agreement.pid),
        amendments=lines_of(agreement, who),
        may_propose=may_propose(agreement, who),
    )


@bp.route("/giao-uoc-cum/<pid>/soan", methods=["GET", "POST"])
def edit(pid: str) -> ResponseReturnValue:
    """The words and the căn cứ."""
    agreement = drafted(pid)
    form = _text_form(agreement)
    if form.validate_on_submit():
        on = form.paper_date.data
        with catch_refusal() as refusal:
            operations.save_texts(
                agreement,
                {name: form[name].data or "" for name in operations.TEXTS},
                bases=_bases(form),
                paper_date=on,
                show_qr=form.show_qr.data,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        form.bases.errors = [problem.sentence for problem in refusal.listed]
        if not refusal:
            flash(_("Đã lưu dự thảo."))
            return redirect(url_for("agreements.show", pid=pid), 303)
    choices = legal_bases(form.paper_date.data or agreement.paper_date)
    return render_template(
        "agreements/edit.html",
        agreement=agreement,
        form=form,
        choices=choices,
        chosen=set(form.bases.data or []),
    ), 422 if form.is_submitted() else 200


def _text_form(agreement: Agreement) -> TextForm:
    form = TextForm(
        data={
            **{
                name: getattr(agreement, name)
                for name in (*operations.TEXTS, "paper_date", "show_qr")
            },
            "ver": str(agreement.version_id),
            "bases": [
                row.legal_basis.pid for row in agreement.bases if row.legal_basis is not None
            ],
            "free_bases": "\n".join(row.text for row in agreement.bases if row.legal_basis is None),
        }
    )
    form.bases.choices = [
        (row.basis.pid, row.basis.citation) for row in legal_bases(agreement.paper_date)
    ]
    return form


def _bases(form: TextForm) -> list[BasisLine]:
    """Those of the register in its order (laws before decrees before circulars), then the free
    lines.
    """
    wanted = set(form.bases.data or [])
    rows = [
        BasisLine(f"Căn cứ {row.basis.citation}", row.basis.id)
        for row in legal_bases(form.paper_date.data)
        if row.basis.pid in wanted
    ]
    return rows + [
        BasisLine(line) for line in (form.free_bases.data or "").splitlines() if line.strip()
    ]


@bp.post("/giao-uoc-cum/<pid>/lay-y-kien")
def circulate(pid: str) -> ResponseReturnValue:
    """Gửi dự thảo lấy ý kiến."""
    operations.circulate(
        drafted(pid),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã gửi dự thảo cho các đơn vị. Bản xem trước đang được tạo."))
    return redirect(url_for("agreements.show", pid=pid), 303)


@bp.post("/giao-uoc-cum/<pid>/xem-truoc")
def preview(pid: str) -> ResponseReturnValue:
    """The draft through the print's own pipe."""
    operations.preview(
        drafted(pid),
        actor=actor(),
        at=clock.now(),
    )
    return redirect(
        url_for(
            "agreements.show",
            pid=pid,
            _anchor="xem-truoc",
        ),
        303,
    )


@bp.post("/giao-uoc-cum/<pid>/y-kien")
def comment(pid: str) -> ResponseReturnValue:
    """A member's comment or agreement."""
    agreement, form = queries.find_agreement(pid, seen_by=actor()), CommentForm()
    operations.commenting(agreement, actor())
    form.body.choices = [
        (body.pid, body.name) for body in story.speaking_bodies(agreement, actor())
    ]
    if not form.validate_on_submit():
        return _page(agreement, form), 422
    with catch_refusal(field=form.text) as refusal:
        operations.comment(
            agreement,
            find_body(form.body.data),
            agrees=request.form.get("act") == "agree",
            text=form.text.data or "",
            read_sha256=form.read.data or "",
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        return _page(agreement, form), 422
    flash(_("Đã ghi ý kiến của đơn vị."))
    return redirect(
        url_for(
            "agreements.show",
            pid=pid,
            _anchor="y-kien",
        ),
        303,
    )


@bp.route("/giao-uoc-cum/<pid>/chot", methods=["GET", "POST"])
def freeze(pid: str) -> ResponseReturnValue:
    """Chốt nội dung trình ký: asks first, says what follows."""
    agreement = drafted(pid)
    problems: Sequence[Problem] = freezing.freezing_problems(agreement)
    if request.method == "POST":
        with catch_refusal() as refusal:
            operations.freeze(
                agreement,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        problems = refusal.listed
        if not refusal:
            flash(_("Đã chốt nội dung trình ký. Văn bản đang được tạo."))
            return redirect(url_for("agreements.show", pid=pid), 303)
    return render_template(
        "agreements/freeze.html",
        agreement=agreement,
        questions=freezing.questions(agreement, problems),
        unready=compose.unready(agreement),
        waiting=compose.waiting(agreement),
        warnings=freezing.draft_warnings(agreement, today=clock.today()),
        lower=freezing.lower_without_reason(agreement),
        remarks=[row for row in story.opinions(agreement) if row.text],
        answers=story.answers(agreement),
    ), 422 if request.method == "POST" else 200


@bp.post("/giao-uoc-cum/<pid>/tao-lai")
def retry_render(pid: str) -> ResponseReturnValue:
    """A paper that could not be made is tried again."""
    operations.retry_render(
        queries.find_agreement(pid, seen_by=actor()),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đang tạo lại văn bản."))
    return redirect(url_for("agreements.show", pid=pid), 303)


@bp.route("/giao-uoc-cum/<pid>/huy", methods=["GET", "POST"])
def void(pid: str) -> ResponseReturnValue:
    """Hủy, with its reason."""
    agreement = _composed(pid)
    agreement.LIFE.guard(
        "void",
        agreement,
        actor(),
    )
    form = ReasonForm()
    if form.validate_on_submit():
        versions.void(
            agreement,
            form.reason.data,
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã hủy bản giao ước này. Hồ sơ và lý do được giữ lại."))
        return redirect(url_for("agreements.show", pid=pid), 303)
    return render_template(
        "agreements/void.html",
        agreement=agreement,
        form=form,
    ), 422 if form.is_submitted() else 200


@bp.route("/giao-uoc-cum/<pid>/phien-ban-moi", methods=["GET", "POST"])
def new_version(pid: str) -> ResponseReturnValue:
    """A later change: the next version as a draft."""
    agreement = _composed(pid)
    _changeable(agreement)
    form = ReasonForm()
    if form.validate_on_submit():
        newer = versions.new_version(
            agreement,
            form.reason.data,
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã lập phiên bản %(n)s dưới dạng dự thảo.", n=newer.version))
        return redirect(url_for("agreements.show", pid=newer.pid), 303)
    return render_template(
        "agreements/new_version.html",
        agreement=agreement,
        form=form,
    ), 422 if form.is_submitted() else 200


def _composed(pid: str) -> Agreement:
    """The agreement, for those who compose it."""
    agreement = queries.find_agreement(pid, seen_by=actor())
    operations.composing(agreement, actor())
    return agreement


def _changeable(agreement: Agreement) -> None:
    if agreement.state not in (AgreementState.RENDERING, AgreementState.AWAITING, *STANDING) or (
        queries.newer(agreement) is not None
    ):
        raise Conflict(
            _(
                "Bản này không phải bản hiện hành nên không lập phiên bản mới từ đây. "
                "Hãy mở phiên bản mới nhất."
            )
        )

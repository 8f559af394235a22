"""Sửa số liệu tại bàn: another figure is proposed here, and the two sides say yes or no to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import amendments, consents, policy, queries, story
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.amendments import CHANGEABLE
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.consents import Side
from pledge_app.agreements.forms import TableForm
from pledge_app.agreements.models import Agreement
from pledge_app.criteria.shapes import shape_of
from pledge_app.criteria.words import figure_words, item_word
from pledge_app.kernel import clock
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.kernel.text import clean_text
from pledge_app.pledges.entry import is_counted
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.sheet import item_words
from pledge_app.pledges.typed import read_items
from pledge_app.web.refused_verbs import catch_refusal

LONGEST = 2000


@dataclass(frozen=True)
class Line:
    """One proposed change as the page shows it. `sides`: those that the reader may say yes for,
    and whether a signed note must be named.
    """

    row: Amendment
    before: str
    after: str
    sides: list[tuple[str, str, bool]]
    may_reject: bool


def lines_of(agreement: Agreement, who: Actor) -> list[Line]:
    """Every change proposed for the cluster's agreement, as `who` may answer it; the newest
    first.
    """
    return [_line(row, who) for row in queries.amendments_of(agreement)]


def _line(row: Amendment, who: Actor) -> Line:
    words = {
        Side.COMMUNE: _("Đồng ý thay mặt %(body)s", body=row.target.pledge.body.name),
        Side.REVIEWER: _("Đồng ý thay mặt %(body)s", body=row.target.pledge.cluster.reviewer.name),
    }
    yes_no = row.target.criterion.is_yes_no
    return Line(
        row,
        figure_words(row.old_goal, yes_no),
        figure_words(row.new_goal, yes_no),
        [
            (side.value, words[side], consents.needs_note(row, side, who))
            for side in Side
            if consents.may_consent(row, side, who)
        ],
        row.may("reject", who),
    )


@bp.route("/giao-uoc-cum/<pid>/sua-so-lieu", methods=["GET", "POST"])
def change_at_the_table(pid: str) -> ResponseReturnValue:
    """Another figure is proposed; the commune and the reviewer are asked."""
    agreement = queries.find_agreement(pid, seen_by=actor())
    pledges = _proposes_for(agreement, actor())
    if not pledges:
        raise Forbidden(_("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi."))
    if not _is_open(agreement):
        raise Conflict(_("Chỉ sửa số liệu tại bàn khi bản giao ước chưa ký xong."))
    targets = _changeable_targets(agreement, pledges)
    if not targets:
        raise Conflict(
            _("Số liệu đã có hiệu lực theo phiên bản đã ký nên không sửa tại bàn được nữa.")
        )
    form = TableForm(target=request.args.get("chi-tieu") or request.args.get("target", ""))
    chosen = targets.get(form.target.data)
    rows = chosen if chosen is not None and is_counted(chosen) else None
    if chosen is not None:
        form.goal.shape = shape_of(chosen.criterion, may_be_negative=False)
    if rows is not None and request.form.get("rows") == rows.pid:
        form.goal.validators = []
    form.target.choices = [("", _("Chọn đơn vị và chỉ tiêu"))] + [
        (row.pid, story.target_label(row)) for row in targets.values()
    ]
    if form.validate_on_submit() and _proposed(
        agreement,
        targets[form.target.data],
        form,
        rows,
    ):
        flash(_("Đã gửi đề nghị. Số liệu chỉ đổi khi đơn vị và cơ quan thẩm định cùng đồng ý."))
        return redirect(url_for("agreements.show", pid=pid, _anchor="sua-so-lieu"), 303)
    page = render_template(
        "agreements/table.html",
        agreement=agreement,
        form=form,
        rows=rows,
        words=item_words(),
        items=item_word(rows.criterion, (row.name for row in rows.items))
        if rows is not None
        else "",
        typed=request.form,
    )
    return page, 422 if form.is_submitted() else 200


def _proposed(agreement: Agreement, target: Target, form: TableForm, rows: Target | None) -> bool:
    """Propose what was typed; a figure that was refused proposes nothing, and the form says why."""
    with catch_refusal(field=form.goal) as refusal:
        amendments.propose(
            agreement,
            target,
            form.goal.data,
            form.reason.data or "",
            actor=actor(),
            at=clock.now(),
            hamlets=read_items(rows, request.form.get) if rows else None,
        )
    return not refusal


def _is_open(agreement: Agreement) -> bool:
    """Whether this version takes changes: not signed yet, not void, not in force."""
    return agreement.state in CHANGEABLE and agreement.in_force_on is None


def _proposes_for(agreement: Agreement, who: Actor) -> list[Pledge]:
    """The pledges of the agreement for which `who` may propose another figure."""
    pledges = [party.pledge for party in agreement.parties if party.pledge is not None]
    return [pledge for pledge in pledges if policy.proposes_for(who, agreement, pledge)]


def _changeable_targets(agreement: Agreement, pledges: Sequence[Pledge]) -> dict[str, Target]:
    """By public id: the targets whose figure may still change at the table.

    A figure that is in force by an older version is not among them.
    """
    if not _is_open(agreement):
        return {}
    agreed = [pledge for pledge in pledges if pledge.may("amend", SYSTEM)]
    return {target.pid: target for pledge in agreed for target in pledge.targets}


def may_propose(agreement: Agreement, who: Actor) -> bool:
    """Whether the page offers to propose another figure."""
    return bool(_changeable_targets(agreement, _proposes_for(agreement, who)))


@bp.post("/giao-uoc-cum/<pid>/sua-so-lieu/<amendment>/dong-y")
def consent(pid: str, amendment: str) -> ResponseReturnValue:
    """Đồng ý of the commune or of the reviewer."""
    agreement = queries.find_agreement(pid, seen_by=actor())
    row = queries.find_amendment(agreement, amendment)
    newer = amendments.consent(
        row,
        _side(),
        note=_typed("note"),
        actor=actor(),
        at=clock.now(),
    )
    if newer is None:
        flash(_("Đã ghi nhận sự đồng ý. Số liệu đổi khi bên còn lại đồng ý."))
        return redirect(url_for("agreements.show", pid=pid, _anchor="sua-so-lieu"), 303)
    flash(_changed(newer))
    return redirect(url_for("agreements.show", pid=newer.pid), 303)


def _changed(newer: Agreement) -> str:
    if newer.document is not None:
        return _(
            "Hai bên đã đồng ý: số liệu đã sửa, phiên bản %(n)s đã chốt và đang được tạo văn bản.",
            n=newer.version,
        )
    return _(
        "Hai bên đã đồng ý: số liệu đã sửa. Phiên bản %(n)s là dự thảo, chờ chốt.",
        n=newer.version,
    )


@bp.post("/giao-uoc-cum/<pid>/sua-so-lieu/<amendment>/khong-dong-y")
def reject(pid: str, amendment: str) -> ResponseReturnValue:
    """Không đồng ý, or withdrawn by who proposed it."""
    agreement = queries.find_agreement(pid, seen_by=actor())
    row = queries.find_amendment(agreement, amendment)
    newer = amendments.reject(
        row,
        _typed("answer"),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã ghi nhận: số liệu giữ nguyên."))
    shown = newer or agreement
    return redirect(url_for("agreements.show", pid=shown.pid, _anchor="sua-so-lieu"), 303)


def _side() -> Side:
    typed = request.form.get("side", "")
    if typed not in set(Side):
        raise DomainError(_("Chưa rõ đồng ý thay mặt bên nào. Hãy tải lại trang rồi bấm lại."), [])
    return Side(typed)


def _typed(name: str) -> str:
    return clean_text(request.form.get(name, "")[:LONGEST])

"""Pages of the signatory: what is confirmed, the receipt."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pledge_app.accounts import own_password
from pledge_app.accounts.current import actor
from pledge_app.agreements import queries
from pledge_app.agreements import signing as agreed_signing
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.forms import ConfirmForm
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.snapshot import key_goals
from pledge_app.documents.models import Document
from pledge_app.kernel import clock
from pledge_app.kernel.errors import NotFound
from pledge_app.signing import challenge
from pledge_app.signing import operations as signing
from pledge_app.signing.models import SigningStep


@bp.route("/giao-uoc-cum/<pid>/ky/<step>/xac-nhan", methods=["GET", "POST"])
def confirm(pid: str, step: str) -> ResponseReturnValue:
    """Xác nhận điện tử trong phần mềm: what is confirmed, then the password again."""
    agreement, found = _own_step(pid, step)
    form = ConfirmForm()
    if found.confirmed_at is not None and found.confirmed_by_id == actor().user_id:
        return redirect(url_for("agreements.receipt", pid=pid, step=step), 303)
    if form.validate_on_submit():
        wrong = own_password.problem_with(
            current_user.user,
            form.password.data or "",
            at=clock.now(),
        )
        agreement, found = _own_step(pid, step)
        shown = challenge.answered(found, form.challenge.data or "", current_user.user.id)
        if not wrong and shown is None:
            wrong = _(
                "Trang này đã mở quá 10 phút nên chưa xác nhận. Hãy đọc lại nội dung bên trên "
                "rồi nhập lại mật khẩu."
            )
        if not wrong:
            agreed_signing.confirm(
                agreement,
                found,
                content_sha256=shown or "",
                actor=actor(),
                at=clock.now(),
                today=clock.today(),
            )
            flash(_("Đã xác nhận. Đây là biên nhận của bạn."))
            return redirect(url_for("agreements.receipt", pid=pid, step=step), 303)
        form.password.errors = [wrong]
    document = frozen(agreement)
    form.challenge.data = challenge.ask(
        found,
        document.envelope.content_sha256,
        current_user.user.id,
    )
    return render_template(
        "agreements/confirm.html",
        agreement=agreement,
        step=found,
        form=form,
        document=document,
        goals=key_goals(document, found.cell_id),
    ), 422 if form.is_submitted() else 200


def _own_step(pid: str, step: str) -> tuple[Agreement, SigningStep]:
    agreement = queries.find_agreement(pid, seen_by=actor())
    found = queries.find_step(agreement, step)
    signing.only_holder(
        agreed_signing.may_confirm(
            agreement,
            found,
            actor(),
            today=clock.today(),
        )
    )
    return agreement, found


@bp.get("/giao-uoc-cum/<pid>/ky/<step>/bien-nhan")
def receipt(pid: str, step: str) -> ResponseReturnValue:
    """The receipt of a confirmation, to be printed and kept by the unit."""
    agreement = queries.find_agreement(pid, seen_by=actor())
    found = queries.find_step(agreement, step)
    if found.confirmed_at is None:
        raise NotFound(_("Lượt ký này chưa được xác nhận nên chưa có biên nhận."))
    return render_template(
        "agreements/receipt.html",
        agreement=agreement,
        step=found,
        document=frozen(agreement),
    )


def frozen(agreement: Agreement) -> Document:
    """Its frozen paper; raises NotFound."""
    if agreement.document is None:
        raise NotFound(_("Bản giao ước này chưa được chốt."))
    return agreement.document

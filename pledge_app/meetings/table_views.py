"""Presses about one signature at the table: in ink, attested, refused, absent, disputed."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import queries as agreements
from pledge_app.agreements import signing as agreed_signing
from pledge_app.agreements.forms import PaperSignedForm, ReasonForm
from pledge_app.kernel import clock
from pledge_app.kernel.errors import DomainError, Problem
from pledge_app.meetings import all_signed
from pledge_app.meetings.blueprint import bp
from pledge_app.meetings.page import (
    at_signing,
    stored_page,
)
from pledge_app.signing.models import SigningStep
from pledge_app.web.refused_verbs import catch_refusal


@bp.post("/giao-uoc-cum/<pid>/ky/thay-tai-ban")
def attest(pid: str) -> ResponseReturnValue:
    """A second person was at the table: the ticked signatures count."""
    agreement = at_signing(pid)
    agreed_signing.handling_scans(agreement, actor())
    opened = agreements.round_of(agreement)
    ticked = [
        step for step in (opened.steps if opened else []) if request.form.get(f"attest-{step.pid}")
    ]
    with catch_refusal() as refusal:
        agreed_signing.attest(
            agreement,
            ticked,
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        return stored_page(agreement, refusal.listed), 422
    flash(_("Đã xác nhận các chữ ký bạn thấy tại bàn."))
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


@bp.post("/giao-uoc-cum/<pid>/ky/tat-ca")
def sign_all(pid: str) -> ResponseReturnValue:
    """All signed at the meeting but those whose tick was taken away."""
    agreement = at_signing(pid)
    agreed_signing.recording(agreement, actor())
    form = PaperSignedForm()
    if not form.validate_on_submit():
        said = Problem(str(next(iter(form.on.errors), _("Ngày ký chưa đúng."))), "on")
        return stored_page(agreement, [said]), 422
    opened = agreements.round_of(agreement)
    ticked = [
        step for step in (opened.steps if opened else []) if request.form.get(f"signed-{step.pid}")
    ]
    with catch_refusal() as refusal:
        all_signed.sign_all(
            agreement,
            ticked,
            on=form.on.data,
            rest_absent=bool(request.form.get("rest_absent")),
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
    if refusal:
        return stored_page(agreement, refusal.listed), 422
    flash(
        _(
            "Đã ghi chữ ký trên giấy của %(n)s người. Người của cơ quan khác cần xác nhận đã thấy "
            "tại bàn hoặc trên bản quét.",
            n=len(ticked),
        )
    )
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


@bp.post("/giao-uoc-cum/<pid>/ky/<step>/giay")
def sign_on_paper(pid: str, step: str) -> ResponseReturnValue:
    """Signed in ink, on a day."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    agreed_signing.recording(agreement, actor())
    form = PaperSignedForm()
    if not form.validate_on_submit():
        raise DomainError(_("Ngày ký chưa đúng."), [])
    agreed_signing.sign_on_paper(
        agreement,
        agreements.find_step(agreement, step),
        on=form.on.data,
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )
    flash(
        _(
            "Đã ghi nhận chữ ký trên bản giấy. Chữ ký được tính khi người của cơ quan khác xác "
            "nhận đã thấy tại bàn hoặc trên bản quét."
        )
    )
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


@bp.post("/giao-uoc-cum/<pid>/ky/<step>/tu-choi")
def refuse(pid: str, step: str) -> ResponseReturnValue:
    """Từ chối ký."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    found = agreements.find_step(agreement, step)
    agreed_signing.refuse(
        agreement,
        found,
        typed_reason(found, "refuse"),
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )
    flash(_("Đã ghi nhận việc từ chối ký. Muốn ký tiếp, hãy lập phiên bản mới."))
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


@bp.post("/giao-uoc-cum/<pid>/ky/<step>/vang")
def absent(pid: str, step: str) -> ResponseReturnValue:
    """Vắng mặt."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    found = agreements.find_step(agreement, step)
    agreed_signing.absent(
        agreement,
        found,
        typed_reason(found, "stay_away"),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã ghi nhận vắng mặt; người này vẫn có thể ký sau."))
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


@bp.post("/giao-uoc-cum/<pid>/ky/<step>/ghi-nham")
def correct(pid: str, step: str) -> ResponseReturnValue:
    """Ghi nhầm: a refusal or an absence is taken back."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    found = agreements.find_step(agreement, step)
    agreed_signing.correct(
        agreement,
        found,
        typed_reason(found, "correct"),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã ghi lại: phần mềm chờ người này ký. Nhật ký giữ cả lần ghi nhầm."))
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


@bp.post("/giao-uoc-cum/<pid>/ky/<step>/phan-anh")
def dispute(pid: str, step: str) -> ResponseReturnValue:
    """Phản ánh: a wet signature that others recorded and saw is none."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    found = agreements.find_step(agreement, step)
    agreed_signing.dispute(
        agreement,
        found,
        typed_reason(found, "dispute"),
        actor=actor(),
        at=clock.now(),
    )
    flash(
        _(
            "Đã ghi phản ánh: chữ ký này không còn được tính. Cụm trưởng, cán bộ thẩm định và "
            "người đã ghi nhận được báo."
        )
    )
    return redirect(url_for("meetings.show", pid=pid, _anchor="ky"), 303)


def typed_reason(step: SigningStep | None = None, move: str = "") -> str:
    """As typed and within the form's limit; raises DomainError, and nothing is cut.

    Who may not make the `move` of the step learns that first.
    """
    if step is not None:
        step.LIFE.admit(move, step, actor())
    form = ReasonForm()
    if not form.validate_on_submit():
        said = [str(problem) for problem in form.reason.errors] or [_("Hãy ghi rõ lý do.")]
        raise DomainError(said[0], [Problem(said[0], "reason")])
    return form.reason.data or ""

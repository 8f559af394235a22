"""What a reviewer decides besides one pledge at a time: several already read, and taking back."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.errors import Conflict
from pledge_app.kernel.versions import version_from
from pledge_app.pledges.models import Pledge
from pledge_app.reviews import operations as review
from pledge_app.reviews.blueprint import bp
from pledge_app.reviews.queries import find_reviewed
from pledge_app.reviews.taking_back import take_back
from pledge_app.ui.forms import posted_version
from pledge_app.web.refused_verbs import catch_refusal


@bp.post("/tham-dinh/thong-nhat-nhieu")
@needs(Role.REVIEWER)
def approve_read() -> ResponseReturnValue:
    """Agree to several that were read, each by its name and the version that was shown. One that
    cannot be is named; the others are agreed.
    """
    done, left = [], []
    for chosen in request.form.getlist("pledge"):
        pid, _colon, version = chosen.partition(":")
        pledge = find_reviewed(
            pid,
            seen_by=actor(),
            to_act=True,
        )
        name = pledge.body.name
        with catch_refusal(statuses=(409, 422)) as refusal:
            _approve(pledge, version_from(version))
        if refusal:
            left.append(f"{name}: {refusal.sentence}")
        else:
            done.append(name)
    if done:
        flash(
            _(
                "Đã đồng ý %(n)s bản đăng ký: %(names)s. Rút lại được cho đến khi lập bản giao "
                "ước của cụm.",
                n=len(done),
                names=", ".join(done),
            )
        )
    for sentence in left:
        flash(sentence, "error")
    if not done and not left:
        flash(_("Chưa chọn bản đăng ký nào."), "error")
    return redirect(url_for("reviews.index"), 303)


def _approve(pledge: Pledge, version: int) -> None:
    if pledge.may("approve", actor()) and pledge.review_begun_at is None:
        raise Conflict(_("Chưa đọc bản đăng ký này nên chưa đồng ý được."))
    review.approve(
        pledge,
        version=version,
        actor=actor(),
        at=clock.now(),
    )


@bp.post("/tham-dinh/<pid>/rut-lai")
@needs(Role.REVIEWER)
def take_back_approval(pid: str) -> ResponseReturnValue:
    """The approval is taken back: the pledge waits again."""
    pledge = find_reviewed(
        pid,
        seen_by=actor(),
        to_act=True,
    )
    take_back(
        pledge,
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã rút lại; bản đăng ký trở về trạng thái Đã gửi."))
    return redirect(url_for("reviews.show", pid=pid), 303)

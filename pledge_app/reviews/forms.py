"""Shapes of what a reviewer types."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.pledges.models import Pledge
from pledge_app.reviews.operations import Ask
from pledge_app.ui.forms import Form, text, version

LONGEST_REASON = 4000


class ReviewForm(Form):
    """The reason for the whole pledge; one more field per target: see review_form()."""

    ver = version()
    reason = text(
        _l("Yêu cầu bổ sung chung cho cả bản đăng ký"), needed=False, longest=LONGEST_REASON, rows=3
    )


def review_form(pledge: Pledge) -> ReviewForm:
    """The form of one pledge: a reason for each target, its id being the anchor of its problems."""
    fields: dict[str, object] = {
        f"reason_{target.pid}": text(
            _("Lý do yêu cầu bổ sung: %(name)s", name=target.criterion.name),
            needed=False,
            longest=LONGEST_REASON,
            rows=2,
        )
        for target in pledge.targets
    }
    made: ReviewForm = type("ReviewFormOfPledge", (ReviewForm,), fields)()
    return made


def asks_of(pledge: Pledge, form: ReviewForm) -> list[Ask]:
    """Every reason given: for the whole, then target by target."""
    given = [Ask(form.reason.data or "")]
    given += [Ask(form[f"reason_{target.pid}"].data or "", target) for target in pledge.targets]
    return [ask for ask in given if ask.reason]

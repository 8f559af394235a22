"""The page of one form: drawn again with 422 and everything typed when it was refused."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.ui.forms import Form


def form_page(
    form: Form,
    heading: str,
    submit: str,
    cancel: str,
    *,
    crumbs: list[tuple[str, str]],
    note: str = "",
    warning: str = "",
    facts: Sequence[tuple[str, object]] = (),
) -> ResponseReturnValue:
    """`submit`: the word on the button; `cancel`: where "Đóng" leads; `facts`: (word, value)."""
    way = [(_("Quản trị"), url_for("administration.index")), *crumbs]
    return render_template(
        "_layout/form.html",
        form=form,
        heading=heading,
        submit=submit,
        cancel=cancel,
        crumbs=way,
        note=note,
        warning=warning,
        facts=facts,
    ), 422 if form.is_submitted() else 200

"""The page of one form about a body or an office there."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.administration.pages import form_page
from pledge_app.orgs.models import Body, OfficeHolding
from pledge_app.ui.forms import Form


def holding_facts(holding: OfficeHolding) -> list[tuple[str, object]]:
    """(word, value) of an office as it is held."""
    return [
        (_("Người giữ chức"), holding.person.name),
        (_("Chức vụ"), holding.title),
        (_("Giữ chức từ ngày"), f"{holding.held_from:%d/%m/%Y}"),
    ]


def body_page(
    form: Form,
    body: Body,
    heading: str,
    submit: str,
    *,
    note: str = "",
    warning: str = "",
    facts: Sequence[tuple[str, object]] = (),
) -> ResponseReturnValue:
    """The page of one form about a body; "Đóng" leads back to the body."""
    here = url_for("offices.show", pid=body.pid)
    return form_page(
        form,
        heading,
        submit,
        here,
        crumbs=[(_("Cơ quan"), url_for("offices.index")), (body.name, here)],
        note=note,
        warning=warning,
        facts=facts,
    )

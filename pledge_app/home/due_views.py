"""Pages: what is due, and the user's own choice of a morning letter."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.current import actor
from pledge_app.accounts.exporting import exported
from pledge_app.campaigns.workdays import calendar_around
from pledge_app.home import due
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.notices import mail
from pledge_app.tables.writing import Value
from pledge_app.ui.forms import Form, line
from pledge_app.web.events import START_PAGE
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("due", __name__)


class AddressForm(Form):
    """The address to which the morning letter goes."""

    address = line(_l("Địa chỉ thư điện tử"), longest=200)


class CodeForm(Form):
    """The code that was sent there."""

    code = line(
        _l("Mã xác nhận"),
        longest=20,
        help_=_l("Tám chữ số trong thư vừa gửi."),
    )


@bp.get("/viec-den-han")
def index() -> ResponseReturnValue:
    """What, whose, when, how many working days are left."""
    who = actor()
    today = clock.today()
    calendar = calendar_around(today)
    # What is pasted into Zalo is read by colleagues.
    with force_locale("vi"):
        vietnamese = due.rows(
            who,
            today=today,
            calendar=calendar,
        )
        own = [row for row in vietnamese if row.is_mine]
        text = due.as_text(
            own,
            today=today,
            name=who.name,
        )
        group = due.for_group(
            vietnamese,
            today=today,
            address=_address(),
        )
    rows = due.rows(
        who,
        today=today,
        calendar=calendar,
    )
    return render_template(
        "home/due.html",
        rows=rows,
        text=text,
        group=group,
    )


def _address() -> str:
    """Where the communes send: as colleagues reach this office."""
    settings = current_app.config["SETTINGS"]
    return settings.public_url or url_for(START_PAGE(), _external=True)


@bp.post("/viec-den-han/xlsx")
def export() -> ResponseReturnValue:
    """The list as XLSX."""
    today = clock.today()
    listed = due.rows(
        actor(),
        today=today,
        calendar=calendar_around(today),
    )
    rows: list[Sequence[Value]] = [
        [
            number,
            row.what,
            row.whose,
            row.due,
            row.left,
            row.words(),
        ]
        for number, row in enumerate(listed, 1)
    ]
    head = [
        _("STT"),
        _("Việc"),
        _("Của đơn vị, hồ sơ"),
        _("Hạn"),
        _("Số ngày làm việc còn lại"),
        _("Còn lại"),
    ]
    return exported(
        _("Việc đến hạn ngày %(day)s", day=f"{today:%d-%m-%Y}"),
        head,
        rows,
    )


@bp.get("/tai-khoan/thu-nhac")
def letters() -> ResponseReturnValue:
    """Whether there is a morning letter, and where it goes."""
    return _letters(AddressForm(), CodeForm())


def _letters(address: AddressForm, code: CodeForm) -> str:
    return render_template(
        "home/letters.html",
        held=mail.address_of(actor().user_id or 0),
        address=address,
        code=code,
        can=mail.settings() is not None,
    )


@bp.post("/tai-khoan/thu-nhac")
def ask() -> ResponseReturnValue:
    """Take an address and send a code to it."""
    form = AddressForm()
    if form.validate_on_submit():
        with catch_refusal(field=form.address) as refusal:
            mail.ask_for_digest(
                actor().user_id or 0,
                form.address.data or "",
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã gửi mã xác nhận tới %(address)s.", address=form.address.data))
            return redirect(url_for("due.letters"), 303)
    return _letters(form, CodeForm()), 422


@bp.post("/tai-khoan/thu-nhac/xac-nhan")
def confirm() -> ResponseReturnValue:
    """Confirm the address by the code that was sent to it."""
    form = CodeForm()
    me = actor().user_id or 0
    if form.validate_on_submit():
        with catch_refusal(field=form.code) as refusal:
            mail.confirm(
                me,
                form.code.data or "",
                at=clock.now(),
            )
        if refusal:
            mail.count_wrong(me)
            db.session.flush()
        else:
            flash(
                _("Đã xác nhận. Thư nhắc được gửi vào sáng ngày làm việc khi có việc sắp đến hạn.")
            )
            return redirect(url_for("due.letters"), 303)
    return _letters(AddressForm(formdata=None), form), 422


@bp.post("/tai-khoan/thu-nhac/dung")
def stop() -> ResponseReturnValue:
    """Stop the letters and forget the address."""
    mail.stop_digest(actor().user_id or 0)
    flash(_("Đã dừng thư nhắc việc và xóa địa chỉ."))
    return redirect(url_for("due.letters"), 303)

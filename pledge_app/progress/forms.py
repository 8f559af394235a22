"""Shapes of the short forms of a report; its long form is read by entry.py."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.ui.forms import Form, text, version


class HandBackForm(Form):
    """The leader's comment."""

    ver = version()
    reason = text(_l("Nội dung cần sửa"), longest=2000, rows=3)


class SendBackForm(Form):
    """What the level above asks for."""

    ver = version()
    reason = text(_l("Lý do, nội dung cần bổ sung"), longest=4000, rows=3)


class CorrectForm(Form):
    """Why a confirmed report is corrected."""

    ver = version()
    reason = text(_l("Lý do đính chính"), longest=2000, rows=3)

"""Shape of what the demo's administrator types."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.ui.forms import Form, day


class BusinessDateForm(Form):
    """Chuyển ngày làm việc."""

    to = day(_l("Ngày làm việc mới"))

"""Shapes of what is typed about papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.ui.forms import Form, day, line, whole


class NumberForm(Form):
    """Vào số văn bản."""

    number = whole(_l("Số"), help_=_l("Chỉ ghi số, ví dụ 5; số dưới 10 được in thành 05."))
    symbol = line(_l("Ký hiệu"), needed=False, longest=40, help_=_l("Ví dụ: ĐK-UBND"))
    dated = day(_l("Ngày văn bản"))


class CheckForm(Form):
    """Mã in cạnh ô QR."""

    code = line(_l("Mã văn bản"), longest=32, help_=_l("Mười chữ cái và chữ số in ở cuối văn bản, cạnh ô QR."))

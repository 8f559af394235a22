"""Shapes of what is typed about papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from pledge_app.ui.forms import Form, day, line, text


class NumberForm(Form):
    """Cấp số, ghi ngày."""

    number = line(
        _l("Số"),
        longest=60,
        help_=_l("Ví dụ 5 (ghi thành 05), 0125 hoặc 05b; gõ cả 05/ĐK-UBND cũng được."),
    )
    symbol = line(
        _l("Ký hiệu"),
        needed=False,
        longest=40,
        help_=_l("Ví dụ: ĐK-UBND"),
    )
    dated = day(_l("Ngày văn bản"))
    sure = BooleanField(_l("Ngày đã ghi là đúng (trước ngày chốt nội dung hoặc sau hôm nay)"))


class CorrectionForm(NumberForm):
    """Đính chính số, ngày đã ghi nhầm."""

    reason = text(_l("Lý do đính chính"), longest=1000, rows=2)


class CheckForm(Form):
    """Mã in cạnh ô QR."""

    code = line(
        _l("Mã tra cứu"),
        longest=32,
        help_=_l("Mười chữ cái và chữ số in ở cuối văn bản, cạnh ô QR."),
    )

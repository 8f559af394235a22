"""Shapes of what is typed about agreements and their meeting. Rows of persons are read by their
numbered fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from pledge_app.kernel.errors import Problem
from pledge_app.kernel.text import LONGEST_LINE, clean_line
from pledge_app.orgs.models import Authority
from pledge_app.ui.forms import (
    Form,
    choose,
    day,
    decimal,
    line,
    required,
    text,
    version,
)

AUTHORITY_WORDS = {
    Authority.TM: _l("TM. (thay mặt)"),
    Authority.Q: _l("Q. (quyền)"),
    Authority.KT: _l("KT. (ký thay)"),
    Authority.TL: _l("TL. (thừa lệnh)"),
    Authority.TUQ: _l("TUQ. (thừa ủy quyền)"),
    Authority.NONE: _l("Không ghi"),
}
SPARE_SIGNATORIES, MOST_SIGNATORIES = 2, 12


class TextForm(Form):
    """The words of the agreement. `bases` are the register's entries; free lines come after
    them.
    """

    ver = version()
    place = line(_l("Địa danh"), longest=80, help_=_l("In trước ngày tháng, ví dụ: Hải Đông."))
    paper_date = day(
        _l("Ngày của văn bản"),
        help_=_l("ngày/tháng/năm. Căn cứ phải có hiệu lực vào ngày này."),
    )
    symbol = line(
        _l("Ký hiệu"),
        needed=False,
        longest=40,
        help_=_l(
            "Chỉ ghi khi đơn vị Cụm trưởng đăng ký số, ví dụ GƯ-CTĐ. Để trống: không in dòng số."
        ),
    )
    bases = SelectMultipleField(
        _l("Căn cứ trong danh mục"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    free_bases = text(
        _l("Căn cứ khác"),
        needed=False,
        rows=3,
        help_=_l("Mỗi dòng một căn cứ, ví dụ hướng dẫn của năm."),
    )
    purpose = text(_l("Mở đầu, mục đích"), needed=False, rows=4)
    contents = text(
        _l("Nội dung thi đua (phần chung)"),
        needed=False,
        rows=4,
        help_=_l("In ở đầu mục I, trước các đợt thi đua. Đợt chỉ có ngày thì không in."),
    )
    standards = text(
        _l("Tiêu chuẩn thi đua"),
        needed=False,
        rows=4,
        help_=_l("In trước bảng chỉ tiêu."),
    )
    measures = text(
        _l("Biện pháp thực hiện"),
        needed=False,
        rows=5,
        help_=_l("Mỗi dòng một biện pháp."),
    )
    organisation = text(
        _l("Tổ chức thực hiện"),
        needed=False,
        rows=4,
        help_=_l("Mỗi dòng một ý."),
    )
    scoring = text(
        _l("Chấm điểm, xếp hạng"),
        needed=False,
        rows=4,
        help_=_l("Mỗi dòng một ý."),
    )
    commitment = text(_l("Cam kết, hiệu lực"), needed=False, rows=3)
    copies = text(_l("Số bản và giá trị"), needed=False, rows=2)
    recipients = text(
        _l("Nơi nhận"),
        needed=False,
        rows=4,
        help_=_l("Mỗi dòng một nơi; dòng cuối là Lưu."),
    )
    show_qr = BooleanField(_l("In ô QR để kiểm tra văn bản"))


class CommentForm(Form):
    """A member's word on the draft as the page showed it (`read`: SHA-256 of its content)."""

    read = version()
    body = choose(_l("Thay mặt"), [])
    text = text(
        _l("Ý kiến"),
        needed=False,
        longest=4000,
        rows=3,
    )


class ReasonForm(Form):
    """Why something is voided, made anew, refused."""

    reason = text(_l("Lý do"), longest=2000, rows=3)


class TableForm(Form):
    """Sửa số liệu tại bàn."""

    target = choose(_l("Chỉ tiêu cần sửa"), [])
    goal = decimal(_l("Số liệu mới"))
    reason = text(_l("Lý do sửa"), longest=2000, rows=2)


class ConfirmForm(Form):
    """Xác nhận điện tử trong phần mềm: the password again, and what was read."""

    challenge = version()
    password = PasswordField(
        _l("Mật khẩu của bạn"),
        required(),
        description=_l("Nhập lại để chắc chắn là chính bạn."),
        render_kw={"autocomplete": "current-password", "maxlength": 200},
    )


class PaperSignedForm(Form):
    """The day of a wet signature."""

    on = day(_l("Ngày ký trên giấy"))


@dataclass
class Row:
    """One numbered row as typed, to be shown again as it was; `values` by field name."""

    values: dict[str, str]
    problem: str = ""


@dataclass
class Rows:
    """What was typed into numbered rows; blank rows fall away when they are read."""

    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)


def typed_rows(form: Mapping[str, str], prefix: str, names: Sequence[str], most: int) -> list[Row]:
    """Rows `prefix-0-name` … as typed, cleaned, at most `most` of them."""
    rows = []
    for n in range(most):
        values = {
            name: clean_line(form.get(f"{prefix}-{n}-{name}", ""), LONGEST_LINE) for name in names
        }
        if not any(f"{prefix}-{n}-{name}" in form for name in names):
            break
        rows.append(Row(values))
    return rows


def padded(
    rows: list[Row],
    names: Sequence[str],
    spare: int,
    most: int,
    **defaults: str,
) -> list[Row]:
    """The rows and some empty ones below them."""
    blank = [Row({name: defaults.get(name, "") for name in names}) for _n in range(spare)]
    return (rows + blank)[:most]


def nameless(rows: Sequence[Row], prefix: str, name: str) -> list[Problem]:
    """A problem for each row that has something but lacks `name`."""
    return [
        Problem(_("Dòng %(n)s: chưa ghi họ tên.", n=n + 1), f"{prefix}-{n}-{name}")
        for n, row in enumerate(rows)
        if not row.values[name]
        and any(value for key, value in row.values.items() if key in ("office", "note"))
    ]

"""Shapes of what is typed about users."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import Length

from pledge_app.accounts import codes
from pledge_app.accounts.words import ROLE_WORDS
from pledge_app.ui.fields import Given
from pledge_app.ui.forms import Form, choose, day, line


class SecretField(PasswordField):
    """A password: taken as typed, never shown again."""


def secret(label: LazyString, *, new: bool = False, help_: str = "") -> SecretField:
    """A password field that password managers understand."""
    return SecretField(
        label,
        [Given(), Length(max=200)],
        description=help_,
        render_kw={"autocomplete": "new-password" if new else "current-password"},
    )


class LoginForm(Form):
    """Đăng nhập."""

    username = line(_l("Tên đăng nhập"), longest=100)
    password = secret(_l("Mật khẩu"))


class CodeForm(Form):
    """Mã xác thực, after the password."""

    one_time_code = line(
        _l("Mã xác thực"),
        longest=codes.LONGEST,
        help_=_l("Sáu chữ số đang hiện trong ứng dụng, hoặc một mã dự phòng."),
    )


class FactorForm(Form):
    """Bật xác thực hai bước."""

    app_key = HiddenField()
    one_time_code = line(
        _l("Mã đang hiện trong ứng dụng"),
        longest=codes.LONGEST,
        help_=_l("Sáu chữ số, đổi sau mỗi 30 giây."),
    )
    password = secret(_l("Mật khẩu của bạn"))


class PasswordForm(Form):
    """Đổi mật khẩu."""

    current = secret(_l("Mật khẩu hiện tại"))
    new = secret(
        _l("Mật khẩu mới"),
        new=True,
        help_=_l("Ít nhất 12 ký tự; nên ghép vài từ không liên quan với nhau."),
    )
    again = secret(_l("Nhập lại mật khẩu mới"), new=True)


class UserForm(Form):
    """Thêm người dùng."""

    username = line(
        _l("Tên đăng nhập"),
        longest=60,
        help_=_l("Viết liền, không dấu, ví dụ: lan.haiquang"),
    )
    name = line(_l("Họ và tên"), longest=120)
    email = line(_l("Thư điện tử"), needed=False, longest=200)
    holder = choose(
        _l("Là người giữ chức"),
        [],
        needed=False,
        help_=_l(
            "Chọn khi người này đứng ở ô ký của văn bản: có gắn thì mới đọc và xác nhận được "
            "trong phần mềm."
        ),
    )
    proposed = HiddenField()  # the holder of the same name was shown, and left


class RoleForm(Form):
    """Giao vai trò."""

    role = choose(_l("Vai trò"), [(role.value, word) for role, word in ROLE_WORDS.items()])
    body = choose(_l("Tại cơ quan"), [])
    held_from = day(_l("Từ ngày"))
    held_to = day(_l("Đến ngày"), needed=False)

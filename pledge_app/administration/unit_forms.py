"""Shapes of what is typed about single units and lists of units."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.register import TYPE_WORDS
from pledge_app.orgs.words import LEVEL_WORDS
from pledge_app.ui.forms import Form, choose, day, line, text

LEVELS = [(level.value, word) for level, word in LEVEL_WORDS.items()]


class UnitForm(Form):
    """A unit that stands under no other."""

    level = choose(_l("Cấp"), LEVELS)
    name = line(
        _l("Tên đầy đủ"),
        longest=120,
        help_=_l("Có loại đơn vị ở đầu, ví dụ: Huyện Châu Thành."),
    )
    code = line(
        _l("Mã đơn vị"),
        needed=False,
        longest=16,
        help_=_l("Để trống nếu không có."),
    )
    exists_from = day(
        _l("Có từ ngày"),
        needed=False,
        help_=_l("Để trống khi đơn vị có từ lâu; chỉ ghi khi mới thành lập."),
    )


class ListForm(Form):
    """Names of units below another, one a line."""

    kind = choose(_l("Loại đơn vị"), [], help_=_l("Đặt trước tên nào chưa có loại đơn vị ở đầu."))
    names = text(
        _l("Danh sách tên, mỗi dòng một đơn vị"),
        rows=12,
        help_=_l(
            "Dán được từ Word, Excel; số thứ tự ở đầu dòng được bỏ. Ví dụ: Xóm 1, Ấp An Hòa, Tổ "
            "dân phố số 2."
        ),
    )
    exists_from = day(
        _l("Có từ ngày"),
        needed=False,
        help_=_l("Để trống khi các đơn vị có từ lâu; chỉ ghi khi mới thành lập."),
    )

    def chosen(self) -> tuple[UnitLevel, str]:
        """The level, and the word of its type."""
        level, _colon, word = str(self.kind.data).partition(":")
        return UnitLevel(level), word


class LevelForm(Form):
    """A level that was entered wrongly."""

    level = choose(_l("Cấp"), LEVELS)


def kinds(levels: list[UnitLevel]) -> list[tuple[str, str]]:
    """The choices of ListForm.kind: every type of unit of these levels."""
    return [(f"{level.value}:{word}", word) for level in levels for word in TYPE_WORDS[level]]

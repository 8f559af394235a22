"""The version of a row that a page was opened with: one reader, one refusal, one sentence."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.kernel.errors import Conflict
from pledge_app.kernel.numbers import whole_number

NOT_SENT = -1  # no row has this version


def version_from(text: str | None) -> int:
    """The version that a page sent; NOT_SENT, which is always stale, for rubbish or none at all."""
    version = whole_number(text)
    return NOT_SENT if version is None else version


def check_version(stored: int, seen: int) -> None:
    """Raise Conflict unless the page saw the version that is stored."""
    if stored != seen:
        raise overtaken()


def overtaken() -> Conflict:
    """The refusal of a change that somebody else's change came before."""
    return Conflict(
        _(
            "Nội dung này vừa được người khác sửa. Phần bạn nhập chưa ghi vào hồ sơ nhưng đã được "
            "giữ lại; hãy tải lại trang, so sánh rồi nhập tiếp."
        )
    )

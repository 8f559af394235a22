"""How a recorded paper stands today, for everybody who checks it by its code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Standing(StrEnum):
    """What became of the thing that a paper tells of."""

    RECORDED = "recorded"
    AWAITING = "awaiting"  # its parties are signing
    SENT = "sent"  # the level above has not answered yet
    RETURNED = "returned"  # the level above asked for additions
    WITHDRAWN = "withdrawn"  # its body took it back
    AMENDED = "amended"  # agreed, then a figure was changed at the table
    ENDED = "ended"  # its body was reorganised before it was agreed
    REPLACED = "replaced"
    VOID = "void"


@dataclass(frozen=True)
class Verdict:
    """A standing as a banner: `tone` is a class of the banner ("good", "info", "error" or "")."""

    tone: str
    sentence: LazyString


VERDICTS = {
    Standing.RECORDED: Verdict("good", _l("Văn bản có trong hồ sơ đã ghi nhận.")),
    Standing.AWAITING: Verdict(
        "info",
        _l("Văn bản có trong hồ sơ: nội dung đã chốt, các bên đang ký."),
    ),
    Standing.SENT: Verdict(
        "info",
        _l("Văn bản có trong hồ sơ: đơn vị đã gửi, cấp trên chưa có ý kiến."),
    ),
    Standing.RETURNED: Verdict(
        "",
        _l(
            "Cấp trên đã yêu cầu bổ sung văn bản này; đơn vị chưa gửi lại. "
            "Nội dung dưới đây chưa được thống nhất."
        ),
    ),
    Standing.WITHDRAWN: Verdict(
        "error",
        _l("Đơn vị đã rút lại văn bản này nên văn bản không còn giá trị."),
    ),
    Standing.AMENDED: Verdict(
        "",
        _l(
            "Văn bản có trong hồ sơ đã ghi nhận, nhưng có chỉ tiêu được sửa sau khi gửi. "
            "Số liệu đúng là số liệu trong bản giao ước của cụm."
        ),
    ),
    Standing.ENDED: Verdict(
        "error",
        _l("Đơn vị đã sắp xếp lại trước khi văn bản được thống nhất nên văn bản đã dừng."),
    ),
    Standing.REPLACED: Verdict("", _l("Văn bản này đã được thay thế bằng bản mới hơn.")),
    Standing.VOID: Verdict("error", _l("Văn bản này đã bị hủy, không còn giá trị.")),
}

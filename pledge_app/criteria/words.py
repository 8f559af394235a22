"""Directions, cadences and kinds of figures in the words of the screen."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.criteria.kinds import Cadence, Direction, ValueKind

DIRECTION_WORDS: dict[Direction, LazyString] = {
    Direction.HIGHER: _l("Càng cao càng tốt"), Direction.LOWER: _l("Càng thấp càng tốt"),
    Direction.KEEP_ZERO: _l("Giữ ở mức 0"), Direction.YES_NO: _l("Đạt / không đạt"),
}
CADENCE_WORDS: dict[Cadence, LazyString] = {
    Cadence.CUMULATIVE: _l("Lũy kế các quý"), Cadence.STATE: _l("Tại thời điểm"),
}
KIND_WORDS: dict[ValueKind, LazyString] = {
    ValueKind.NUMBER: _l("Số"), ValueKind.PERCENT: _l("Tỷ lệ %"), ValueKind.YES_NO: _l("Đạt / không đạt"),
    ValueKind.COUNTED_ROWS: _l("Tỷ lệ % đếm theo thôn, xóm"),
}

"""Directions, cadences, kinds of figures and the figures themselves in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.criteria.baselines import BaselineSource
from pledge_app.criteria.kinds import HAMLETS, Cadence, Direction, FigureKind, ValueKind
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.numbers import format_number
from pledge_app.orgs.words import hamlet_word

DIRECTION_WORDS: dict[Direction, LazyString] = {
    Direction.HIGHER: _l("Càng cao càng tốt"),
    Direction.LOWER: _l("Càng thấp càng tốt"),
    Direction.KEEP_ZERO: _l("Giữ ở mức 0"),
    Direction.YES_NO: _l("Đạt / không đạt"),
}
CADENCE_WORDS: dict[Cadence, LazyString] = {
    Cadence.CUMULATIVE: _l("Lũy kế các quý"),
    Cadence.STATE: _l("Tại thời điểm"),
}
KIND_WORDS: dict[ValueKind, LazyString] = {
    ValueKind.NUMBER: _l("Số"),
    ValueKind.PERCENT: _l("Tỷ lệ %"),
    ValueKind.YES_NO: _l("Đạt / không đạt"),
    ValueKind.COUNTED_ROWS: _l("Tỷ lệ % đếm theo thôn, xóm"),
}
ITEM_WORDS: dict[str, LazyString] = {
    HAMLETS: _l("xóm"),
    "product": _l("sản phẩm"),
    "house": _l("nhà"),
    "model": _l("mô hình"),
}


def item_word(criterion: Criterion, names: Iterable[str]) -> str:
    """What the criterion counts, in a sentence; hamlets as they are called there (`names`)."""
    if criterion.counts == HAMLETS:
        return hamlet_word(names)
    return str(ITEM_WORDS[criterion.counts])


FIGURE_KIND_WORDS: dict[FigureKind, LazyString] = {
    **{FigureKind(kind): word for kind, word in KIND_WORDS.items()},
    **{
        FigureKind(ValueKind.COUNTED_ROWS, key): _l("Tỷ lệ %% đếm theo %(items)s", items=word)
        for key, word in ITEM_WORDS.items()
        if key != HAMLETS
    },
}
BASELINE_WORDS: dict[str, LazyString | str] = {
    BaselineSource.NONE: "",
    BaselineSource.REPORTED: _l("theo báo cáo"),
    BaselineSource.GIVEN: _l("cấp trên nhập"),
}


def figure_words(value: Decimal | None, is_yes_no: bool) -> str:
    """A figure as its criterion is read: "Đạt" or "Không đạt", else "1.234,5"; "" for blank,
    which is not zero.

    What is neither 1 nor 0, such as the median of several communes, stays a number.
    """
    cell = figure_cell(value, is_yes_no)
    return cell if isinstance(cell, str) else format_number(cell)


def figure_cell(value: Decimal | None, is_yes_no: bool) -> Decimal | str | None:
    """The same for a sheet, where a number stays a number."""
    if not is_yes_no or value not in (0, 1):
        return value
    return _("Đạt") if value else _("Không đạt")

"""What a version of a set says otherwise than the one before it, row by row, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import gettext as _

from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.criteria.queries import version_before
from pledge_app.criteria.words import (
    CADENCE_WORDS,
    CARD_WORDS,
    COMPARISON_WORDS,
    DIRECTION_WORDS,
    EVIDENCE_WORDS,
    FIGURE_KIND_WORDS,
    NEARLY_WORDS,
)
from pledge_app.kernel.numbers import format_number


@dataclass(frozen=True)
class FieldChange:
    """One field of a criterion: its word, and what it says in each version; "" where nothing."""

    word: str
    before: str
    now: str


@dataclass(frozen=True)
class RowChange:
    """A criterion of both versions that says something else now."""

    row: Criterion
    fields: list[FieldChange]


@dataclass(frozen=True)
class Differences:
    """Of a version against `before`. `moved`: whether the rows that stayed have another order."""

    before: CriteriaSet
    added: list[Criterion] = field(default_factory=list)
    dropped: list[Criterion] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    moved: bool = False

    @property
    def is_none(self) -> bool:
        """Both say the same."""
        return not (self.added or self.dropped or self.changed or self.moved)


def differences_of(chosen: CriteriaSet) -> Differences | None:
    """Against the version before; None for the first one. A row is the same row where it measures
    the same indicator, whatever its code and name are now.
    """
    before = version_before(chosen)
    if before is None:
        return None
    old = {row.indicator_id: row for row in before.criteria}
    new = {row.indicator_id: row for row in chosen.criteria}
    changed = []
    for key, row in new.items():
        fields = _field_changes(old[key], row) if key in old else []
        if fields:
            changed.append(RowChange(row, fields))
    return Differences(
        before,
        [row for key, row in new.items() if key not in old],
        [row for key, row in old.items() if key not in new],
        changed,
        [key for key in old if key in new] != [key for key in new if key in old],
    )


def _field_changes(before: Criterion, now: Criterion) -> list[FieldChange]:
    old = _said(before)
    return [
        FieldChange(word, old[word], text) for word, text in _said(now).items() if old[word] != text
    ]


def _said(row: Criterion) -> dict[str, str]:
    """What a row says, by the word of the field, as it is read."""
    said = {
        _("Mã"): row.code,
        _("Tên"): row.name,
        _("Nhóm"): _group_name(row),
        _("Loại dòng"): _("Nhóm") if row.is_group else _("Tiêu chí"),
        _("Điểm chuẩn"): format_number(row.max_points),
        _("Ghi chú"): row.note,
    }
    card = row.own_card
    said |= {str(word): getattr(card, name) for name, word in CARD_WORDS.items()}
    said[_("Minh chứng")] = str(EVIDENCE_WORDS[card.needs_evidence])
    figures = {
        _("Đơn vị tính"): row.unit_of_measure,
        _("Kiểu số liệu"): str(FIGURE_KIND_WORDS[row.figure_kind]),
        _("Chiều"): str(DIRECTION_WORDS[row.direction]),
        _("Cách tính năm"): str(CADENCE_WORDS[row.cadence]),
        _("Trạng thái được tính"): str(NEARLY_WORDS[card.nearly_counts]),
        _("So sánh"): str(COMPARISON_WORDS[card.is_strict]),
    }
    return said | {word: "" if row.is_group else text for word, text in figures.items()}


def _group_name(row: Criterion) -> str:
    return next((one.name for one in row.criteria_set.criteria if one.id == row.parent_id), "")

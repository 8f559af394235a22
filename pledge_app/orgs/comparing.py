"""A register of units against what is known on its day: every row gets a finding. Writes nothing.

A unit is the same by its code, or, where codes are missing, by its name under the same unit above.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _

from pledge_app.kernel.text import fold, same_name_key, sort_key
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.living_units import Living, earlier_names, living_units
from pledge_app.orgs.register import (
    TYPE_WORDS,
    UNIT_COLUMNS,
    Known,
    Register,
    UnitRow,
    is_code,
    read_units,
    split_type_word,
)


class Finding(StrEnum):
    """What a row is, against what is known."""

    ADDED = "added"
    CODED = "coded"  # known without a code: it gets the row's
    CHANGED = "changed"
    REUSED = "reused"
    UNCLEAR = "unclear"
    SAME = "same"


# ("unit", its id) of a living one, ("row", its line) of one that will be added
Place = tuple[str, int]


@dataclass(frozen=True)
class Compared:
    """One row and its finding; `said` explains it; `unit_id`: the living unit that it is.

    `parent`: where the unit above it is; None for a province, or when that is unclear.
    """

    row: UnitRow
    finding: Finding
    said: str = ""
    unit_id: int | None = None
    parent: Place | None = None


@dataclass(frozen=True)
class Comparison:
    """The whole register; `missing`: living units beside its rows that it does not have."""

    rows: list[Compared]
    missing: list[str]

    def of(self, finding: Finding) -> list[Compared]:
        """The rows of one finding."""
        return [one for one in self.rows if one.finding is finding]


HEADS = {
    "cap": "level",
    "level": "level",
    "ma": "code",
    "ma don vi": "code",
    "code": "code",
    "ten": "name",
    "ten don vi": "name",
    "name": "name",
    "ma cap tren": "parent_code",
    "ma hoac ten cap tren": "parent_code",
    "cap tren": "parent_code",
    "parent_code": "parent_code",
}
LEVELS = {
    "tinh": "province",
    "cap tinh": "province",
    "huyen": "district",
    "cap huyen": "district",
    "quan": "district",
    "thi xa": "district",
    "xa": "commune",
    "cap xa": "commune",
    "phuong": "commune",
    "thi tran": "commune",
    "dac khu": "commune",
    "thon, xom": "hamlet",
    "thon, xom, to dan pho": "hamlet",
}
# Excel drops the zeros in front
DIGITS = {
    "province": 2,
    "district": 3,
    "commune": 5,
}


def read_register(table: Sequence[Sequence[str]], known: Known | None = None) -> Register:
    """A table with a head row (level, code, name, unit above; in Vietnamese too) and its faults."""
    known = known or Known()
    heads = [HEADS.get(fold(cell), "") for cell in table[0]] if table else []
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(UNIT_COLUMNS if set(UNIT_COLUMNS) <= set(heads) else heads)
    codes = set(known.codes)
    for cells in table[1:]:
        row = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        if not any(row.values()):
            out.write("\n")
            continue
        _understand(row, codes)
        writer.writerow([row.get(column, "") for column in UNIT_COLUMNS])
    return read_units(out.getvalue().splitlines(), known)


def _understand(row: dict[str, str], codes: set[str]) -> None:
    """Levels in words of the field, zeros that Excel dropped, the word before a hamlet's bare
    name.
    """
    typed = fold(row.get("level", ""))
    name = row.get("name", "")
    word = next((one for one in TYPE_WORDS[UnitLevel.HAMLET] if fold(one) == typed), "")
    row["level"] = "hamlet" if word else LEVELS.get(typed, row.get("level", ""))
    if typed == "thanh pho":
        row["level"] = "district" if row.get("parent_code") else "province"
    if word and name and split_type_word(name, UnitLevel.HAMLET) is None:
        row["name"] = f"{word} {name}"
    code = row.get("code", "")
    width = DIGITS.get(row["level"], 0)
    row["code"] = code.zfill(width) if is_code(code) else code
    parent = row.get("parent_code", "")
    padded = (parent, *(parent.zfill(n) for n in (2, 3, 5))) if is_code(parent) else (parent,)
    row["parent_code"] = next((one for one in padded if one in codes), parent)
    codes.add(row["code"])


def known_units(on: date) -> Known:
    """What rows may name as the unit above them on a day."""
    living = living_units(on)
    codes = {one.code for one in living if one.code}
    return Known(codes, {same_name_key(one.name) for one in living})


def compare(rows: Iterable[UnitRow], *, on: date) -> Comparison:
    """Judge every row for the day on which the register begins to hold. Writes nothing."""
    listed = list(rows)
    living = living_units(on)
    judge = _Judge(living, earlier_names(on), listed)
    judgements = [judge.judge(row) for row in listed]
    known = {one.unit_id for one in judgements}
    codes = {row.code for row in listed if row.code}
    beside = {row.parent_code for row in listed if row.parent_code} | {""}
    missing = [
        one.name
        for one in living
        if one.code
        and one.code not in codes
        and one.unit_id not in known
        and one.parent_code in beside
    ]
    return Comparison(judgements, sorted(missing, key=sort_key))


class _Judge:
    """Remembers where every row above stands, so that those below find their unit above."""

    def __init__(self, living: list[Living], earlier: dict[str, str], rows: list[UnitRow]) -> None:
        self.earlier = earlier
        self.by_code = {one.code: one for one in living if one.code}
        self.by_name = {(same_name_key(one.name), one.level, one.parent_id): one for one in living}
        self.orphans = {
            (same_name_key(one.name), one.level): one
            for one in living
            if one.parent_id is None and not one.code
        }
        self.namesakes = Counter((same_name_key(row.full_name), row.level) for row in rows)
        self.codes_by_name = {(same_name_key(row.full_name), row.level): row.code for row in rows}
        self.places: dict[str, Place] = {
            one.code: ("unit", one.unit_id) for one in living if one.code
        }
        self.named: dict[str, set[Place]] = {}
        for one in living:
            self.named.setdefault(same_name_key(one.name), set()).add(("unit", one.unit_id))
        self.lines: dict[tuple[str, UnitLevel, Place | None], int] = {}

    def judge(self, row: UnitRow) -> Compared:
        parent, doubt = self._parent(row)
        judgement = self._against(row, parent, doubt)
        place: Place = (
            ("unit", judgement.unit_id) if judgement.unit_id is not None else ("row", row.line)
        )
        if judgement.finding is Finding.UNCLEAR:
            self.places.pop(row.code, None)
            return judgement
        if row.code:
            self.places[row.code] = place
        self.named.setdefault(same_name_key(row.full_name), set()).add(place)
        return judgement

    def _parent(self, row: UnitRow) -> tuple[Place | None, str]:
        """Where the unit above is; None with a doubt in words when that is not clear."""
        if not row.parent_code:
            return None, ""
        if is_code(row.parent_code):
            place = self.places.get(row.parent_code)
            return place, "" if place else _("cấp trên (mã %(code)s) chưa rõ", code=row.parent_code)
        candidates = self.named.get(same_name_key(row.parent_code), set())
        if len(candidates) == 1:
            return next(iter(candidates)), ""
        if candidates:
            return None, _(
                "có nhiều đơn vị tên %(name)s; hãy ghi mã cấp trên",
                name=row.parent_code,
            )
        return None, _("cấp trên (%(name)s) chưa rõ", name=row.parent_code)

    def _against(self, row: UnitRow, parent: Place | None, doubt: str) -> Compared:
        here = self.by_code.get(row.code) if row.code else None
        if here is not None:
            return self._coded(
                row,
                here,
                parent,
                doubt,
            )
        if doubt:
            return Compared(row, Finding.UNCLEAR, doubt)
        twin = self._twin(row, parent)
        if twin is not None:
            if row.code and twin.code:
                return Compared(
                    row,
                    Finding.UNCLEAR,
                    _(
                        "đã có %(name)s cùng cấp trên với mã %(code)s",
                        name=twin.name,
                        code=twin.code,
                    ),
                )
            finding = Finding.CODED if row.code else Finding.SAME
            return Compared(
                row,
                finding,
                "",
                twin.unit_id,
                parent,
            )
        key = (same_name_key(row.full_name), row.level, parent)
        if key in self.lines:
            return Compared(row, Finding.UNCLEAR, _("trùng với dòng %(n)s", n=self.lines[key]))
        self.lines[key] = row.line
        old = self.earlier.get(row.code) if row.code else None
        if old is not None:
            remark = _("mã này trước đây là của %(name)s", name=old)
            return Compared(
                row,
                Finding.REUSED,
                remark,
                parent=parent,
            )
        return Compared(row, Finding.ADDED, parent=parent)

    def _twin(self, row: UnitRow, parent: Place | None) -> Living | None:
        """The living unit of that name under the same unit above; or one that stands alone yet."""
        key = same_name_key(row.full_name)
        if parent is None or parent[0] == "unit":
            twin = self.by_name.get((key, row.level, parent[1] if parent else None))
            if twin is not None:
                return twin
        alone = self.namesakes[key, row.level] == 1
        return self.orphans.get((key, row.level)) if parent is not None and alone else None

    def _coded(
        self,
        row: UnitRow,
        here: Living,
        parent: Place | None,
        doubt: str,
    ) -> Compared:
        if here.level is not row.level:
            remark = _("mã này đang là của %(name)s, khác cấp", name=here.name)
            return Compared(row, Finding.UNCLEAR, remark)
        if same_name_key(here.name) != same_name_key(row.full_name):
            moved = self.codes_by_name.get((same_name_key(here.name), row.level))
            if moved:
                remark = _(
                    "mã này đang là của %(name)s; danh mục ghi %(name)s với mã %(code)s",
                    name=here.name,
                    code=moved,
                )
                return Compared(row, Finding.UNCLEAR, remark)
            remark = _("đổi tên: %(old)s → %(new)s", old=here.name, new=row.full_name)
            return Compared(
                row,
                Finding.CHANGED,
                remark,
                here.unit_id,
                parent,
            )
        own: Place | None = ("unit", here.parent_id) if here.parent_id is not None else None
        same = here.parent_code == (row.parent_code or "") if doubt else own == parent
        if same:
            return Compared(
                row,
                Finding.SAME,
                "",
                here.unit_id,
                parent,
            )
        remark = _(
            "đổi cấp trên: %(old)s (mã %(a)s) → mã %(b)s",
            old=here.parent_name or "—",
            a=here.parent_code or "—",
            b=row.parent_code or "—",
        )
        return Compared(
            row,
            Finding.CHANGED,
            remark,
            here.unit_id,
            parent,
        )

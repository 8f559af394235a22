"""The national register of units that comes with the software: all of it, or one province."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.text import sort_key
from pledge_app.orgs.register import UNIT_COLUMNS

FILE = Path(__file__).resolve().parents[1] / "data" / "units_vietnam_2025.csv"
HOLDS_FROM = date(2025, 7, 1)
SOURCE = _l("Danh mục đơn vị hành chính từ 01/7/2025")


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    read = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(tuple(row[column] for column in UNIT_COLUMNS) for row in read)


def provinces() -> list[tuple[str, str]]:
    """(code, name) in Vietnamese order of the bare name."""
    provinces = [(code, name) for level, code, name, _parent in _rows() if level == "province"]
    return sorted(
        provinces,
        key=lambda one: sort_key(one[1].removeprefix("Thành phố ").removeprefix("Tỉnh ")),
    )


def table(province: str = "") -> list[list[str]]:
    """The rows with their head, as a sheet has them; of one province when its code is given."""
    chosen = [row for row in _rows() if not province or province in (row[1], row[3])]
    return [list(UNIT_COLUMNS), *map(list, chosen)]

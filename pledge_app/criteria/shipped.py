"""The sets that come with the program: the names of criteria as our data has them, and nothing
that it has not.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pledge_app.criteria.rows import CriterionRow
from pledge_app.kernel.roman import roman

FILE = Path(__file__).resolve().parent.parent / "data" / "criteria_nong_thon_moi.csv"


@dataclass(frozen=True)
class ShippedSet:
    """A set of names. `key` is its name in addresses, `number` that of its decision in the data."""

    key: str
    number: str
    name: str
    valid_from: date
    valid_to: date | None
    source: str
    remark: str = ""

    @property
    def rows(self) -> list[CriterionRow]:
        """Groups as our source has them, and criteria marked as frames: only their names are
        known.
        """
        return frame_rows(FILE.read_text(encoding="utf-8").splitlines(), self.number)


# Names, days and the remark on the groups are those of data/README.md and of the head of the file.
SETS = (
    ShippedSet(
        "318-2022",
        "318/2022",
        "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025",
        date(2022, 3, 8),
        date(2025, 12, 31),
        "Quyết định số 318/QĐ-TTg ngày 08/3/2022 (19 tiêu chí, chỉ có tên)",
        "Các nguồn xếp tiêu chí 14 đến 19 vào nhóm khác nhau: hãy đối chiếu với văn bản.",
    ),
    ShippedSet(
        "51-2025",
        "51/2025",
        "Bộ tiêu chí quốc gia về nông thôn mới giai đoạn 2026 - 2030",
        date(2026, 2, 15),
        date(2030, 12, 31),
        "Quyết định số 51/2025/QĐ-TTg ngày 29/12/2025 (10 tiêu chí, chỉ có tên)",
        "Nguồn không chia nhóm.",
    ),
)


def frame_rows(lines: list[str], number: str) -> list[CriterionRow]:
    """The rows of one decision: a group before its first criterion, where the source has groups."""
    rows: list[CriterionRow] = []
    groups: dict[str, str] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        if row["bo"] != number:
            continue
        group = row["nhom"]
        if group and group not in groups:
            groups[group] = roman(len(groups) + 1)
            rows.append(CriterionRow(groups[group], group, is_group=True))
        rows.append(
            CriterionRow(
                row["so"],
                row["tieu_chi"],
                groups.get(group, ""),
                is_frame=True,
            )
        )
    return rows

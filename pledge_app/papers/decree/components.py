"""The components of NĐ 30/2020/NĐ-CP, Phụ lục I, as numbers, from nd30_components.csv beside
this file.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pledge_app.papers.decree.reading import Line

MM = 72 / 25.4
TOLERANCE = 0.3
"""Points by which a size may differ: a body of 14 points is written as 13.9995 by some programs."""

TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = (20, 25), (20, 25), (30, 35), (15, 20)
INDENTS_MM = (10.0, 12.7)
SPACING = (1.1, 1.75)
"""Baseline to baseline over size: single to 1.5 lines of a face whose single line is 1.15 of its
size.
"""
PARAGRAPH_GAP = 6.0


@dataclass(frozen=True)
class Finding:
    """One departure: which component, which rule (a key), the page from 1 (0 = the file), what
    was found.
    """

    component: str
    rule: str
    page: int
    found: str

    def __str__(self) -> str:
        where = f"trang {self.page}" if self.page else "cả tệp"
        return f"{self.component} ({where}): {self.found}"


@dataclass(frozen=True)
class Component:
    """One row of the csv; a size "= lời văn" has the limits of the running text."""

    name: str
    smallest: float
    largest: float
    bold: bool
    italic: bool

    def findings(self, line: Line) -> list[Finding]:
        """Size, weight and slope of `line`."""
        found = []
        if line.smallest < self.smallest - TOLERANCE or line.size > self.largest + TOLERANCE:
            wanted = "-".join(f"{size:g}" for size in sorted({self.smallest, self.largest}))
            found.append(self._finding(line, "size", f"cỡ chữ {line.size:g}, phải là {wanted}"))
        if self.bold and not line.bold:
            found.append(self._finding(line, "bold", "chưa in đậm"))
        if not self.bold and not line.light:
            found.append(self._finding(line, "bold", "in đậm, phải là chữ thường nét"))
        if self.italic and not line.italic:
            found.append(self._finding(line, "italic", "chưa in nghiêng"))
        if not self.italic and not line.upright:
            found.append(self._finding(line, "italic", "in nghiêng, phải là kiểu đứng"))
        return found

    def _finding(self, line: Line, rule: str, said: str) -> Finding:
        return Finding(
            self.name,
            rule,
            line.page,
            f"{said}: “{line.text[:60]}”",
        )


@cache
def components() -> dict[str, Component]:
    """By their Vietnamese names; only those with a size of their own."""
    text = (Path(__file__).parent / "nd30_components.csv").read_text(encoding="utf-8")
    rows = [*csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))]
    body = next(row for row in rows if row["thanh_phan"] == "Nội dung")
    sizes = {row["thanh_phan"]: body if row["co_chu_min"] == "= lời văn" else row for row in rows}
    return {
        row["thanh_phan"]: Component(
            row["thanh_phan"],
            float(sizes[row["thanh_phan"]]["co_chu_min"]),
            float(sizes[row["thanh_phan"]]["co_chu_max"]),
            "đậm" in row["kieu_chu"],
            "nghiêng" in row["kieu_chu"],
        )
        for row in rows
        if row["co_chu_min"]
    }

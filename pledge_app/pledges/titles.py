"""The titles and commendations that the Law knows, who confers them, and from when to when.

Source: data/titles.csv, each row with its basis, its source and how certain it is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
VERIFIED = "verified"


@dataclass(frozen=True)
class LawTitle:
    """A title as the Law writes it; `last` is the last day on which it is conferred so."""

    name: str
    conferred_by: str
    first: date
    last: date | None
    basis: str
    source: str
    is_verified: bool

    def holds_on(self, day: date) -> bool:
        """Whether it may be registered for on that day."""
        return self.first <= day and (self.last is None or day <= self.last)


def read_titles(lines: Iterable[str]) -> list[LawTitle]:
    """The rows of data/titles.csv. ValueError or KeyError on a row that is not in order."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [
        LawTitle(
            row["ten"],
            row["cap"],
            date.fromisoformat(row["hieu_luc_tu"]),
            date.fromisoformat(row["hieu_luc_den"]) if row["hieu_luc_den"] else None,
            row["can_cu"],
            row["nguon"],
            row["do_chac"] == VERIFIED,
        )
        for row in rows
    ]


def titles_on(day: date) -> list[LawTitle]:
    """What may be registered for on a day, in the order of the file."""
    lines = (DATA / "titles.csv").read_text(encoding="utf-8").splitlines()
    return [title for title in read_titles(lines) if title.holds_on(day)]

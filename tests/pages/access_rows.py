"""One row of the table of doors (access_table.py)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One method of one address. `thing`: to whose commune "own" refers ("" = Hải Quang, no unit
    in the address).
    """

    method: str
    endpoint: str
    path: str
    let_in: str
    thing: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    once: bool = False
    """The thing is gone after the clerk was let in: the leader, who is let in too, is not asked."""


EVERYBODY = "clvtnxyag"  # who is logged in
ANYBODY = EVERYBODY + "p"

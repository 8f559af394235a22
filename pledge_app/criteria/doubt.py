"""One doubt about a row, and how the row is called in its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from pledge_app.criteria.reading import (
    DraftRow,
)


@dataclass(frozen=True)
class Doubt:
    """Something about row `row` (from 0) in `column`. `blocks`: no set is made of it before it
    is mended.

    `suggestion`: the text that would mend it, "" where only a person can know.
    """

    row: int
    column: str
    sentence: str
    blocks: bool = False
    suggestion: str = ""


def place_words(row: DraftRow) -> str:
    """ "dòng 12", or by its code where it stands in no pasted line."""
    return _("dòng %(n)s", n=row.line) if row.line else _("dòng mới %(code)s", code=row.code)

"""How deep the groups of a table stand, told by their codes: A under I, 1 under A. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledge_app.criteria.vocabulary import GROUPS, Does


def nested(rows: Sequence[tuple[Does, str, bool]]) -> list[Does]:
    """(what it is, its code, whether the table itself says so) of each row → what it is, groups
    with their level. What the table says is kept.
    """
    opened: list[str] = []  # the styles of the codes of the groups that are open
    levels = []
    for does, code, is_told in rows:
        if does.is_group:
            opened = opened[: _depth(does, code, is_told, opened)]
            opened.append(_style(code))
            levels.append(GROUPS[len(opened) - 1])
        else:
            levels.append(does)
    return levels


def _depth(does: Does, code: str, is_told: bool, opened: Sequence[str]) -> int:
    """How many of the open groups stay open above this one."""
    if is_told:
        return does.level - 1
    style = _style(code)
    if style in opened:
        return opened.index(style)
    return min(len(opened), len(GROUPS) - 1)


def _style(code: str) -> str:
    """ "I" and "IV" are of one style, "A" and "B" of another, "1.1" and "2.3" of a third; a group
    without a code gets a Roman number.
    """
    if not code or re.fullmatch("[IVX]+", code):
        return "I"
    return re.sub("[0-9]+", "1", re.sub("[A-ZĐ]", "A", code))

"""Shapes of what is typed about a set of criteria: its name and days, and its rows as one
editable table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from pledge_app.criteria.card import TEXTS, Card
from pledge_app.criteria.doubt import Doubt
from pledge_app.criteria.doubts import doubts_about, points_of
from pledge_app.criteria.kinds import FIGURE_KINDS, Cadence, Direction, FigureKind, ValueKind
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.operations import rows_of
from pledge_app.criteria.reading import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_UNIT,
    MOST_ROWS,
    DraftRow,
)
from pledge_app.criteria.rows import CriterionRow, levels_of
from pledge_app.criteria.vocabulary import GROUPS, Does
from pledge_app.kernel.numbers import format_number
from pledge_app.kernel.text import clean_line
from pledge_app.orgs.models import Line
from pledge_app.orgs.words import LINE_WORDS
from pledge_app.ui.forms import Form, choose, day, line, version

DOES_WORDS = {
    Does.GROUP: _l("Nhóm"),
    Does.SUBGROUP: _l("Nhóm cấp 2"),
    Does.INNER_GROUP: _l("Nhóm cấp 3"),
    Does.CRITERION: _l("Tiêu chí"),
    Does.SKIP: _l("Bỏ qua"),
}
LENGTHS = {
    "code": LONGEST_CODE,
    "name": LONGEST_NAME,
    "unit": LONGEST_UNIT,
    "points": 24,
    "note": LONGEST_NOTE,
}
MARKS = ("frame", "illustrative")
_PLACE = re.compile(r"([0-9]{1,4}):([a-z]+)")


class SetForm(Form):
    """What the set is called and from when it holds."""

    ver = version()
    name = line(
        _l("Tên bộ tiêu chí"),
        longest=200,
        help_=_l("Ví dụ: Bộ tiêu chí thi đua các xã năm 2027."),
    )
    used_by = choose(
        _l("Dùng cho"),
        [("", _l("Cả hai hệ")), *((one.value, LINE_WORDS[one]) for one in Line)],
        needed=False,
        default="",
        help_=_l("Chỉ các năm thi đua của hệ này chọn được bộ tiêu chí."),
    )
    valid_from = day(_l("Áp dụng từ ngày"))
    valid_to = day(_l("Áp dụng đến hết ngày"), needed=False, help_=_l("Để trống nếu chưa biết."))
    source = line(
        _l("Nguồn, văn bản ban hành"),
        needed=False,
        help_=_l("Ví dụ: Hướng dẫn 19/HD-UBND ngày 07/02/2023 của UBND huyện."),
    )


class AskForm(Form):
    """A question about one version of a draft."""

    ver = version()


class EndForm(Form):
    """From when a set is in force no more, and why."""

    ver = version()
    on = day(_l("Hết hiệu lực từ ngày"))
    reason = line(
        _l("Lý do"),
        longest=300,
        help_=_l("Ví dụ: Thay bằng bộ tiêu chí kèm Hướng dẫn 25/HD-UBND ngày 10/01/2027."),
    )


def typed_rows(typed: Mapping[str, str]) -> list[DraftRow]:
    """The rows of the table as they were sent; their number is the number of names that follow
    each other.
    """
    rows = []
    for place in range(MOST_ROWS * 2):
        if f"name-{place}" not in typed:
            break
        rows.append(_typed_row(typed, place))
    return rows


def _typed_row(typed: Mapping[str, str], place: int) -> DraftRow:
    texts = {
        column: _clean(typed.get(f"{column}-{place}", ""), longest)
        for column, longest in LENGTHS.items()
    }
    chosen = next(
        (one for one in FIGURE_KINDS if one.value == typed.get(f"kind-{place}")),
        FigureKind(ValueKind.NUMBER),
    )
    number = typed.get(f"line-{place}", "")
    heard = typed.get(f"heard-{place}", "")[:2000]
    mark = typed.get(f"mark-{place}", "")
    return DraftRow(
        line=int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 0,
        does=next((one for one in Does if one.value == typed.get(f"does-{place}")), Does.CRITERION),
        kind=chosen.kind,
        counts=chosen.counts,
        direction=next(
            (one for one in Direction if one.value == typed.get(f"direction-{place}")),
            Direction.HIGHER,
        ),
        cadence=next(
            (one for one in Cadence if one.value == typed.get(f"cadence-{place}")),
            Cadence.CUMULATIVE,
        ),
        heard=tuple(part for part in heard.splitlines() if part),
        mark=mark if mark in MARKS else "",
        card=_typed_card(typed, place),
        **texts,
    )


def _typed_card(typed: Mapping[str, str], place: int) -> Card:
    """What is folded away in a row; a field that was not sent says nothing."""
    evidence = {"yes": True, "no": False}
    return Card(
        nearly_counts=typed.get(f"nearly-{place}") != "no",
        is_strict=typed.get(f"strict-{place}") == "yes",
        needs_evidence=evidence.get(typed.get(f"evidence-{place}", "")),
        **{name: _clean(typed.get(f"{name}-{place}", ""), LONGEST_NOTE) for name in TEXTS},
    )


def _clean(text: str, longest: int) -> str:
    """Cut above what is allowed before anything else is done with it: what is too long is named,
    not worked on.
    """
    return clean_line(text[: longest + 100])


def stored_rows(chosen: CriteriaSet) -> list[DraftRow]:
    """The rows of a draft for the table."""
    rows = rows_of(chosen)
    levels = levels_of(rows)
    return [
        DraftRow(
            line=number,
            does=GROUPS[levels[row.code] - 1] if row.is_group else Does.CRITERION,
            code=row.code,
            name=row.name,
            unit=row.unit_of_measure,
            kind=row.kind,
            counts=row.counts,
            card=row.card,
            direction=row.direction,
            cadence=row.cadence,
            points=format_number(row.max_points),
            note=row.note,
            mark="frame" if row.is_frame else "illustrative" if row.is_illustrative else "",
        )
        for number, row in enumerate(rows, 1)
    ]


def changed(rows: Sequence[DraftRow], typed: Mapping[str, str]) -> list[DraftRow]:
    """The rows after the press of a small button: a suggestion taken, a row moved, a row added."""
    made = list(rows)
    fix, move = _PLACE.fullmatch(typed.get("fix", "")), _PLACE.fullmatch(typed.get("move", ""))
    if fix:
        wanted = (int(fix.group(1)), fix.group(2))
        made = _mended(made, [one for one in doubts_about(made) if (one.row, one.column) == wanted])
    elif typed.get("then") == "fix_all":
        made = _mended(made, doubts_about(made))
    elif move:
        made = _moved(made, int(move.group(1)), -1 if move.group(2) == "up" else 1)
    elif typed.get("then") == "add":
        made.append(DraftRow())
    return made


def _mended(rows: list[DraftRow], doubts: Sequence[Doubt]) -> list[DraftRow]:
    """With the suggestions in their cells, one for each cell."""
    done = set()
    for doubt in doubts:
        if doubt.suggestion and (doubt.row, doubt.column) not in done:
            done.add((doubt.row, doubt.column))
            rows[doubt.row] = _with(rows[doubt.row], doubt)
    return rows


def _with(row: DraftRow, doubt: Doubt) -> DraftRow:
    """Codes and points are what can be suggested."""
    if doubt.column == "code":
        return replace(row, code=doubt.suggestion)
    return replace(row, points=doubt.suggestion) if doubt.column == "points" else row


def _moved(rows: list[DraftRow], place: int, step: int) -> list[DraftRow]:
    other = place + step
    if 0 <= place < len(rows) and 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _of_group(card: Card) -> Card:
    """A group has no figure: it says only what its criteria take over."""
    return replace(card, nearly_counts=True, is_strict=False)


def criterion_rows(rows: Sequence[DraftRow]) -> list[CriterionRow]:
    """What is written: without the rows left out, each criterion under the group above it. No
    fault may be open.
    """
    made = []
    opened: list[str] = []  # codes of the groups that are open, the outermost first
    for row in rows:
        if row.does is Does.SKIP or row.is_blank:
            continue
        is_group = row.does.is_group
        if is_group:
            opened = opened[: row.does.level - 1]
        parent = opened[-1] if opened else ""
        if is_group:
            opened.append(row.code)
        plain = CriterionRow(
            code=row.code,
            name=row.name,
            parent=parent,
            is_group=is_group,
            max_points=points_of(row),
            note=row.note,
            card=row.card if not is_group else _of_group(row.card),
            is_illustrative=row.mark == "illustrative",
            is_frame=row.mark == "frame",
        )
        made.append(
            plain
            if is_group
            else replace(
                plain,
                unit_of_measure=row.unit,
                kind=row.kind,
                counts=row.counts,
                direction=row.direction,
                cadence=row.cadence,
            )
        )
    return made

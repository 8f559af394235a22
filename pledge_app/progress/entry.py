"""What was typed into the form of a report: good rows are saved, faulty ones come back with a
sentence each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.criteria.shapes import shape_of
from pledge_app.criteria.words import figure_words
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.numbers import NumberProblem, format_number, parse_figure
from pledge_app.kernel.versions import version_from
from pledge_app.progress import operations
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.operations import LineEntry
from pledge_app.progress.texts import Texts, cleaned, read_texts, texts_token
from pledge_app.ui.typed_values import beside, number_sentence

LONGEST_EXPLANATION = 2000
Typed = Mapping[str, str]


@dataclass(frozen=True)
class RowOnPage:
    """One row of the form: what stands in its fields, what is wrong, what somebody else wrote
    meanwhile.
    """

    value: str
    is_estimate: bool
    explanation: str
    version: int
    wrong: str = ""
    suggestion: str = ""
    wrong_explanation: str = ""
    theirs: str = ""


@dataclass
class Saved:
    """What came of one sending of the form."""

    # by pid of the line; only those not saved
    rows: dict[str, RowOnPage] = field(default_factory=dict)
    texts: Texts | None = None  # only when they were not saved
    problems: list[Problem] = field(default_factory=list)
    is_conflict: bool = False


def as_stored(line: ProgressLine) -> RowOnPage:
    """The row as it is in the database."""
    return RowOnPage(
        format_number(line.value),
        line.is_estimate,
        line.explanation,
        line.version,
    )


def save_form(
    report: ProgressReport,
    typed: Typed,
    *,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save what can be saved. Rows that the form does not hold stay as they are. Raises Conflict
    when the report is no longer being entered, Forbidden for strangers.
    """
    saved = Saved()
    _save_texts(report, typed, saved, actor, at)
    for line in report.lines:
        if f"value-{line.pid}" in typed:
            _save_row(
                line,
                typed,
                saved,
                actor,
                at,
            )
    return saved


def _save_row(
    line: ProgressLine,
    typed: Typed,
    saved: Saved,
    actor: Actor,
    at: datetime,
) -> None:
    row, entry = _read_row(line, typed)
    head = f"{line.target.criterion.code}. {line.target.criterion.name}"
    if entry is None:
        saved.rows[line.pid] = row
        for anchor, wrong in (("value", row.wrong), ("explanation", row.wrong_explanation)):
            if wrong:
                saved.problems.append(Problem(f"{head}: {wrong}", f"{anchor}-{line.pid}"))
    elif entry == LineEntry(line.value, line.is_estimate, line.explanation):
        return
    elif row.version != line.version:
        saved.is_conflict = True
        saved.rows[line.pid] = RowOnPage(
            row.value,
            row.is_estimate,
            row.explanation,
            line.version,
            theirs=_said(line),
        )
        saved.problems.append(
            Problem(
                _(
                    "%(row)s: người khác vừa sửa dòng này. So sánh hai nội dung bên dưới; bấm "
                    "Lưu lần nữa để giữ nội dung của bạn.",
                    row=head,
                ),
                f"value-{line.pid}",
            )
        )
    else:
        operations.save_line(
            line,
            entry,
            version=row.version,
            actor=actor,
            at=at,
        )


def _read_row(line: ProgressLine, typed: Typed) -> tuple[RowOnPage, LineEntry | None]:
    """The row as typed, and what it means; None while something in it is wrong."""
    text = typed.get(f"value-{line.pid}", "")[:100]
    explanation, long = cleaned(typed.get(f"explanation-{line.pid}", ""), LONGEST_EXPLANATION)
    is_estimate = typed.get(f"estimate-{line.pid}", "") == "1"
    figure = _figure(line, text, typed.get(f"beside-value-{line.pid}"))
    version = version_from(typed.get(f"ver-{line.pid}", ""))
    row = RowOnPage(
        text,
        is_estimate,
        explanation,
        version,
        figure.wrong,
        figure.suggestion,
        long,
    )
    return row, None if figure.wrong or long else LineEntry(figure.value, is_estimate, explanation)


@dataclass(frozen=True)
class CellsRead:
    """A row that saves itself: what it means; the sentence of each faulty cell, which keeps what
    is stored; and what was probably meant.
    """

    entry: LineEntry
    errors: Mapping[str, str]
    suggestions: Mapping[str, str]


def read_cells(line: ProgressLine, cells: Typed) -> CellsRead:
    """Understand the cells that were sent; the others keep what is stored."""
    errors: dict[str, str] = {}
    suggestions: dict[str, str] = {}
    value = line.value
    explanation = line.explanation
    if "value" in cells:
        figure = _figure(line, cells["value"], cells.get("beside-value"))
        if figure.wrong:
            errors["value"] = figure.wrong
        else:
            value = figure.value
        if figure.suggestion:
            suggestions["value"] = figure.suggestion
    if "explanation" in cells:
        text, wrong = cleaned(cells["explanation"], LONGEST_EXPLANATION)
        if wrong:
            errors["explanation"] = wrong
        else:
            explanation = text
    is_estimate = cells["estimate"] == "1" if "estimate" in cells else line.is_estimate
    return CellsRead(LineEntry(value, is_estimate, explanation), errors, suggestions)


@dataclass(frozen=True)
class _Figure:
    """A figure, or why it cannot be one and what was probably meant."""

    value: Decimal | None
    wrong: str = ""
    suggestion: str = ""


def _figure(line: ProgressLine, text: str, block: str | None) -> _Figure:
    """`block`: the other cells of the block that it was pasted with. What stands already is not
    asked about again.
    """
    if text == format_number(line.value):
        return _Figure(line.value)
    criterion = line.target.criterion
    try:
        value = parse_figure(text, shape_of(criterion, may_be_negative=True), beside(block))
    except NumberProblem as problem:
        return _Figure(None, number_sentence(problem), problem.suggestion)
    return _Figure(value, operations.wrong_value(criterion.kind, value))


def new_cells(line: ProgressLine, cells: Typed) -> dict[str, list[str]]:
    """What a row that came too late would have changed, under the names that people know: for
    the kept texts.
    """
    stored = as_stored(line)
    read = read_cells(line, cells)
    entry = read.entry
    changed = {
        "value": entry.value != line.value,
        "explanation": entry.explanation != line.explanation,
        "estimate": entry.is_estimate != stored.is_estimate,
    }
    words = {
        "value": _("Kết quả"),
        "estimate": _("Loại số"),
        "explanation": _("Giải trình"),
    }
    head = f"{line.target.criterion.code}. {line.target.criterion.name}"
    shown = {**cells, "estimate": _("Ước tính") if entry.is_estimate else _("Thực tế")}
    return {
        f"{head} – {word}": [shown[name]]
        for name, word in words.items()
        if name in cells and (name in read.errors or changed[name])
    }


def shown(line: ProgressLine) -> dict[str, str]:
    """The cells of a row as they stand in its fields."""
    row = as_stored(line)
    return {
        "value": row.value,
        "estimate": "1" if row.is_estimate else "",
        "explanation": row.explanation,
    }


def _save_texts(
    report: ProgressReport,
    typed: Typed,
    saved: Saved,
    actor: Actor,
    at: datetime,
) -> None:
    texts = read_texts(report, typed)
    saved.problems += [Problem(sentence, name) for name, sentence in texts.wrong.items()]
    if texts.wrong:
        saved.texts = texts
    elif operations.same_texts(report, done=texts.done, said=texts.said):
        return
    elif texts.token != texts_token(report):
        saved.is_conflict = True
        saved.texts = Texts(texts.done, texts.said, texts_token(report))
        saved.problems.append(
            Problem(
                _(
                    "Người khác vừa sửa phần chữ của báo cáo. Nội dung bạn nhập còn ở bên dưới; "
                    "bấm Lưu lần nữa để giữ nội dung của bạn."
                ),
                "difficulties",
            )
        )
    else:
        operations.save_texts(
            report,
            done=texts.done,
            said=texts.said,
            version=report.version_id,
            actor=actor,
            at=at,
        )


def _said(line: ProgressLine) -> str:
    value = figure_words(line.value, line.target.criterion.is_yes_no) or _("để trống")
    return " · ".join(
        part
        for part in (value, _("ước tính") if line.is_estimate else "", line.explanation)
        if part
    )

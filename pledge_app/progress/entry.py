"""What was typed into the form of a report: good rows are saved, faulty ones come back with a sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.numbers import NumberProblem, format_number, parse_number
from pledge_app.kernel.text import clean_text
from pledge_app.progress import operations
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.operations import LineEntry
from pledge_app.ui.forms import number_sentence

LONGEST_EXPLANATION, LONGEST_TEXT = 2000, 10_000
Typed = Mapping[str, str]


@dataclass(frozen=True)
class RowOnPage:
    """One row of the form: what stands in its fields, what is wrong, what somebody else wrote meanwhile."""

    value: str
    is_estimate: bool
    explanation: str
    version: int
    wrong: str = ""
    wrong_explanation: str = ""
    theirs: str = ""


@dataclass
class Texts:
    """The text fields of the form; `done` by campaign id."""

    done: dict[int, str] = field(default_factory=dict)
    difficulties: str = ""
    proposals: str = ""
    version: int = 0
    wrong: dict[str, str] = field(default_factory=dict)  # field name → sentence


@dataclass
class Saved:
    """What came of one sending of the form."""

    rows: dict[str, RowOnPage] = field(default_factory=dict)  # by pid of the line; only those not saved
    texts: Texts | None = None  # only when they were not saved
    problems: list[Problem] = field(default_factory=list)
    is_conflict: bool = False


def as_stored(line: ProgressLine) -> RowOnPage:
    """The row as it is in the database."""
    return RowOnPage(format_number(line.value), line.is_estimate, line.explanation, line.version)


def texts_of(report: ProgressReport) -> Texts:
    """The texts as they are in the database."""
    return Texts({row.campaign_id: row.done for row in report.campaigns}, report.difficulties, report.proposals,
                 report.version_id)


def save_form(report: ProgressReport, typed: Typed, *, actor: Actor, at: datetime) -> Saved:
    """Save what can be saved. Rows that the form does not hold stay as they are. Raises Conflict when the report
    is no longer being entered, Forbidden for strangers."""
    saved = Saved()
    _save_texts(report, typed, saved, actor, at)
    for line in report.lines:
        if f"value-{line.pid}" in typed:
            _save_row(line, typed, saved, actor, at)
    return saved


def _save_row(line: ProgressLine, typed: Typed, saved: Saved, actor: Actor, at: datetime) -> None:
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
        saved.rows[line.pid] = RowOnPage(row.value, row.is_estimate, row.explanation, line.version, theirs=_said(line))
        saved.problems.append(Problem(
            _("%(row)s: người khác vừa sửa dòng này. So sánh hai nội dung bên dưới; bấm Lưu lần nữa để giữ nội dung "
              "của bạn.", row=head), f"value-{line.pid}"))
    else:
        operations.save_line(line, entry, version=row.version, actor=actor, at=at)


def _read_row(line: ProgressLine, typed: Typed) -> tuple[RowOnPage, LineEntry | None]:
    """The row as typed, and what it means; None while something in it is wrong."""
    text = typed.get(f"value-{line.pid}", "")[:100]
    explanation = clean_text(typed.get(f"explanation-{line.pid}", ""))
    is_estimate = typed.get(f"estimate-{line.pid}", "") == "1"
    version, value, wrong = whole(typed.get(f"ver-{line.pid}", "")), None, ""
    try:
        value = parse_number(text)
        wrong = operations.wrong_value(line.target.criterion.kind, value)
    except NumberProblem as problem:
        wrong = number_sentence(problem)
    long = _too_long(explanation, LONGEST_EXPLANATION)
    row = RowOnPage(text, is_estimate, explanation, version, wrong, long)
    return row, None if wrong or long else LineEntry(value, is_estimate, explanation)


def _save_texts(report: ProgressReport, typed: Typed, saved: Saved, actor: Actor, at: datetime) -> None:
    now = texts_of(report)
    texts = Texts(version=whole(typed.get("ver", "")))
    texts.done = {row.campaign_id: clean_text(typed.get(f"done-{row.campaign.pid}", now.done[row.campaign_id]))
                  for row in report.campaigns}
    texts.difficulties = clean_text(typed.get("difficulties", now.difficulties))
    texts.proposals = clean_text(typed.get("proposals", now.proposals))
    named = [(f"done-{row.campaign.pid}", texts.done[row.campaign_id]) for row in report.campaigns]
    for name, text in [*named, ("difficulties", texts.difficulties), ("proposals", texts.proposals)]:
        if long := _too_long(text, LONGEST_TEXT):
            texts.wrong[name] = long
            saved.problems.append(Problem(long, name))
    if texts.wrong:
        saved.texts = texts
    elif operations.same_texts(report, done=texts.done, difficulties=texts.difficulties, proposals=texts.proposals):
        return
    elif texts.version != report.version_id:
        saved.is_conflict = True
        saved.texts = Texts(texts.done, texts.difficulties, texts.proposals, report.version_id)
        saved.problems.append(Problem(
            _("Phần chữ của báo cáo vừa được người khác sửa. Nội dung bạn nhập còn ở bên dưới; bấm Lưu lần nữa để giữ "
              "nội dung của bạn."), "difficulties"))
    else:
        operations.save_texts(report, done=texts.done, difficulties=texts.difficulties, proposals=texts.proposals,
                              version=texts.version, actor=actor, at=at)


def _said(line: ProgressLine) -> str:
    value = format_number(line.value) or _("để trống")
    return " · ".join(part for part in (value, _("ước tính") if line.is_estimate else "", line.explanation) if part)


def _too_long(text: str, longest: int) -> str:
    return _("Nội dung dài quá %(n)s ký tự.", n=longest) if len(text) > longest else ""


def whole(text: str) -> int:
    """A small whole number; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

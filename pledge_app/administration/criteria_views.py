"""Bộ tiêu chí: the list and one set for everybody; made, mended, published by the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.administration.criteria_block import posted_table
from pledge_app.administration.criteria_forms import (
    DOES_WORDS,
    LENGTHS,
    SetForm,
    changed,
    criterion_rows,
    stored_rows,
    typed_rows,
)
from pledge_app.audit.operations import record
from pledge_app.audit.queries import timeline
from pledge_app.campaigns.queries import years_by
from pledge_app.criteria import operations, queries, sheets
from pledge_app.criteria.differences import differences_of
from pledge_app.criteria.doubt import Doubt
from pledge_app.criteria.doubts import doubts_about
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.reading import DraftRow, Reading, read_criteria, with_codes
from pledge_app.criteria.states import SetState
from pledge_app.criteria.vocabulary import Column, Does
from pledge_app.criteria.words import (
    CADENCE_WORDS,
    CARD_WORDS,
    COMPARISON_WORDS,
    DIRECTION_WORDS,
    EVIDENCE_WORDS,
    FIGURE_KIND_WORDS,
    NEARLY_WORDS,
)
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.errors import Conflict
from pledge_app.orgs.models import Line
from pledge_app.orgs.words import LINE_WORDS
from pledge_app.tables.reading import LARGEST, SheetError
from pledge_app.tables.writing import download
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of
from pledge_app.web.application import looking, takes_bytes
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("criteria", __name__)
FIGURES_A_YEAR = 5  # of one criterion: the goal and four quarters


@dataclass
class Editing:
    """The table of a set in the making. `draft` None: nothing is written yet."""

    form: SetForm
    draft: CriteriaSet | None
    rows: list[DraftRow] = field(default_factory=list)
    reading: Reading | None = None
    problem: str = ""
    is_refused: bool = False


@bp.get("/bo-tieu-chi")
def index() -> ResponseReturnValue:
    """The sets that one may see."""
    return render_template("criteria/index.html", page=page_of(queries.sets(seen_by=actor())))


@bp.get("/bo-tieu-chi/<pid>")
def show(pid: str) -> ResponseReturnValue:
    """One set, whole: its tree, where it is used, what became of it."""
    chosen = queries.find_visible(pid, seen_by=actor())
    return render_template(
        "criteria/show.html",
        chosen=chosen,
        years=years_by(chosen.id),
        line_words=LINE_WORDS,
        directions=DIRECTION_WORDS,
        cadences=CADENCE_WORDS,
        kinds=FIGURE_KIND_WORDS,
        others=queries.versions_of(chosen, seen_by=actor()),
        counted=sum(1 for row in chosen.criteria if not row.is_group),
        figures=FIGURES_A_YEAR,
        differences=differences_of(chosen),
        frames=sum(1 for row in chosen.criteria if row.is_frame),
        timeline=timeline(CriteriaSet.__tablename__, chosen.pid),
    )


@bp.post("/bo-tieu-chi/<pid>/xlsx")
def export(pid: str) -> ResponseReturnValue:
    """The set as a file that reads back unchanged."""
    chosen = queries.find_visible(pid, seen_by=actor())
    rows = operations.rows_of(chosen)
    record(
        "table.exported",
        chosen,
        actor=actor(),
        at=clock.now(),
        rows=len(rows),
    )
    title = _("%(name)s, bản %(n)s", name=chosen.name, n=chosen.version)
    return download(
        sheets.book(title, chosen.source, rows),
        f"{title} - {chosen.valid_from.year}.xlsx",
    )


@bp.get("/quan-tri/bo-tieu-chi/mau")
@needs(Role.ADMIN)
def sample() -> ResponseReturnValue:
    """The file to fill in: its heads, five rows as an example, and the guide."""
    title = _("Mẫu bộ tiêu chí")
    facts = _("Xóa các dòng ví dụ rồi điền. Cách điền: xem trang Hướng dẫn của tệp này.")
    return download(sheets.book(title, facts, sheets.EXAMPLE), f"{title}.xlsx")


@bp.route("/quan-tri/bo-tieu-chi/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
@takes_bytes(LARGEST + 2 * 1024 * 1024)
def create() -> ResponseReturnValue:
    """A pasted block or a file, looked at row by row, then written as a draft."""
    with _holding_nothing():
        data = {"ver": "0", "valid_from": _next_start(clock.today())}
        editing = Editing(SetForm(data=data), None)
        return _page(editing) if request.method == "GET" else _answer(editing)


def _holding_nothing() -> AbstractContextManager[None]:
    """Only "write" writes: however long a table takes, the other presses keep nobody waiting."""
    writes = request.method == "GET" or request.form.get("then") == "write"
    return nullcontext() if writes else looking()


def _next_start(today: date) -> date:
    """The first day of the year that is being prepared: from October on it is the next one."""
    return date(today.year + 1 if today.month >= 10 else today.year, 1, 1)


@bp.route("/quan-tri/bo-tieu-chi/<pid>/sua", methods=["GET", "POST"])
@needs(Role.ADMIN)
@takes_bytes(LARGEST + 2 * 1024 * 1024)
def edit(pid: str) -> ResponseReturnValue:
    """The same table for a draft that is there."""
    with _holding_nothing():
        draft = queries.find_set(pid)
        if draft.state is not SetState.DRAFT:
            raise Conflict(
                _("Bộ tiêu chí này đã ban hành nên không sửa được. Hãy lập phiên bản mới.")
            )
        form = SetForm(
            data={
                "ver": draft.version_id,
                "name": draft.name,
                "valid_from": draft.valid_from,
                "valid_to": draft.valid_to,
                "source": draft.source,
                "used_by": draft.line.value if draft.line is not None else "",
            }
        )
        editing = Editing(form, draft)
        if request.method == "POST":
            return _answer(editing)
        editing.rows = stored_rows(draft)
        return _page(editing)


def _answer(editing: Editing) -> ResponseReturnValue:
    """A press of one of the table's buttons; only "write" writes."""
    then = request.form.get("then", "check")
    editing.rows = typed_rows(request.form)
    if then == "read":
        return _read(editing)
    rows = changed(editing.rows, request.form)
    kept = [
        row
        for place, row in enumerate(rows)
        if not row.is_blank or (then == "add" and place == len(rows) - 1)
    ]
    editing.rows = with_codes(kept)
    if then != "write":
        return _page(editing)
    return _write(editing)


def _read(editing: Editing) -> ResponseReturnValue:
    """What was pasted or chosen stands below what is there already."""
    try:
        with catch_refusal() as refusal:
            reading = read_criteria(posted_table())
    except SheetError as error:
        editing.problem = error.sentence
        return _page(editing), 422
    if refusal:
        editing.problem = refusal.sentence
        return _page(editing), 422
    if not reading.rows:
        editing.problem = _("Chưa dán gì và chưa chọn tệp nào.")
        return _page(editing), 422
    editing.reading = reading
    there = [row for row in editing.rows if not row.is_blank]
    editing.rows = with_codes([*there, *reading.rows])
    if there:  # two tables have two rows 2: they are counted through
        editing.rows = [replace(row, line=number) for number, row in enumerate(editing.rows, 1)]
    return _page(editing)


def _write(editing: Editing) -> ResponseReturnValue:
    """The draft is made or saved; whatever is wrong comes back with everything typed."""
    form, draft = editing.form, editing.draft
    blocked = any(doubt.blocks for doubt in doubts_about(editing.rows))
    if not form.validate() or blocked:
        editing.is_refused = True
        return _page(editing), 422
    line = Line(form.used_by.data) if form.used_by.data else None
    with catch_refusal(form) as refusal:
        rows = criterion_rows(editing.rows)
        if draft is None:
            draft = operations.import_set(
                form.name.data,
                rows,
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                source=form.source.data or "",
                line=line,
                actor=actor(),
                at=clock.now(),
            )
        else:
            operations.save_draft(
                draft,
                form.name.data,
                rows,
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                source=form.source.data or "",
                line=line,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
    if refusal:
        return _page(editing), 422
    left = sum(1 for row in editing.rows if row.does is Does.SKIP)
    said = _("Đã lưu bản nháp với %(n)s dòng.", n=len(rows))
    flash(said + (" " + _("%(n)s dòng được bỏ qua theo lựa chọn của bạn.", n=left) if left else ""))
    return redirect(url_for("criteria.show", pid=draft.pid), 303)


def _page(editing: Editing) -> str:
    doubts = doubts_about(editing.rows)
    return render_template(
        "criteria/edit.html",
        editing=editing,
        form=editing.form,
        draft=editing.draft,
        rows=editing.rows,
        reading=editing.reading,
        doubts=_by_row(doubts),
        blocking=[one for one in doubts if one.blocks],
        doubtful=len({one.row for one in doubts}),
        suggested=sum(1 for one in doubts if one.suggestion),
        does=DOES_WORDS,
        kinds=FIGURE_KIND_WORDS,
        directions=DIRECTION_WORDS,
        cadences=CADENCE_WORDS,
        nearly=NEARLY_WORDS,
        comparisons=COMPARISON_WORDS,
        evidence=EVIDENCE_WORDS,
        card_words=CARD_WORDS,
        lengths=LENGTHS,
        columns=column_words(),
        guide=sheets.guide(),
        largest=LARGEST,
    )


def _by_row(doubts: Sequence[Doubt]) -> dict[int, list[Doubt]]:
    found: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        found.setdefault(doubt.row, []).append(doubt)
    return found


def column_words() -> dict[Column | None, str]:
    """How a column was understood."""
    return {
        Column.SERIAL: _("số thứ tự, không dùng"),
        Column.DOES: _("loại dòng"),
        Column.CODE: _("mã"),
        Column.GROUP: _("nhóm"),
        Column.NAME: _("tên"),
        Column.UNIT: _("đơn vị tính"),
        Column.KIND: _("kiểu số liệu"),
        Column.DIRECTION: _("chiều"),
        Column.CADENCE: _("cách tính năm"),
        Column.POINTS: _("điểm chuẩn"),
        Column.NOTE: _("ghi chú"),
        Column.NEARLY: _("trạng thái được tính"),
        Column.STRICT: _("so sánh"),
        Column.EVIDENCE: _("minh chứng"),
        **{Column(name): str(word).lower() for name, word in CARD_WORDS.items()},
        None: _("đưa vào ghi chú"),
    }

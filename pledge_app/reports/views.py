"""Overviews that look at several rooms at once."""

from __future__ import annotations

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.accounts.exporting import exported
from pledge_app.campaigns.period_names import KIND_WORDS
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.charts.svg import inline
from pledge_app.kernel import clock
from pledge_app.kernel.numbers import whole_number
from pledge_app.orgs.queries import column_names
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.queries import shown_state
from pledge_app.reports import overview as compare
from pledge_app.reports.blueprint import bp
from pledge_app.reports.comparison_sheet import comparison_sheet
from pledge_app.reports.drawing import drawing

PRINTED_COLUMNS = 8  # communes on one landscape A4


@bp.get("/bao-cao-quy/cum/<pid>")
def overview(pid: str) -> ResponseReturnValue:
    """Criteria × communes at the end of a period. ?loai= chooses the kind of period, ?den= the
    period, ?cham=1 only criteria where somebody is behind, ?tieu_chi= draws one criterion, ?in=1
    cuts the table into sheets that fit the paper.
    """
    who = actor()
    cluster = compare.find_cluster(pid, seen_by=who)
    made = compare.overview(cluster, *_asked_period())
    today = clock.today()
    args = request.args
    chosen = next((row for row in made.criteria if row.pid == args.get("tieu_chi")), None)
    drawn = drawing(made, chosen)
    for_print = args.get("in") == "1"
    only_behind = args.get("cham") == "1"
    width = PRINTED_COLUMNS if for_print else max(1, len(made.members))
    return render_template(
        "reports/overview.html",
        cluster=cluster,
        made=made,
        papers=compare.papers(made, seen_by=actor()),
        names=column_names([member.body for member in made.members]),
        lines=[line for line in made.lines if line.tally.behind or not only_behind],
        blocks=made.blocks(width),
        chosen=chosen,
        drawn=drawn,
        drawing=inline(drawn.svg) if drawn is not None else "",
        for_print=for_print,
        only_behind=only_behind,
        own=who.bodies,
        kind_words=KIND_WORDS,
        rows=len(made.lines),
        today=today,
        shown_state=lambda report: _shown_state(report, today),
    )


@bp.post("/bao-cao-quy/cum/<pid>/xlsx")
def export(pid: str) -> ResponseReturnValue:
    """The whole table as XLSX; a POST, because the export is recorded with its number of rows."""
    cluster = compare.find_cluster(pid, seen_by=actor())
    made = comparison_sheet(compare.overview(cluster, *_asked_period()))
    title = _("So sánh kết quả thi đua - %(name)s - %(year)s", name=cluster.name, year=cluster.year)
    return exported(
        title,
        made.head,
        made.rows,
        cluster,
        bands=made.bands,
        bold=made.groups,
        frozen=3,
    )


def _shown_state(report: ProgressReport | None, today: date) -> str:
    """The badge of one cell; what is not open yet is not due."""
    return shown_state(report, today) if report is not None else "not_due"


def _asked_period() -> tuple[PeriodKind, int | None]:
    """Quarters, unless another kind of period is asked for; the number of the period, if one is."""
    asked = request.args.get("loai", "")
    kind = PeriodKind(asked) if asked in set(PeriodKind) else PeriodKind.QUARTER
    return kind, whole_number(request.args.get("den", ""))

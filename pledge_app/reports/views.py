"""Overviews that look at several rooms at once."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.accounts.exporting import exported
from pledge_app.campaigns.period_names import KIND_WORDS
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.charts.svg import inline
from pledge_app.kernel import clock
from pledge_app.reports import overview as compare
from pledge_app.reports.blueprint import bp
from pledge_app.ui.paging import page_of_list

ALL_AT_ONCE = 10_000


@bp.get("/bao-cao-quy/cum/<pid>")
def overview(pid: str) -> ResponseReturnValue:
    """Communes × periods × criteria. ?loai= chooses the kind of period, ?tieu_chi= draws one
    criterion, ?in=1 shows all rows for the printer.
    """
    cluster = compare.find_cluster(pid, seen_by=actor())
    made = compare.overview(cluster, _asked_kind())
    today = clock.today()
    chosen = next((row for row in made.criteria if row.pid == request.args.get("tieu_chi")), None)
    drawn = compare.drawing(made, chosen)
    for_print = request.args.get("in") == "1"
    return render_template(
        "reports/overview.html",
        cluster=cluster,
        made=made,
        papers=compare.papers(made, seen_by=actor()),
        chosen=chosen,
        drawn=drawn,
        drawing=inline(drawn.svg),
        page=page_of_list(made.lines, per_page=ALL_AT_ONCE if for_print else 15),
        for_print=for_print,
        kind_words=KIND_WORDS,
        rows=sum(len(line.rows) for line in made.lines),
        today=today,
        shown_state=lambda report: compare.shown_state(report, today),
    )


@bp.post("/bao-cao-quy/cum/<pid>/xlsx")
def export(pid: str) -> ResponseReturnValue:
    """The whole table as XLSX; a POST, because the export is recorded with its number of rows."""
    cluster = compare.find_cluster(pid, seen_by=actor())
    head, rows = compare.sheet(compare.overview(cluster, _asked_kind()))
    title = _("So sánh kết quả thi đua - %(name)s - %(year)s", name=cluster.name, year=cluster.year)
    return exported(
        title,
        head,
        rows,
        cluster,
    )


def _asked_kind() -> PeriodKind:
    """Quarters, unless another kind of period is asked for."""
    asked = request.args.get("loai", "")
    return PeriodKind(asked) if asked in set(PeriodKind) else PeriodKind.QUARTER

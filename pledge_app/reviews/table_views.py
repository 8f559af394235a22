"""The table of a cluster: criteria × communes, on the screen, on paper and as XLSX."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.exporting import exported
from pledge_app.criteria.words import figure_cell
from pledge_app.kernel import clock
from pledge_app.reviews import comparison
from pledge_app.reviews import queries as review_queries
from pledge_app.reviews.blueprint import READERS, bp
from pledge_app.tables.writing import Value

PRINTED_COLUMNS = 8  # communes on one landscape A4


@bp.get("/tham-dinh/bang/<pid>")
@needs(*READERS)
def table(pid: str) -> ResponseReturnValue:
    """One table criteria × communes; ?in=1 cut into sheets that fit the paper."""
    cluster = review_queries.find_cluster(pid, seen_by=actor())
    made = comparison.table(cluster, today=clock.today())
    is_print = request.args.get("in") == "1"
    width = PRINTED_COLUMNS if is_print else max(1, len(made.columns))
    return render_template(
        "reviews/table.html",
        cluster=cluster,
        table=made,
        blocks=made.blocks(width),
        is_print=is_print,
        criteria=sum(not row.is_group for row in made.rows),
    )


@bp.post("/tham-dinh/bang/<pid>/xlsx")
@needs(*READERS)
def export(pid: str) -> ResponseReturnValue:
    """The same table as XLSX; a POST, because the export is recorded with its number of rows."""
    cluster = review_queries.find_cluster(pid, seen_by=actor())
    made = comparison.table(cluster, today=clock.today())
    head, bands = (
        [
            _("Mã"),
            _("Tiêu chí"),
            _("Đơn vị tính"),
            _("Trung vị cụm"),
        ],
        [],
    )
    for column in made.columns:
        bands.append((column.name, len(head), len(head) + 2))
        head += [_("Đăng ký"), _("Năm trước"), _("Được giao")]
    rows: list[Sequence[Value]] = []
    for row in made.rows:
        median = figure_cell(row.median, row.is_yes_no)
        line: list[Value] = [
            row.code,
            row.name,
            row.measure,
            median,
        ]
        for cell in row.cells:
            line += [
                figure_cell(value, row.is_yes_no)
                for value in (
                    (cell.goal, cell.baseline, cell.assigned) if cell else (None, None, None)
                )
            ]
        rows.append(line)
    title = _(
        "Bảng tổng hợp đăng ký thi đua - %(name)s - %(year)s",
        name=cluster.name,
        year=cluster.year,
    )
    groups = {number for number, row in enumerate(made.rows) if row.is_group}
    return exported(
        title,
        head,
        rows,
        cluster,
        bands=bands,
        bold=groups,
        frozen=3,
    )

"""Figures and texts are saved row by row, by the commune's own people, while the report is being
entered.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledge_app.criteria.kinds import ValueKind
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.progress import operations
from pledge_app.progress.operations import LineEntry
from pledge_app.progress.states import ReportState
from tests import make
from tests.make import AT
from tests.rooms.progress.reports import in_state


def save(line, value, who, **more):
    operations.save_line(
        line,
        LineEntry(None if value is None else Decimal(value), **more),
        version=line.version,
        actor=who,
        at=AT,
    )
    db.session.flush()


def test_a_row_is_saved_with_its_author(report, cast):
    lan = make.actor(cast, "lan")
    save(report.lines[0], "1.5", lan, is_estimate=True, explanation="đang chờ công nhận")
    line = report.lines[0]
    assert (line.value, line.is_estimate, line.explanation) == (
        Decimal("1.5"),
        True,
        "đang chờ công nhận",
    )
    assert report.author_ids == [lan.user_id]


def test_zero_is_a_figure_and_blank_is_none(report, cast):
    lan = make.actor(cast, "lan")
    save(report.lines[0], "0", lan)
    assert report.lines[0].value == 0
    save(report.lines[0], None, lan)
    assert report.lines[0].value is None


def test_a_row_that_somebody_else_saved_is_a_conflict(report, cast):
    line, seen = report.lines[0], report.lines[0].version
    save(line, "1", make.actor(cast, "hung"))
    with pytest.raises(Conflict):
        operations.save_line(
            line, LineEntry(Decimal(2)), version=seen, actor=make.actor(cast, "lan"), at=AT
        )


def test_texts_that_somebody_else_saved_are_a_conflict(report, cast):
    with pytest.raises(Conflict):
        operations.save_texts(
            report,
            done={},
            said={"difficulties": "a"},
            version=report.version_id - 1,
            actor=make.actor(cast, "lan"),
            at=AT,
        )


@pytest.mark.parametrize("who", ["dong", "rev", "quan", "giam", "van", "xa"])
def test_nobody_else_enters(report, cast, who):
    with pytest.raises(Forbidden):
        save(report.lines[0], "1", make.actor(cast, who))


@pytest.mark.parametrize(
    "state", [ReportState.WITH_LEADER, ReportState.SENT, ReportState.CONFIRMED]
)
def test_a_report_that_has_gone_on_is_not_entered(report, cast, state):
    in_state(cast, report, state)
    with pytest.raises(Conflict):
        save(report.lines[0], "9", make.actor(cast, "lan"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [(ValueKind.YES_NO, "2"), (ValueKind.COUNTED_ROWS, "101"), (ValueKind.COUNTED_ROWS, "-1")],
)
def test_a_figure_must_be_one_of_its_kind(report, cast, kind, value):
    make.free_criteria()
    report.lines[0].target.criterion.kind = kind
    with pytest.raises(DomainError) as refused:
        save(report.lines[0], value, make.actor(cast, "lan"))
    assert refused.value.problems[0].anchor == f"value-{report.lines[0].pid}"

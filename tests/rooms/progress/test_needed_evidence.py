"""A criterion that asks for evidence gets its report to the leader only with it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from pledge_app.criteria.models import Criterion
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.progress import evidence, operations
from pledge_app.progress.states import ReportState
from tests import make
from tests.make import AT
from tests.rooms.progress.files import photo
from tests.rooms.progress.reports import fill


@pytest.fixture
def lan(cast, report):
    make.free_criteria()
    db.session.execute(update(Criterion).where(Criterion.code == "2").values(needs_evidence=True))
    db.session.commit()
    fill(report, actor=make.actor(cast, "lan"))
    return make.actor(cast, "lan")


def test_a_figure_without_the_evidence_it_needs_is_not_handed_in(report, lan):
    with pytest.raises(DomainError) as refused:
        operations.submit_to_leader(report, actor=lan, at=AT)
    assert [("bắt buộc có minh chứng" in one.sentence) for one in refused.value.problems] == [True]
    line = next(row for row in report.lines if row.target.criterion.code == "2")
    db.session.commit()
    received = evidence.receive(photo(), "ảnh.jpg")
    evidence.attach(report, received, pin=f"t-{line.pid}", actor=lan, at=AT)
    operations.submit_to_leader(report, actor=lan, at=AT)
    assert report.state is ReportState.WITH_LEADER


def test_a_zero_claims_nothing(report, lan):
    line = next(row for row in report.lines if row.target.criterion.code == "2")
    line.value = Decimal(0)
    assert operations.missing(report) == []

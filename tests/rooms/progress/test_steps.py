"""From the clerk to the leader to the reviewer, and back: who may, from where, with what, and
what is written.
"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from pledge_app.accounts.models import RoleGrant
from pledge_app.audit.models import TrailEvent
from pledge_app.criteria.models import Criterion
from pledge_app.documents.models import Document, Envelope
from pledge_app.documents.operations import frozen_content
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.progress import correcting, figures, operations, policy, queries, sheet
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from tests import make
from tests.make import AT
from tests.rooms.progress.reports import SENT_ON, fill, in_state, report_of

S = ReportState


def state_of(report):
    return report.state


def last_event(report):
    return db.session.scalars(
        select(TrailEvent)
        .where(TrailEvent.subject_pid == report.pid)
        .order_by(TrailEvent.seq.desc())
    ).first()


def test_submit_needs_a_value_or_an_explanation_for_every_target(report, cast):
    lan = make.actor(cast, "lan")
    with pytest.raises(DomainError) as refused:
        operations.submit_to_leader(report, actor=lan, at=AT)
    assert len(refused.value.problems) == len(report.lines)
    assert state_of(report) is S.OPEN, "nothing moved"
    for line in report.lines:
        line.explanation = "Chưa có số liệu thống kê."
    operations.submit_to_leader(report, actor=lan, at=AT)
    assert state_of(report) is S.WITH_LEADER
    assert last_event(report).verb == "report.submitted_to_leader"


@pytest.mark.parametrize("who", ["rev", "quan", "giam", "van", "dong", "xa"])
def test_others_submit_nothing(report, cast, who):
    with pytest.raises(Forbidden):
        operations.submit_to_leader(report, actor=make.actor(cast, who), at=AT)


def test_submitting_twice_is_a_conflict(report, cast):
    in_state(cast, report, S.WITH_LEADER)
    with pytest.raises(Conflict):
        operations.submit_to_leader(report, actor=make.actor(cast, "lan"), at=AT)


def test_handing_back_needs_a_reason_and_keeps_it(report, cast):
    in_state(cast, report, S.WITH_LEADER)
    hung = make.actor(cast, "hung")
    with pytest.raises(DomainError):
        operations.hand_back(report, "  ", actor=hung, at=AT)
    assert report.state is S.WITH_LEADER
    with pytest.raises(Forbidden):
        operations.hand_back(report, "x", actor=make.actor(cast, "lan"), at=AT)
    operations.hand_back(report, "Xem lại", actor=hung, at=AT)
    assert (report.state, last_event(report).data["reason"]) == (S.OPEN, "Xem lại")


def test_the_clerk_takes_it_back_from_the_leader(report, cast):
    in_state(cast, report, S.WITH_LEADER)
    operations.recall(report, actor=make.actor(cast, "lan"), at=AT)
    assert report.state is S.OPEN


def test_sending_freezes_the_paper_with_the_drawing_of_the_page(report, cast):
    in_state(cast, report, S.SENT)
    document = db.session.scalar(
        select(Document).join(Envelope).where(Envelope.subject_pid == report.pid)
    )
    assert document is not None
    content = frozen_content(document.envelope)
    groups = sheet.groups(report)
    drawn = sheet.chart(report, [row for group in groups for row in group.rows])
    assert drawn is not None
    assert content["chart"]["svg"] == drawn.svg
    shown = [row for group in content["groups"] for row in group["rows"]]
    assert [(row["code"], row["this_quarter"], row["percent"]) for row in shown][:2] == [
        ("1", "1", "33.3"),
        ("2", "150", "93.8"),
    ]
    assert set(document.envelope.body_ids) == {cast.bodies["Hải Quang"], cast.bodies["huyện"]}


@pytest.mark.parametrize(("on", "late"), [(date(2023, 3, 31), False), (date(2023, 4, 1), True)])
def test_late_is_accepted_and_marked_and_the_due_day_is_in_time(report, cast, on, late):
    in_state(cast, report, S.SENT, on=on)
    assert report.is_late is late
    assert last_event(report).data["late"] is late


def test_only_the_leader_sends(report, cast):
    in_state(cast, report, S.WITH_LEADER)
    for who in ("lan", "van", "rev", "dong_leader"):
        with pytest.raises(Forbidden):
            operations.send_up(report, actor=make.actor(cast, who), at=AT, today=SENT_ON)


def test_who_typed_does_not_send_while_somebody_else_can(report, cast):
    hung = make.actor(cast, "hung")
    fill(report, actor=hung)
    operations.submit_to_leader(report, actor=hung, at=AT)
    with pytest.raises(Forbidden) as refused:
        operations.send_up(report, actor=hung, at=AT, today=SENT_ON)
    assert "kiêm nhiệm" in refused.value.sentence
    assert "send_up" not in report.LIFE.open_to(report, hung)


def test_merged_steps_of_a_one_person_office_are_told(app, cast):
    report = report_of(cast, "Xa Lạ")
    xa = make.actor(cast, "xa")
    fill(report, actor=xa)
    operations.submit_to_leader(report, actor=xa, at=AT)
    operations.send_up(report, actor=xa, at=AT, today=SENT_ON)
    assert (last_event(report).data["merged_steps"], last_event(report).data["merged"]) == (
        True,
        "only_one",
    )


@pytest.mark.parametrize("who", ["lan", "hung"])
def test_who_handed_in_or_sent_it_confirms_neither_it_nor_its_correction(report, cast, who):
    db.session.add(
        RoleGrant(
            user_id=cast.users[who],
            role=Role.REVIEWER,
            body_id=cast.bodies["huyện"],
            held_from=date(2022, 1, 1),
        )
    )
    in_state(cast, report, S.SENT)
    with pytest.raises(Forbidden):
        operations.confirm(report, actor=make.actor(cast, who), at=AT)
    operations.confirm(report, actor=make.actor(cast, "rev"), at=AT)
    newer = correcting.correct(report, "Nhầm", actor=make.actor(cast, "lan"), at=AT)
    db.session.flush()
    assert policy.took_part(make.actor(cast, who), newer)


def test_additions_need_a_reason_and_are_answered_by_sending_again(report, cast):
    in_state(cast, report, S.SENT)
    rev = make.actor(cast, "rev")
    with pytest.raises(DomainError):
        operations.send_back(report, "", actor=rev, at=AT)
    operations.send_back(report, "Thiếu giải trình", actor=rev, at=AT)
    assert (report.state, report.return_reason) == (S.RETURNED, "Thiếu giải trình")
    operations.submit_to_leader(report, actor=make.actor(cast, "lan"), at=AT)
    operations.send_up(report, actor=make.actor(cast, "hung"), at=AT, today=SENT_ON)
    db.session.flush()
    papers = db.session.scalars(select(Envelope).where(Envelope.subject_pid == report.pid)).all()
    assert len(papers) == 2, "each sending has its own paper"


@pytest.mark.parametrize("who", ["lan", "hung", "quan", "giam", "revxa", "dong"])
def test_others_confirm_nothing(report, cast, who):
    in_state(cast, report, S.SENT)
    with pytest.raises(Forbidden):
        operations.confirm(report, actor=make.actor(cast, who), at=AT)


def test_the_author_never_confirms_their_own(report, cast):
    in_state(cast, report, S.SENT)
    rev = make.actor(cast, "rev")
    report.author_ids = [*report.author_ids, rev.user_id]
    with pytest.raises(Forbidden):
        operations.confirm(report, actor=rev, at=AT)
    operations.confirm(report, actor=make.actor(cast, "rev2"), at=AT)
    assert report.state is S.CONFIRMED


def actual(cast):
    body_id = cast.bodies["Hải Quang"]
    indicator_id = db.session.get_one(Criterion, cast.criteria["1"]).indicator_id
    return figures.actuals([body_id], 2023)[body_id][indicator_id].value


def test_a_correction_is_a_new_version_and_the_old_one_counts_until_it_is_sent(report, cast):
    in_state(cast, report, S.CONFIRMED)
    lan, pledge_id = make.actor(cast, "lan"), report.pledge_id
    with pytest.raises(DomainError):
        correcting.correct(report, " ", actor=lan, at=AT)
    newer = correcting.correct(report, "Cộng nhầm", actor=lan, at=AT)
    db.session.flush()
    assert (newer.version, newer.state, report.state) == (2, S.OPEN, S.SUPERSEDED)
    assert [line.value for line in newer.lines] == [line.value for line in report.lines]
    assert set(report.author_ids) <= set(newer.author_ids)
    fill(newer, {"1": "2"}, actor=lan)
    assert figures.figures([pledge_id])[pledge_id][0].values[0] == 1
    assert actual(cast) == 1
    operations.submit_to_leader(newer, actor=lan, at=AT)
    operations.send_up(newer, actor=make.actor(cast, "hung"), at=AT, today=SENT_ON)
    db.session.flush()
    assert figures.figures([pledge_id])[pledge_id][0].values[0] == 2
    assert figures.figures([pledge_id], report=report)[pledge_id][0].values[0] == 1, (
        "the old page stays as it was"
    )
    assert actual(cast) == 1, "not confirmed yet"


def test_who_sees_a_report(report, cast):
    def sees(who):
        return (
            db.session.scalar(
                queries.reports(seen_by=make.actor(cast, who)).where(ProgressReport.id == report.id)
            )
            is not None
        )

    assert [
        who
        for who in ("lan", "hung", "van", "rev", "dong", "xa", "revxa", "quan", "giam")
        if sees(who)
    ] == ["lan", "hung", "van", "quan", "giam"]
    in_state(cast, report, S.SENT)
    assert sees("rev")
    assert not sees("dong")

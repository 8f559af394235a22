"""The public check answers for every kind of paper in every state, and says truly how it stands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pledge_app.agreements import operations as agreements
from pledge_app.application import ROOT
from pledge_app.documents import queries
from pledge_app.documents.models import Document, Envelope
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.meetings import minutes
from pledge_app.pledges import entry, operations
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Pledge
from pledge_app.progress import operations as progress
from pledge_app.progress.states import ReportState
from pledge_app.reviews import operations as review
from tests import agreeing, make
from tests.cast import TODAY
from tests.make import AT
from tests.rooms.agreements.test_meeting import held
from tests.rooms.progress.reports import in_state, report_of

RECORDED = "Văn bản có trong hồ sơ đã ghi nhận."
CONSENTS = review.Consents("Ông Hùng", "Ông Rev")


def page_of(visit: Any, subject: Any) -> str:
    """The public page of the newest paper of something, made by the worker."""
    paper = db.session.scalars(
        select(Document)
        .join(Envelope)
        .where(Envelope.subject_pid == subject.pid, Envelope.is_draft.is_(False))
        .order_by(Document.id.desc())
    ).first()
    assert paper is not None
    agreeing.rendered(paper)
    return str(visit(None).get(f"/kiem-tra/{paper.envelope.short_code}").text)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("sent", "cấp trên chưa có ý kiến"),
        ("returned", "Cấp trên đã yêu cầu bổ sung văn bản này"),
        ("agreed", RECORDED),
        ("in_force", RECORDED),
    ],
)
def test_a_registration_in_each_state(app, cast, visit, state, says):
    page = page_of(visit, make.pledge(cast, state=state))
    assert says in page
    assert (RECORDED in page) == (says == RECORDED)
    assert "Sản phẩm OCOP" in page


def test_a_registration_that_was_taken_back_is_not_called_recorded(app, cast, visit):
    made = make.pledge(cast, state="sent")
    operations.withdraw(made, actor=make.actor(cast, "lan"), at=AT)
    page = page_of(visit, made)
    assert "Đơn vị đã rút lại văn bản này" in page
    assert RECORDED not in page


def test_the_registration_of_an_earlier_round_is_replaced(app, cast, visit):
    made = make.pledge(cast, state="sent")
    first = page_of(visit, made)
    assert "đã được thay thế" not in first
    paper = db.session.scalars(select(Document)).one()
    operations.withdraw(made, actor=make.actor(cast, "lan"), at=AT)
    send_again(cast, made)
    db.session.commit()
    page = visit(None).get(f"/kiem-tra/{paper.envelope.short_code}").text
    assert "đã được thay thế bằng bản mới hơn" in page


def send_again(cast: Any, made: Pledge) -> None:
    lan, hung = make.actor(cast, "lan"), make.actor(cast, "hung")
    operations.submit_to_leader(made, actor=lan, at=AT)
    operations.sign_off(made, actor=hung, at=AT, office="Chủ tịch")
    operations.send_up(made, actor=lan, at=AT, today=TODAY)


def test_a_request_being_answered_still_reads_as_asked_about(app, cast, visit):
    made = make.pledge(cast, state="returned")
    target = next(row for row in made.targets if row.criterion.code == "1")
    entry.save_row(
        target,
        RowEntry(goal=Decimal(5)),
        version=target.version,
        actor=make.actor(cast, "lan"),
        at=AT,
    )
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=AT)
    assert "Cấp trên đã yêu cầu bổ sung" in page_of(visit, made)


def test_a_figure_changed_at_the_table_is_told(app, cast, visit):
    made = make.pledge(cast, state="agreed")
    target = next(row for row in made.targets if row.criterion.code == "1")
    review.amend(
        made,
        target,
        Decimal(7),
        "Sửa",
        consents=CONSENTS,
        actor=make.actor(cast, "rev"),
        at=AT,
    )
    page = page_of(visit, made)
    assert "có chỉ tiêu được sửa sau khi gửi" in page
    assert RECORDED not in page


def test_a_unit_that_was_reorganised_before_the_answer_ends_its_registration(app, cast, visit):
    made = make.pledge(cast, state="sent")
    made.move("discontinue", actor=SYSTEM)
    assert "văn bản đã dừng" in page_of(visit, made)


@pytest.mark.parametrize(
    ("state", "says"),
    [(ReportState.SENT, "cấp trên chưa có ý kiến"), (ReportState.CONFIRMED, RECORDED)],
)
def test_a_report_in_each_state_with_its_three_figures(app, cast, visit, state, says):
    page = page_of(visit, in_state(cast, report_of(cast), state))
    assert says in page
    for head in ("Kế hoạch năm", "Thực hiện trong kỳ", "Lũy kế"):
        assert f">{head}</th>" in page


def test_a_report_that_was_sent_back_is_not_called_recorded(app, cast, visit):
    report = in_state(cast, report_of(cast), ReportState.SENT)
    progress.send_back(report, "Thiếu minh chứng", actor=make.actor(cast, "rev"), at=AT)
    page = page_of(visit, report)
    assert "Cấp trên đã yêu cầu bổ sung" in page
    assert RECORDED not in page


def test_the_minutes_have_no_figures_and_a_page(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    record = held(cast, made, ends="09 giờ 00")
    minutes.close_meeting(record, version=record.version_id, actor=make.actor(cast, "dong"), at=AT)
    page = page_of(visit, record)
    assert RECORDED in page
    assert "Chỉ tiêu để đối chiếu" not in page


@pytest.mark.parametrize(
    ("state", "says"), [("awaiting", "các bên đang ký"), ("signed", "Văn bản có trong hồ sơ")]
)
def test_an_agreement_in_each_state(app, cast, visit, state, says):
    made = agreeing.agreement(cast, state=state)
    assert says in page_of(visit, made)


def test_parties_of_one_place_are_told_apart(app, cast, visit):
    made = agreeing.agreement(cast, state="draft")
    for party in made.parties:
        party.body.place = "Hải Hậu"
    db.session.commit()
    agreements.freeze(made, version=made.version_id, actor=make.actor(cast, "dong"), at=AT)
    page = page_of(visit, made)
    for party in made.parties:
        assert f">{party.body.name}</th>" in page


def test_a_fault_on_the_public_page_promises_nothing_that_was_never_typed(app, visit, monkeypatch):
    monkeypatch.setattr(queries, "by_code", lambda code: 1 / 0)
    page = visit(None).get("/kiem-tra/ABCDEFGH23", status=500).text
    assert "Phần mềm gặp lỗi ngoài dự kiến." in page
    assert "Nội dung bạn nhập" not in page
    assert "việc của tôi" not in page
    assert "Kiểm tra văn bản khác" in page


METHODS = ("values", "items", "keys", "get", "copy", "pop", "update", "clear")


def test_no_template_asks_whether_a_method_of_a_dict_is_defined():
    """`row["values"] is defined` is always true: Jinja falls back to the method `dict.values`."""
    asked = [
        f"{path.name}: {name}"
        for path in Path(ROOT, "templates").rglob("*.html")
        for name in METHODS
        if f'["{name}"] is defined' in path.read_text() or f".{name} is defined" in path.read_text()
    ]
    assert asked == []

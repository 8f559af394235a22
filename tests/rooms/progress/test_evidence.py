"""Evidence on a quarter report: who may add and take away what, until when; limits, duplicates,
traces.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from pledge_app.progress import correcting, due_reports, evidence, operations
from pledge_app.progress.evidence import attach, files_of, find_evidence, pinned_to, receive, remove
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.states import ReportState
from tests import make
from tests.make import AT
from tests.rooms.progress.files import paper, photo, with_script
from tests.rooms.progress.reports import fill, in_state


@pytest.fixture
def lan(cast, report):
    return make.actor(cast, "lan")


@cache
def looked_at(data):
    """The sandbox takes a second: each file goes through it once."""
    return receive(data, "ảnh.jpg")


def put(report, actor, data=None, name="ảnh.jpg", pin="", at=AT):
    db.session.commit()
    made = attach(
        report, replace(looked_at(data or photo()), name=name), pin=pin, actor=actor, at=at
    )
    db.session.commit()
    return made


def verbs(report):
    return [
        row.verb
        for row in db.session.scalars(
            select(TrailEvent).where(TrailEvent.subject_pid == report.pid).order_by(TrailEvent.seq)
        )
    ]


def test_a_photo_is_kept_as_a_pdf_with_a_picture_and_the_trail_says_so(report, lan):
    sent = photo()
    file = put(report, lan, sent)
    assert (file.size, file.received_sha256) == (len(sent), hashlib.sha256(sent).hexdigest())
    assert store().read(file.file_sha256).startswith(b"%PDF-")
    assert store().read(file.preview_sha256).startswith(b"\xff\xd8\xff")
    assert (file.added_by_name, file.added_at) == ("Bà Lan", AT)
    assert verbs(report)[-1] == "report.evidence_added"


def test_a_file_is_pinned_to_a_target_or_to_the_campaign(report, lan):
    line = report.lines[0]
    target = put(report, lan, pin=f"t-{line.pid}")
    campaign = put(report, lan, paper(), pin=f"c-{report.campaigns[0].campaign.pid}")
    assert pinned_to(target) == f"{line.target.criterion.code}. {line.target.criterion.name}"
    assert pinned_to(campaign) == "Kết quả đợt thi đua"


@pytest.mark.parametrize("pin", ["t-", "t-khac", "c-khac", "x", "t"])
def test_a_foreign_pin_is_refused(report, lan, pin):
    with pytest.raises(DomainError, match="chọn lại"):
        put(report, lan, pin=pin)
    assert files_of(report, seen_by=lan) == []


@pytest.mark.parametrize("who", ["rev", "van", "quan", "giam", "dong"])
def test_others_add_and_take_away_nothing(report, lan, cast, who):
    file = put(report, lan)
    with pytest.raises(Forbidden):
        put(report, make.actor(cast, who), paper())
    with pytest.raises(Forbidden):
        remove(file, actor=make.actor(cast, who), at=AT)


def test_with_the_leader_and_after_sending_nothing_is_added_or_taken_away(report, lan, cast):
    file = put(report, lan)
    for state in (ReportState.WITH_LEADER, ReportState.SENT, ReportState.CONFIRMED):
        if state is ReportState.WITH_LEADER:
            fill(report, actor=lan)
            operations.submit_to_leader(report, actor=lan, at=AT)
        elif state is ReportState.SENT:
            operations.send_up(report, actor=make.actor(cast, "hung"), at=AT, today=report.due_on)
        else:
            operations.confirm(report, actor=make.actor(cast, "rev"), at=AT)
        with pytest.raises(Conflict):
            put(report, lan, paper())
        with pytest.raises(Conflict):
            remove(file, actor=lan, at=AT)
    assert files_of(report, seen_by=lan) == [file]


def test_what_was_sent_stays_when_the_report_comes_back_and_a_later_file_can_go(report, lan, cast):
    first = put(report, lan, at=AT - timedelta(hours=1))
    in_state(cast, report, ReportState.SENT)
    operations.send_back(report, "Thiếu ảnh.", actor=make.actor(cast, "rev"), at=AT)
    later = put(report, lan, paper(), at=AT + timedelta(hours=1))
    with pytest.raises(Conflict, match="được giữ lại"):
        remove(first, actor=lan, at=AT)
    remove(later, actor=lan, at=AT)
    assert files_of(report, seen_by=lan) == [first]
    assert verbs(report)[-1] == "report.evidence_removed"


def test_the_level_above_does_not_see_a_file_before_it_is_sent(report, lan, cast):
    first = put(report, lan, at=AT - timedelta(hours=1))
    in_state(cast, report, ReportState.SENT)
    reviewer = make.actor(cast, "rev")
    operations.send_back(report, "Thiếu ảnh.", actor=reviewer, at=AT)
    later = put(report, lan, paper(), at=AT + timedelta(hours=1))
    assert files_of(report, seen_by=reviewer) == [first]
    assert find_evidence(first.pid, seen_by=reviewer) == first
    with pytest.raises(NotFound):
        find_evidence(later.pid, seen_by=reviewer)
    assert find_evidence(later.pid, seen_by=lan) == later


def test_the_same_bytes_are_not_kept_twice_and_the_sentence_names_the_first(report, lan):
    put(report, lan, name="lần một.jpg")
    with pytest.raises(DomainError, match="“lần một.jpg”") as refused:
        put(report, lan, name="lần hai.jpg")
    assert "Bà Lan" in refused.value.sentence
    assert len(files_of(report, seen_by=lan)) == 1


def test_after_it_was_taken_away_it_can_come_again(report, lan):
    remove(put(report, lan), actor=lan, at=AT)
    put(report, lan)
    assert len(files_of(report, seen_by=lan)) == 1


def test_a_report_holds_so_many_files_and_bytes(report, lan, monkeypatch):
    put(report, lan)
    monkeypatch.setattr(evidence, "MOST_OF_UNIT", len(photo()) + 10)
    with pytest.raises(DomainError, match="hỏi người quản trị: ."):
        put(report, lan, paper())
    monkeypatch.setattr(evidence, "MOST_BYTES", len(photo()) + 10)
    with pytest.raises(DomainError, match="Tổng dung lượng"):
        put(report, lan, paper())
    monkeypatch.setattr(evidence, "MOST_FILES", 1)
    with pytest.raises(DomainError, match="mức nhiều nhất"):
        put(report, lan, paper())


BAD = [
    (b"", "trong.pdf", "0 byte"),
    (b"MZ" + b"\0" * 500, "anh.jpg", "Chỉ nhận"),
    (b"PK\x03\x04" + b"\0" * 99, "a.docx", "Chỉ nhận"),
    (b"PK\x03\x04" + b"\0" * 99, "bom.xlsx", "Chỉ nhận"),
    (photo()[:3000], "cut.jpg", "hỏng"),
    (b"%PDF-1.7 nothing", "hong.pdf", "hỏng"),
    (with_script(), "js.pdf", "mã lệnh"),
    (paper() + b"PK\x05\x06" + b"\0" * 18, "hai-loai.pdf", "khác loại"),
    (b"x" * (20 * 1024**2 + 1), "to.pdf", "20 MB"),
]


@pytest.mark.parametrize(("data", "name", "said"), BAD, ids=[name for _d, name, _s in BAD])
def test_a_bad_file_is_named_and_nothing_is_stored(report, lan, data, name, said):
    with pytest.raises(DomainError, match=said):
        receive(data, name)
    assert files_of(report, seen_by=lan) == []
    assert list(store().names()) == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\Đăng ký.pdf", "Đăng ký.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ('"><img src=x>.pdf', '"><img src=x>.pdf'),
        ("\u200b\u2066", "tệp"),
        ("Đ" * 255 + ".pdf", "Đ" * 116 + ".pdf"),
        ("a\nb.pdf", "ab.pdf"),
    ],
)
def test_a_name_is_shown_without_signs_that_deceive(app, given, shown):
    assert evidence.shown_name(given) == shown


def test_those_who_see_the_report_find_its_files(report, lan, cast):
    file = put(report, lan)
    assert find_evidence(file.pid, seen_by=make.actor(cast, "hung")) is file
    for who in ("rev", "dong", "xa"):  # the level above sees nothing before it is sent
        with pytest.raises(NotFound):
            find_evidence(file.pid, seen_by=make.actor(cast, who))
    in_state(cast, report, ReportState.SENT)
    assert find_evidence(file.pid, seen_by=make.actor(cast, "rev")) is file
    with pytest.raises(NotFound):
        find_evidence(file.pid, seen_by=make.actor(cast, "revxa"))


def test_a_correction_shows_the_files_of_the_version_it_corrects(report, lan, cast):
    file = put(report, lan)
    in_state(cast, report, ReportState.CONFIRMED)
    newer = correcting.correct(report, "Nhầm số.", actor=lan, at=AT)
    assert files_of(newer, seen_by=lan) == [file]
    assert not evidence.removable(file)


def test_the_same_file_in_another_quarter_is_worth_saying(report, lan, cast):
    first = put(report, lan)
    spring = report.pledge.emulation_year.campaigns[1]
    second = due_reports.open_report(report.pledge, spring.period, at=AT)
    assert evidence.kept_elsewhere(second, looked_at(photo())) == first
    assert db.session.scalar(select(Evidence).where(Evidence.report_id == second.id)) is None

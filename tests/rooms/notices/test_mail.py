"""Letters over a real mail server: an address is confirmed first; a server that is down stops
nothing.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from pledge_app.accounts.models import User
from pledge_app.campaigns import workdays
from pledge_app.demo.operations import move_business_date
from pledge_app.home import digest
from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.room import rooms
from pledge_app.notices import mail
from pledge_app.notices.mail_models import MailAddress, MailState, OutgoingMail
from pledge_app.upkeep import worker
from tests import make, post
from tests.rooms.progress.reports import report_of

AT = datetime(
    2023, 2, 10, 1, 0, tzinfo=UTC
)  # 08:00 in Vietnam, a Friday, the business date of the tests
TO = "lan@haiquang.example"


@pytest.fixture
def port(app):
    """The application is told of a mail server at this port; whether one is there is the test's
    choice.
    """
    chosen = post.free_port()
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], mail=post.settings(chosen))
    return chosen


def code_in(body):
    return re.findall(r"[0-9]{8}", body)[0]


def everything_due():
    """Let every wait be over, and work."""
    for job in db.session.scalars(
        select(Job).where(Job.kind == mail.DELIVER, Job.state == JobState.WAITING)
    ):
        job.run_after = now()
    db.session.commit()
    worker.drain()


def letter():
    db.session.expire_all()
    found = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert found is not None
    return found


def wants(cast, who="lan", address=TO):
    db.session.add(MailAddress(user_id=cast.users[who], address=address, confirmed_at=AT))
    db.session.commit()


def address(cast):
    return db.session.get_one(MailAddress, cast.users["lan"])


def lan_works(cast):
    """Lan has a pledge to go on with, due on 20/02/2023."""
    make.pledge(cast, state="draft")


def test_an_address_is_confirmed_by_the_code_sent_there(app, cast, port):
    with post.serving(port) as postman:
        mail.ask_for_digest(cast.users["lan"], TO, at=AT)
        db.session.commit()
        assert postman.letters == [], "nothing leaves inside the transaction"
        worker.drain()
        assert postman.to == [TO]
        sent = postman.letters[0]
        assert (sent["From"], sent["Subject"]) == (post.SENDER, "Mã xác nhận nhận thư nhắc việc")
        code = code_in(sent.get_content())
    assert address(cast).confirmed_at is None
    mail.confirm(cast.users["lan"], f" {code[:4]} {code[4:]}", at=AT + timedelta(hours=1))
    assert address(cast).confirmed_at
    assert letter().state is MailState.SENT
    assert code not in letter().body


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lan",
        "lan@",
        "@x.vn",
        "lan@x",
        "a@b.vn\r\nBcc: c@d.vn",
        "lan @x.vn",
        "á@x.vn",
        "a" * 65 + "@x.vn",
        "a@" + "b." * 120 + "vn",
        "<lan@x.vn>",
        "a@b.vn,c@d.vn",
    ],
)
def test_what_is_no_address_is_refused(app, cast, port, address):
    with pytest.raises(DomainError, match="chưa phải là địa chỉ"):
        mail.ask_for_digest(cast.users["lan"], address, at=AT)


def test_a_wrong_or_old_code_confirms_nothing_and_five_tries_are_all(app, cast, port):
    mail.ask_for_digest(cast.users["lan"], TO, at=AT)
    code = code_in(letter().body)
    for _n in range(mail.TRIES):
        with pytest.raises(DomainError, match="không đúng"):
            mail.confirm(cast.users["lan"], "00000000" if code != "00000000" else "1", at=AT)
        mail.count_wrong(cast.users["lan"])
    with pytest.raises(DomainError, match="mã mới"):
        mail.confirm(cast.users["lan"], code, at=AT)
    mail.ask_for_digest(cast.users["lan"], TO, at=AT)
    code = code_in(letter().body)
    with pytest.raises(DomainError, match="mã mới"):
        mail.confirm(cast.users["lan"], code, at=AT + timedelta(hours=25))
    with pytest.raises(DomainError, match="mã mới"):
        mail.confirm(cast.users["hung"], code, at=AT)


def test_nobody_is_flooded_with_codes(app, cast, port):
    for _n in range(mail.TRIES):
        mail.ask_for_digest(cast.users["lan"], TO, at=AT)
    with pytest.raises(DomainError, match="nhiều mã"):
        mail.ask_for_digest(cast.users["lan"], TO, at=AT)


def test_without_a_mail_server_it_is_said(app, cast):
    with pytest.raises(DomainError, match="máy chủ thư"):
        mail.ask_for_digest(cast.users["lan"], TO, at=AT)
    assert digest.day_of(AT) == ""


def test_the_morning_letter_comes_once_a_working_day(app, cast, port):
    lan_works(cast)
    wants(cast)
    move_to(cast, datetime(2023, 2, 16, tzinfo=UTC))
    with post.serving(port) as postman:
        for hours in (-2, 0, 1, 5):
            worker.do_duties(AT + timedelta(hours=hours), rooms().duties)
            everything_due()
        assert len(postman.letters) == 1
        sent = postman.letters[0]
        assert sent["Subject"] == "Việc đến hạn ngày 16/02/2023: 1 việc"
        text = sent.get_content()
        assert (
            "Nhập tiếp bản đăng ký: UBND xã Hải Quang · 2023 - hạn 20/02/2023 (Còn 2 ngày làm việc)"
            in text
        )
        assert "Xa Lạ" not in text and "http" not in text
        move_to(cast, datetime(2023, 2, 17, tzinfo=UTC))
        worker.do_duties(AT + timedelta(days=1), rooms().duties)
        everything_due()
        assert len(postman.letters) == 2


def move_to(cast, day):
    move_business_date(day.date(), actor=make.actor(cast, "quan"), at=now())
    db.session.commit()


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2023-02-16", True),
        ("2023-02-18", False),
        ("2023-02-19", False),
        ("2023-09-04", False),
        ("2023-05-02", False),
        ("2023-04-28", True),
    ],
)
def test_no_letter_on_a_day_off(app, cast, port, day, written):
    move_to(cast, datetime.fromisoformat(day))
    assert bool(digest.day_of(AT)) is written


def test_a_day_that_the_administrator_took_off_has_no_letter(app, cast, port):
    assert digest.day_of(AT)
    workdays.add_day(
        AT.date(), works=False, note="QĐ 1/QĐ-TTg", actor=make.actor(cast, "quan"), at=AT
    )
    assert digest.day_of(AT) == ""


def test_before_seven_and_after_work_there_is_no_letter(app, port):
    assert digest.day_of(AT - timedelta(hours=2)) == ""
    assert digest.day_of(AT + timedelta(hours=10)) == ""


def test_whoever_has_nothing_pressing_stopped_is_disabled_or_unconfirmed_gets_none(app, cast, port):
    lan_works(cast)
    wants(cast, "lan")
    wants(cast, "giam", "giam@x.example")
    assert digest.write_all(AT) == "0", "due in six working days"
    move_to(cast, datetime(2023, 2, 16, tzinfo=UTC))
    db.session.get_one(User, cast.users["lan"]).disabled_at = AT
    db.session.commit()
    assert digest.write_all(AT) == "0"
    db.session.get_one(User, cast.users["lan"]).disabled_at = None
    address(cast).confirmed_at = None
    db.session.commit()
    assert digest.write_all(AT) == "0"
    mail.stop_digest(cast.users["lan"])
    db.session.commit()
    assert db.session.get(MailAddress, cast.users["lan"]) is None


def test_a_server_that_is_down_stops_nothing_is_tried_again_and_is_seen(app, cast, port):
    report_of(cast)
    mail.write("k", user_id=1, address=TO, subject="a", body="b", at=now())
    db.session.commit()
    worker.drain()
    assert (letter().state, letter().attempts) == (MailState.WAITING, 1)
    assert "ConnectionRefused" in letter().error
    waits = [
        job
        for job in db.session.scalars(select(Job).where(Job.kind == mail.DELIVER))
        if job.state is JobState.WAITING
    ]
    assert len(waits) == 1 and waits[0].run_after > now() + timedelta(seconds=30)
    assert mail.flows(now())
    assert not mail.flows(now() + timedelta(hours=2))
    assert not db.session.scalars(select(Job).where(Job.state == JobState.FAILED)).all()
    with post.serving(port) as postman:
        everything_due()
        assert len(postman.letters) == 1
    assert mail.flows(now() + timedelta(hours=2))


def test_it_is_given_up_in_the_end_and_health_says_so(app, cast, port):
    mail.write("k", user_id=1, address=TO, subject="a", body="b", at=now())
    db.session.commit()
    for _n in range(mail.MOST_ATTEMPTS + 2):
        everything_due()
    assert (letter().state, letter().attempts) == (MailState.FAILED, mail.MOST_ATTEMPTS)
    assert not mail.flows(now())
    assert mail.flows(now() + timedelta(days=3))


@pytest.mark.parametrize(
    ("answer", "state"), [("550 no such user", MailState.FAILED), ("451 later", MailState.WAITING)]
)
def test_an_unknown_recipient_is_given_up_at_once_a_busy_server_is_not(
    app, cast, port, answer, state
):
    mail.write("k", user_id=1, address=TO, subject="a\r\nBcc: x@y.vn", body="b", at=now())
    db.session.commit()
    with post.serving(port) as postman:
        postman.answer = answer
        worker.drain()
        assert letter().state is state
        assert postman.letters == []


def test_the_same_letter_is_written_once_and_a_line_break_in_the_subject_adds_no_recipient(
    app, cast, port
):
    for _n in range(2):
        mail.write("k", user_id=1, address=TO, subject="a\r\nBcc: x@y.vn", body="b", at=now())
    db.session.commit()
    with post.serving(port) as postman:
        worker.drain()
        everything_due()
        assert postman.to == [TO]
        assert postman.letters[0]["Bcc"] is None

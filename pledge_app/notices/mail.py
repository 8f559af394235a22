"""Letters: the address of a user with its confirmation, the outbox, the delivery by the worker.

A mail server that is down never stops the work: a letter is a row of its transaction, sent later,
tried again with growing pauses, given up after MOST_ATTEMPTS and then seen by /healthz.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import smtplib
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from pledge_app.config import MailSettings, Settings
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Payload
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Problem, check
from pledge_app.notices import smtp
from pledge_app.notices.mail_models import MailAddress, MailState, OutgoingMail

DELIVER = "mail.deliver"
ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,180}$)"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
CODE_LIVES = timedelta(hours=24)
TRIES = 5
PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180, 360))
MOST_ATTEMPTS = len(PAUSES) + 1
WORRY = timedelta(hours=1)  # a letter that could not leave for so long is seen in /healthz
FORGET = timedelta(days=2)


def settings() -> MailSettings | None:
    """How this installation sends letters; None: it does not."""
    found: Settings = current_app.config["SETTINGS"]
    return found.mail


def address_of(user_id: int) -> MailAddress | None:
    """The row of a user who asked for the digest."""
    return db.session.get(MailAddress, user_id)


def ask_for_digest(user_id: int, address: str, *, at: datetime) -> MailAddress:
    """Take an address and send a code there; nothing else goes there before the code came back."""
    if settings() is None:
        raise DomainError(
            _("Phần mềm chưa nối với máy chủ thư nên chưa gửi được thư nhắc. Hãy báo quản trị.")
        )
    address = address.strip()
    check(
        ADDRESS.fullmatch(address),
        _("Đây chưa phải là địa chỉ thư điện tử. Ví dụ: lan@haiquang.gov.vn"),
        [Problem(_("Địa chỉ chưa đúng."), "address")],
    )
    letters = db.session.scalar(
        select(func.count())
        .select_from(OutgoingMail)
        .where(
            OutgoingMail.user_id == user_id,
            OutgoingMail.key.startswith("code:"),
            OutgoingMail.asked_at > at - CODE_LIVES,
        )
    )
    check((letters or 0) < TRIES, _("Đã gửi nhiều mã trong một ngày. Hãy chờ đến mai rồi thử lại."))
    row = address_of(user_id) or MailAddress(user_id=user_id)
    code = f"{secrets.randbelow(10**8):08}"
    row.address = address
    row.confirmed_at = None
    row.code_sha256 = _digest(user_id, code)
    row.code_until = at + CODE_LIVES
    row.tries_left = TRIES
    db.session.add(row)
    write(
        f"code:{user_id}:{secrets.token_hex(8)}",
        user_id=user_id,
        address=address,
        at=at,
        subject="Mã xác nhận nhận thư nhắc việc",
        body=(
            f"Mã xác nhận: {code}\n\nNhập mã này vào mục Thư nhắc việc của phần mềm giao ước thi "
            f"đua trong 24 giờ. "
            "Nếu anh, chị không yêu cầu, hãy bỏ qua thư này; sẽ không có thư nào khác.\n"
        ),
    )
    return row


def confirm(user_id: int, code: str, *, at: datetime) -> None:
    """The code came back. A wrong one is counted by the caller's commit: see wrong_code()."""
    row = address_of(user_id)
    fresh = (
        row is not None
        and row.code_sha256
        and row.code_until is not None
        and row.code_until > at
        and row.tries_left
    )
    check(fresh, _("Mã đã hết hạn hoặc đã nhập sai nhiều lần. Hãy yêu cầu mã mới."))
    assert row is not None
    given = "".join(code.split())
    check(
        secrets.compare_digest(row.code_sha256.encode(), _digest(user_id, given).encode()),
        wrong_code(),
    )
    row.confirmed_at = at
    row.code_sha256 = ""
    row.code_until = None


def count_wrong(user_id: int) -> None:
    """One try less."""
    row = address_of(user_id)
    if row is not None and row.tries_left:
        row.tries_left -= 1


def wrong_code() -> str:
    """What is said about a wrong code."""
    return _("Mã không đúng. Hãy xem lại thư vừa nhận.")


def stop_digest(user_id: int) -> None:
    """No more letters; the address is forgotten."""
    row = address_of(user_id)
    if row is not None:
        db.session.delete(row)


def write(
    key: str,
    *,
    user_id: int,
    address: str,
    subject: str,
    body: str,
    at: datetime,
) -> OutgoingMail:
    """A letter to be sent after this transaction. The same key gives the first letter back."""
    held = db.session.scalar(select(OutgoingMail).where(OutgoingMail.key == key))
    if held is not None:
        return held
    letter = OutgoingMail(
        key=key, user_id=user_id, address=address, subject=subject, body=body, asked_at=at
    )
    db.session.add(letter)
    db.session.flush()
    jobs.enqueue(
        DELIVER,
        f"{DELIVER}:{letter.pid}:0",
        at=at,
        mail=letter.pid,
    )
    return letter


def deliver(payload: Payload) -> None:
    """Send one letter; a failure asks for the next attempt after its pause. No transaction is
    held meanwhile.
    """
    letter = db.session.scalar(select(OutgoingMail).where(OutgoingMail.pid == payload["mail"]))
    server = settings()
    if letter is None or letter.state is not MailState.WAITING or server is None:
        db.session.rollback()
        return
    letter_id = letter.id
    pid = letter.pid
    to = letter.address
    subject = letter.subject
    body = letter.body
    db.session.rollback()
    error = ""
    for_good = False
    try:
        smtp.send(
            server,
            to=to,
            subject=subject,
            body=body,
            message_id=pid,
        )
    except smtplib.SMTPRecipientsRefused as refused:
        error = _said(refused)
        for_good = all(code >= 500 for code, _text in refused.recipients.values())
    except (OSError, smtplib.SMTPException) as failure:
        error = _said(failure)
    _note(
        db.session.get_one(OutgoingMail, letter_id),
        error,
        for_good,
        at=clock.now(),
    )
    db.session.commit()


def _note(
    letter: OutgoingMail,
    error: str,
    for_good: bool,
    *,
    at: datetime,
) -> None:
    letter.attempts += 1
    letter.tried_at = at
    letter.error = error
    if not error:
        letter.state = MailState.SENT
        # The code, the tasks: nothing of it is needed any more.
        letter.body = ""
    elif for_good or letter.attempts >= MOST_ATTEMPTS:
        letter.state = MailState.FAILED
    else:
        jobs.enqueue(
            DELIVER,
            f"{DELIVER}:{letter.pid}:{letter.attempts}",
            at=at + PAUSES[letter.attempts - 1],
            mail=letter.pid,
        )


def flows(now: datetime) -> bool:
    """No letter has been failing for long, none was given up lately: for /healthz."""
    stuck = db.session.scalar(
        select(OutgoingMail.id)
        .where(
            or_(
                (OutgoingMail.state == MailState.WAITING)
                & (OutgoingMail.attempts > 0)
                & (OutgoingMail.asked_at < now - WORRY),
                (OutgoingMail.state == MailState.FAILED) & (OutgoingMail.tried_at > now - FORGET),
            )
        )
        .limit(1)
    )
    return stuck is None


def _said(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:300]


def _digest(user_id: int, code: str) -> str:
    return hashlib.sha256(f"{user_id}:{code}".encode()).hexdigest()

"""The second factor: begun by the user, asked for at login, removed by two officials."""

from __future__ import annotations

import logging
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from pledge_app.accounts import codes, queries, sessions, throttle
from pledge_app.accounts.logging_in import LoginRefused
from pledge_app.accounts.models import LoginSession, RecoveryCode, SecondFactor, User
from pledge_app.accounts.operations import administer, as_actor
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.notices.operations import notify

log = logging.getLogger(__name__)


def factor_of(user_id: int) -> SecondFactor | None:
    """The second factor of a user; None: the password alone logs in."""
    return db.session.scalar(select(SecondFactor).where(SecondFactor.user_id == user_id))


def begin(
    user: User,
    secret: str,
    code: str,
    *,
    at: datetime,
    keep: LoginSession | None,
) -> list[str]:
    """From now on the app whose `code` proves `secret` is asked at login. Gives the recovery
    codes, which are shown once; every other session ends. An earlier app is replaced.
    """
    step = codes.step_of(
        secret,
        code,
        at=at,
        after=0,
    )
    wrong = _("Mã không đúng nên chưa bật. Hãy nhập mã đang hiện trong ứng dụng.")
    check(step is not None, wrong, [Problem(wrong, "one_time_code")])
    factor = factor_of(user.id)
    if factor is not None:
        db.session.delete(factor)
        db.session.flush()
    made = codes.recovery_codes()
    db.session.add(
        SecondFactor(
            user_id=user.id,
            secret=secret,
            begun_at=at,
            last_step=step or 0,
            recovery=[RecoveryCode(code_sha256=codes.recovery_digest(one)) for one in made],
        )
    )
    sessions.end_all(user.id, at=at, except_id=keep.id if keep is not None else None)
    record(
        "user.second_factor_begun",
        user,
        actor=as_actor(user),
        at=at,
    )
    return made


def pass_on(waiting: LoginSession, typed: str, *, at: datetime) -> tuple[LoginSession, str]:
    """The code was asked and is right: a session begins, with a token of its own. Raises
    LoginRefused, which is counted.
    """
    user, source = waiting.user, waiting.address
    delay = throttle.wait_for_own(f"code:{user.id}", at=at)
    if delay:
        raise LoginRefused(
            _(
                "Đã nhập sai nhiều lần. Hãy chờ %(n)s giây rồi thử lại.",
                n=int(delay.total_seconds()) + 1,
            )
        )
    factor = factor_of(user.id)
    means = "" if factor is None else _taken(factor, typed, at)
    if not means:
        throttle.failed_own(f"code:{user.id}", at=at)
        log.warning("code refused account=%s from=%s", user.username, source)
        raise LoginRefused(
            _("Mã không đúng hoặc đã dùng. Hãy chờ mã mới trong ứng dụng rồi nhập lại.")
        )
    throttle.succeeded_own(f"code:{user.id}")
    sessions.end(waiting, at=at)
    begun = sessions.begin(
        user,
        at=at,
        address=source,
        browser=waiting.browser,
    )
    record(
        "user.logged_in",
        user,
        actor=as_actor(user),
        at=at,
        means=means,
    )
    return begun


def _taken(factor: SecondFactor, typed: str, at: datetime) -> str:
    """ "app" or "recovery" when the code is right and was not used, else "". Two requests with one
    code: the row is taken by one of them.
    """
    step = codes.step_of(
        factor.secret,
        typed,
        at=at,
        after=factor.last_step,
    )
    if step is not None:
        taken = (
            update(SecondFactor)
            .where(SecondFactor.id == factor.id, SecondFactor.last_step < step)
            .values(last_step=step)
            .returning(SecondFactor.id)
        )
        return "app" if db.session.scalar(taken) is not None else ""
    spent = (
        update(RecoveryCode)
        .where(
            RecoveryCode.factor_id == factor.id,
            RecoveryCode.code_sha256 == codes.recovery_digest(typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return "recovery" if db.session.scalar(spent) is not None else ""


def unused_codes(factor: SecondFactor) -> int:
    """How many recovery codes are left."""
    return sum(code.used_at is None for code in factor.recovery)


def remove(user: User, *, actor: Actor, at: datetime, today: date) -> bool:
    """An administrator's word that the app is lost; the second one, of another administrator
    within a day, removes it (True). The operator at the command line needs nobody else.
    """
    administer(actor)
    check(
        user.id != actor.user_id,
        _("Không tự gỡ xác thực hai bước của mình. Hãy nhờ hai quản trị viên khác."),
    )
    factor = factor_of(user.id)
    if factor is None:
        raise Conflict(_("Tài khoản này không bật xác thực hai bước."))
    is_second = codes.removes_now(
        factor.removal_asked_by_id,
        factor.removal_asked_at,
        by=actor.user_id,
        at=at,
    )
    if not (is_second or actor.is_system):
        _ask_removal(
            factor,
            user,
            actor=actor,
            at=at,
            today=today,
        )
        return False
    db.session.delete(factor)
    sessions.end_all(user.id, at=at)
    record(
        "user.second_factor_removed",
        user,
        actor=actor,
        at=at,
    )
    told = _l(
        "%(admin)s đã gỡ xác thực hai bước của bạn. Nếu bạn không nhờ việc này, hãy báo lại ngay.",
        admin=actor.name,
    )
    notify(
        [user.id],
        told,
        "factor.own",
        "",
        at=at,
    )
    return True


def _ask_removal(
    factor: SecondFactor,
    user: User,
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    factor.removal_asked_by_id = actor.user_id
    factor.removal_asked_at = at
    record(
        "user.second_factor_removal_asked",
        user,
        actor=actor,
        at=at,
    )
    asked = _l(
        "%(admin)s đề nghị gỡ xác thực hai bước của tài khoản %(name)s. Hãy hỏi lại chính người đó "
        "rồi mới đồng ý.",
        admin=actor.name,
        name=user.username,
    )
    others = {grant.user_id for grant in queries.administrators(today)}
    notify(
        others - {user.id, actor.user_id or user.id},
        asked,
        "accounts.user",
        user.pid,
        at=at,
    )

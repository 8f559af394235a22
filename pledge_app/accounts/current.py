"""Who asks: from the cookie to the Actor. Flask-Login is used here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import ParamSpec, Protocol, TypeVar, cast

from flask import Request, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import or_, select

from pledge_app.accounts.models import LoginSession, RoleGrant, User
from pledge_app.kernel import clock
from pledge_app.kernel.actor import PUBLIC, Actor, Grant, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden
from pledge_app.orgs.models import Body
from pledge_app.web.application import READS, SAVED_BYTES, PledgeApp

P = ParamSpec("P")
R = TypeVar("R")


class LoggedIn(UserMixin):
    """A live login: the user and the session it came with."""

    def __init__(self, session: LoginSession) -> None:
        self.session = session
        self.user = session.user

    def get_id(self) -> str:
        return self.user.pid


class _Marked(Protocol):
    """A view that says who may open it."""

    is_public: bool
    needs_roles: frozenset[Role]


class _WithLogin(Protocol):
    """The application, once Flask-Login has hung itself on it."""

    login_manager: LoginManager


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open without login. Every other view is closed."""
    cast(_Marked, view).is_public = True
    return view


def needs(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view as open only to holders of one of `roles` (at any body; the verb checks
    which).
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        cast(_Marked, view).needs_roles = frozenset(roles)
        return view

    return mark


def actor() -> Actor:
    """The actor of this request, with today's roles; PUBLIC when nobody is logged in."""
    if "actor" not in g:
        g.actor = (
            actor_of(current_user.user, today=clock.today())
            if current_user.is_authenticated
            else PUBLIC
        )
    return cast(Actor, g.actor)


def actor_of(user: User, *, today: date) -> Actor:
    """`user` as an Actor with the roles held on `today`."""
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.body_id, Body.unit_id)
        .join(Body, Body.id == RoleGrant.body_id)
        .where(
            RoleGrant.user_id == user.id,
            RoleGrant.held_from <= today,
            or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > today),
        )
        .order_by(RoleGrant.id)
    )
    grants = tuple(Grant(role, body_id, unit_id) for role, body_id, unit_id in rows)
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=grants,
        person_id=user.person_id,
        today=today,
    )


def init_app(
    app: PledgeApp,
    live_session: Callable[[str, datetime], LoginSession | None],
    cookie: str,
) -> None:
    """Load the login from `cookie` and close every view that is not marked public.

    No transaction is open when a refusal, or what follows, reads what was sent.
    """
    manager = LoginManager(app)

    @manager.request_loader
    def load(incoming: Request) -> LoggedIn | None:
        token = incoming.cookies.get(cookie, "")
        session = live_session(token, clock.now()) if token else None
        return LoggedIn(session) if session is not None else None

    app.before_request(_refuse_by_default)
    app.forget_asker = _forget_asker  # type: ignore[method-assign]
    app.confirm_asker = _confirm_asker  # type: ignore[method-assign]


def _refuse_by_default() -> ResponseReturnValue | None:
    if not _is_closed():
        return None
    is_stranger = not current_user.is_authenticated
    if not is_stranger:
        _check_roles()
    if request.method not in READS:
        db.session.rollback()
    if is_stranger:
        _take_no_file()
        return _unauthorized()
    return None


def _forget_asker() -> None:
    for name in ("actor", "_login_user"):
        g.pop(name, None)


def _confirm_asker() -> None:
    if not _is_closed():
        return
    if not current_user.is_authenticated:
        abort(_unauthorized())
    _check_roles()


def _unauthorized() -> Response:
    answer: Response = cast(_WithLogin, current_app).login_manager.unauthorized()
    return answer


def _is_closed() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.endpoint not in {None, "static"} and not getattr(view, "is_public", False)


def _check_roles() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    wanted = getattr(view, "needs_roles", None)
    if wanted is not None and not any(actor().has(role) for role in wanted):
        raise Forbidden("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi.")


def _take_no_file() -> None:
    """What somebody typed comes back after the login ended; a file that nobody may send is not
    received.
    """
    most = request.max_content_length
    request.max_content_length = SAVED_BYTES if most is None else min(most, SAVED_BYTES)

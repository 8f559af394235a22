"""In and out: the password, the code of the second factor, the parts of a demo."""

from __future__ import annotations

from flask import (
    Response,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pledge_app.accounts import (
    codes,
    known_browser,
    logging_in,
    operations,
    second_factor,
    sessions,
)
from pledge_app.accounts.blueprint import bp
from pledge_app.accounts.current import actor, public
from pledge_app.accounts.forms import CodeForm, LoginForm
from pledge_app.accounts.models import LoginSession
from pledge_app.kernel import clock
from pledge_app.kernel.actor import roles_of
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.installation import installation
from pledge_app.kernel.text import clean_line
from pledge_app.web.events import START_PAGE
from pledge_app.web.safe_next import safe_next
from pledge_app.web.sending_on import read_carried


@bp.before_app_request
def ask_for_a_new_password() -> ResponseReturnValue | None:
    """A one-time password opens only the page that replaces it."""
    allowed = {"accounts.change_password", "accounts.logout", "static", None}
    if (
        current_user.is_authenticated
        and current_user.user.must_change_password
        and request.endpoint not in allowed
    ):
        return redirect(url_for("accounts.change_password"), 303)
    return None


@bp.before_app_request
def ask_for_a_second_factor() -> ResponseReturnValue | None:
    """Where the office asks its roles for a second factor, nothing else opens before it is on."""
    asked = current_app.config["SETTINGS"].second_factor_roles
    allowed = {"factor.own", "accounts.change_password", "accounts.logout", "static", None}
    if not asked or request.endpoint in allowed or not current_user.is_authenticated:
        return None
    here = installation()
    is_asked = codes.is_asked_of(
        roles_of(actor()),
        asked,
        is_demo=here is not None and here.is_demo,
    )
    if is_asked and second_factor.factor_of(current_user.user.id) is None:
        return redirect(url_for("factor.own"), 303)
    return None


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """By name and password; failures are slowed down."""
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template(
            "accounts/login.html",
            form=form,
        ), 422 if form.is_submitted() else 200
    try:
        session, token = logging_in.log_in(
            form.username.data,
            form.password.data or "",
            at=clock.now(),
            address=request.remote_addr or "",
            browser=request.user_agent.string,
            known=known_browser.mark_for(clean_line(form.username.data).lower()),
        )
    except logging_in.LoginRefused as refused:
        form.form_errors.append(str(refused))
        return render_template("accounts/login.html", form=form), 422
    if session.waits_for_code:
        return _with_cookie(make_response(_code_page(CodeForm(formdata=None))), token)
    return _let_in(session, token)


@bp.route("/dang-nhap/ma", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The code of the second factor, after the password; wrong ones are slowed down."""
    cookie = request.cookies.get(sessions.cookie_name(current_app.config["SETTINGS"]), "")
    waiting = sessions.waiting_session(cookie, clock.now())
    if waiting is None:
        flash(_("Hãy nhập lại mật khẩu: mã phải được nhập trong 10 phút sau mật khẩu."))
        return redirect(url_for("accounts.login"), 303)
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form), 422 if form.is_submitted() else 200
    try:
        session, token = second_factor.pass_on(waiting, form.one_time_code.data, at=clock.now())
    except logging_in.LoginRefused as refused:
        form.form_errors.append(str(refused))
        return _code_page(form), 422
    return _let_in(session, token)


def _code_page(form: CodeForm) -> str:
    return render_template(
        "accounts/code.html",
        form=form,
        target=safe_next(request.args.get("next"), url_for(START_PAGE())),
    )


def _let_in(session: LoginSession, token: str) -> ResponseReturnValue:
    """To where the visitor was going; what was typed before the login is sent on."""
    carried = read_carried(request.form.get("carried", ""))
    if carried is None:
        answer = _enter(token, safe_next(request.args.get("next"), url_for(START_PAGE())))
    else:
        form_session.clear()
        g.pop("csrf_token", None)  # the page that sends on has the token of the new visit
        page = render_template("accounts/send_on.html", carried=carried)
        answer = _with_cookie(make_response(page), token)
    known_browser.remember(answer, session.user)
    return answer


@bp.post("/vao-vai/<part>")
@public
def take_part(part: str) -> ResponseReturnValue:
    """Vào vai: only in a demo."""
    here = installation()
    taken = None
    if here is not None and here.is_demo:
        taken = logging_in.take_part(
            part,
            at=clock.now(),
            address=request.remote_addr or "",
            browser=request.user_agent.string,
        )
    if taken is None:
        raise NotFound(_("Không có vai này."))
    return _enter(taken[1], url_for(START_PAGE()))


@bp.post("/dang-xuat")
@public
def logout() -> ResponseReturnValue:
    """End this session."""
    if current_user.is_authenticated:
        operations.end_session(
            current_user.session,
            actor=actor(),
            at=clock.now(),
        )
    form_session.clear()
    answer = make_response(redirect(url_for(START_PAGE()), 303))
    settings = current_app.config["SETTINGS"]
    answer.delete_cookie(
        sessions.cookie_name(settings),
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _enter(token: str, target: str) -> Response:
    """A new cookie and a new form token: nothing of the visit before the login stays."""
    form_session.clear()
    return _with_cookie(make_response(redirect(target, 303)), token)


def _with_cookie(answer: Response, token: str) -> Response:
    settings = current_app.config["SETTINGS"]
    answer.set_cookie(
        sessions.cookie_name(settings),
        token,
        secure=settings.https,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer

"""Error pages: what happened, whether the work was kept, what to do next, a reference number."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError, StatementError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from pledge_app.config import VERSION
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Busy, DomainError, Problem
from pledge_app.kernel.text import TextProblem
from pledge_app.ui.chrome import Chrome
from pledge_app.ui.typed_values import text_sentence
from pledge_app.web.events import LOGIN_PAGE
from pledge_app.web.kept_texts import KeptText
from pledge_app.web.logs import asker
from pledge_app.web.sending_on import LABELS, carry, labelled

log = logging.getLogger(__name__)
SECRET_FIELDS = ("password", "csrf_token")  # in any part of a field's name
SECRET_NAMES = frozenset(  # of "Đổi mật khẩu" and "Xác thực hai bước"
    {"current", "new", "again", "one_time_code", "app_key", "csrf_token"}
)
KEEP_FOR = {409, 422}
LATER = 10  # seconds
LONGEST_NAME = 100  # of a field, as it comes back
# A whole sheet of 200 criteria comes back.
MOST_ECHOED = 3000  # values
LONGEST_ECHO = 400_000  # characters


def init_app(app: Flask) -> None:
    """Attach the handlers."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(TextProblem, _text)
    app.register_error_handler(StatementError, _statement)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(Exception, _unexpected)
    app.login_manager.unauthorized_handler(_unauthorized)  # type: ignore[attr-defined]


def typed() -> dict[str, list[str]]:
    """What the user typed into the refused form, without secrets."""
    if request.method != "POST" or request.is_json:
        return {}
    try:
        fields: Mapping[str, list[str]] = request.form.to_dict(flat=False)
    except HTTPException:
        return {}
    return {name: values for name, values in fields.items() if _is_typed(name) and any(values)}


def _is_typed(name: str) -> bool:
    """Neither a secret nor the version that the page sent along, which nobody typed."""
    is_version = name in ("ver", LABELS) or name.startswith("ver-")
    is_secret = name in SECRET_NAMES or any(secret in name for secret in SECRET_FIELDS)
    return not (is_version or is_secret)


def refuse(
    status: int,
    title: str,
    sentence: str,
    *,
    problems: tuple[Problem, ...] = (),
    fields: Mapping[str, list[str]] | None = None,
    why: str = "",
    is_ours: bool = False,
    seconds: int = LATER,
) -> Response:
    """The one page (or JSON for our own script) on which a request is refused; `why` is a word
    for the log.

    `is_ours`: a verb refused, so the database answers, whatever the status. `seconds`: after which
    a 503 is worth a try.
    """
    reference = secrets.token_hex(4)
    log.log(
        _weight(status),
        "refused %s%s %s ref=%s",
        status,
        f" {why}" if why else "",
        asker(),
        reference,
    )
    shown = bounded(labelled(fields or {}))
    if request.is_json or request.accept_mimetypes.best == "application/json":
        answer = make_response(
            jsonify(
                error=sentence,
                reference=reference,
                status=status,
            ),
            status,
        )
    else:
        if status >= 500 and not is_ours:
            # The database may be what failed: the frame must not ask it again.
            g.chrome = Chrome(office_name=_("Giao ước thi đua"), version=VERSION)
            # Who asks was perhaps not loaded yet: the page must not ask for it.
            g._login_user = AnonymousUserMixin()
        answer = make_response(
            render_template(
                "_layout/refusal.html",
                status=status,
                page_title=title,
                sentence=sentence,
                problems=problems,
                fields=shown,
                is_cut=_size(shown) < _size(labelled(fields or {})),
                carried=carry(SECRET_NAMES) if status == 401 and fields else "",
                reference=reference,
            ),
            status,
        )
    if status == 503:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def _weight(status: int) -> int:
    if status == 503:
        return logging.WARNING
    if status >= 500:
        return logging.ERROR
    return logging.WARNING if status in {400, 401, 403, 429} else logging.INFO


def bounded(fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The fields as far as a page gives them back: MOST_ECHOED values and LONGEST_ECHO
    characters in all.
    """
    shown: dict[str, list[str]] = {}
    left = LONGEST_ECHO
    pairs = ((name[:LONGEST_NAME], value) for name, values in fields.items() for value in values)
    for name, value in islice(pairs, MOST_ECHOED):
        shown.setdefault(name, []).append(value[:left])
        left -= len(name) + len(value)
        if left <= 0:
            break
    return shown


def _size(fields: Mapping[str, list[str]]) -> int:
    return sum(len(value) for values in fields.values() for value in values)


def _domain(error: DomainError) -> Response:
    titles = {
        403: _("Không được phép"),
        404: _("Không tìm thấy"),
        409: _("Hồ sơ đã thay đổi"),
        500: _("Tệp trong kho bị hỏng"),
        503: _("Máy chủ đang bận"),
    }
    fields = typed()
    if error.status in KEEP_FOR:
        _keep(fields)
    return refuse(
        error.status,
        titles.get(error.status, _("Chưa thực hiện được")),
        error.sentence,
        problems=error.problems,
        fields=fields,
        is_ours=True,
        seconds=error.seconds if isinstance(error, Busy) else LATER,
    )


def _csrf(_error: CSRFError) -> Response:
    fields = typed()
    sentence = _(
        "Trang này đã mở quá lâu hoặc phiên làm việc đã thay đổi nên nội dung chưa được ghi."
    )
    return refuse(
        400,
        _("Trang đã mở quá lâu"),
        f"{sentence} {_next_step(fields)}",
        fields=fields,
        why="csrf",
    )


def _text(problem: TextProblem) -> Response:
    """Not kept: what nobody may look through is not stored either. Our own script shows the
    sentence as it is.
    """
    sentence = _(
        "%(why)s Nội dung chưa được ghi; phần bạn nhập ở bên dưới: hãy sao chép, sửa rồi gửi lại.",
        why=text_sentence(problem),
    )
    return refuse(
        413 if request.is_json else 422,
        _("Chưa thực hiện được"),
        sentence,
        fields=typed(),
        why="text",
    )


def _statement(error: StatementError) -> Response:
    """A text that no room looked at before the database was to have it."""
    return _text(error.orig) if isinstance(error.orig, TextProblem) else _unexpected(error)


def _unauthorized() -> Response:
    if request.is_json or "HX-Request" in request.headers:
        return refuse(
            401,
            _("Cần đăng nhập"),
            _("Phiên làm việc đã hết. Hãy đăng nhập lại; nội dung bạn nhập vẫn còn trên máy này."),
        )
    if request.method == "POST":
        fields = typed()
        sentence = _("Phiên làm việc đã hết nên nội dung chưa được ghi.")
        then = _("Hãy đăng nhập để ghi tiếp.")
        whole = " ".join(part for part in (sentence, _kept_below(fields), then) if part)
        return refuse(
            401,
            _("Cần đăng nhập lại"),
            whole,
            fields=fields,
        )
    return make_response(redirect(url_for(LOGIN_PAGE(), next=request.full_path.rstrip("?")), 303))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if isinstance(error, SecurityError):
        # Another host's name: no page of ours has an address there.
        return Response(
            _(
                "Máy chủ không hiểu yêu cầu này. Dữ liệu không thay đổi; hãy quay lại trang "
                "trước và thử lại."
            ),
            status,
            content_type="text/plain; charset=utf-8",
        )
    sentences = {
        404: (
            _("Không tìm thấy"),
            _("Không có trang này, hoặc bạn không có quyền xem. Dữ liệu không thay đổi."),
        ),
        405: (
            _("Không mở được"),
            _("Trang này không nhận thao tác vừa rồi. Dữ liệu không thay đổi."),
        ),
        413: (
            _("Nội dung quá lớn"),
            _(
                "Nội dung gửi lên vượt giới hạn cho phép (tệp tối đa 20 MB) nên chưa được "
                "nhận. Hãy chọn tệp nhỏ hơn rồi gửi lại."
            )
            if _takes_files()
            else _(
                "Nội dung gửi lên vượt giới hạn cho phép của trang này nên chưa được nhận và "
                "chưa được ghi. Hãy quay lại trang trước, bớt nội dung rồi gửi lại."
            ),
        ),
        429: (_("Quá nhiều lần thử"), _("Đã có quá nhiều lần thử. Hãy chờ ít phút rồi thử lại.")),
    }
    title, sentence = sentences.get(
        status,
        (
            _("Yêu cầu không hợp lệ"),
            _(
                "Máy chủ không hiểu yêu cầu này. Dữ liệu không thay đổi; hãy quay lại trang "
                "trước và thử lại."
            ),
        ),
    )
    fields = {} if isinstance(error, RequestEntityTooLarge) else typed()
    return refuse(
        status,
        title,
        sentence,
        fields=fields,
    )


def _takes_files() -> bool:
    usual: int = current_app.config["MAX_CONTENT_LENGTH"]
    return (request.max_content_length or 0) > usual


def _busy(error: OperationalError) -> Response:
    log.exception("database", exc_info=error)
    if "disk" in str(error.orig) or "full" in str(error.orig):
        return _disk(OSError(str(error.orig)))
    then = _("Hãy chờ khoảng 10 giây rồi thử lại.")
    return _fault(
        503,
        _("Máy chủ đang bận"),
        _("Cơ sở dữ liệu đang bận."),
        then,
    )


def _disk(error: OSError) -> Response:
    log.exception("storage", exc_info=error)
    sentence = _("Máy chủ không ghi được xuống đĩa (có thể đĩa đã đầy).")
    then = _("Hãy báo người quản trị rồi thử lại.")
    return _fault(
        503,
        _("Không ghi được dữ liệu"),
        sentence,
        then,
    )


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected", exc_info=error)
    sentence = _("Phần mềm gặp lỗi ngoài dự kiến.")
    then = _("Hãy thử lại, nếu vẫn lỗi thì báo người quản trị kèm mã tham chiếu.")
    return _fault(
        500,
        _("Có lỗi ngoài dự kiến"),
        sentence,
        then,
    )


def _fault(
    status: int,
    title: str,
    sentence: str,
    then: str,
) -> Response:
    """A page about a fault of ours: that nothing was written is said only where something was
    sent.
    """
    fields = typed()
    unwritten = _("Thao tác vừa rồi chưa được ghi.") if request.method == "POST" else ""
    whole = " ".join(part for part in (sentence, unwritten, _kept_below(fields), then) if part)
    return refuse(
        status,
        title,
        whole,
        fields=fields,
    )


def _kept_below(fields: Mapping[str, list[str]]) -> str:
    return _("Nội dung bạn nhập còn nguyên bên dưới.") if fields else ""


def _next_step(fields: Mapping[str, list[str]]) -> str:
    if fields:
        return _("Nội dung bạn nhập còn nguyên bên dưới: hãy sao chép, mở lại trang và nhập tiếp.")
    return _("Hãy mở lại trang và làm lại.")


def _keep(fields: Mapping[str, list[str]]) -> None:
    """In a second transaction; a stranger's text (no login) is never stored."""
    if not fields or not current_user.is_authenticated:
        return
    try:
        db.session.add(
            KeptText(
                user_id=current_user.user.id,
                path=request.path,
                fields=dict(fields),
                at=datetime.now(UTC),
            )
        )
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()
        log.exception("kept text")

"""The Flask application class: return = commit, raise = roll back; a GET cannot write; headers
on all.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TypeVar

from flask import Flask, Request, Response, abort, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from pledge_app.config import Settings
from pledge_app.kernel import crash
from pledge_app.kernel.base import db
from pledge_app.kernel.database import reading, set_reading
from pledge_app.kernel.versions import overtaken
from pledge_app.ui.static_files import unversioned
from pledge_app.web.sent_json import clean
from pledge_app.web.serving import TOO_SLOW

V = TypeVar("V", bound=Callable[..., object])
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; frame-src 'self'; "
    "base-uri 'none'; object-src 'none'"
)
# Of a form that anybody may send.
OPEN_BYTES = 64 * 1024
OPEN_FIELDS = 100
# Of a row that saves itself.
SAVED_BYTES = 1024 * 1024
MOST_BYTES = "most_bytes"
READS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}


def takes_bytes(most: int) -> Callable[[V], V]:
    """Mark a view whose request may be larger (an upload) or only smaller than the others': set
    before it is read.
    """

    def mark(view: V) -> V:
        setattr(
            view,
            MOST_BYTES,
            most,
        )
        return view

    return mark


class FewFields(FormDataParser):
    """The library counts the parts of multipart only: this counts the others before it takes
    them apart.
    """

    def _parse_urlencoded(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        body = stream.read()
        if self.max_form_parts is not None and body.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(
            io.BytesIO(body),
            mimetype,
            content_length,
            options,
        )


class CleanRequest(Request):
    """A request whose fields have names and whose texts have no NUL and no lone surrogate: no page
    sends these, and the libraries and databases below us fail on them.
    """

    form_data_parser_class = FewFields

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded and any(
            name is None or "\0" in name + text for name, text in self.form.items(multi=True)
        ):
            self.__dict__["form"] = ImmutableMultiDict(
                (name.replace("\0", ""), text.replace("\0", ""))
                for name, text in self.form.items(multi=True)
                if name is not None
            )
        if not loaded and None in self.files:
            self.__dict__["files"] = ImmutableMultiDict(
                (name, file) for name, file in self.files.items(multi=True) if name is not None
            )

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> object:
        try:
            return clean(
                super().get_json(
                    force=force,
                    silent=silent,
                    cache=cache,
                )
            )
        except RecursionError as error:  # nested thousands deep: no script of ours sends that
            if silent:
                return None
            raise BadRequest from error


class PledgeApp(Flask):
    """Commits once, after the view returned and before the answer goes out.

    Who asks is looked up in a transaction that cannot write and that has ended before the body is
    read: however slowly it comes, nobody waits for it. The first query of the view begins the
    transaction that writes, in which who asks is looked up anew.
    """

    request_class = CleanRequest

    @staticmethod
    def forget_asker() -> None:
        """Who asks, as found before the body was read. Set by the room that knows."""

    @staticmethod
    def confirm_asker() -> None:
        """Refuse whoever may no longer ask, in the transaction that is about to be committed.
        Set as above.
        """

    def dispatch_request(self) -> ResponseReturnValue:
        try:
            answer = super().dispatch_request()
            if not reading():
                self.confirm_asker()
                crash.point("before_commit")
                db.session.commit()
                crash.point("after_commit")
        # At a flush inside the view, or at the commit.
        except (IntegrityError, StaleDataError) as error:
            db.session.rollback()
            raise overtaken() from error
        return answer

    def handle_user_exception(self, e: Exception) -> HTTPException | ResponseReturnValue:
        db.session.rollback()
        return super().handle_user_exception(e)

    def preprocess_request(self) -> ResponseReturnValue | None:
        set_reading(True)
        _limit(self.view_functions.get(request.endpoint or ""))
        if "\0" in request.path or "%00" in request.query_string.decode("ascii", "replace"):
            abort(404)  # no page, name or code has one, and PostgreSQL refuses the question
        _drop_endless_dates()
        answer = super().preprocess_request()
        if answer is None and request.method not in READS:
            self.forget_asker()
            db.session.rollback()
            set_reading(False)
        return answer

    def send_static_file(self, filename: str) -> Response:
        return super().send_static_file(unversioned(filename))

    def process_response(self, response: Response) -> Response:
        answer = super().process_response(response)
        if request.endpoint == "static":
            # The same for everybody: a browser that logs in need not ask again.
            answer.headers["Vary"] = "Accept-Encoding"
        return answer


@contextmanager
def looking() -> Iterator[None]:
    """What a POST reads and works out before it writes: as a GET does, nobody waits for it.

    The first query after it begins the transaction that writes; what was loaded is loaded anew.
    """
    db.session.rollback()
    set_reading(True)
    try:
        yield
    finally:
        db.session.rollback()
        set_reading(False)


def receive_body() -> None:
    """Read everything that was sent, files too, while no transaction is open."""
    if request.environ.get(TOO_SLOW):
        abort(408)
    if request.endpoint is not None and request.method not in READS:
        request.get_data(parse_form_data=True)


def _limit(view: Callable[..., object] | None) -> None:
    """What the view may be sent. A page for everybody takes no more than a short form, unless it
    says so itself.
    """
    is_open = getattr(
        view,
        "is_public",
        False,
    )
    most = getattr(
        view,
        MOST_BYTES,
        OPEN_BYTES if is_open else None,
    )
    if most is not None:
        request.max_content_length = most
    if is_open:
        request.max_form_parts = OPEN_FIELDS


def _drop_endless_dates() -> None:
    """A date of HTTP has at most 33 characters; werkzeug fails on a year of eleven digits instead
    of passing over it.
    """
    for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE"):
        said = request.environ.get(name, "")
        if len(said) > 33 and '"' not in said:
            del request.environ[name]


def add_headers(response: Response) -> Response:
    """Security headers on every answer; nothing private is cached."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    settings: Settings | None = g.get("settings")
    if settings is not None and settings.https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response

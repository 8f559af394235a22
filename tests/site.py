"""A visitor of the site who inspects every page: a valid document, a title, one h1, labels,
CSRF, headers.
"""

from __future__ import annotations

from typing import Any

import html5lib
from flask import Flask, g
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from pledge_app.accounts import sessions
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.database import set_reading

XHTML = "{http://www.w3.org/1999/xhtml}"


class Visitor:
    """Somebody at a browser without JavaScript. `user_id` None: nobody logged in."""

    def __init__(self, app: Flask, user_id: int | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.sends_token = True
        if user_id is not None:
            user = db.session.get_one(User, user_id)
            _session, token = sessions.begin(user, at=now(), address="127.0.0.1", browser="tests")
            db.session.commit()
            self.client.set_cookie(sessions.cookie_name(app.config["SETTINGS"]), token)

    def get(self, path: str, status: int = 200, **kwargs: Any) -> TestResponse:
        """GET and inspect; `status` is what the sentence of the test expects."""
        answer = self._ask("GET", path, **kwargs)
        assert answer.status_code == status, (
            f"{path}: {answer.status_code}, wanted {status}\n{answer.text[:2000]}"
        )
        inspect(answer, path)
        return answer

    def fetch(self, path: str) -> bytes:
        """What is sent to a browser that takes gzip."""
        sent: bytes = self._ask(
            "GET", path, headers={"Accept-Encoding": "gzip, deflate, br, zstd"}
        ).data
        return sent

    def post(
        self, path: str, data: dict[str, Any] | None = None, status: int = 303, **kwargs: Any
    ) -> TestResponse:
        """POST a form with its CSRF token, as a browser does, and inspect the answer."""
        if self.sends_token:
            data, kwargs = self._with_token(data, kwargs)
        answer = self._ask("POST", path, data=data, **kwargs)
        assert answer.status_code == status, (
            f"{path}: {answer.status_code}, wanted {status}\n{answer.text[:3000]}"
        )
        inspect(answer, path)
        return answer

    def send(self, path: str, data: dict[str, Any]) -> TestResponse:
        """POST a form with its CSRF token; whatever comes back, as it is."""
        form, more = self._with_token(data, {})
        return self._ask("POST", path, data=form, **more)

    def look(self, path: str) -> TestResponse:
        """GET a page and inspect it, whatever its status."""
        answer = self._ask("GET", path)
        inspect(answer, path)
        return answer

    def _ask(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        """One request. It shares the application context of the test, so its traces there are
        wiped away.
        """
        db.session.commit()  # the test's own transaction must not block the request
        _forget_request()
        try:
            return self.client.open(path, method=method, **kwargs)
        finally:
            db.session.rollback()  # a read-only transaction of a GET
            _forget_request()

    def _with_token(
        self, data: dict[str, Any] | None, kwargs: dict[str, Any]
    ) -> tuple[Any, dict[str, Any]]:
        with self.client.session_transaction() as form_session:
            raw = form_session.setdefault("csrf_token", "t" * 40)
        token = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(raw)
        if "json" in kwargs:
            return data, {**kwargs, "headers": {**kwargs.get("headers", {}), "X-CSRFToken": token}}
        return {"csrf_token": token, **(data or {})}, kwargs


def _forget_request() -> None:
    set_reading(False)
    for name in list(g):
        g.pop(name)


def inspect(answer: TestResponse, path: str) -> None:
    """What must hold of every answer."""
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" in answer.headers
    if answer.mimetype != "text/html" or answer.status_code in {301, 302, 303}:
        return
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    root = parser.parse(answer.text)
    assert not parser.errors, f"{path}: invalid HTML {parser.errors[:3]}"
    assert root.find(f".//{XHTML}title").text.strip(), f"{path}: no title"
    headings = root.findall(f".//{XHTML}h1")
    assert len(headings) == 1, f"{path}: {len(headings)} h1"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), (
        f"{path}: an id twice: {sorted(i for i in ids if ids.count(i) > 1)[:4]}"
    )
    labelled = {label.get("for") for label in root.iter(f"{XHTML}label")}
    for kind in ("input", "select", "textarea"):
        for field in root.iter(f"{XHTML}{kind}"):
            named = (
                field.get("type") in {"hidden", "submit", "button"}
                or field.get("id") in labelled
                or field.get("aria-label")
                or field.get("aria-labelledby")
            )
            assert named, f"{path}: no label for {field.get('name')}"
    for form in root.iter(f"{XHTML}form"):
        if (form.get("method") or "get").lower() == "post":
            assert any(i.get("name") == "csrf_token" for i in form.iter(f"{XHTML}input")), (
                f"{path}: form without CSRF"
            )
            assert may_not_be_filled_in(form), (
                f"{path}: a browser that goes back fills in {form.get('action')}"
            )


def may_not_be_filled_in(form: Any) -> bool:
    """A form that names the version it was opened with says so to the browser: what stood in it
    when the page was left must never come back beside the version of now, and overwrite what
    somebody else saved.
    """
    names = [field.get("name") or "" for field in form.iter(f"{XHTML}input")]
    has_version = any(name == "ver" or name.startswith("ver-") for name in names)
    fields = [
        field for kind in ("input", "select", "textarea") for field in form.iter(f"{XHTML}{kind}")
    ]
    is_typed_in = any(field.get("type") != "hidden" for field in fields)
    return not (has_version and is_typed_in) or form.get("autocomplete") == "off"

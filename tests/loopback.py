"""An installation in a directory, served by the production web server and worker on loopback,
for measures and faults.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pledge_app.accounts import sessions
from pledge_app.accounts.models import User
from pledge_app.application import ROOT, create_app
from pledge_app.config import Settings
from pledge_app.criteria.kinds import ValueKind
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.upkeep.upgrade import upgrade
from tests import cast as cast_module
from tests import make, scale

SECRET = "k" * 64
WEB = (
    "-m",
    "granian",
    "--interface",
    "rsgi",
    "--factory",
    "--host",
    "127.0.0.1",
    "--workers",
    "1",
    "--log-level",
    "error",
)
WORKER = ("-m", "flask", "--app", "pledge_app.application", "work")
START_SECONDS = 90.0
Answer = tuple[int, bytes]


@dataclass
class Office:
    """A directory with the cast in it. Lan, a clerk, has a pledge of many criteria: `targets`
    are their public ids.

    `tokens`: a session for each of the cast. `pids`: what else was furnished. `unkind`: server
    errors that a browser met without a sentence that says whether the work was kept.
    """

    place: Path
    pledge: str = ""
    targets: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    pids: dict[str, str] = field(default_factory=dict)
    unkind: list[str] = field(default_factory=list)

    def app(self) -> Flask:
        """The application on this directory."""
        return create_app(
            Settings(
                database_url=f"sqlite:///{self.place / 'pledge.sqlite'}",
                data_dir=self.place,
                secret_key=SECRET,
            )
        )


def furnish(
    place: Path, criteria: int, more: Callable[[cast_module.Cast], dict[str, str]] | None = None
) -> Office:
    """A migrated database with the cast, a draft of `criteria` numbers to enter, and everybody
    logged in.

    `more` furnishes further things and gives their public ids.
    """
    office = Office(place)
    with office.app().app_context():
        upgrade()
        cast = cast_module.build()
        scale.more_criteria(criteria)
        made = make.pledge(cast, "Hải Quang")
        for name, user_id in cast.users.items():
            user = db.session.get_one(User, user_id)
            _session, office.tokens[name] = sessions.begin(
                user, at=now(), address="127.0.0.1", browser="loopback"
            )
        db.session.commit()
        office.pledge = made.pid
        office.targets = [row.pid for row in made.targets if row.criterion.kind is ValueKind.NUMBER]
        office.pids = more(cast) if more is not None else {}
        db.session.remove()
        db.engine.dispose()
    return office


class Web:
    """The web server as a child of ours; killed and started again at will."""

    def __init__(self, office: Office, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.office = office
        self.child = self.begin(**environment)

    def begin(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start (again) on the same port and wait until it answers."""
        self.child = start(
            (*WEB, "--port", str(self.port), "pledge_app.wsgi:server"),
            self.office,
            **environment,
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.answers():
                return self.child
            time.sleep(0.02)
        self.end()
        raise TimeoutError("the web server did not start")

    def answers(self) -> bool:
        """Whether it serves."""
        try:
            return Browser(self).get("/ping")[0] == 200
        except (OSError, HTTPException):
            return False

    def end(self, number: int = signal.SIGKILL) -> None:
        """Stop the server and its workers: the session that was started for them."""
        stop(self.child, number)


def start(command: tuple[str, ...], office: Office, **environment: str) -> subprocess.Popen[bytes]:
    """A Python child in a session of its own, on the office's directory."""
    settings = {
        "DATA_DIR": str(office.place),
        "SECRET_KEY": SECRET,
        "DATABASE_URL": f"sqlite:///{office.place / 'pledge.sqlite'}",
    }
    with (office.place / "children.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **settings, **environment},
            start_new_session=True,
            stdout=log,
            stderr=log,
        )


def stop(child: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
    """Signal the child's whole session and wait for the child."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)
    child.wait(30)


class Browser:
    """The browser of one of the cast: one kept connection, the cookies, the token of the last
    page.
    """

    def __init__(self, web: Web, who: str = "lan") -> None:
        self.office, self.cookies = web.office, {"sid": web.office.tokens[who]}
        self.connection = HTTPConnection("127.0.0.1", web.port, timeout=60)
        self.csrf, self.tab = "", secrets.token_hex(10)

    def get(self, path: str) -> Answer:
        """GET a page; its CSRF token is remembered."""
        status, body = self._ask("GET", path, b"", {})
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', body)
        self.csrf = found.group(1).decode() if found else self.csrf
        return status, body

    def fetch(self, path: str) -> bytes:
        """The body of an answer as it was sent, compressed or not."""
        return self._exchange("GET", path, b"", {})[1]

    def send(self, path: str, form: dict[str, str]) -> Answer:
        """POST a form."""
        body = urlencode({"csrf_token": self.csrf, **form}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, data: bytes) -> Answer:
        """POST one file, as the form of a page does."""
        boundary, body = encode_multipart(
            {"csrf_token": self.csrf, "file": FileStorage(BytesIO(data), name)}
        )
        return self._ask(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        )

    def save_row(
        self, target: str, goal: str, version: str, seq: int
    ) -> tuple[int, dict[str, Any]]:
        """One row as the script of the grid sends it; `seq` counts the saves of this tab from 1."""
        body = json.dumps(
            {"cells": {"goal": goal}, "ver": version, "tab": self.tab, "seq": seq}
        ).encode()
        status, answer = self._ask(
            "POST",
            f"/giao-uoc/{self.office.pledge}/dong/{target}",
            body,
            {
                "Content-Type": "application/json",
                "X-CSRFToken": self.csrf,
                "Accept": "application/json",
            },
        )
        return status, json.loads(answer)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        answer, said = self._exchange(method, path, body, headers)
        if answer.headers["Content-Encoding"] == "gzip":
            said = gzip.decompress(said)
        if answer.status >= 500 and not re.search("lưu|ghi|giữ", said.decode(errors="replace")):
            self.office.unkind.append(f"{method} {path}: {answer.status}")
        return answer.status, said

    def _exchange(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(
            method, path, body or None, {**headers, "Cookie": cookie, "Accept-Encoding": "gzip"}
        )
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, answer.read()

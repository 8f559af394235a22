"""An installation in a directory, served by the production web server and worker on loopback, for measures and faults."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from pledge_app import ROOT, create_app
from pledge_app.accounts import sessions
from pledge_app.accounts.models import User
from pledge_app.config import Settings
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.upkeep.upgrade import upgrade
from tests import cast as cast_module
from tests import make

SECRET = "k" * 64
WEB = ("-m", "granian", "--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--workers", "1",
       "--blocking-threads", "1", "--log-level", "error")
WORKER = ("-m", "flask", "--app", "pledge_app", "work")
START_SECONDS = 30.0
Answer = tuple[int, bytes]


@dataclass
class Office:
    """One commune's clerk, Lan, with a pledge of many criteria. `targets`: (pid, version token) by position."""

    place: Path
    token: str = ""
    pledge: str = ""
    targets: list[str] = field(default_factory=list)

    def app(self) -> Flask:
        """The application on this directory."""
        return create_app(Settings(database_url=f"sqlite:///{self.place / 'pledge.sqlite'}", data_dir=self.place,
                                   secret_key=SECRET))


def furnish(place: Path, criteria: int) -> Office:
    """A migrated database with the cast, a draft of `criteria` numbers to enter, and Lan logged in."""
    office = Office(place)
    with office.app().app_context():
        upgrade()
        cast = cast_module.build()
        _more_criteria(criteria - len([c for c in cast_module.CRITERIA if c[3] is not None]))
        made = make.pledge(cast, "Hải Quang")
        user = db.session.get_one(User, cast.users["lan"])
        _session, office.token = sessions.begin(user, at=now(), address="127.0.0.1", browser="loopback")
        db.session.commit()
        office.pledge = made.pid
        office.targets = [row.pid for row in made.targets if row.criterion.kind is ValueKind.NUMBER]
        db.session.remove()
        db.engine.dispose()
    return office


def _more_criteria(count: int) -> None:
    chosen = db.session.query(CriteriaSet).one()
    group = db.session.query(Criterion).filter_by(code="II").one()
    for number in range(count):
        db.session.add(Criterion(criteria_set_id=chosen.id, position=100 + number, code=str(100 + number),
                                 name=f"Chỉ tiêu số {number}", unit_of_measure="cái", is_group=False,
                                 kind=ValueKind.NUMBER, direction=Direction.HIGHER, cadence=Cadence.STATE,
                                 parent_id=group.id))
    db.session.commit()


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
        self.child = start((*WEB, "--port", str(self.port), "pledge_app.wsgi:application"), self.office, **environment)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                if Browser(self).get("/ping")[0] == 200:
                    return self.child
            except (OSError, HTTPException):
                time.sleep(0.02)
        self.end()
        raise TimeoutError("the web server did not start")

    def end(self, number: int = signal.SIGKILL) -> None:
        """Stop the server and its workers: the session that was started for them."""
        stop(self.child, number)


def start(command: tuple[str, ...], office: Office, **environment: str) -> subprocess.Popen[bytes]:
    """A Python child in a session of its own, on the office's directory."""
    settings = {"DATA_DIR": str(office.place), "SECRET_KEY": SECRET,
                "DATABASE_URL": f"sqlite:///{office.place / 'pledge.sqlite'}"}
    with (office.place / "children.log").open("ab") as log:
        return subprocess.Popen([sys.executable, *command], cwd=ROOT, env={**os.environ, **settings, **environment},
                                start_new_session=True, stdout=log, stderr=log)


def stop(child: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
    """Signal the child's whole session and wait for the child."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)
    child.wait(30)


class Browser:
    """Lan's browser: one kept connection, her cookies, the token of the last page."""

    def __init__(self, web: Web) -> None:
        self.office, self.cookies = web.office, {"sid": web.office.token}
        self.connection = HTTPConnection("127.0.0.1", web.port, timeout=60)
        self.csrf = ""

    def get(self, path: str) -> Answer:
        """GET a page; its CSRF token is remembered."""
        status, body = self._ask("GET", path, b"", {})
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', body)
        self.csrf = found.group(1).decode() if found else self.csrf
        return status, body

    def send(self, path: str, form: dict[str, str]) -> Answer:
        """POST a form."""
        body = urlencode({"csrf_token": self.csrf, **form}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def save_row(self, target: str, goal: str, version: str, seq: int) -> tuple[int, dict[str, Any]]:
        """One row as the script of the grid sends it."""
        body = json.dumps({"cells": {"goal": goal}, "ver": version, "tab": "t" * 20, "seq": seq}).encode()
        status, answer = self._ask("POST", f"/giao-uoc/{self.office.pledge}/dong/{target}", body, {
            "Content-Type": "application/json", "X-CSRFToken": self.csrf, "Accept": "application/json"})
        return status, json.loads(answer)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body or None, {**headers, "Cookie": cookie})
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read()

"""A real office for browser tests: the example on its own copy, served by granian, with the real
worker.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from pledge_app.application import ROOT, create_app
from pledge_app.config import Settings
from pledge_app.demo.quang_dong import Story
from pledge_app.demo.staging import set_stage
from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db
from pledge_app.upkeep.upgrade import upgrade


def settings_in(place: Path) -> Settings:
    """Settings of an office in the directory `place`."""
    return Settings(
        database_url=f"sqlite:///{place / 'pledge.sqlite'}", data_dir=place, secret_key="s" * 64
    )


def run_directory(factory: pytest.TempPathFactory) -> Path:
    """One directory for all workers of this run, and for this run alone."""
    own = factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "example"


def base(shared: Path) -> Path:
    """The loaded example, made once for all workers of a test run. Its papers are left to the
    worker.
    """
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = shared / "office"
        if not (shared / "whole").exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            with inside(place) as app, app.test_request_context():
                upgrade()
                Story(set_stage(), lambda _said: None).run()
                for job in db.session.scalars(select(Job).where(Job.state == JobState.WAITING)):
                    job.run_after += timedelta(
                        days=3650
                    )  # the example's other papers would keep the journeys waiting
                db.session.commit()
            (shared / "whole").touch()
    return place


def begin(place: Path, password: str) -> None:
    """An empty office with its first administrator, by the two commands that an administrator
    types.
    """
    place.mkdir(parents=True)
    environment = {**os.environ, "DATA_DIR": str(place), "SECRET_KEY": "s" * 64}
    environment.pop("DATABASE_URL", None)
    flask = [sys.executable, "-m", "flask", "--app", "pledge_app.application"]
    who = ["--username", "quantri", "--name", "Đỗ Thị Quản", "--password", password]
    where = [
        "--office",
        "Phòng Nội vụ huyện Hải Hậu",
        "--unit",
        "Huyện Hải Hậu",
        "--level",
        "huyen",
    ]
    for command in (["upgrade"], ["create-admin", *who, *where, "--kind", "so-phong-ban"]):
        subprocess.run([*flask, *command], cwd=ROOT, env=environment, check=True)


@contextlib.contextmanager
def inside(place: Path) -> Iterator[Flask]:
    """The application on the office's database, for preparing a scene by verbs."""
    app = create_app(settings_in(place))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def copy_of(source: Path, target: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    return target


@contextlib.contextmanager
def served(
    place: Path, prepare: Callable[[], None] | None = None, *, worker: bool = True
) -> Iterator[str]:
    """Serve the office in `place`; the address. Stopped by the ids of its own processes."""
    if prepare is not None:
        with inside(place) as app, app.test_request_context():
            prepare()
            db.session.commit()
    port = _free_port()
    environment = {**os.environ, "DATA_DIR": str(place), "SECRET_KEY": "s" * 64, "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    commands = [
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "rsgi",
            "--factory",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            "1",
            "--log-level",
            "warning",
            "pledge_app.wsgi:server",
        ]
    ]
    if worker:
        commands.append([sys.executable, "-m", "flask", "--app", "pledge_app.application", "work"])
    children = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in commands]
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", children[0])
        yield f"http://127.0.0.1:{port}"
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, child: subprocess.Popen[bytes]) -> None:
    for _n in range(150):
        if child.poll() is not None:
            raise RuntimeError("the server ended")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")

"""The operator at a shell: real commands in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from flask import Flask

from pledge_app.application import ROOT
from pledge_app.config import Settings
from pledge_app.kernel.base import db

FLASK = [sys.executable, "-m", "flask", "--app", "pledge_app.application"]
PATIENCE = 60.0


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """What the command reads: the same installation as the test's."""
    return {
        **os.environ,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        **more,
    }


def run(app: Flask, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`flask …` on the installation of `app`, waited for."""
    db.session.commit()
    return subprocess.run(
        [*FLASK, *arguments],
        cwd=ROOT,
        env=environment(app.config["SETTINGS"], **more),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def here(app: Flask, *arguments: str) -> Result:
    """`flask …` in this process: for what a command says, where a process of its own adds nothing.

    `stdout` and `stderr` are apart, as at a shell.
    """
    db.session.commit()
    return app.test_cli_runner().invoke(args=arguments)


def start(command: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    """A process that goes on; the test ends it."""
    return subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def until(holds: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for something that another process does; fails after `patience` seconds."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def data_dir(app: Flask) -> Path:
    """Where everything lies."""
    settings: Settings = app.config["SETTINGS"]
    return settings.data_dir

"""Serving the demo: the web server and the worker as two children, stopped together by their
ids.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click

HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds that a child may take to finish what it does
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
STOPPED = {0, -signal.SIGTERM, 128 + signal.SIGTERM}


class PortTaken(RuntimeError):
    """Somebody else listens there."""


def serve(port: int, root: Path) -> int:
    """Serve on 127.0.0.1 until SIGINT, SIGTERM or SIGHUP; the exit code: 0 when it was asked to
    stop.
    """
    check_port(port)
    web = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "rsgi",
        "--factory",
        "--host",
        HOST,
        "--port",
        str(port),
        "--workers",
        "2",
        "--workers-kill-timeout",
        "10",
        "--log-level",
        "warning",
        "pledge_app.wsgi:server",
    ]
    work = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "pledge_app.application",
        "work",
    ]
    signals: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        signals.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    children = [_start(command, root) for command in (web, work)]
    try:
        announced = False
        while not signals and all(child.poll() is None for child in children):
            announced = announced or _announce(port)
            time.sleep(0.2)
    finally:
        codes = [_end(child) for child in children]
    if signals:
        return 0
    click.echo("Máy chủ hoặc tiến trình nền đã dừng ngoài ý muốn; xem thông báo ở trên.", err=True)
    return next((abs(code) for code in codes if code not in STOPPED), 1)


def _start(command: list[str], root: Path) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches us alone, and we stop it; if we are
    killed, it is told.
    """
    return subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGTERM)


def _end(child: subprocess.Popen[bytes]) -> int:
    """Ask the child to stop, wait, and only then kill it; its exit code."""
    if child.poll() is None:
        child.terminate()
    try:
        return child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        # The session that we started for it, its own workers included.
        os.killpg(child.pid, signal.SIGKILL)
        return child.wait()


def _announce(port: int) -> bool:
    """Print the address once somebody answers there."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)):
            return False
    click.echo(f"\n  Mở trình duyệt tại http://{HOST}:{port}  (dừng: Ctrl+C)\n")
    return True


def check_port(port: int) -> None:
    """Raise PortTaken when nobody can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise PortTaken(
                f"Cổng {port} không dùng được hoặc đang có chương trình khác dùng. "
                f"Hãy chọn cổng khác, ví dụ: make demo PORT={port + 1 if port < 65535 else 8001}"
            ) from error

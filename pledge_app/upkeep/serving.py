"""Serving the demo: the web server and the worker as two children, stopped together by their ids."""

from __future__ import annotations

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


class PortTaken(RuntimeError):
    """Somebody else listens there."""


def serve(port: int, root: Path) -> int:
    """Serve on 127.0.0.1 until SIGINT or SIGTERM; the exit code."""
    _free(port)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--host", HOST, "--port", str(port),
           "--workers", "2", "--blocking-threads", "1", "--log-level", "warning", "pledge_app.wsgi:application"]
    work = [sys.executable, "-m", "flask", "--app", "pledge_app", "work"]
    children = [subprocess.Popen(command, cwd=root, env=environment) for command in (web, work)]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        _announce(port, children[0])
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
    finally:
        stop(0, None)
        for child in children:
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
    return max(abs(child.returncode or 0) for child in children if child.returncode not in (-15, -2)) \
        if any(child.returncode not in (0, -15, -2) for child in children) else 0


def _announce(port: int, web: subprocess.Popen[bytes]) -> None:
    for _n in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                click.echo(f"\n  Mở trình duyệt tại http://{HOST}:{port}  (dừng: Ctrl+C)\n")
                return
        if web.poll() is not None:
            return
        time.sleep(0.2)


def _free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: "
                            f"make demo PORT={port + 1}") from error

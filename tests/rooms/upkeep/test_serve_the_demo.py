"""`flask demo` serves what was loaded, says its address, keeps the data, and stops cleanly."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ON_POSTGRESQL
from tests.e2e import office
from tests.rooms.upkeep import commands

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the demo runs on its own SQLite")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    """A demo's directory, already loaded."""
    source = office.base(office.run_directory(tmp_path_factory))
    return Path(shutil.copytree(source, tmp_path_factory.mktemp("demo") / "data"))


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


def environment(place: Path) -> dict[str, str]:
    env = {**os.environ, "DATA_DIR": str(place), "PYTHONUNBUFFERED": "1"}
    env.pop("DATABASE_URL", None)
    return env


def asked(port: int, path: str = "/healthz") -> bytes | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, OSError):
        return None


def children(pid: int) -> list[int]:
    """Ids of all processes below `pid`."""
    own = [
        int(word)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for word in (task / "children").read_text().split()
    ]
    return own + [below for one in own for below in children(one)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_says_where_and_stops_both_children(loaded, port, number):
    server = commands.start([*commands.FLASK, "demo", "--port", str(port)], environment(loaded))
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(server.stdout or []))
    reader.start()
    try:
        commands.until(lambda: asked(port) is not None or server.poll() is not None)
        assert json.loads(asked(port) or b"{}")["ok"] is True
        assert "Vào vai" in (asked(port, "/") or b"").decode()
        commands.until(lambda: any(f"http://127.0.0.1:{port}" in line for line in said))
        below = children(server.pid)
        assert len(below) >= 3  # granian, its workers, our worker
        commands.until(lambda: (loaded / "worker.alive").exists())
        reset = subprocess.run(
            [*commands.FLASK, "demo", "--load-only", "--reset"],
            env=environment(loaded),
            timeout=60,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "đang chạy" in reset.stderr  # nobody pulls the data away from under it
        server.send_signal(number)
        assert server.wait(60) == 0
    finally:
        server.kill()
        server.wait()
        reader.join(10)
    text = "".join(said)
    assert "giữ nguyên" in text  # the data of the first run
    assert asked(port) is None
    assert not [
        pid
        for pid in below
        if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def test_its_children_do_not_outlive_it(loaded, port):
    server = commands.start([*commands.FLASK, "demo", "--port", str(port)], environment(loaded))
    try:
        commands.until(lambda: asked(port) is not None or server.poll() is not None)
        below = children(server.pid)
    finally:
        server.kill()
        server.wait()
    assert below
    commands.until(lambda: asked(port) is None)


def test_a_busy_port_is_a_sentence_before_anything_is_thrown_away(loaded):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        done = subprocess.run(
            [*commands.FLASK, "demo", "--reset", "--port", str(number)],
            env=environment(loaded),
            timeout=60,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Cổng {number}" in done.stderr
    assert "Traceback" not in done.stderr
    assert (loaded / "pledge.sqlite").exists()

"""Two servers on one port would answer by turns, perhaps of two versions: the second one does
not start.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from pledge_app.application import ROOT
from tests.post import free_port
from tests.rooms.upkeep import commands


@pytest.fixture
def granian() -> Iterator[int]:
    """A port on which somebody listens as granian does: ready to share it."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_port_that_another_server_would_share_is_refused_with_a_sentence(app, granian):
    done = commands.run(app, "check-port", "--port", str(granian))
    assert done.returncode == 1
    assert f"Cổng {granian} đang có chương trình khác dùng" in done.stderr


def test_a_free_port_is_taken(app):
    done = commands.run(app, "check-port", "--port", str(free_port()))
    assert (done.returncode, done.stdout) == (0, "")


def test_the_service_asks_before_it_starts():
    unit = (ROOT / "deploy" / "pledge-web.service").read_text(encoding="utf-8")
    assert unit.index(
        "ExecStartPre=/opt/pledge/.venv/bin/flask --app pledge_app.application check-port"
    ) < unit.index("ExecStart=")

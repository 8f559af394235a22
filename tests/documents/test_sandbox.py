"""The child process: the same paper, and an end to whatever takes too much."""

import time
from pathlib import Path
from typing import Any

import pytest

from pledge_app.child import starting
from pledge_app.documents import sandbox
from pledge_app.documents.sandbox import render_in_child
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.paper import render
from tests.documents.examples_agreement import example_agreement

PEEK = (
    starting.ENTRANCE.partition("runpy.run_module")[0]
    + """
from pledge_app.papers.child import files, papers
from pledge_app.child.process import _leave_network, _limit
"""
)


def bomb() -> dict[str, Any]:
    """Forty thousand rows: more layout than any time limit allows."""
    content: dict[str, Any] = {**example_agreement(4)}
    rows = [content["groups"][0]["rows"][0]] * 1000
    content["groups"] = [{"code": "I", "name": "Nhóm", "rows": rows}] * 40
    return content


def run_in_child(program: str, monkeypatch: pytest.MonkeyPatch) -> PaperError:
    monkeypatch.setattr(starting, "ENTRANCE", program)
    with pytest.raises(PaperError) as refusal:
        render_in_child("agreement", example_agreement(1))
    return refusal.value


def test_the_child_makes_the_same_paper() -> None:
    content = example_agreement(3)
    assert render_in_child("agreement", content) == render("agreement", content)


def test_a_fault_in_the_content_comes_back_as_its_reason() -> None:
    with pytest.raises(PaperError) as refusal:
        render_in_child("agreement", {**example_agreement(1), "year": "x"})
    assert refusal.value.reason == "content"
    assert "agreement.year" in refusal.value.detail


def test_a_layout_bomb_is_killed_by_the_limits() -> None:
    start = time.monotonic()
    with pytest.raises(PaperError) as refusal:
        render_in_child("agreement", bomb())
    assert refusal.value.reason in ("timeout", "memory")
    assert time.monotonic() - start < sandbox.WALL_SECONDS + 3


def test_a_child_that_sleeps_is_killed_at_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 1)
    assert run_in_child("import time; time.sleep(60)", monkeypatch).reason == "timeout"


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = PEEK + "\n_limit(20)\nx = bytearray(2 * 1024**3)"
    assert run_in_child(greedy, monkeypatch).reason == "memory"


def test_the_child_has_no_secret_and_no_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "must-not-be-seen")
    peek = (
        PEEK
        + """
import os
rooms = [room for room in ("flask", "sqlalchemy", "pledge_app.config") if room in sys.modules]
raise SystemExit(f"secret={'SECRET_KEY' in os.environ} rooms={rooms} {papers.__name__}")
"""
    )
    said = run_in_child(peek, monkeypatch).detail
    assert "secret=False rooms=[] pledge_app.papers.child.papers" in said


def test_the_child_reaches_no_network_where_the_kernel_allows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peek = (
        PEEK
        + """
import socket
left = _leave_network()
server_seen = True
try:
    with socket.socket() as s:
        s.settimeout(1)
        s.connect(("127.0.0.1", 9))
except OSError as fault:
    server_seen = fault.errno not in (99, 101)
raise SystemExit(f"left={left} network={server_seen}")
"""
    )
    said = run_in_child(peek, monkeypatch).detail
    assert "left=False" in said or "network=False" in said


def test_nothing_of_the_child_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    render_in_child("agreement", example_agreement(1))
    assert list(tmp_path.iterdir()) == []

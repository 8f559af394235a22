"""The child reads the program and the fonts, by no means the secret key or the database."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from pledge_app.child import isolation as isolating
from pledge_app.child import starting
from pledge_app.child.confinement import landlock_version
from pledge_app.child.isolation import Isolation, isolation
from pledge_app.documents import sandbox
from pledge_app.kernel.root import ROOT
from pledge_app.papers.printing.paper import render
from tests.documents import prying
from tests.documents.examples import EXAMPLES
from tests.documents.examples_meeting import MEETING_EXAMPLES


@pytest.fixture(params=[Isolation.BUBBLEWRAP, Isolation.LANDLOCK])
def means(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Isolation:
    """Each means that this machine has."""
    chosen: Isolation = request.param
    if chosen is Isolation.BUBBLEWRAP and isolation() is not chosen:
        pytest.skip("no bubblewrap, or no namespaces here")
    if chosen is Isolation.LANDLOCK and not landlock_version():
        pytest.skip("no Landlock in this kernel")
    monkeypatch.setattr(starting, "isolation", lambda: chosen)
    return chosen


@pytest.fixture
def secrets(tmp_path: Path) -> list[str]:
    """A data directory, and what else of this machine is none of the child's business."""
    names = ("secret_key", "pledge.sqlite")
    for name in names:
        (tmp_path / name).write_text("must not be seen", encoding="utf-8")
    files = [str(tmp_path / name) for name in names]
    return [*files, str(ROOT / "setup.cfg"), "/etc/passwd"]


def pry(paths: list[str]) -> dict[str, object]:
    return starting.in_child(starting.Work(prying.__name__, 20), {"paths": paths})[0]


def test_the_child_reads_neither_the_secret_key_nor_the_database(
    means: Isolation, secrets: list[str]
) -> None:
    facts = pry(secrets)
    assert facts["readable"] == facts["writable"] == []


def test_unisolated_it_reads_them(monkeypatch: pytest.MonkeyPatch, secrets: list[str]) -> None:
    monkeypatch.setattr(starting, "isolation", lambda: Isolation.NONE)
    assert pry(secrets)["readable"] == secrets


def test_the_child_writes_in_its_own_directory_and_not_in_the_program(means: Isolation) -> None:
    template = ROOT / "templates" / "papers" / "_shared" / "v1" / "paper.css"
    before = template.read_bytes()
    facts = pry([str(template)])
    assert facts["readable"] == [str(template)]
    assert (facts["writable"], facts["own"]) == ([], "mine")
    assert template.read_bytes() == before


def test_there_is_no_network_in_bubblewrap(means: Isolation) -> None:
    if means is Isolation.BUBBLEWRAP:
        assert pry([])["network"] is False


@pytest.mark.parametrize("kind", ["agreement", "news"])
def test_a_paper_made_in_isolation_is_the_same(means: Isolation, kind: str) -> None:
    content = {**EXAMPLES, **MEETING_EXAMPLES}[kind]()
    assert sandbox.render_in_child(kind, content) == render(kind, content)


def test_a_machine_without_any_means_is_warned_of_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    isolation.cache_clear()
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(isolating, "landlock_version", lambda: 0)
    with caplog.at_level(logging.WARNING):
        assert [isolation(), isolation()] == [Isolation.NONE, Isolation.NONE]
    assert len(caplog.records) == 1
    assert "without isolation" in caplog.text
    isolation.cache_clear()

"""What a child leaves is read as it lies there, or it is no answer: nothing is followed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from pledge_app.child import answers, starting
from pledge_app.child.answers import FACTS_BYTES, NoAnswer, read_plain
from pledge_app.child.confinement import landlock_version
from pledge_app.child.isolation import Isolation, isolation
from pledge_app.child.refusals import Refusal
from pledge_app.documents import sandbox
from pledge_app.papers.errors import PaperError
from tests.documents import planting

SECRET = "must not be seen"
PLANTING = starting.Work(planting.__name__, 20)
PLANTS = ["symlink", "fifo", "device", "hard link", "directory", "too large"]


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


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """A parent that waits for what the child left fails instead of standing still."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError("the parent hangs")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(15)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret_key"
    path.write_text(SECRET, encoding="utf-8")
    return str(path)


def left(name: str, plant: str, target: str = "", code: int = 0) -> Refusal:
    task = {
        "name": name,
        "plant": plant,
        "target": target,
        "size": FACTS_BYTES + 1,
        "code": code,
    }
    with pytest.raises(Refusal) as refusal:
        starting.in_child(PLANTING, task)
    return refusal.value


def test_an_answer_left_as_plain_files_is_read(means: Isolation) -> None:
    task = {"name": "other", "plant": "nothing", "target": "", "code": 0}
    assert starting.in_child(PLANTING, task) == ({}, b"good")


@pytest.mark.parametrize("name", ["answer.bin", "answer.json"])
@pytest.mark.parametrize("plant", PLANTS)
def test_what_is_no_plain_file_is_no_answer(
    means: Isolation, monkeypatch: pytest.MonkeyPatch, secret: str, plant: str, name: str
) -> None:
    monkeypatch.setattr(answers, "FILE_BYTES", FACTS_BYTES)
    refusal = left(name, plant, secret)
    assert refusal.reason == "crashed"
    assert SECRET not in refusal.detail


def test_the_output_is_not_looked_for_by_its_name(means: Isolation, secret: str) -> None:
    refusal = left("output", "symlink", secret, code=3)
    assert (refusal.reason, refusal.detail) == ("crashed", "exit 3: ")


def test_directories_without_end_are_removed_and_the_answer_is_kept(
    means: Isolation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    task = {"name": "other", "plant": "deep", "target": "", "size": 3000, "code": 0}
    assert starting.in_child(PLANTING, task) == ({}, b"good")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"facts": 1}',
        '{"reason": []}',
        "[" * 100_000,
    ],
)
def test_an_answer_of_another_shape_is_none(means: Isolation, text: str) -> None:
    assert left("answer.json", "text", text).reason == "crashed"


def test_a_reason_that_no_room_has_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    invent = "import pathlib; pathlib.Path('answer.json').write_text('{\"reason\": \"because\"}')"
    monkeypatch.setattr(starting, "ENTRANCE", invent)
    with pytest.raises(PaperError) as refusal:
        sandbox.inspect_upload_in_child(b"x", "a.pdf")
    assert refusal.value.reason == "broken"


def test_an_upload_whose_child_leaves_no_answer_is_broken(
    means: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "ENTRANCE", "import os; os.mkfifo('answer.json')")
    with pytest.raises(PaperError) as refusal:
        sandbox.inspect_upload_in_child(b"x", "a.pdf")
    assert refusal.value.reason == "broken"
    assert starting._working.acquire(blocking=False)
    starting._working.release()


def test_a_device_is_no_plain_file() -> None:
    directory = os.open("/dev", os.O_RDONLY)
    try:
        with pytest.raises(NoAnswer):
            read_plain(directory, "zero", FACTS_BYTES)
    finally:
        os.close(directory)


def test_somebody_elses_file_is_none_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answer.bin").write_bytes(b"x")
    directory = os.open(tmp_path, os.O_RDONLY)
    try:
        assert read_plain(directory, "answer.bin", 1) == b"x"
        monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
        with pytest.raises(NoAnswer):
            read_plain(directory, "answer.bin", 1)
    finally:
        os.close(directory)

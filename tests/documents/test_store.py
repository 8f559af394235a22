"""The store: written once, verified at each reading, whole after a crash."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pledge_app.documents.store import Damage, FileStore, StoreError

PROGRAM = """
import sys
from pathlib import Path
from pledge_app.documents.store import FileStore
print(FileStore(Path(sys.argv[1])).put(b"content"))
"""
SHA = hashlib.sha256(b"content").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "store")


def test_bytes_are_kept_under_their_hash_and_cannot_be_written(store: FileStore) -> None:
    assert store.put(b"content") == SHA
    assert store.read(SHA) == b"content"
    with store.open(SHA) as stream:
        assert stream.read() == b"content"
    assert store.path(SHA) == store.root / SHA[:2] / SHA
    assert store.path(SHA).stat().st_mode & 0o777 == 0o440
    assert list(store.names()) == [SHA]


def test_storing_twice_changes_nothing(store: FileStore) -> None:
    store.put(b"content")
    before = store.path(SHA).stat()
    assert store.put(b"content") == SHA
    after = store.path(SHA).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_changed_bytes_are_never_handed_out_nor_overwritten(store: FileStore) -> None:
    store.put(b"content")
    store.path(SHA).chmod(0o640)
    store.path(SHA).write_bytes(b"forged")
    for act in (lambda: store.read(SHA), lambda: store.open(SHA), lambda: store.put(b"content")):
        with pytest.raises(StoreError):
            act()
    assert store.path(SHA).read_bytes() == b"forged"
    assert store.verify() == [Damage(SHA, "hash")]


def test_verify_names_what_is_missing(store: FileStore) -> None:
    kept, gone = store.put(b"kept"), "0" * 64
    assert store.verify(iter([kept, gone])) == [Damage(gone, "missing")]
    with pytest.raises(StoreError):
        store.read(gone)
    with pytest.raises(StoreError):
        store.open(gone)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, SHA + "0", "/etc/passwd"])
def test_only_a_sha256_is_a_name(store: FileStore, name: str) -> None:
    with pytest.raises(StoreError):
        store.path(name)


@pytest.mark.parametrize(("point", "kept"), [("before_rename", False), ("after_rename", True)])
def test_a_crash_leaves_the_whole_file_or_none(store: FileStore, point: str, kept: bool) -> None:
    environment = {**os.environ, "CRASHPOINT": point, "PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(store.root)],
        env=environment,
        check=False,
        capture_output=True,
    )
    assert run.returncode == 137, run.stderr
    assert list(store.names()) == ([SHA] if kept else [])
    assert store.verify() == []
    assert store.put(b"content") == SHA
    assert store.read(SHA) == b"content"


def test_a_disk_that_refuses_leaves_nothing(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    store.put(b"first")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output"):
        store.put(b"content")
    monkeypatch.undo()
    assert SHA not in set(store.names())
    assert not list(store.root.rglob("*.tmp"))

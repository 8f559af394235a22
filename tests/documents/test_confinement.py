"""What Landlock refuses in each version of its interface, and what it does not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledge_app.child.confinement import landlock_version
from pledge_app.kernel.root import ROOT

PROBE = """
import json, os, socket, sys
root, version, outside, own, port, abstract, named, parent = sys.argv[1:]
sys.path.insert(0, root)
from pledge_app.child import confinement
confinement.landlock_version = lambda: int(version)
confinement.confine([], own)
def done(act):
    try:
        act()
    except PermissionError:
        return False
    return True
def connect(family, address):
    with socket.socket(family) as probe:
        probe.connect(address)
print(json.dumps({
    "read": done(lambda: open(outside).close()),
    "truncate": done(lambda: os.truncate(outside, 4)),
    "own": done(lambda: (open(own + "/a", "w").close(), os.truncate(own + "/a", 1))),
    "tcp": done(lambda: connect(socket.AF_INET, ("127.0.0.1", int(port)))),
    "abstract": done(lambda: connect(socket.AF_UNIX, chr(0) + abstract)),
    "signal": done(lambda: os.kill(int(parent), 0)),
    "mode": done(lambda: os.chmod(outside, 0o640)),
    "times": done(lambda: os.utime(outside)),
    "named": done(lambda: connect(socket.AF_UNIX, named)),
}))
"""
ALWAYS = {"own", "mode", "times", "named"}
SINCE = {"truncate": 3, "tcp": 4, "abstract": 6, "signal": 6}


def listening(family: int, address: str | tuple[str, int]) -> socket.socket:
    server = socket.socket(family)
    server.bind(address)
    server.listen()
    return server


@pytest.fixture
def arguments(tmp_path: Path) -> Iterator[list[str]]:
    """A file, a directory to write in, three servers and this process."""
    outside = tmp_path / "secret_key"
    outside.write_text("must stay whole", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    abstract = f"pledge-test-{os.getpid()}"
    named = str(tmp_path / "socket")
    with (
        listening(socket.AF_INET, ("127.0.0.1", 0)) as tcp,
        listening(socket.AF_UNIX, "\0" + abstract),
        listening(socket.AF_UNIX, named),
    ):
        port = str(tcp.getsockname()[1])
        yield [str(outside), str(own), port, abstract, named, str(os.getpid())]


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6, 99])
def test_each_version_refuses_what_it_can(version: int, arguments: list[str]) -> None:
    if version > landlock_version() and version != 99:
        pytest.skip("a version that this kernel does not have")
    if not landlock_version():
        pytest.skip("no Landlock in this kernel")
    version = min(version, landlock_version())
    command = [sys.executable, "-I", "-B", "-c", PROBE, str(ROOT), str(version), *arguments]
    printed = subprocess.run(command, check=True, capture_output=True, timeout=30).stdout
    allowed = {name for name, could in json.loads(printed).items() if could}
    later = {name for name, since in SINCE.items() if version < since}
    assert allowed == ALWAYS | later

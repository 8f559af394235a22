"""Work for a child that looks where it should not. The child imports this module."""

import socket
from pathlib import Path
from typing import Any

CPU_SECONDS = 10
UNREACHABLE = (99, 101)
"""Cannot assign requested address, network is unreachable."""


def perform(task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What of the named paths could be read or written, and whether there is a network."""
    readable = [path for path in task["paths"] if _reads(path)]
    writable = [path for path in task["paths"] if _writes(path)]
    own = Path("own.txt")
    own.write_text("mine", encoding="utf-8")
    facts = {
        "readable": readable,
        "writable": writable,
        "own": own.read_text(encoding="utf-8"),
        "network": _has_network(),
    }
    return facts, b""


def _reads(path: str) -> bool:
    try:
        return bool(Path(path).read_bytes())
    except OSError:
        return False


def _writes(path: str) -> bool:
    try:
        Path(path).open("ab").close()  # nothing is written: it may be a real file
    except OSError:
        return False
    return True


def _has_network() -> bool:
    try:
        with socket.socket() as probe:
            probe.settimeout(1)
            probe.connect(("127.0.0.1", 9))
    except OSError as refusal:
        return refusal.errno not in UNREACHABLE
    return True
